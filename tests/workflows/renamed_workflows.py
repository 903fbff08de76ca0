"""Renames every state, trigger, field and role of workflow files and of their author tests.

Structural: it walks the parsed YAML by what language.md says of each key, and expressions by
their tokens. A key it does not know is a failure, not a thing to be passed over.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from tests.workflows.renamed_expressions import RenamedExpression
from tests.workflows.rewritten_yaml import File, Plain, each, keys, listed, mapped, same

_PLACE = re.compile(r"\{([a-z][a-z0-9_.]*)\}")
_NAMED = re.compile(r"（([a-z][a-z0-9_]*)）")
_KEPT = (
    "format", "workflow", "version", "kind", "uses", "title", "calendar", "opened_at", "sources",
    "params", "links", "defaults", "handing", "library", "pack", "promises",
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
        """Rename the head of ``field.column``, also behind ``changed.``."""
        head, dot, rest = word.partition(".")
        if head == "changed" and dot:
            return f"changed.{self.path(rest)}"
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
        return self.labels(each(file, {
            **dict.fromkeys(_KEPT, same),
            "number": self._number,
            "roles": mapped(self.role, self._role),
            "chain": listed(self.role),
            "seen_by": listed(self._reader),
            "readers": mapped(same, listed(self._reader)),
            "sealed": keys(
                when=self.expression, to=listed(self._reader), partly=listed(self._reader)
            ),
            "viewing": keys({"days", "reads"}, by=listed(self.role), allowed_by=listed(self.role)),
            "fields": mapped(self.field, self._field),
            "facts": mapped(same, keys({"label"}, **{"is": self.expression})),
            "tables": mapped(same, self._table),
            "counts": mapped(same, keys({"of", "within", "label"}, where=mapped(self.theirs, self.field),
                                        taken=self.trigger, sum=self.theirs)),
            "unique": listed(self.field),
            "documents": mapped(same, self._document),
            "clocks": mapped(same, self._clock),
            "ladders": mapped(same, keys({"quiet", "catch_up"}, levels=listed(listed(self.role)),
                                         rungs=listed(self._rung))),
            "recurs": mapped(same, keys({"on", "at", "each"}, **{"with": mapped(self.field, self.value)})),
            "opening": listed(self._move),
            "states": mapped(self.state, self._state),
            "groups": mapped(same, self._state),
            "overlays": mapped(self.state, keys(over=listed(self.state))),
        }))  # fmt: skip

    def _document(self, document: File) -> Plain:
        def prints(given: Plain) -> Plain:
            words = listed(self.path)
            return mapped(same, words)(given) if isinstance(given, dict) else words(given)

        rest = {"label", "means", "privacy", "retention", "template", "says"}
        return keys(rest, to=listed(self.role), prints=prints)(document)

    def _number(self, number: Plain) -> Plain:
        return number if isinstance(number, str) else keys({"format"}, drawn=self._ref)(number)

    def _ref(self, ref: Plain) -> Plain:
        return {"move": self.trigger(ref["move"])} if isinstance(ref, dict) else self.state(ref)

    def _role(self, role: File) -> Plain:
        rest = {"label", "level", "reach", "means"}
        return keys(
            rest,
            in_case=self.path,
            post=self.role,
            never=listed(self.path),
            recorded_by=listed(self.role),
        )(role)

    def _field(self, part: File) -> Plain:
        rest = {
            "type", "label", "privacy", "retention", "means", "options", "many", "of", "min", "max",
            "optional",
        }  # fmt: skip
        return keys(rest, seal=self.state, seal_to=listed(self._reader))(part)

    def _reader(self, entry: Plain) -> Plain:
        conditional = keys(role=self.role, when=self.expression)
        return conditional(entry) if isinstance(entry, dict) else self.role(entry)

    def _table(self, table: File) -> Plain:
        then = mapped(same, self.value)
        rule = keys({"id", "from", "until", "source"}, then=then, **{"if": self._condition})
        return keys({"hit", "gives", "means", "label"}, defaults=then, rules=listed(rule))(table)

    def _condition(self, condition: Plain) -> Plain:
        if not isinstance(condition, dict):
            return self.expression(condition)
        return {
            self.expression(key): listed(self.state)(value) if key == "state" else value
            for key, value in condition.items()
        }

    def _clock(self, clock: File) -> Plain:
        def length(span: Plain) -> Plain:
            return keys({"unit"}, n=self.value)(span) if isinstance(span, dict) else span

        rests = keys({"each", "all", "source"}, **{"in": listed(self.state)})
        rule = {
            "within": length, "at_least": length, "due": self.path, "runs_from": self.path,
            "if": self.expression, "rungs": listed(self._rung),
            "pauses": lambda one: rests(one) if isinstance(one, dict) else one,
            **dict.fromkeys(("extend", "ladder", "class", "source", "from", "until"), same),
        }  # fmt: skip
        return each(clock, {
            **rule, **dict.fromkeys(("label", "means", "again"), same), "each": self.field, "when": self.expression,
            "starts": listed(self._ref), "stops": listed(self._ref), "met": self.expression,
            "rules": listed(lambda one: each(one, rule)),
        })  # fmt: skip

    def _rung(self, rung: File) -> Plain:
        rest = {"at", "mark", "level", "says", "source"}
        return keys(rest, tell=listed(self.role), propose=self.trigger, fire=self.trigger)(rung)

    def _state(self, state: File) -> Plain:
        rest = {"label", "means", "final", "outcome"}
        return keys(
            rest, assignee=self.role, amends=listed(self._amend), states=listed(self.state),
            on=mapped(self.trigger, listed(self._move)),
        )(state)  # fmt: skip

    def _amend(self, amend: File) -> Plain:
        edits = mapped(self.field, same)

        def either(one: Plain) -> Plain:
            return edits(one) if isinstance(one, dict) else self.field(one)

        return keys(
            by=listed(self.role), fields=listed(either), adds=listed(self.field), edits=edits
        )(amend)

    def _move(self, move: File) -> Plain:
        fields, roles = listed(self.field), listed(self.role)
        with_ = mapped(self.theirs, self.named_value)
        return keys(
            {"id", "label", "means", "otherwise", "issues", "delivers", "outcome", "source", "from", "until", "takes_back"},
            to=self.state, by=roles, cosign=roles, propose=roles, tells=roles, asks=fields,
            may=fields, adds=fields, erases=fields, assigns=self.field, when=listed(self._line),
            edits=mapped(self.field, same), sets=mapped(self.field, self.value),
            opens=listed(keys({"workflow", "as"}, each=self.field, at=self.expression, **{"with": with_})),
            signals=mapped(self.path, keys(does=self.trigger, **{"with": with_})),
            joins=lambda join: {"as": join["case"], **join, "case": self.field(join["case"])},
            publishes=keys({"catalogue"}, put=mapped(same, self.value), drop=self.value),
            extends=mapped(same, self.field),
        )(move)  # fmt: skip

    def _line(self, line: Plain) -> Plain:
        if isinstance(line, str):
            return self.expression(line)
        return keys({"otherwise", "source"}, that=self.expression)(line)

    # --- author tests

    def author_tests(self, file: File) -> dict[str, Any]:
        """Rename a file of author tests."""
        people = mapped(same, keys(posts=listed(self._post)))
        steps = listed(self._step)
        scenario = keys({"name", "story", "counts"}, people=people, steps=steps)
        rest = {"workflow", "units", "params", "catalogues"}
        return keys(rest, people=people, starts=mapped(same, steps), scenarios=listed(scenario))(
            file
        )

    def _post(self, post: str) -> str:
        role, _, unit = post.partition("@")
        return f"{self.role(role)}@{unit}"

    def _step(self, step: File) -> Plain:
        if "in" in step:
            # It is about another case, so perhaps about another file's fields.
            theirs = {key: value for key, value in step.items() if key != "in"}
            return {"in": step["in"], **Renamer(self.names, self.names.fields)._step(theirs)}
        data = mapped(self.field, same)
        rest = {"at", "who", "entry", "unit", "for", "reason", "happened", "starts"}
        return keys(
            rest, opens=data, amends=data, corrects=data, does=self.trigger, signs=self.trigger,
            expect=self._expect, refused=self._refused, **{"with": data},
        )(step)  # fmt: skip

    def _refused(self, refused: File) -> Plain:
        """Rename the fields that the words of a refusal name: ``（topic）``."""
        return keys(
            {"code"}, says=self._said, reasons=listed(self._refused), missing=listed(self.field)
        )(refused)

    def _said(self, says: str) -> str:
        return _NAMED.sub(lambda match: f"（{self.field(match[1])}）", says)

    def _expect(self, expect: File) -> Plain:
        rest = {
            "outcome", "number", "due", "elapsed", "running", "paused", "met", "overdue", "documents",
            "alerts", "issued",
        }  # fmt: skip
        return keys(
            rest, state=self.state, under=listed(self.state), fields=mapped(self.field, same),
            facts=mapped(self.expression, same), known=same, access=mapped(same, mapped(self.field, same)), hidden=mapped(same, listed(self.field)),
            seen=mapped(same, listed(self.field)), allowed=mapped(same, listed(self.trigger)), proposed=listed(self.trigger), assignee=self.role,
            children=mapped(same, keys({"number", "outcome", "final", "unit", "workflow"}, state=self.state)),
        )(expect)  # fmt: skip
