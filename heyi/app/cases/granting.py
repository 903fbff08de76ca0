"""Writes beside cases who may know them, where that is missing or has fallen behind.

A step writes it for its own case. Missing it is for cases of before there were grants; behind it
falls when a unit is moved: rights end at once, for the single look decides, new ones come with
this round. It may be broken off and begun again.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from engine.case.values import Case
from heyi.app.cases.knowing import grants_for
from heyi.app.cases.worlds import Worlds
from heyi.app.library.library import Library
from storage.kernel.errors import SealBroken
from storage.work import Store, Work

BATCH = 200
"""How many cases are written in one transaction: others wait for no longer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GrantedBatch:
    """What became of some cases.

    Attributes:
        cases: how many were looked at.
        changed: how many had something else beside them.
        broken: how many did not open; their evidence says why.
    """

    cases: int
    changed: int
    broken: int


class Granting:
    """Writes grants for many cases."""

    def __init__(self, store: Store, library: Library, worlds: Worlds) -> None:
        """Work on this store.

        Args:
            store: where cases are kept.
            library: published workflows.
            worlds: for the units; no params are read, so that no profile is needed.
        """
        self._store, self._library, self._worlds = store, library, worlds

    def fill(self, *, everywhere: bool = False, size: int = BATCH) -> Iterator[GrantedBatch]:
        """Write grants batch by batch, each kept before it is yielded.

        Args:
            everywhere: for all cases; else only where nothing is written.
            size: cases a batch, from 1.
        """
        after = ""
        while True:
            with self._store.write() as work:
                page = work.grants.all_cases if everywhere else work.grants.lacking
                ids = page(after=after, limit=size)
                done = self._batch(work, ids)
            if not ids:
                return
            yield done
            after = ids[-1]

    def _batch(self, work: Work, ids: tuple[str, ...]) -> GrantedBatch:
        changed = broken = 0
        for one in ids:
            case = self._open(work, one)
            if case is None:
                broken += 1
                continue
            rules = self._library.get(work, case.workflow, case.version)
            grants = grants_for(rules, case, self._worlds.of_units(work, rules))
            changed += bool(work.grants.put(one, grants, opened_at=case.opened_at))
        return GrantedBatch(cases=len(ids), changed=changed, broken=broken)

    def _open(self, work: Work, case: str) -> Case | None:
        try:
            return work.cases.load(case)
        except SealBroken:
            return None
