"""A workflow as plain data, in one language: what its author wrote, groups spelled out."""

from collections.abc import Iterable
from typing import Any

from engine.case.values import Lang
from engine.compiling.plan import Branch, Clock, ClockVariant, Line, Table, Workflow
from engine.language.words import Span
from engine.telling.sentences.clocks import Clocks
from engine.telling.sentences.moves import Moves
from engine.telling.sentences.people import People
from engine.telling.sentences.tables import Tables
from heyi.app.authors.coverage import home

View = dict[str, Any]


def workflow_view(workflow: Workflow, language: str) -> View:
    """Return states with their moves, clocks, tables, roles and fields of a workflow.

    What is also a sentence stands under ``says``.
    """
    lang: Lang = "en" if language == "en" else "zh"
    rule, moves, people = workflow.definition, Moves(workflow, lang), People(workflow, lang)
    return {
        "name": workflow.name,
        "version": workflow.version,
        "title": rule.title.text(lang),
        "calendar": rule.calendar,
        "opened_at": list(rule.opened_at),
        "digest": workflow.digest,
        "roles": {name: workflow.label("roles", name, lang) for name in rule.roles},
        "people": [
            {
                "name": name,
                "label": workflow.label("roles", name, lang),
                "level": role.level or "",
                "says": people.meaning(name),
            }
            for name, role in rule.roles.items()
        ],
        "fields": {name: workflow.label("fields", name, lang) for name in workflow.fields},
        "openings": [_move(workflow, branch, moves) for branch in workflow.openings],
        "groups": {
            name: [
                workflow.label("states", state, lang)
                for state in rule.states
                if any(
                    home(workflow, branch) == name
                    for trigger in workflow.triggers.get(state, ())
                    for branch in workflow.branches[state, trigger]
                )
            ]
            for name in rule.groups
        },
        "states": [_state(workflow, name, moves) for name in rule.states],
        "clocks": [_clock(workflow, clock, lang) for clock in workflow.clocks.values()],
        "tables": [_table(workflow, table, lang) for table in workflow.tables.values()],
        "sources": [{"name": name, "title": source.title} for name, source in rule.sources.items()],
    }


def _state(workflow: Workflow, name: str, moves: Moves) -> View:
    rule, lang = workflow.definition.states[name], moves.lang
    branches = [
        branch
        for trigger in workflow.triggers.get(name, ())
        for branch in workflow.branches[name, trigger]
    ]
    amends = workflow.amendments.get(name, ())
    return {
        "name": name,
        "label": workflow.label("states", name, lang),
        "final": rule.final,
        "outcome": rule.outcome,
        "assignee": _who(workflow, [rule.assignee], lang)[0] if rule.assignee else None,
        "covers": list(workflow.covers.get(name, ())),
        "amends": [
            {
                "by": _who(workflow, part.by, lang),
                "fields": _fields(workflow, sorted({*part.fields, *part.adds, *part.edits}), lang),
            }
            for part in amends
        ],
        "moves": [_move(workflow, branch, moves) for branch in branches],
    }


def _move(workflow: Workflow, branch: Branch, moves: Moves) -> View:
    rule, lang, said = branch.definition, moves.lang, moves.said(branch)
    return {
        "trigger": branch.trigger,
        "written": home(workflow, branch),
        "id": rule.id or "",
        "label": moves.name(branch),
        "to": rule.to,
        "by": _who(workflow, branch.by, lang),
        "cosign": _who(workflow, branch.cosign, lang),
        "propose": _who(workflow, branch.propose, lang),
        "asks": _fields(workflow, (*rule.asks, *rule.adds, *branch.edits), lang),
        "may": _fields(workflow, rule.may, lang),
        "guard": [_line(line, lang) for line in branch.guard],
        "effects": _effects(workflow, branch, lang),
        "source": rule.source or "",
        "says": {
            "lead": said.lead,
            "conditions": [text for text, _source in said.conditions],
            "listed": said.listed,
            "data": list(said.data),
            "follows": list(said.follows),
        },
    }


def _who(workflow: Workflow, words: Iterable[str], lang: str) -> list[View]:
    return [{"name": word, "label": _role(workflow, word, lang)} for word in words]


_WORDS = {
    "anyone": ("任何人", "anyone"),
    "opener": ("立案人", "whoever opened the case"),
    "clock": ("系统（期限）", "the clock"),
    "link": ("关联案件", "a linked case"),
}


def _role(workflow: Workflow, word: str, lang: str) -> str:
    if word in _WORDS:
        return _WORDS[word][lang == "en"]
    return workflow.label("roles", word, lang)


def _fields(workflow: Workflow, names: Iterable[str], lang: str) -> list[View]:
    return [{"name": name, "label": workflow.label("fields", name, lang)} for name in names]


def _line(line: Line, lang: str) -> View:
    said = line.otherwise.text(lang) if line.otherwise else ""
    return {"that": line.ask.source, "otherwise": said, "source": line.source}


def _effects(workflow: Workflow, branch: Branch, lang: str) -> View:
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


def _clock(workflow: Workflow, clock: Clock, lang: Lang) -> View:
    rule, clocks = clock.definition, Clocks(workflow, lang)
    return {
        "name": clock.name,
        "label": workflow.label("clocks", clock.name, lang),
        "class": rule.class_,
        "source": rule.source or "",
        "each": rule.each,
        "starts": [
            *(workflow.label("states", state, lang) for state in sorted(clock.starts_in)),
            *sorted(clock.starts_on),
        ],
        "lengths": [
            {**_length(workflow, case, lang), "says": clocks.runs(clock, case)}
            for case in clock.variants
        ],
        "says": {"begins": clocks.begins(clock), "ends": clocks.ends(clock)},
    }


def _length(workflow: Workflow, case: ClockVariant, lang: str) -> View:
    rule = case.definition
    kind = "due" if rule.due else "at_least" if rule.at_least is not None else "within"
    told = rule.due or span_text(workflow, rule.at_least or rule.within, lang)
    return {
        "if": case.condition.source if case.condition else "",
        "kind": kind,
        "length": told,
        "from": rule.runs_from or "",
        "class": rule.class_,
        "source": rule.source or "",
    }


def span_text(workflow: Workflow, span: Any, lang: str) -> str:
    """Return a length of time in words; a param's name is followed by its value."""
    if isinstance(span, Span):
        unit = span.unit.zh if lang == "zh" else f" {span.unit}"
        return f"{span.n}{unit}".replace("_", " ")
    param = workflow.definition.params.get(str(span))
    return f"{span} ({param.value})" if param else str(span or "")


def _table(workflow: Workflow, table: Table, lang: Lang) -> View:
    tables = Tables(workflow, lang)
    return {
        "name": table.name,
        "label": workflow.label("tables", table.name, lang),
        "hit": table.hit,
        "says": tables.policy(table),
        "outputs": list(table.outputs),
        "rules": [
            {
                "id": rule.id,
                "if": [condition.source for condition in rule.conditions],
                "then": {name: _output(value, lang) for name, value in rule.then.items()},
                "source": rule.source,
                "says": tables.rule(table, rule),
            }
            for rule in table.rules
        ],
    }


def _output(value: Any, lang: str) -> Any:
    plain = getattr(value, "value", None)
    if plain is None:
        return f"={value.source}"
    if isinstance(plain, dict):
        return plain.get(lang) or plain.get("zh") or plain
    return plain
