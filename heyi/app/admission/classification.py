"""Classifies an item by the table that a workflow file calls its classification.

Nothing of the subject stands here: the table, its questions, its classes and the catalogue
are found by what the files say. Names only find candidates; what decides are answers, and
whatever the table cannot know yet stays a question.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from engine.case.text import said
from engine.case.values import Case, Data, Plain, Unit, World
from engine.compiling.bad import BadValue
from engine.compiling.data import parse_value
from engine.compiling.plan import Workflow
from engine.facts.facts import Facts
from engine.facts.origins import table_names
from engine.facts.reading import base_fields
from engine.language.parts import FieldDef
from engine.time.calendars import Calendar
from heyi.app.admission import words
from heyi.app.admission.classifier import Classifier
from heyi.app.admission.errors import AnswerRefused
from heyi.app.admission.listviews import details, title_of
from heyi.app.admission.models import CandidateView, DetailView, VerdictView
from heyi.app.cases.models import FieldForm
from heyi.app.cases.offerviews import field_form
from heyi.app.library.catalogues import is_valid
from heyi.app.library.likeness import alike
from heyi.app.library.shelf import FolderShelf

CANDIDATES = 8
"""How many candidates a name finds at most."""
LIKE = 0.2
"""How much of a name must be shared with a row to make it a candidate, 0 to 1."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One question about an item.

    Attributes:
        classifier: what classifies.
        rows: the catalogue, valid or not, by code.
        now: law and validity are judged on its day.
        zone: the office's.
        lang: of labels.
        units: by id, for answers that name one.
    """

    classifier: Classifier
    rows: Mapping[str, Data]
    now: datetime
    zone: ZoneInfo
    lang: str
    shelf: FolderShelf
    units: Mapping[str, Unit] = field(default_factory=dict)
    _calendars: dict[str, Calendar] = field(default_factory=dict, init=False, repr=False)

    @property
    def today(self) -> date:
        """The day in the office's zone."""
        return self.now.astimezone(self.zone).date()

    def valid(self, row: Data) -> bool:
        """Tell whether a row holds on the day asked for."""
        return is_valid(row, self.today)

    def facts(self, fields: Data) -> Facts:
        """Return the facts of an item of which only these answers are known."""
        workflow = self.classifier.workflow
        name = workflow.definition.calendar
        if name not in self._calendars:
            # Read once: an interview asks for facts a hundred times.
            self._calendars[name] = self.shelf.calendar(name)
        world = World(
            calendar=self._calendars[name], zone=self.zone,
            units=self.units, catalogues={self.classifier.catalogue.catalogue: self.rows},
        )  # fmt: skip
        case = Case(
            id="", workflow=workflow.name, version=workflow.version, unit="", state="",
            fields=fields,
        )  # fmt: skip
        return Facts(workflow, case, world, now=self.now)


def classify(asked: Asked, name: str, answers: Mapping[str, Any]) -> VerdictView:
    """Return what an item is, or what must be asked to know it.

    Args:
        asked: the classifier and the catalogue.
        name: a code of the catalogue, which decides at once by its row, or an item's name.
        answers: values by field (or by the field's ``means`` or label).

    Raises:
        AnswerRefused: an answer names no question, or no option of it.
    """
    fields = parsed(asked, answers)
    row = asked.rows.get(name)
    if row is not None and asked.valid(row):
        return _by_row(asked, name, row, fields)
    facts = asked.facts(fields)
    decision = facts.decision(asked.classifier.table.name)
    said = _undecided(asked, name)
    if decision.outputs:
        said |= _outcome(asked, decision.outputs, decision.source)
        said["because"] = _because(asked, facts, str(said["rule"]))
    said["candidates"] = candidates(asked, name)
    said["questions"] = _questions(asked, () if said["decided"] else decision.missing)
    return VerdictView.model_validate(said)


def _undecided(asked: Asked, name: str) -> dict[str, Any]:
    return {
        "name": name, "decided": False, "class": None, "class_label": None, "rule": None,
        "source": None, "source_title": None, "because": [],
        "outputs": dict.fromkeys(_other_outputs(asked)), "item": None, "details": [],
        "candidates": [], "questions": [], "listed": name in asked.rows,
    }  # fmt: skip


def _other_outputs(asked: Asked) -> list[str]:
    classifier = asked.classifier
    return [name for name in classifier.table.outputs if name != classifier.output]


def _outcome(asked: Asked, outputs: Mapping[str, Any], source: str) -> dict[str, Any]:
    """Return the table's words for one rule; a rule's other outputs by their own names."""
    classifier = asked.classifier
    word = str(outputs.get(classifier.output, ""))
    return {
        "decided": True,
        "class": word,
        "class_label": classifier.class_label(word, asked.lang),
        "rule": outputs.get("rule"),
        "source": source,
        "source_title": _source_title(classifier.workflow, source),
        "outputs": {name: _words(outputs.get(name), asked.lang) for name in _other_outputs(asked)},
    }


def _because(asked: Asked, facts: Facts, rule: str) -> list[str]:
    """Return the labels of the facts that made a rule hold."""
    workflow = asked.classifier.workflow
    todo = [
        name
        for one in asked.classifier.table.rules
        if one.id == rule
        for condition in one.conditions
        for name in condition.names
    ]
    held: dict[str, None] = {}
    for name in todo:
        fact = workflow.facts.get(name)
        if fact is not None and name not in held and facts.ask(fact).holds:
            held[name] = None
            todo.extend(fact.names)
    return [workflow.label("facts", name, asked.lang) for name in held]


