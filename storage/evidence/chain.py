"""Verifies the chain of events, and that each row is the fold of its events."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import pairwise
from typing import Any

from sqlalchemy import select, union

from engine.case.codec import case_to_plain, join_case
from engine.case.fold import fold
from engine.case.values import Case
from storage.cases.digest import START, event_hash
from storage.cases.events import event_of
from storage.cases.keys import Keys
from storage.kernel.errors import CaseNotFound, SealBroken
from storage.kernel.records import Finding
from storage.kernel.texts import from_text
from storage.kernel.timetables import TABLES
from storage.kernel.transaction import Transaction

_CASE = TABLES["case_row"].c
_EVENT = TABLES["event"].c
_LINK = TABLES["link"].c
_RUN = TABLES["clock_run"].c
_UNREADABLE = (LookupError, TypeError, ValueError, AttributeError)
"""What the codec and the fold raise when values are not what the engine wrote."""

Stored = Mapping[Any, Any]


class Chain:
    """Verifies cases; reads everything, changes nothing."""

    def __init__(self, transaction: Transaction, *, keys: Keys) -> None:
        """Work inside this transaction."""
        self._transaction, self._keys = transaction, keys

    def verify(self, case: str | None = None) -> tuple[Finding, ...]:
        """Return what is wrong with a case (by id), or with all; empty if all is well.

        A case whose chain is broken is not folded: its events can no longer be believed.

        Raises:
            CaseNotFound: there is neither a row nor an event of this case.
        """
        with self._lenient():
            ids = [case] if case is not None else self._all_ids()
            return tuple(finding for one in ids for finding in self._of_case(one))

    def hashes(self) -> tuple[int, tuple[Finding, ...]]:
        """Return how many cases there are, and what is wrong with their chains; needs no key."""
        with self._lenient():
            ids = self._all_ids()
            return len(ids), tuple(finding for one in ids for finding in self._broken(one))

    def _broken(self, case: str) -> Iterator[Finding]:
        try:
            row = self._row(case)
        except ValueError:
            row = None
        if row is None:
            yield Finding(case=case, number=None, seq=0, kind="derived", name="row")
        else:
            yield from _broken(case, row, self._events(case))

    def _events(self, case: str) -> Sequence[Stored]:
        query = select(*_EVENT).where(_EVENT.case_id == case).order_by(_EVENT.seq)
        return self._transaction.connection.execute(query).mappings().all()

    def _all_ids(self) -> Sequence[str]:
        # Events whose row was taken away are looked at as well.
        ids = union(select(_CASE.id), select(_EVENT.case_id)).order_by("id")
        return self._transaction.connection.scalars(ids).all()

    def _of_case(self, case: str) -> Iterator[Finding]:
        events = self._events(case)
        try:
            row = self._row(case)
        except ValueError:
            row = None
        if row is None:
            if not events:
                raise CaseNotFound(case)
            yield Finding(case=case, number=None, seq=0, kind="derived", name="row")
            return
        broken = list(_broken(case, row, events))
        yield from broken
        if not broken:
            yield from self._folded(row, events)

    def _row(self, case: str) -> Stored | None:
        query = select(*_CASE).where(_CASE.id == case)
        return self._transaction.connection.execute(query).mappings().first()

    def _folded(self, row: Stored, events: Sequence[Stored]) -> Iterator[Finding]:
        about = {"case": row["id"], "number": row["number"]}
        try:
            case = fold(event_of(event, keys=self._keys) for event in events)
        except SealBroken as error:
            seq = int(error.place.partition(":")[2] or 0)
            yield Finding(**about, seq=seq, kind="seal", name=error.vault)
        except _UNREADABLE:
            yield Finding(**about, seq=len(events), kind="fold")
        else:
            for name in self._differing(row, case):
                yield Finding(**about, seq=0, kind="derived", name=name)

    def _differing(self, row: Stored, case: Case) -> Iterator[str]:
        plain = case_to_plain(case)
        for name in ("workflow", "version", "unit", "number", "state", "outcome", "revision"):
            if row[name] != plain[name]:
                yield name
        if row["final"] != (case.outcome is not None):
            yield "final"
        if self._whole(row) != plain:
            yield "body"
        open_runs = {run.key for run in case.runs if run.ended is None}
        if self._pairs(_RUN, ("clock", "item", "seq"), case.id) != open_runs:
            yield "clock_run"
        links = {(name, other) for name, ids in case.links.items() for other in ids}
        if self._pairs(_LINK, ("name", "other_id"), case.id) != links:
            yield "link"

    def _whole(self, row: Stored) -> dict[str, Any] | None:
        """Return the case that the row holds, or None where it holds none."""
        try:
            place = f"row:{row['sealed_revision']}"
            parts = self._keys.open(row["id"], row["sealed"], place=place)
            return case_to_plain(join_case(from_text(row["body"]), parts))
        except (SealBroken, *_UNREADABLE):
            return None

    def _pairs(self, table: Any, names: Iterable[str], case: str) -> set[tuple[Any, ...]]:  # noqa: ANN401 - SQLAlchemy's own
        query = select(*(table[name] for name in names)).where(table.case_id == case)
        return {tuple(row) for row in self._transaction.connection.execute(query)}

    @contextmanager
    def _lenient(self) -> Iterator[None]:
        """Read bytes that are no text as text that is wrong, so that they can be reported."""
        driver = self._transaction.driver
        if self._transaction.is_postgresql:
            yield
            return
        driver.text_factory = _wrong_text
        try:
            yield
        finally:
            driver.text_factory = str


def _wrong_text(stored: bytes) -> str:
    return stored.decode("utf-8", "surrogateescape")


def _broken(case: str, row: Stored, events: Sequence[Stored]) -> Iterator[Finding]:
    """Yield breaks and gaps of the chain, from the first event to the row's last."""
    about = {"case": case, "number": row["number"]}
    before: Mapping[str, Any] = {"seq": 0, "hash": START}
    for last, event in pairwise([before, *events]):
        if event["seq"] != last["seq"] + 1:
            yield Finding(**about, seq=last["seq"] + 1, kind="gap")
        elif event["prev_hash"] != last["hash"]:
            yield Finding(**about, seq=event["seq"], kind="chain", name="prev_hash")
        if event_hash(event["prev_hash"], event) != event["hash"]:
            yield Finding(**about, seq=event["seq"], kind="chain")
    end = events[-1] if events else before
    if row["revision"] > end["seq"]:
        yield Finding(**about, seq=end["seq"] + 1, kind="gap")
    elif row["head"] != end["hash"]:
        yield Finding(**about, seq=end["seq"], kind="chain", name="head")
