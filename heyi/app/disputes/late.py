"""Counts cases that are late now, by clock and level; each once, under its highest level."""

from collections import Counter
from collections.abc import Iterable, Iterator

from engine.case.text import said
from engine.case.values import Run
from engine.compiling.plan import Workflow
from engine.facts.clocks import is_over
from heyi.app.disputes import words
from heyi.app.disputes.files import Counted, Scope
from heyi.app.disputes.models import LateRow, LateView, TableRow
from heyi.app.disputes.tables import table, unsaid


def late(scope: Scope, found: Iterable[Counted], files: list[Workflow]) -> LateView:
    """Return the late cases as a table of one moment."""
    counts: Counter[str] = Counter()
    for one in found:
        worst = max(_late_runs(scope, one), default=None)
        if worst is not None:
            level, _waits, clock = worst
            counts[f"{one.rules.name}.{clock}.{level}"] += 1
    view = table(scope, unsaid(_labels(files, scope.lang), scope.lang), [counts], every=False)
    rows = tuple(_row(one) for one in view.rows)
    return LateView(total=view.total[0], rest=view.rest[0], rows=rows)


def _row(row: TableRow) -> LateRow:
    workflow, clock, level = [*row.value.split("."), "", ""][:3]
    return LateRow(
        workflow=workflow, clock=clock, level=int(level or 0), label=row.label, n=row.n[0]
    )


def _late_runs(scope: Scope, one: Counted) -> Iterator[tuple[int, str, str]]:
    """Yield level, an order among equals, and clock of the runs that are over and open."""
    for run in one.case.runs:
        if (
            run.ended is None
            and run.kind != "at_least"
            and is_over(run, scope.cases.zone, at=scope.now)
        ):
            yield _level(one.rules, run), run.clock, run.clock


def _level(rules: Workflow, run: Run) -> int:
    """Return the highest level that was told; 1 where only the handler was."""
    rungs = rules.clocks[run.clock].variant_of(run.rule).ladder.rungs
    rung = {int(key.partition("@")[0]) for key in run.fired}
    return max([1, *(rungs[place].level or 1 for place in rung if place < len(rungs))])


def _labels(files: list[Workflow], lang: str) -> dict[str, str]:
    """Return the labels of every clock of the files at every level of its chain."""
    found = {}
    for file in files:
        for name in file.clocks:
            for level in range(1, max(len(file.definition.chain), _LEVELS) + 1):
                label = said(words.LATE_AT, clock=file.label("clocks", name, lang), level=level)
                found[f"{file.name}.{name}.{level}"] = label.text(lang)
    return found


_LEVELS = 9
