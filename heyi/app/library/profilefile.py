"""Reads and checks profile files."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from engine.case.problems import Problem
from engine.case.text import NOTHING, said
from engine.case.text import Text as Words
from engine.case.values import Plain
from engine.compiling.expand import expand
from engine.compiling.names.check import Names
from engine.compiling.names.clocks import ClockNames
from engine.compiling.params import bound_by_law, option_problem
from engine.language.load import Findings, load_definition, validate
from engine.language.model import WorkflowDef
from engine.language.parts import ParamDef, SourceDef
from engine.language.reader import Document, read_yaml
from engine.language.reader import Path as At
from engine.language.scope import is_span, param_kind
from engine.language.words import Day, Label, Name, Part, Text, Titled, parse_span
from engine.language.words_of_findings import NO_MAPPING
from heyi.app.library import words
from heyi.app.library.shelf import FolderShelf
from heyi.app.todo import Todo


class WaiverDef(Part):
    """A decision to keep the file's own value: by whom, when and why."""

    by: Text
    on: Day
    why: Titled


class SettingDef(Part):
    """One param under a profile: its value, or that it must still be found, or a waiver."""

    value: Any = None
    source: Text | None = None
    unknown: bool = False
    waived: WaiverDef | None = None
    why: Titled | None = None


class NoteDef(Part):
    """A note for offices under this profile; it changes nothing."""

    says: Titled
    source: Text | None = None


