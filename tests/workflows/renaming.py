"""Renames every state, trigger, field and role of workflow files and of their author tests.

Structural: it walks the parsed YAML by what language.md says of each key, and expressions by
their tokens. A key it does not know is a failure, not a thing to be passed over.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from tests.workflows.reexpressing import RenamedExpression

Plain = Any
File = Mapping[str, Any]
Rename = Callable[[Any], Any]

_PLACE = re.compile(r"\{([a-z][a-z0-9_.]*)\}")
_KEPT = (
    "format", "workflow", "version", "kind", "uses", "title", "calendar", "opened_at", "sources",
    "params", "links", "defaults", "library", "pack", "promises",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """New names by old ones; the same word is renamed alike in every file."""

    states: Mapping[str, str]
    triggers: Mapping[str, str]
    fields: Mapping[str, str]
    roles: Mapping[str, str]


def names_of(files: Iterable[File]) -> Names:
    """Return new names for all that these workflows and libraries define."""
    found: dict[str, set[str]] = {
        "states": set(),
        "triggers": set(),
        "fields": set(),
        "roles": set(),
    }
    for file in files:
        for section in ("states", "fields", "roles"):
            found[section] |= set(file.get(section, {}))
        for section in ("states", "groups"):
            for part in file.get(section, {}).values():
                found["triggers"] |= set(part.get("on", {}))
    return Names(**{kind: _new(kind[0], words) for kind, words in found.items()})


def _new(letter: str, words: set[str]) -> dict[str, str]:
    """Return names that say nothing; their order is not the order of the old ones."""
    return {word: f"q{letter}{n}" for n, word in enumerate(sorted(words, reverse=True), 1)}


class Renamer:
    """Renames one file, in the scope of the fields that it and what it uses define."""

    def __init__(self, names: Names, fields: Iterable[str]) -> None:
        self.names = names
        self.fields = {name: names.fields[name] for name in fields}

    # --- words

    def state(self, word: Plain) -> Plain:
        return self.names.states.get(word, word)

    def trigger(self, word: Plain) -> Plain:
        return self.names.triggers.get(word, word)

    def role(self, word: Plain) -> Plain:
        return self.names.roles.get(word, word)

    def field(self, word: Plain) -> Plain:
        return self.fields.get(word, word)

    def theirs(self, word: Plain) -> Plain:
        """Rename a field of another file."""
        return self.names.fields.get(word, word)

    def path(self, word: Plain) -> Plain:
        """Rename the head of ``field.column``."""
        head, dot, rest = word.partition(".")
        return self.field(head) + dot + rest

    def value(self, value: Plain) -> Plain:
        """Rename within ``=expression``; anything else is a literal."""
        if isinstance(value, str) and value.startswith("="):
            return f"={self.expression(value[1:])}"
        return value

    def named_value(self, value: Plain) -> Plain:
        """Rename a value that may be a field's name (``with``)."""
        is_name = isinstance(value, str) and not value.startswith("=")
        return self.path(value) if is_name else self.value(value)

    def expression(self, source: str) -> str:
        """Rename what a CEL text reads; variables of macros, columns and functions stay."""
        return RenamedExpression(source, self).text()

    def labels(self, value: Plain) -> Plain:
        """Rename the ``{places}`` in every label of a file."""
        if isinstance(value, dict):
            if "zh" in value and set(value) <= {"zh", "en"}:
                return {lang: _PLACE.sub(self._place, text) for lang, text in value.items()}
            return {key: self.labels(inner) for key, inner in value.items()}
        return [self.labels(one) for one in value] if isinstance(value, list) else value

    def _place(self, match: re.Match[str]) -> str:
        return "{" + self.expression(match[1]) + "}"

    # --- files

    def file(self, file: File) -> dict[str, Any]:
        """Rename a workflow, a library or a pack."""
        return self.labels(_each(file, {
            **dict.fromkeys(_KEPT, _same),
            "number": self._number,
            "roles": _map(self.role, self._role),
            "chain": _list(self.role),
            "readers": _map(_same, _list(self.role)),
            "sealed": _keys(when=self.expression, to=_list(self.role)),
            "fields": _map(self.field, self._field),
            "facts": _map(_same, _keys({"label"}, **{"is": self.expression})),
            "tables": _map(_same, self._table),
            "counts": _map(_same, _keys({"of", "within", "label"}, where=_map(self.theirs, self.field),
                                        taken=self.trigger, sum=self.theirs)),
            "unique": _list(self.field),
            "documents": _map(_same, self._document),
            "clocks": _map(_same, self._clock),
            "ladders": _map(_same, _keys({"quiet", "catch_up"}, levels=_list(_list(self.role)),
                                         rungs=_list(self._rung))),
            "recurs": _map(_same, _keys({"on", "at", "each"}, **{"with": _map(self.field, self.value)})),
            "opening": _list(self._move),
            "states": _map(self.state, self._state),
            "groups": _map(_same, self._state),
            "overlays": _map(self.state, _keys(over=_list(self.state))),
        }))  # fmt: skip

    def _document(self, document: File) -> Plain:
        def prints(given: Plain) -> Plain:
            words = _list(self.path)
            return _map(_same, words)(given) if isinstance(given, dict) else words(given)

        rest = {"label", "means", "privacy", "retention", "template", "says"}
        return _keys(rest, to=_list(self.role), prints=prints)(document)

    def _number(self, number: Plain) -> Plain:
        return number if isinstance(number, str) else _keys({"format"}, drawn=self._ref)(number)

    def _ref(self, ref: Plain) -> Plain:
        return {"move": self.trigger(ref["move"])} if isinstance(ref, dict) else self.state(ref)

    def _role(self, role: File) -> Plain:
        rest = {"label", "level", "reach", "means"}
        return _keys(rest, in_case=self.path, never=_list(self.path), recorded_by=_list(self.role))(
            role
        )

    def _field(self, part: File) -> Plain:
        rest = {
            "type", "label", "privacy", "retention", "means", "options", "many", "of", "min", "max",
            "optional",
        }  # fmt: skip
        return _keys(rest, seal=self.state, seal_to=_list(self.role))(part)

    def _table(self, table: File) -> Plain:
        then = _map(_same, self.value)
        rule = _keys({"id", "from", "until", "source"}, then=then, **{"if": self._condition})
        return _keys({"hit", "gives", "means", "label"}, defaults=then, rules=_list(rule))(table)

    def _condition(self, condition: Plain) -> Plain:
        if not isinstance(condition, dict):
            return self.expression(condition)
        return {
            self.expression(key): _list(self.state)(value) if key == "state" else value
            for key, value in condition.items()
        }

    def _clock(self, clock: File) -> Plain:
        def length(span: Plain) -> Plain:
            return _keys({"unit"}, n=self.value)(span) if isinstance(span, dict) else span

        rests = _keys({"each", "all", "source"}, **{"in": _list(self.state)})
        rule = {
            "within": length, "at_least": length, "due": self.path, "runs_from": self.path,
            "if": self.expression, "rungs": _list(self._rung),
            "pauses": lambda one: rests(one) if isinstance(one, dict) else one,
            **dict.fromkeys(("extend", "ladder", "class", "source", "from", "until"), _same),
        }  # fmt: skip
        return _each(clock, {
            **rule, **dict.fromkeys(("label", "means", "again"), _same), "each": self.field, "when": self.expression,
            "starts": _list(self._ref), "stops": _list(self._ref), "met": self.expression,
            "rules": _list(lambda one: _each(one, rule)),
        })  # fmt: skip

    def _rung(self, rung: File) -> Plain:
        rest = {"at", "mark", "level", "says", "source"}
        return _keys(rest, tell=_list(self.role), propose=self.trigger, fire=self.trigger)(rung)

    def _state(self, state: File) -> Plain:
        rest = {"label", "means", "final", "outcome"}
        return _keys(
            rest, assignee=self.role, amends=_list(self._amend), states=_list(self.state),
            on=_map(self.trigger, _list(self._move)),
        )(state)  # fmt: skip

    def _amend(self, amend: File) -> Plain:
        edits = _map(self.field, _same)

        def either(one: Plain) -> Plain:
            return edits(one) if isinstance(one, dict) else self.field(one)

        return _keys(
            by=_list(self.role), fields=_list(either), adds=_list(self.field), edits=edits
        )(amend)

    def _move(self, move: File) -> Plain:
        fields, roles = _list(self.field), _list(self.role)
        with_ = _map(self.theirs, self.named_value)
        return _keys(
            {"id", "label", "means", "otherwise", "issues", "delivers", "outcome", "source", "from", "until"},
            to=self.state, by=roles, cosign=roles, propose=roles, tells=roles, asks=fields,
            may=fields, adds=fields, erases=fields, assigns=self.field, when=_list(self._line),
            edits=_map(self.field, _same), sets=_map(self.field, self.value),
            opens=_list(_keys({"workflow", "as"}, each=self.field, at=self.expression, **{"with": with_})),
            signals=_map(self.path, _keys(does=self.trigger, **{"with": with_})),
            joins=lambda join: {"as": join["case"], **join, "case": self.field(join["case"])},
            publishes=_keys({"catalogue"}, put=_map(_same, self.value), drop=self.value),
            extends=_map(_same, self.field),
        )(move)  # fmt: skip

    def _line(self, line: Plain) -> Plain:
        if isinstance(line, str):
            return self.expression(line)
        return _keys({"otherwise", "source"}, that=self.expression)(line)

    # --- author tests

    def author_tests(self, file: File) -> dict[str, Any]:
        """Rename a file of author tests."""
        people = _map(_same, _keys(posts=_list(self._post)))
        steps = _list(self._step)
        scenario = _keys({"name", "story", "counts"}, people=people, steps=steps)
        rest = {"workflow", "units", "params", "catalogues"}
        return _keys(rest, people=people, starts=_map(_same, steps), scenarios=_list(scenario))(
            file
        )

    def _post(self, post: str) -> str:
        role, _, unit = post.partition("@")
        return f"{self.role(role)}@{unit}"

    def _step(self, step: File) -> Plain:
        data = _map(self.field, _same)
        rest = {"at", "who", "entry", "unit", "for", "reason", "happened", "refused", "starts"}
        return _keys(
            rest, opens=data, amends=data, corrects=data, does=self.trigger, signs=self.trigger,
            expect=self._expect, **{"with": data},
        )(step)  # fmt: skip

    def _expect(self, expect: File) -> Plain:
        rest = {
            "outcome", "number", "due", "elapsed", "running", "paused", "met", "overdue", "documents",
            "alerts",
        }  # fmt: skip
        return _keys(
            rest, state=self.state, under=_list(self.state), fields=_map(self.field, _same),
            facts=_map(self.expression, _same), proposed=_list(self.trigger), assignee=self.role,
            children=_map(_same, _keys({"number", "outcome", "final", "unit"}, state=self.state)),
        )(expect)  # fmt: skip


def _same(value: Plain) -> Plain:
    return value


def _each(part: File, known: Mapping[str, Rename]) -> dict[str, Any]:
    odd = sorted(part.keys() - known.keys())
    assert not odd, f"teach this renamer the keys {odd} of {dict(part)}"
    return {key: known[key](value) for key, value in part.items()}


def _keys(same: Iterable[str] = (), /, **known: Rename) -> Rename:
    """Return what renames a mapping of known keys, and leaves some as they are."""
    return lambda part: _each(part, {**dict.fromkeys(same, _same), **known})


def _map(key: Rename, value: Rename) -> Rename:
    """Return what renames a mapping's keys and values."""
    return lambda part: {key(name): value(inner) for name, inner in part.items()}


def _list(one: Rename) -> Rename:
    """Return what renames each of a list, or the one that stands where a list could."""
    return lambda part: [one(inner) for inner in part] if isinstance(part, list) else one(part)
