"""Finds conditions of readers that read more than the case itself.

Who may know a case is written beside it when it changes. What changes without it (the day, a
clock, another case, a catalogue) would leave that writing wrong.

Source:
    design.md 7; language.md 8 and 11.
"""

from collections.abc import Iterable, Iterator
from itertools import pairwise

from engine.case.text import said
from engine.checking.meaning import words
from engine.checking.meaning.scene import Scene
from engine.compiling.plan import TableRule, Workflow
from engine.compiling.readers import reader_places
from engine.facts.origins import table_names
from engine.language.cel import Expression
from engine.language.kinds import FieldType
from engine.language.reader import Path
from engine.language.scan import tokens

_ELSEWHERE = (FieldType.CASE, FieldType.ITEM)
"""Fields whose values stand in another case or a catalogue."""
_STEADY = ("filled", "taken")


def check_conditions(scene: Scene) -> None:
    """Note every condition that decides who knows or reads and looks beyond the case."""
    for path, names, sources in _conditions(scene):
        odd = list(dict.fromkeys(_beyond(scene.workflow, names, sources)))
        if odd:
            told = said(words.LOOKS_BEYOND, names=odd)
            scene.findings.add(path, "HY309", told)


def _conditions(scene: Scene) -> Iterator[tuple[Path, list[str], list[str]]]:
    """Yield where each condition stands, the names that it reads, and its text."""
    workflow, rule = scene.workflow, scene.workflow.definition
    for _list, entry, path in reader_places(rule, scene.findings):
        if not isinstance(entry, str):
            one = workflow.conditions[entry.when]
            yield (*path, "when"), list(one.names), [one.source]
    if workflow.sealed is not None:
        yield ("sealed", "when"), list(workflow.sealed.names), [workflow.sealed.source]
    for name, role in rule.roles.items():
        for key, paths in (("in_case", (role.in_case,)), ("never", role.never)):
            heads = [(path or "").partition(".")[0] for path in paths]
            yield ("roles", name, key), [head for head in heads if head in workflow.facts], []


def _beyond(workflow: Workflow, names: Iterable[str], sources: Iterable[str]) -> Iterator[str]:
    """Yield what is read beyond the case, through facts and tables."""
    todo, texts = list(dict.fromkeys(names)), list(sources)
    fields: dict[str, None] = {}
    for name in todo:
        head, _, rest = name.partition(".")
        if head in workflow.fields:
            fields[head] = None
        elif head in workflow.facts:
            todo += [one for one in workflow.facts[head].names if one not in todo]
            texts.append(workflow.facts[head].source)
        elif head in workflow.tables:
            table = workflow.tables[head]
            if any(row.from_ or row.until for row in table.rules):
                yield head
            todo += [one for one in sorted(table_names(table)) if one not in todo]
            texts += [one.source for row in table.rules for one in _asked(row)]
        elif not (head in _STEADY and rest) and name != "state":
            yield name
    for text in texts:
        yield from _of_days(text)
    yield from _elsewhere(workflow, fields, texts)


def _asked(row: TableRule) -> Iterator[Expression]:
    parts = (*row.conditions, *row.then.values())
    return (one for one in parts if isinstance(one, Expression))


def _of_days(text: str) -> Iterator[str]:
    """Yield the function that reads the calendar: a new edition changes its answer."""
    if any(one.text == "working_days" for one in tokens(text)):
        yield "working_days"


def _elsewhere(workflow: Workflow, fields: Iterable[str], texts: list[str]) -> Iterator[str]:
    """Yield fields and columns, read as values, that stand for another case or a row."""
    pairs = [pair for text in texts for pair in pairwise(tokens(text))]
    columns = {after.text for before, after in pairs if before.text == "."}
    for name in fields:
        part = workflow.fields[name]
        if part.type in _ELSEWHERE:
            yield name
        for column, inner in part.columns.items():
            if inner.type in _ELSEWHERE and column in columns:
                yield f"{name}.{column}"
