"""Makes the view of a workflow in one language: what its author wrote, groups expanded."""

from collections.abc import Iterable, Iterator
from typing import Any

from pydantic import JsonValue

from engine.case.text import Text, lang_of
from engine.case.values import Lang
from engine.compiling.plan import Branch, Clock, ClockVariant, Line, Table, Workflow
from engine.language.words import Span
from engine.telling.sentences.clocks import Clocks
from engine.telling.sentences.ladders import Ladders
from engine.telling.sentences.moves import Moves
from engine.telling.sentences.people import People
from engine.telling.sentences.recurring import Recurring
from engine.telling.sentences.tables import Tables
from heyi.app.authors.coverage import home
from heyi.app.authors.models import (
    AmendsView,
    ClockSays,
    ClockView,
    LadderView,
    LengthView,
    LineView,
    MoveSays,
    MoveView,
    RecursView,
    RoleView,
    SourceView,
    StateView,
    TableRuleView,
    TableView,
    WorkflowView,
)
from heyi.app.cases.models import NamedView


def workflow_view(workflow: Workflow, language: str) -> WorkflowView:
    """Return states with their moves, clocks, tables, roles and fields of a workflow.

    What is also a sentence stands under ``says``, what a clock does as time runs under ``time``.
    """
    lang = lang_of(language)
    rule, moves = workflow.definition, Moves(workflow, lang)
    recurring = Recurring(workflow, lang)
    sources = rule.sources.items()
    return WorkflowView(
        name=workflow.name, version=workflow.version, title=rule.title.text(lang),
        calendar=rule.calendar, opened_at=tuple(rule.opened_at), digest=workflow.digest,
        roles={name: workflow.label("roles", name, lang) for name in rule.roles},
        people=tuple(_people(workflow, lang)),
        fields_={name: workflow.label("fields", name, lang) for name in workflow.fields},
        openings=tuple(_move(workflow, branch, moves) for branch in workflow.openings),
        groups={name: _group(workflow, name, lang) for name in rule.groups},
        states=tuple(_state(workflow, name, moves) for name in rule.states),
        clocks=tuple(_clock(workflow, clock, lang) for clock in workflow.clocks.values()),
        tables=tuple(_table(workflow, table, lang) for table in workflow.tables.values()),
        sources=tuple(SourceView(name=name, title=source.title) for name, source in sources),
        ladders=tuple(_ladders(workflow, lang)),
        recurs=tuple(RecursView(name=name, says=recurring.said(name)) for name in rule.recurs),
    )  # fmt: skip


def _people(workflow: Workflow, lang: Lang) -> Iterator[RoleView]:
    people = People(workflow, lang)
    for name, role in workflow.definition.roles.items():
        label = workflow.label("roles", name, lang)
        yield RoleView(name=name, label=label, level=role.level or "", says=people.meaning(name))


def _group(workflow: Workflow, name: str, lang: Lang) -> tuple[str, ...]:
    """Return the labels of the states to which a group gives moves."""
    return tuple(
        workflow.label("states", state, lang)
        for state in workflow.definition.states
        if any(
            home(workflow, branch) == name
            for trigger in workflow.triggers.get(state, ())
            for branch in workflow.branches[state, trigger]
        )
    )


def _ladders(workflow: Workflow, lang: Lang) -> Iterator[LadderView]:
    """Yield the ladders that clocks name."""
    ladders = Ladders(workflow, lang)
    cases = [case for clock in workflow.clocks.values() for case in clock.variants]
    used = dict.fromkeys(
        case.definition.ladder for case in cases if case.definition.ladder is not None
    )
    for name in used:
        yield LadderView(name=name, says=tuple(ladders.named(name)))


def _state(workflow: Workflow, name: str, moves: Moves) -> StateView:
    rule, lang = workflow.definition.states[name], moves.lang
    branches = [
        branch
        for trigger in workflow.triggers.get(name, ())
        for branch in workflow.branches[name, trigger]
    ]
    amends = [
        AmendsView(
            by=_who(workflow, part.by, lang),
            fields_=_fields(workflow, sorted({*part.fields, *part.adds, *part.edits}), lang),
        )
        for part in workflow.amendments.get(name, ())
    ]
    return StateView(
        name=name, label=workflow.label("states", name, lang), final=rule.final,
        outcome=rule.outcome,
        assignee=_who(workflow, [rule.assignee], lang)[0] if rule.assignee else None,
        covers=tuple(workflow.covers.get(name, ())), amends=tuple(amends),
        moves=tuple(_move(workflow, branch, moves) for branch in branches),
    )  # fmt: skip