class ProfileDef(Part):
    """A profile file."""

    profile: Name
    format: Literal[1]
    version: int = 1
    title: Titled
    calendar: Name | None = None
    sources: dict[Name, SourceDef] = {}
    notes: tuple[NoteDef, ...] = ()
    params: dict[Name, dict[Name, SettingDef]] = {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Open:
    """A param that a profile gives no value.

    Attributes:
        name: ``workflow.param``.
        workflow: the workflow's title.
        label: what the param is called.
        value: the file's own value.
        setting: what the profile says of it.
    """

    name: str
    workflow: Label
    label: Label
    value: Any
    setting: SettingDef


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """A profile that can be used.

    Attributes:
        rule: as written.
        file: where it stands.
        params: values by workflow and param.
        bases: of these values the paper's title and the article that they rest on.
        unknown: what must still be found in the official text.
        waived: what stays as the file has it, by decision.
    """

    rule: ProfileDef
    file: str
    params: Mapping[str, Mapping[str, Plain]]
    bases: Mapping[str, Mapping[str, tuple[str, str]]]
    unknown: tuple[Open, ...] = ()
    waived: tuple[Open, ...] = ()


def read_profile(text: str, *, file: str, shelf: FolderShelf) -> tuple[Profile | None, Findings]:
    """Return a profile, or None where anything keeps it from being used, and what was found."""
    document = read_yaml(text, file=file)
    findings = Findings(document=document, problems=list(document.problems))
    if not document.problems and not isinstance(document.value, dict):
        findings.add((), "HY103", NO_MAPPING)
    rule: ProfileDef | None = None if findings.wrong else _shaped(document.value, findings)
    if rule is None:
        return None, findings
    reading = _Reading(rule, findings, shelf)
    profile = reading.read(file)
    return (None if findings.wrong else profile), findings


def _shaped(value: Any, findings: Findings) -> ProfileDef | None:
    found: ProfileDef | None = validate(ProfileDef, value, findings)
    return found


@dataclass(slots=True)
class _Reading:
    """Reads one profile against the workflows of a shelf."""

    rule: ProfileDef
    findings: Findings
    shelf: FolderShelf
    bases: dict[str, dict[str, tuple[str, str]]] = field(default_factory=dict)
    unknown: list[Open] = field(default_factory=list)
    waived: list[Open] = field(default_factory=list)

    def read(self, file: str) -> Profile:
        """Check everything that the shape alone does not tell."""
        rule, stem = self.rule, Path(file).stem
        if stem and rule.profile != stem:
            wrong = said(words.FILE_AND_NAME, stem=stem, name=rule.profile)
            self.findings.add(("profile",), "HY203", wrong)
        if rule.calendar is not None and self.shelf("calendar", rule.calendar) is None:
            known = self.shelf.calendar_names()
            self._unknown_name(("calendar",), words.CALENDAR, rule.calendar, known)
        for place, note in enumerate(rule.notes):
            self._source(note.source, ("notes", place, "source"), {})
        params = {name: self._workflow(name) for name in rule.params}
        return Profile(
            rule=rule, file=file, params={name: found for name, found in params.items() if found},
            bases=self.bases, unknown=tuple(self.unknown), waived=tuple(self.waived),
        )  # fmt: skip

    def _unknown_name(self, path: At, what: Words, word: str, known: list[str]) -> None:
        told, key = said(words.NO_NAME, what=what, word=word), path[0] == "params"
        self.findings.add(path, "HY201", told, near=word, among=known, key=key)

    def _workflow(self, name: str) -> dict[str, Plain]:
        path: At = ("params", name)
        file = self.shelf.workflow_file(name)
        if file is None:
            known = [one.stem for one in self.shelf.workflow_files()]
            self._unknown_name(path, words.WORKFLOW, name, known)
            return {}
        text = file.read_text(encoding="utf-8", errors="replace")
        workflow, found = load_definition(text, file=str(file), shelf=self.shelf)
        if workflow is None or found.wrong:
            wrong = next((p for p in found.problems if p.severity == "error"), None)
            template = words.WORKFLOW_WRONG_AT if wrong else words.WORKFLOW_WRONG
            self.findings.add(path, "HY203", said(template, name=name, wrong=wrong), key=True)
            return {}
        return self._settings(name, workflow)

    def _settings(self, name: str, workflow: WorkflowDef) -> dict[str, Plain]:
        values: dict[str, Plain] = {}
        for word, setting in self.rule.params[name].items():
            path: At = ("params", name, word)
            if word not in workflow.params:
                self._unknown_name(path, words.PARAM, word, [*workflow.params])
                continue
            self._source(setting.source, (*path, "source"), workflow.sources)
            if not self._one_of_three(setting, path):
                continue
            if bound_by_law(workflow, word):
                self.findings.add(path, "HY203", said(words.STATUTORY, word=word), key=True)
            elif setting.unknown or setting.waived is not None:
                self._left_open(name, word, setting, workflow)
            elif problem := _value_problem(workflow, word, setting.value):
                self.findings.add((*path, "value"), "HY203", problem)
            else:
                values[word] = setting.value
                self.bases.setdefault(name, {})[word] = self._basis(setting, workflow)
                workflow = _with(workflow, word, setting.value)
        return values

    def _one_of_three(self, setting: SettingDef, path: At) -> bool:
        given = (setting.value is not None, setting.unknown, setting.waived is not None)
        if sum(given) != 1:
            self.findings.add(path, "HY203", words.ONE_OF_THREE, key=True)
            return False
        wants = {"source": setting.waived is None, "why": setting.unknown}
        missing = [key for key, needed in wants.items() if needed and not getattr(setting, key)]
        for key in missing:
            self.findings.add(path, "HY102", said(words.MISSING, key=key), key=True)
        return not missing

    def _basis(self, setting: SettingDef, workflow: WorkflowDef) -> tuple[str, str]:
        """Return the title and the article of what a value rests on: a paper of either file."""
        word, _, article = (setting.source or "").partition("#")
        name = word.partition(":")[0]
        paper = self.rule.sources.get(name) or workflow.sources.get(name)
        return (paper.title if paper else name), article

    def _left_open(self, name: str, word: str, setting: SettingDef, workflow: WorkflowDef) -> None:
        param = workflow.params[word]
        left = Open(
            name=f"{name}.{word}", workflow=workflow.title,
            label=param.label or Label(zh=word), value=param.value, setting=setting,
        )  # fmt: skip
        if setting.waived is not None:
            self.waived.append(left)
            return
        self.unknown.append(left)
        told = unfilled(left, self.rule.profile)
        self.findings.add(("params", name, word), "HY505", told, key=True)

    def _source(self, source: str | None, path: At, known: Mapping[str, Any]) -> None:
        head = (source or "").partition("#")[0].partition(":")[0]
        if head and head not in self.rule.sources and head not in known:
            told, among = said(words.UNLISTED, source=head), [*self.rule.sources, *known]
            self.findings.add(path, "HY503", told, near=head, among=among)


def unfilled(left: Open, profile: str) -> Words:
    """Return what to do about a limit that must still be found."""
    return said(
        words.STILL_UNKNOWN, workflow=left.workflow, label=left.label, name=left.name,
        why=left.setting.why or NOTHING, folder=Todo.SET_WORKFLOWS, profile=profile,
    )  # fmt: skip


def _value_problem(workflow: WorkflowDef, word: str, value: Any) -> Words | None:
    """Return why a param may not have a value under a profile; None if it may."""
    param = workflow.params[word]
    if not _is_alike(param.value, value):
        return said(words.OTHER_KIND, word=word)
    if problem := option_problem(param, value):
        return problem[0]
    for wrong in _clock_problems(_with(workflow, word, value)):
        return said(words.CLOCK_FORBIDS, wrong=wrong.words)
    return None


def _is_alike(mine: Any, value: Any) -> bool:
    """Tell whether a value is of the kind of the file's own, a length a fixed one."""
    if is_span(mine):
        return is_span(value) and isinstance(parse_span(value).n, int)
    if param_kind(ParamDef(value=mine)) != param_kind(ParamDef(value=value)):
        return False
    if isinstance(mine, list):
        return not mine or {type(one) for one in value} <= {type(one) for one in mine}
    # What counts something is not made less than nothing.
    return not isinstance(value, int | float) or value >= 0 or mine < 0


def _with(workflow: WorkflowDef, word: str, value: Any) -> WorkflowDef:
    param = workflow.params[word].model_copy(update={"value": value})
    return workflow.model_copy(update={"params": {**workflow.params, word: param}})


def _clock_problems(workflow: WorkflowDef) -> Iterator[Problem]:
    """Yield what the clocks of a workflow would say to its params' values."""
    findings = Findings(document=Document(file=workflow.workflow))
    ClockNames(Names(workflow, expand(workflow, findings), findings)).check()
    return (problem for problem in findings.problems if problem.severity == "error")
