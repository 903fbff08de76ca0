"""Counts the cases of a workflow, inside the transaction that relies on the number."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from decimal import Decimal, InvalidOperation
from itertools import islice
from typing import Any

from sqlalchemy import ColumnElement, func, select

from engine.case.values import Plain
from storage.kernel.records import CountQuery
from storage.kernel.tables import Row as Table
from storage.kernel.texts import from_text, to_text
from storage.kernel.transaction import Transaction

_CASE = Table.metadata.tables["case_row"].c
_EVENT = Table.metadata.tables["event"].c
_BATCH = 500
UNIT = "unit"
"""The word of ``where`` for the unit a case lives at; no field may be called so."""


class Counts:
    """Counts and sums; sealed fields can neither be asked for nor summed up."""

    def __init__(self, transaction: Transaction) -> None:
        """Work inside this transaction."""
        self._transaction = transaction

    def value(self, query: CountQuery) -> int | float:
        """Return how many cases fit, or the sum of their field; 0 where none fits.

        Who counts the same workflow in another writing transaction waits for this one, so
        that two cannot both take the last place.
        """
        self._transaction.serialize(f"count:{query.workflow}")
        found = {case: body for case, body in self._candidates(query) if _fits(body, query)}
        kept = self._since(found, query)
        if query.sum is None:
            return sum(1 for _ in kept)
        return _total(found[case]["fields"].get(query.sum) for case in kept)

    def _candidates(self, query: CountQuery) -> Iterator[tuple[str, Mapping[str, Any]]]:
        wanted = select(_CASE.id, _CASE.body).where(_CASE.workflow == query.workflow)
        wanted = wanted.where(*self._fragments(_fields_of(query)))
        if UNIT in query.where:
            wanted = wanted.where(_CASE.unit == query.where[UNIT])
        for case, body in self._transaction.connection.execute(wanted):
            yield case, from_text(body)

    def _fragments(self, where: Mapping[str, Plain]) -> Iterator[ColumnElement[bool]]:
        """Yield what the body's text must contain; the values themselves are checked later."""
        find = func.strpos if self._transaction.is_postgresql else func.instr
        for name, value in where.items():
            # 1 and 1.0 are equal values but other texts; lists may be written in many ways.
            if isinstance(value, str | bool):
                fragment = to_text({name: value}, what="a count")[1:-1]
                yield find(_CASE.body, fragment) > 0

    def _since(self, cases: Iterable[str], query: CountQuery) -> Iterator[str]:
        """Yield the cases whose trigger (or opening) happened at or after ``since``."""
        if query.since is None:
            yield from cases
            return
        left = iter(cases)
        while batch := list(islice(left, _BATCH)):
            found = {
                case
                for case, occurred_at, public in self._events(batch, query)
                if datetime.fromisoformat(occurred_at) >= query.since
                and (query.taken is None or from_text(public).get("trigger") == query.taken)
            }
            yield from sorted(found)

    def _events(self, batch: list[str], query: CountQuery) -> Iterator[tuple[str, str, str]]:
        wanted = select(_EVENT.case_id, _EVENT.occurred_at, _EVENT.public)
        wanted = wanted.where(_EVENT.case_id.in_(batch))
        if query.taken is None:
            wanted = wanted.where(_EVENT.kind == "opened")
        yield from self._transaction.connection.execute(wanted).tuples()


def _fits(body: Mapping[str, Any], query: CountQuery) -> bool:
    fields = body["fields"]
    if query.taken is not None and not body["taken"].get(query.taken):
        return False
    wanted = _fields_of(query)
    return all(name in fields and fields[name] == value for name, value in wanted.items())


def _fields_of(query: CountQuery) -> dict[str, Plain]:
    """Return what their fields must hold; the unit is no field but where the case lives."""
    return {name: value for name, value in query.where.items() if name != UNIT}


def _total(values: Iterable[Any]) -> int | float:
    """Add up numbers and decimals, exactly; what is no number adds nothing."""
    total = Decimal(0)
    for value in values:
        if isinstance(value, int | float | str) and not isinstance(value, bool):
            try:
                total += Decimal(str(value))
            except InvalidOperation:
                continue
    return int(total) if total == total.to_integral_value() else float(total)
