"""Checks a file against the promises of every pack that applies to it."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from engine.checking.promises.clocks import check_clock, check_fixed
from engine.checking.promises.moves import check_needs, check_never, check_offered, check_order
from engine.checking.promises.packs import packs_for
from engine.checking.promises.parts import (
    check_every,
    check_kind,
    check_list,
    check_persons,
    check_unique,
)
from engine.checking.promises.tables import check_law, check_table
from engine.checking.promises.view import View
from engine.checking.promises.words import check_words
from engine.compiling.expand import Expanded
from engine.compiling.plan import Workflow
from engine.language.load import Findings, Shelf
from engine.language.model import WorkflowDef
from engine.language.promises import (
    ClockPromise,
    EveryPromise,
    FixedPromise,
    KindPromise,
    LawPromise,
    ListPromise,
    MovePromise,
    NeverPromise,
    OfferPromise,
    OrderPromise,
    PersonsPromise,
    Promise,
    TablePromise,
    UniquePromise,
    WordsPromise,
)

_CHECKS: Mapping[type[Promise], Callable[[View, Any], None]] = {
    MovePromise: check_needs,
    NeverPromise: check_never,
    OfferPromise: check_offered,
    OrderPromise: check_order,
    TablePromise: check_table,
    LawPromise: check_law,
    ClockPromise: check_clock,
    FixedPromise: check_fixed,
    EveryPromise: check_every,
    ListPromise: check_list,
    PersonsPromise: check_persons,
    UniquePromise: check_unique,
    KindPromise: check_kind,
}


def check_promises(
    rule: WorkflowDef, expanded: Expanded, workflow: Workflow, findings: Findings, shelf: Shelf
) -> None:
    """Note every promise that a file breaks, with the promise's id as the code.

    What was published before is not held against today's packs: it was held against those of
    its day, and is compiled without this check. The graph and the guards are looked at only
    where the file has no error, for half a graph breaks every promise; words always.

    Source:
        language.md 1, rule packs; design.md 8.
    """
    packs, kinds = packs_for(rule, findings, shelf)
    promises = [promise for pack in packs for promise in pack.promises]
    sound = not findings.wrong
    check_words(findings, [one for one in promises if isinstance(one, WordsPromise)])
    if sound:
        view = View(
            rule=rule, workflow=workflow, expanded=expanded, findings=findings,
            packed=_packed(findings), kinds=kinds,
        )  # fmt: skip
        _check_all(view, promises)


def _check_all(view: View, promises: Iterable[Promise]) -> None:
    for promise in promises:
        check = _CHECKS.get(type(promise))
        if check is not None:
            check(view, promise)


def _packed(findings: Findings) -> frozenset[str]:
    """Return the names of the tables that a pack gives."""
    return frozenset(
        str(name)
        for (section, name), document in findings.borrowed.items()
        if section == "tables" and "pack" in document.value
    )
