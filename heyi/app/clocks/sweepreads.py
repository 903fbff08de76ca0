"""Reads of a case only what a sweep needs to find receivers; the rest stays sealed."""

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass

from engine.case.values import Case
from engine.compiling.plan import Workflow
from heyi.app.library.library import Library
from storage.kernel.errors import SealBroken
from storage.work import Work


@dataclass(frozen=True, slots=True, kw_only=True)
class Reads:
    """Whether facts and sealed fields are needed to find receivers, under one version.

    Attributes:
        facts: facts that are no fields, which may look at other cases.
        sealed: sealed fields.
    """

    facts: bool
    sealed: bool


class SweepReads:
    """Loads cases, opening sealed fields only where receivers are found by them."""

    def __init__(self, library: Library) -> None:
        """Ask this library for the workflows."""
        self._library = library
        self._found: dict[tuple[str, int], Reads] = {}

    def of(self, workflow: Workflow) -> Reads:
        """Return what is needed to find receivers, computed once a version."""
        key = (workflow.name, workflow.version)
        if key not in self._found:
            roles = workflow.definition.roles.values()
            paths = [path for role in roles for path in (role.in_case, *role.never) if path]
            paths += [
                clock.definition.each for clock in workflow.clocks.values() if clock.definition.each
            ]
            heads = {path.partition(".")[0] for path in paths}
            self._found[key] = Reads(
                facts=not heads <= workflow.fields.keys(),
                sealed=not heads <= workflow.fields.keys() - workflow.vaults.keys(),
            )
        return self._found[key]

    def load(self, work: Work, ids: Iterable[str]) -> list[Case]:
        """Return cases; one whose seal is broken is left out and delays no other.

        Its claims are not given back: until their lease is over the sweeps go on with others,
        and the round that verifies histories tells of it.
        """

        def sealed(workflow: str, version: int) -> bool:
            return self.of(self._library.get(work, workflow, version)).sealed

        wanted = list(ids)
        try:
            return list(work.cases.load_many(wanted, sealed=sealed).values())
        except SealBroken:
            found: list[Case] = []
            for one in wanted:
                with suppress(SealBroken):
                    found += work.cases.load_many([one], sealed=sealed).values()
            return found