def _move(workflow: Workflow, branch: Branch, moves: Moves) -> MoveView:
    rule, lang, said = branch.definition, moves.lang, moves.said(branch)
    return MoveView(
        trigger=branch.trigger, written=home(workflow, branch), id=rule.id or "",
        label=moves.name(branch), to=rule.to, by=_who(workflow, branch.by, lang),
        cosign=_who(workflow, branch.cosign, lang), propose=_who(workflow, branch.propose, lang),
        asks=_fields(workflow, (*rule.asks, *rule.adds, *branch.edits), lang),
        may=_fields(workflow, rule.may, lang),
        guard=tuple(_line(line, lang) for line in branch.guard),
        effects=_effects(workflow, branch, lang), source=rule.source or "",
        says=MoveSays(
            lead=said.lead, conditions=tuple(text for text, _source in said.conditions),
            listed=said.listed, data=tuple(said.data), follows=tuple(said.follows),
        ),
    )  # fmt: skip


def _who(workflow: Workflow, words: Iterable[str], lang: str) -> tuple[NamedView, ...]:
    return tuple(NamedView(name=word, label=_role(workflow, word, lang)) for word in words)


_WORDS = {
    "anyone": Text("任何人", "anyone"),
    "opener": Text("立案人", "whoever opened the case"),
    "clock": Text("系统（期限）", "the clock"),
    "link": Text("关联案件", "a linked case"),
}


def _role(workflow: Workflow, word: str, lang: str) -> str:
    if word in _WORDS:
        return _WORDS[word].text(lang)
    return workflow.label("roles", word, lang)


def _fields(workflow: Workflow, names: Iterable[str], lang: str) -> tuple[NamedView, ...]:
    return tuple(NamedView(name=name, label=workflow.label("fields", name, lang)) for name in names)


def _line(line: Line, lang: str) -> LineView:
    said = line.otherwise.text(lang) if line.otherwise else ""
    return LineView(that=line.ask.source, otherwise=said, source=line.source)


def _effects(workflow: Workflow, branch: Branch, lang: str) -> dict[str, JsonValue]:
    """Return what taking the move does beside the change of state; only what there is."""
    rule = branch.definition.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    names = (
        "sets", "opens", "signals", "joins", "publishes", "issues", "delivers", "tells",
        "assigns", "erases", "extends", "outcome",
    )  # fmt: skip
    found = {name: rule[name] for name in names if name in rule}
    for name in ("issues", "delivers"):
        if name in found:
            found[name] = [workflow.label("documents", one, lang) for one in found[name]]
    if "tells" in found:
        found["tells"] = [_role(workflow, one, lang) for one in found["tells"]]
    return found


def _clock(workflow: Workflow, clock: Clock, lang: Lang) -> ClockView:
    rule, clocks = clock.definition, Clocks(workflow, lang)
    starts = (workflow.label("states", state, lang) for state in sorted(clock.starts_in))
    return ClockView(
        name=clock.name, label=workflow.label("clocks", clock.name, lang), class_=rule.class_,
        source=rule.source or "", each=rule.each, starts=(*starts, *sorted(clock.starts_on)),
        lengths=tuple(_length(workflow, clock, case, lang) for case in clock.variants),
        says=ClockSays(begins=clocks.begins(clock), ends=clocks.ends(clock)),
    )  # fmt: skip


def _length(workflow: Workflow, clock: Clock, case: ClockVariant, lang: Lang) -> LengthView:
    rule = case.definition
    kind = "due" if rule.due else "at_least" if rule.at_least is not None else "within"
    told = rule.due or span_text(workflow, rule.at_least or rule.within, lang)
    return LengthView(
        if_=case.condition.source if case.condition else "", kind=kind, length=told,
        from_=rule.runs_from or "", class_=rule.class_, source=rule.source or "",
        says=Clocks(workflow, lang).runs(clock, case),
        time=tuple(Ladders(workflow, lang).of(clock, case)),
    )  # fmt: skip


def span_text(workflow: Workflow, span: Any, lang: str) -> str:
    """Return a length of time in words; a param's name is followed by its value."""
    if isinstance(span, Span):
        unit = Text(span.unit.zh, f" {span.unit}").text(lang)
        return f"{span.n}{unit}".replace("_", " ")
    param = workflow.definition.params.get(str(span))
    return f"{span} ({param.value})" if param else str(span or "")


def _table(workflow: Workflow, table: Table, lang: Lang) -> TableView:
    tables = Tables(workflow, lang)
    return TableView(
        name=table.name, label=workflow.label("tables", table.name, lang), hit=table.hit,
        says=tables.policy(table), outputs=tuple(table.outputs),
        rules=tuple(
            TableRuleView(
                id=rule.id, if_=tuple(condition.source for condition in rule.conditions),
                then={name: _output(value, lang) for name, value in rule.then.items()},
                source=rule.source, says=tables.rule(table, rule),
            )
            for rule in table.rules
        ),
    )  # fmt: skip


def _output(value: Any, lang: str) -> Any:
    plain = getattr(value, "value", None)
    if plain is None:
        return f"={value.source}"
    if isinstance(plain, dict):
        return plain.get(lang) or plain.get("zh") or plain
    return plain
