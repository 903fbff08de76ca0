"""Draws case numbers without gaps: one counter for each unit, workflow and year."""

from collections.abc import Iterable

from storage.kernel.transaction import Transaction

Series = tuple[str, str, int]
"""Unit, workflow and year."""


class Numbers:
    """Counters; a number that was looked at but not drawn is offered again."""

    def __init__(self, transaction: Transaction) -> None:
        """Work inside this transaction."""
        self._transaction = transaction

    def lock_counter(self, unit: str, workflow: str, year: int) -> int:
        """Return the next sequence number, 1 or more, and hold its counter to the end.

        Nobody else draws from it until this transaction ends. Who needs several asks for
        them at once, with ``lock_counters``.
        """
        values = {"unit": unit, "workflow": workflow, "year": year}
        self._transaction.run(self._transaction.sql.counter_open, {**values, "last": 0})
        return int(self._transaction.one(self._transaction.sql.counter_lock, values)[0]) + 1

    def lock_counters(self, series: Iterable[Series]) -> dict[Series, int]:
        """Return the next number of each series; locked in sorted order, so without deadlock."""
        return {one: self.lock_counter(*one) for one in sorted(set(series))}

    def draw(self, series: Series) -> int:
        """Use up the next number of a series and return it."""
        unit, workflow, year = series
        values = {"unit": unit, "workflow": workflow, "year": year, "last": 1}
        return int(self._transaction.one(self._transaction.sql.counter_draw, values)[0])
