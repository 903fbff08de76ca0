"""Computes the facts of one case that expressions read, each when first asked for.

Unset is absent, never null: an expression over an absent name is unknown, and unknown grants
nothing. What a missing derived fact lacks is traced back to the fields it was made from.
"""

from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any, assert_never

from engine.case.values import Case, Data, Plain, World, day_of
from engine.compiling.plan import Literal, Workflow
from engine.facts.clocks import clock_facts
from engine.facts.tables import Decision, decide
from engine.language.cel import Answer, Expression
from engine.language.kinds import FieldType
from engine.language.parts import FieldDef
from engine.language.scope import LINKED
from engine.time.times import moment_text, parse_moment

_ABSENT: Any = object()


class Facts:
    """What is known of one case at one moment; a mapping from variable to plain value."""

    def __init__(
        self,
        workflow: Workflow,
        case: Case,
        world: World,
        *,
        now: datetime,
        fields: Data | None = None,
        before: "Facts | None" = None,
        actor: str = "",
    ) -> None:
        """Gather facts.

        Args:
            workflow: the rules, for kinds, derived facts and tables.
            case: the case as it stands.
            world: what was looked up for this move.
            now: when the move happened; law, clocks and ``today`` use its day.
            fields: the fields with the move's data; the case's own where None.
            before: the facts before the move's data, for ``before.x``; these facts if None.
            actor: who moves.
        """
        self.workflow, self.case, self.world, self.now = workflow, case, world, now
        self.fields: Data = case.fields if fields is None else fields
        self.before = before
        self.actor = actor
        self._known: dict[str, Any] = {}
        self._answers: dict[str, Answer] = {}
        self._asked: dict[int, tuple[Expression, Answer]] = {}
        self._decisions: dict[str, Decision] = {}
        self._extra: dict[str, Any] = {}
        self.kept: dict[Hashable, Any] = {}
        """What others computed from these facts alone, under keys of their own."""

    @property
    def today(self) -> date:
        """The day the move happened, in the office's zone."""
        return day_of(self.now, self.world.zone)

    def __contains__(self, name: object) -> bool:
        return self._find(str(name)) is not _ABSENT

    def __getitem__(self, name: str) -> Any:
        value = self._find(name)
        if value is _ABSENT:
            raise KeyError(name)
        return value

    def get(self, name: str) -> Any:
        """Return a fact's value, or None where it is unset."""
        value = self._find(name)
        return None if value is _ABSENT else value

    def keys(self) -> Iterator[str]:
        """Iterate over the variables that exist, set or not."""
        return iter(self.workflow.variables)

    def with_item(self, item: Mapping[str, Any], part: FieldDef) -> "Facts":
        """Return the same facts with ``item`` and ``it`` bound to one item of a list."""
        other = Facts(
            self.workflow, self.case, self.world,
            now=self.now, fields=self.fields, before=self.before, actor=self.actor,
        )  # fmt: skip
        seen = self._seen_item(item, part)
        other._extra = {"item": seen, "it": seen}
        return other

    def ask(self, expression: Expression | Literal) -> Answer:
        """Return the value of an expression; missing names are fields and other plain facts."""
        if isinstance(expression, Literal):
            return Answer(expression.value)
        # By identity, for expressions compare by all they hold; kept, so that no id comes twice.
        asked = self._asked.get(id(expression))
        if asked is None:
            asked = self._asked[id(expression)] = (expression, self._ask(expression))
        return asked[1]

    def _ask(self, expression: Expression) -> Answer:
        answer = expression.ask(self, self.world.calendar)  # type: ignore[arg-type]
        if answer.known or not answer.missing:
            return answer
        missing: dict[str, None] = {}
        for name in answer.missing:
            missing.update(dict.fromkeys(self._lacks(name)))
        return Answer(known=False, missing=tuple(missing), error=answer.error)

    def decision(self, table: str) -> Decision:
        """Return a decision table's answer for these facts."""
        if table not in self._decisions:
            self._decisions[table] = decide(self.workflow.tables[table], self)
        return self._decisions[table]

    def ambiguous(self) -> list[Decision]:
        """Return the decisions asked so far in which several rules apply."""
        return [d for d in self._decisions.values() if d.ambiguous]

    def _lacks(self, name: str) -> tuple[str, ...]:
        if name in self.workflow.facts:
            return self._answers[name].missing or (name,)
        head = name.partition(".")[0]
        if head in self.workflow.tables:
            return self.decision(head).missing or (name,)
        return (name,)

    def _find(self, name: str) -> Any:
        if name in self._extra:
            return self._extra[name]
        if name not in self._known:
            self._known[name] = self._compute(name)
        return self._known[name]

    def _compute(self, name: str) -> Any:
        workflow = self.workflow
        if name in workflow.fields:
            return self._field(name)
        if name in workflow.facts:
            answer = self.ask(workflow.facts[name])
            self._answers[name] = answer
            return answer.value if answer.known else _ABSENT
        head, _, rest = name.partition(".")
        if head in workflow.tables:
            return self.decision(head).outputs.get(rest, _ABSENT)
        reader = _READERS.get(head)
        return reader(self, rest) if reader else _ABSENT

    def _field(self, name: str) -> Any:
        part = self.workflow.fields[name]
        if name not in self.fields:
            return _ABSENT if part.unset is None else part.unset
        value = self.fields[name]
        if part.type is FieldType.LIST:
            return [self._seen_item(item, part) for item in value]  # type: ignore[union-attr, arg-type]
        if part.many:
            seen = [self._seen(one, part) for one in value]  # type: ignore[union-attr]
            return _ABSENT if any(one is _ABSENT for one in seen) else seen
        return self._seen(value, part)

    def _seen_item(self, item: Mapping[str, Any], part: FieldDef) -> dict[str, Any]:
        seen = {}
        for name, value in item.items():
            column = part.columns[name]
            if column.many:
                found: Any = [self._seen(one, column) for one in value]
            else:
                found = self._seen(value, column)
            if found is not _ABSENT:
                seen[name] = found
        return seen

    def _seen(self, value: Any, part: FieldDef) -> Any:
        """Return a plain value as expressions see it."""
        match part.type:
            case (
                FieldType.TEXT | FieldType.CHOICE | FieldType.INTEGER | FieldType.BOOLEAN
                | FieldType.DATE | FieldType.MOMENT | FieldType.FILE | FieldType.LIST
            ):  # fmt: skip
                return value
            case FieldType.PERSON:
                return value["id"] if isinstance(value, dict) else value
            case FieldType.DECIMAL | FieldType.MONEY:
                return float(value)
            case FieldType.UNIT:
                return self._unit_of(value)
            case FieldType.ITEM:
                row = self.world.catalogues.get(part.catalogue or "", {}).get(value)
                return {**row, "code": value} if row is not None else _ABSENT
            case FieldType.CASE:
                return self._linked(value)
            case _:
                assert_never(part.type)

    def _unit_of(self, name: str) -> Any:
        unit = self.world.units.get(name)
        return {"id": unit.id, "level": unit.level, "title": unit.title} if unit else _ABSENT

    def _linked(self, case_id: str) -> Any:
        other = self.world.linked.get(case_id)
        if other is None:
            return _ABSENT
        seen = {name: getattr(other, name) for name in LINKED}
        return {name: value for name, value in seen.items() if value is not None}

    def _clock(self, rest: str) -> Any:
        clock, _, fact = rest.partition(".")
        found = clock_facts(self.case.runs, clock, now=self.now, zone=self.world.zone)
        for each, value in found.items():
            self._known[f"clocks.{clock}.{each}"] = value
        return found[fact]

    def _document(self, rest: str) -> bool:
        document, _, fact = rest.partition(".")
        return fact in self.case.documents.get(document, {})

    def _links(self, rest: str) -> Sequence[Any]:
        found = (self._linked(case_id) for case_id in self.case.links.get(rest, ()))
        return [one for one in found if one is not _ABSENT]

    def _param(self, rest: str) -> Plain:
        if rest in self.world.params:
            return self.world.params[rest]
        value: Plain = self.workflow.definition.params[rest].value
        return value

    def _opened_on(self, _rest: str) -> Any:
        if not self.case.opened_at:
            return _ABSENT
        return day_of(parse_moment(self.case.opened_at), self.world.zone).isoformat()

    def _unit(self, _rest: str) -> Any:
        return self._unit_of(self.case.unit)

    def _before(self, rest: str) -> Any:
        return (self.before or self)._find(rest)


_READERS: Mapping[str, Callable[[Facts, str], Any]] = {
    "today": lambda facts, _: facts.today.isoformat(),
    "now": lambda facts, _: moment_text(facts.now),
    "state": lambda facts, _: facts.case.state,
    "actor": lambda facts, _: facts.actor,
    "number": lambda facts, _: facts.case.number or _ABSENT,
    "opened_on": Facts._opened_on,
    "unit": Facts._unit,
    "filled": lambda facts, rest: rest in facts.fields,
    "before": Facts._before,
    "taken": lambda facts, rest: facts.case.taken.get(rest, 0),
    "clocks": Facts._clock,
    "documents": Facts._document,
    "links": Facts._links,
    "params": Facts._param,
    "counts": lambda facts, rest: facts.world.counts.get(rest, _ABSENT),
}
