"""Stores cases and their events: loaded by id or number, saved one step at a time."""

from collections.abc import Collection, Mapping
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select

from engine.case.codec import join_case, split_case
from engine.case.values import Case, Event, Step
from storage.cases.batches import CaseBatches
from storage.cases.digest import START
from storage.cases.effects import Effects
from storage.cases.events import event_of, event_row
from storage.cases.grants import Grants
from storage.cases.keys import Keys
from storage.cases.requests import Requests
from storage.kernel.columns import stamp
from storage.kernel.errors import CaseNotFound, DuplicateCase, StaleCase, UnknownReference
from storage.kernel.records import Once
from storage.kernel.texts import checked, from_text, to_text
from storage.kernel.timetables import TABLES
from storage.kernel.transaction import Transaction

_EVENT = TABLES["event"].c
_UUID_LENGTH = 36


class Cases(CaseBatches):
    """The cases of one transaction."""

    def __init__(self, transaction: Transaction, *, keys: Keys) -> None:
        """Work inside this transaction."""
        super().__init__(transaction, keys=keys)
        self._effects = Effects(transaction, keys=keys)

    def load(self, ref: str) -> Case:
        """Return a case by id or number, sealed fields in clear; destroyed ones are absent.

        Raises:
            CaseNotFound: there is none.
            SealBroken: a sealed value was changed, or the deployment's key is another.
        """
        case, revision, head, body, sealed = self._found(ref)
        self._heads[case] = head
        parts = self._keys.open(case, sealed, place=f"row:{revision}")
        return join_case(from_text(body), parts)

    def events(self, case: str) -> tuple[Event, ...]:
        """Return all events of a case in order; empty for an unknown id.

        Raises:
            SealBroken: as in ``load``.
        """
        query = select(*_EVENT).where(_EVENT.case_id == case).order_by(_EVENT.seq)
        rows = self._transaction.connection.execute(query).mappings()
        return tuple(event_of(row, keys=self._keys) for row in rows)

    def save(
        self,
        step: Step,
        *,
        vaults: Mapping[str, str],
        zone: ZoneInfo,
        once: Once | None = None,
        grants: Collection[str] | None = None,
    ) -> None:
        """Keep a step whole: case, event, clocks, number, links and what it owes storage.

        Owed to others (``OpenCase``, ``Signal``, ``Join``) is left to the services. What a
        refused save has written goes with its transaction.

        Args:
            step: as the engine granted it; ``before`` is None for an opening.
            vaults: vault by name of every field that must be sealed.
            zone: the office's zone, in which due days end.
            once: the request's key, if it has one.
            grants: who may know the case from now on; None leaves what is written.

        Raises:
            StaleCase: the case moved since it was loaded.
            DuplicateCase: its number or unique key belongs to another case.
            UnknownReference: its unit or workflow version is not kept.
            IdempotencyTaken: the same request was granted meanwhile.
            TextRefused: a text cannot be stored.
        """
        case = step.after.id
        event = event_row(step.event, keys=self._keys, prev_hash=self._head(step))
        row = self._row_values(step, vaults=vaults, head=event["hash"])
        self._write_case(step, row)
        self._transaction.run(self._transaction.sql.event_insert, event)
        self._heads[case] = event["hash"]
        self._effects.keep(step, zone=zone)
        if grants is not None:
            Grants(self._transaction).put(case, grants, opened_at=step.after.opened_at)
        if once is not None:
            Requests(self._transaction).keep(once, case=case, seq=step.event.seq)

    def _found(self, ref: str) -> Any:  # noqa: ANN401 - a driver's row
        sql = self._transaction.sql
        by_id, by_number = (sql.case_by_id, {"id": ref}), (sql.case_by_number, {"number": ref})
        ways = (by_id, by_number) if len(ref) == _UUID_LENGTH else (by_number, by_id)
        for statement, values in ways:
            row = self._transaction.one(statement, values)
            if row is not None:
                return row
        raise CaseNotFound(ref)

    def _head(self, step: Step) -> str:
        if step.before is None:
            return START
        case = step.before.id
        if case not in self._heads:
            row = self._transaction.one(self._transaction.sql.case_head, {"id": case})
            if row is None:
                raise CaseNotFound(case)
            self._heads[case] = row[0]
        return self._heads[case]

    def _row_values(self, step: Step, *, vaults: Mapping[str, str], head: str) -> dict[str, Any]:
        after = step.after
        public, parts = split_case(after, vaults)
        unique = step.unique
        return {
            "number": None if after.number is None else checked(after.number, what="a number"),
            "state": after.state,
            "final": after.outcome is not None,
            "outcome": after.outcome,
            "unique_key": None if unique is None else self._transaction.master.blind(unique),
            "revision": after.revision,
            "head": head,
            "moved_at": stamp(after.moved_at),
            "body": to_text(public, what="the case"),
            "sealed": self._keys.seal(after.id, parts, place=f"row:{after.revision}"),
            "sealed_revision": after.revision,
        }

    def _write_case(self, step: Step, row: dict[str, Any]) -> None:
        try:
            if step.before is None:
                self._transaction.run(self._transaction.sql.case_insert, _opening(step, row))
                return
            before = step.before
            seen = {"case_id": before.id, "seen": before.revision}
            if self._transaction.run(self._transaction.sql.case_update, {**row, **seen}) != 1:
                raise StaleCase(before.number or before.id, revision=before.revision)
        except self._transaction.integrity_error as error:
            raise _refusal(step.after, str(error)) from error


def _opening(step: Step, row: dict[str, Any]) -> dict[str, Any]:
    after = step.after
    fixed = {"id": after.id, "workflow": after.workflow, "version": after.version}
    return {**row, **fixed, "unit": after.unit, "opened_at": stamp(after.opened_at)}


def _refusal(case: Case, message: str) -> DuplicateCase | UnknownReference:
    # Only the first line: PostgreSQL's second one quotes values, which may say anything.
    first = message.partition("\n")[0]
    if "foreign key" in first.lower():
        return UnknownReference(f"the unit or workflow version of case '{case.id}'")
    for sign, of in (("unique_key", "unique key"), ("number", "number")):
        if sign in first:
            return DuplicateCase(case.number or case.id, of=of)
    return DuplicateCase(case.id, of="id")