def _source_title(workflow: Workflow, source: str) -> str | None:
    part = workflow.definition.sources.get(source.partition("#")[0])
    return part.title if part else None


def _words(value: Any, lang: str) -> Any:
    if isinstance(value, dict) and "zh" in value:
        return value.get(lang) or value["zh"]
    return value


def _by_row(asked: Asked, code: str, row: Data, fields: Data) -> VerdictView:
    """Decide by a row of the catalogue; the rule named is the one that the row itself makes hold.

    Answers that lead the table elsewhere (an assistance item handed down with a pledge) win.
    """
    classifier = asked.classifier
    many = classifier.workflow.fields[classifier.item].many
    given: dict[str, Plain] = {**fields, classifier.item: [code] if many else code}
    facts = asked.facts(given)
    decision = facts.decision(classifier.table.name)
    said = {**_undecided(asked, code), "item": dict(row)}
    said["details"] = [
        DetailView(label=label, text=text)
        for label, text in details(classifier.catalogue, row, asked.lang)
        if label
    ]
    word = str(row[classifier.column])
    if decision.outputs:
        said |= _outcome(asked, decision.outputs, decision.source)
        said["because"] = _because(asked, facts, str(said["rule"]))
        if decision.outputs.get(classifier.output) not in _classes(classifier):
            # The table says what to do with a row that is listed; its class stays the row's.
            said |= {"class": word, "class_label": classifier.class_label(word, asked.lang)}
        return VerdictView.model_validate(said)
    for rule in classifier.table.rules:
        if rule.conditions and all(facts.ask(c).holds for c in rule.conditions):
            outputs = {n: facts.ask(v).value for n, v in rule.then.items()}
            outputs = {**classifier.table.defaults, **outputs, "rule": rule.id}
            said |= _outcome(asked, outputs, rule.source)
            break
    label = classifier.class_label(word, asked.lang)
    said |= {"decided": True, "class": word, "class_label": label}
    return VerdictView.model_validate(said)


def _classes(classifier: Classifier) -> list[str]:
    return [*(classifier.catalogue.columns[classifier.column].options or {})]


def candidates(asked: Asked, name: str) -> tuple[CandidateView, ...]:
    """Return valid rows with a similar name, most similar first; people decide."""
    title = asked.classifier.title
    scored = []
    for code, row in asked.rows.items():
        names = [str(row[key]) for key in (title, f"{title}_en") if row.get(key)]
        score = max((alike(name, other) for other in names), default=0.0)
        if score >= LIKE and asked.valid(row):
            scored.append((-score, code, row))
    return tuple(
        _candidate(asked, code, row, round(-score, 2))
        for score, code, row in sorted(scored, key=lambda one: one[:2])[:CANDIDATES]
    )


def _candidate(asked: Asked, code: str, row: Data, likeness: float) -> CandidateView:
    classifier = asked.classifier
    return CandidateView(
        cells=dict(row), code=code, title=title_of(classifier.catalogue, row, asked.lang),
        class_label=classifier.class_label(str(row[classifier.column]), asked.lang),
        likeness=likeness,
    )  # fmt: skip


def _questions(asked: Asked, missing: Iterable[str]) -> tuple[FieldForm, ...]:
    workflow = asked.classifier.workflow
    wanted = base_fields(workflow, missing)
    return tuple(
        field_form(workflow, name, asked.lang) for name in workflow.fields if name in wanted
    )


def parsed(asked: Asked, answers: Mapping[str, Any]) -> dict[str, Plain]:
    """Return answers by field, checked as a move's data would be.

    Raises:
        AnswerRefused: an answer names no question, or no option of it.
    """
    workflow = asked.classifier.workflow
    reads = base_fields(workflow, table_names(asked.classifier.table))
    world = asked.facts({}).world
    found: dict[str, Plain] = {}
    for key, raw in answers.items():
        name = _field_of(workflow, reads, key)
        part = workflow.fields[name]
        try:
            found[name] = parse_value(part, _options(part, raw), world, day=asked.today)
        except BadValue as error:
            told = said(words.BAD_ANSWER, name=key, detail=error.words)
            raise AnswerRefused(told) from None
    return found


def _field_of(workflow: Workflow, reads: set[str], key: str) -> str:
    for name, part in workflow.fields.items():
        labels = (part.label.zh, part.label.en) if part.label else ()
        if key == name or (name in reads and key in (part.means, *labels)):
            return name
    known = ", ".join(name for name in workflow.fields if name in reads)
    raise AnswerRefused(said(words.NO_QUESTION, name=key, known=known))


def _options(part: FieldDef, raw: Any) -> Any:
    """Return options named by their label as their words; anything else as it is."""
    if part.options is None:
        return raw
    known = {text: word for word, label in part.options.items() for text in (label.zh, label.en)}
    if isinstance(raw, str) and part.many:
        # A label may itself hold the Chinese comma, so whole pieces are looked for first.
        pieces = [piece.strip() for piece in raw.split(",")]
        raw = [
            one.strip()
            for piece in pieces
            for one in ([piece] if piece in known else piece.split("、"))
            if one.strip()
        ]
    if isinstance(raw, list):
        return [known.get(one, one) if isinstance(one, str) else one for one in raw]
    return known.get(raw, raw) if isinstance(raw, str) else raw
