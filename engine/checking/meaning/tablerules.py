"""Checks decision tables for each law date: gaps, overlaps, and rules that never decide.

Source:
    DMN 1.4, 8.2.10 (hit policies, completeness); language.md 6.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise, product
from math import prod

from engine.case.text import said
from engine.checking.meaning import words
from engine.checking.meaning.guards import MOST_COMBINATIONS
from engine.checking.meaning.logic import Env, Formula, Value
from engine.checking.meaning.parse import CONTAINS
from engine.checking.meaning.scene import Scene
from engine.compiling.plan import Literal, Table, TableRule

_SHOWN = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One rule of a table.

    Attributes:
        conditions: those the fragment decides.
        whole: whether these are all it has.
    """

    place: int
    rule: TableRule
    conditions: tuple[Formula, ...]
    whole: bool

    def hits(self, env: Env) -> bool | None:
        """Tell whether it applies; None where that is not decided."""
        answers = [condition.ask(env) for condition in self.conditions]
        if False in answers:
            return False
        return True if self.whole and None not in answers else None


def check_tables(scene: Scene) -> None:
    """Note what a table leaves open or decides twice, on each span of law dates."""
    for table in scene.workflow.tables.values():
        rows = [_row(scene, place, rule) for place, rule in enumerate(table.rules)]
        inputs = _inputs(scene, rows)
        if prod(len(values) for values in inputs.values()) <= MOST_COMBINATIONS:
            _Check(scene, table, rows, inputs).run()


def _row(scene: Scene, place: int, rule: TableRule) -> Row:
    found = [scene.guards.reader.read(condition.source) for condition in rule.conditions]
    known = tuple(one for one in found if all(_decides(key) for key in one.keys))
    return Row(place=place, rule=rule, conditions=known, whole=len(known) == len(found))


def _decides(key: str) -> bool:
    return key.startswith(CONTAINS) or not key.startswith(("?", "state", "taken."))


def _inputs(scene: Scene, rows: Sequence[Row]) -> dict[str, tuple[Value, ...]]:
    """Return the values of every input; unset only where a row asks whether it is filled."""
    found: dict[str, tuple[Value, ...]] = {}
    conditions = [condition for row in rows for condition in row.conditions]
    for key in sorted({key for one in conditions for key in one.keys}):
        if key.startswith(CONTAINS):
            found[key] = (False, True)
            continue
        values = scene.guards.domains.given(key.removeprefix("before."))
        asked = any(key in one.keys and key not in one.reads for one in conditions)
        unset = asked and False not in values
        found[key] = (*values, None) if unset else values
    return found


class _Check:
    def __init__(
        self,
        scene: Scene,
        table: Table,
        rows: Sequence[Row],
        inputs: Mapping[str, tuple[Value, ...]],
    ) -> None:
        self.scene, self.table, self.rows, self.inputs = scene, table, rows, inputs
        self.used: set[int] = set()
        self.gaps: dict[str, date] = {}
        self.clashes: set[tuple[int, int]] = set()

    def run(self) -> None:
        for day in _days(self.rows):
            valid = [row for row in self.rows if _in_force(row.rule, day)]
            for values in product(*self.inputs.values()):
                self._ask(day, valid, dict(zip(self.inputs, values, strict=True)))
        self._note_gaps()
        for row in self.rows:
            if row.place not in self.used:
                path = ("tables", self.table.name, "rules", row.place)
                told = said(words.NEVER_DECIDES, row=row.rule.id)
                self.scene.note(path, "HY617", told, key=False)

    def _ask(self, day: date, valid: Sequence[Row], env: Env) -> None:
        hits: list[Row] = []
        for row in valid:
            answer = row.hits(env)
            if answer is not False:
                self.used.add(row.place)
                hits.append(row)
            if answer and self.table.hit == "first":
                break
        if not hits:
            self.gaps.setdefault(_told(env), day)
        sure = [row for row in hits if row.hits(env)]
        for one, other in pairwise(sure):
            if (one.place, other.place) not in self.clashes and self._clash(one, other):
                self.clashes.add((one.place, other.place))
                self._note_clash(day, env, one, other)

    def _clash(self, one: Row, other: Row) -> bool:
        if self.table.hit == "any":
            plain = [row.rule.then.values() for row in (one, other)]
            known = all(isinstance(value, Literal) for values in plain for value in values)
            return known and one.rule.then != other.rule.then
        return self.table.hit == "unique"

    def _note_clash(self, day: date, env: Env, one: Row, other: Row) -> None:
        told = said(
            words.BOTH_APPLY,
            table=self.scene.named("tables", self.table.name),
            first=one.rule.id,
            second=other.rule.id,
            when=_told(env) or "—",
            since=words.ON_ANY_DAY if day == date.min else said(words.SINCE, day=day),
        )
        path = ("tables", self.table.name, "rules", other.place)
        self.scene.note(path, "HY615", told, key=False)

    def _note_gaps(self) -> None:
        if not self.gaps or self.table.hit == "collect":
            return
        named = self.scene.named("tables", self.table.name)
        shown = list(self.gaps.items())[:_SHOWN]
        cases = [f"{when or '—'} ({day})" if day > date.min else when for when, day in shown]
        told = said(words.GAPS, table=named, count=len(self.gaps), cases="; ".join(cases))
        self.scene.note(("tables", self.table.name), "HY616", told)


def _told(env: Env) -> str:
    return ", ".join(f"{key.removeprefix(CONTAINS)}={value}" for key, value in env.items())


def _days(rows: Sequence[Row]) -> Iterator[date]:
    """Yield the first day of every span on which the same rows are in force."""
    begins = {row.rule.from_ or date.min for row in rows}
    ends = {row.rule.until + timedelta(days=1) for row in rows if row.rule.until}
    yield from (day for day in sorted(begins | ends) if day >= min(begins))


def _in_force(rule: TableRule, day: date) -> bool:
    return (rule.from_ is None or rule.from_ <= day) and (rule.until is None or day <= rule.until)
