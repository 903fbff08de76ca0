"""Loads many cases at once for sweeps, and stores their rungs together.

A rung or a re-plan changes what is public of a case, never what is sealed: the sealed text
stays as it is, under the revision it is bound to.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from engine.case.codec import join_case
from engine.case.values import Case, Step
from storage.cases.keys import Keys
from storage.cases.lists import CaseLists
from storage.cases.rungs import Plain, Prepared, check, rung_rows
from storage.kernel.texts import from_text
from storage.kernel.transaction import Transaction


class CaseBatches(CaseLists):
    """Cases in batches."""

    def __init__(self, transaction: Transaction, *, keys: Keys) -> None:
        """Work inside this transaction."""
        super().__init__(transaction)
        self._keys = keys
        self._heads: dict[str, str] = {}
        self._public: dict[str, tuple[str, Plain]] = {}

    def load_many(
        self, ids: Iterable[str], *, sealed: bool | Callable[[str, int], bool] = True
    ) -> dict[str, Case]:
        """Return cases by id; ids without a case are left out.

        Args:
            ids: may be empty, may repeat.
            sealed: with the sealed fields, in clear; without them a case loads twice as
                fast, and its sealed fields are absent. Or asked for each workflow and version.

        Raises:
            SealBroken: as in ``load``.
        """
        rows = [(*row[:3], from_text(row[3]), row[4]) for row in self._bodies(ids)]
        unsealed = sealed if callable(sealed) else lambda _workflow, _version: bool(sealed)
        wanted = {row[0] for row in rows if unsealed(row[3]["workflow"], row[3]["version"])}
        self._keys.read(wanted)
        found = {}
        for case, sealed_revision, head, plain, parts in rows:
            place = f"row:{sealed_revision}"
            opened = self._keys.open(case, parts, place=place) if case in wanted else {}
            self._know(case, head, plain)
            found[case] = join_case(plain, opened)
        return found

    def save_all(self, steps: Sequence[Step], *, lease: str | None = None) -> list[str]:
        """Store the rungs and re-plans of many cases; return which were too late.

        Raises:
            ValueError: as in ``prepare``.
            TextRefused: a text cannot be stored.
        """
        return self.keep(self.prepare(steps), lease=lease)

    def prepare(self, steps: Sequence[Step]) -> Prepared:
        """Return the rows of rungs and re-plans, for this or a later transaction.

        Args:
            steps: of kind ``rung`` or ``replanned``, one a case, in any order.

        Raises:
            ValueError: a step is of another kind, changes fields or proposals there were, or
                owes more than alerts, or two are of one case.
            TextRefused: a text cannot be stored.
        """
        check(steps)
        ids = [step.after.id for step in steps]
        self._look_up(case for case in ids if not self._is_known(case))
        rows = []
        for step in steps:
            head, public = self._public.get(step.after.id, ("", {}))
            if public.get("revision") == step.event.seq - 1:
                rows.append(rung_rows(step, head=head, public=public, keys=self._keys))
        return Prepared(ids=ids, rows=rows)

    def keep(self, prepared: Prepared, *, lease: str | None = None) -> list[str]:
        """Store what was prepared; return the cases for which it was too late.

        A case that moved since it was loaded, that somebody is moving just now, or of which
        the lease holds no run any more is left as it is, and its id returned.

        Args:
            prepared: as ``prepare`` made it.
            lease: the one under which the runs were claimed; None asks for no claim.
        """
        heads = self._held(prepared.ids, lease)
        rows = [one for one in prepared.rows if heads.get(one.case) == one.before]
        many, sql = self._transaction.many, self._transaction.sql
        many(sql.event_insert, [one.event for one in rows])
        many(sql.time.case_rung, [one.row for one in rows])
        many(sql.time.run_drop, [key for one in rows for key in one.drops])
        many(sql.time.run_put, [run for one in rows for run in one.puts])
        many(sql.time.alert_insert, [alert for one in rows for alert in one.alerts])
        for one in rows:
            self._know(one.case, one.row["head"], one.public)
        kept = {one.case for one in rows}
        return [case for case in prepared.ids if case not in kept]

    def _held(self, ids: Sequence[str], lease: str | None) -> dict[str, str]:
        """Hold the cases that nobody else is moving; return their heads by id."""
        sql = self._transaction.sql.time
        packed = {"ids": self._transaction.texts(ids)}
        now: dict[str, str] = dict(self._transaction.all(sql.cases_held, packed))
        if lease is None:
            return now
        leased = self._transaction.all(sql.cases_leased, {**packed, "lease": lease})
        return {case: now[case] for (case,) in leased if case in now}

    def _is_known(self, case: str) -> bool:
        """Tell whether what is public of a case was read, and not written since."""
        head, _public = self._public.get(case, ("", {}))
        return head != "" and head == self._heads.get(case)

    def _know(self, case: str, head: str, public: Plain) -> None:
        self._heads[case], self._public[case] = head, (head, public)

    def _look_up(self, ids: Iterable[str]) -> None:
        wanted = list(ids)
        for case, _revision, head, body, _sealed in self._bodies(wanted) if wanted else ():
            self._know(case, head, from_text(body))

    def _bodies(self, ids: Iterable[str]) -> Sequence[Any]:
        packed = {"ids": self._transaction.texts(ids)}
        rows: Sequence[Any] = self._transaction.all(self._transaction.sql.time.cases_bodies, packed)
        return rows
