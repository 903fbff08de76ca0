"""Computes coverage: what of a workflow file the author tests reached, and what is left.

A thing that is written once counts once: a move that a group gives to ten states is one
transition. Rungs are left out until clocks have ladders.
"""

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass

from engine.case.text import Text
from engine.compiling.plan import Branch, Clock, ClockVariant, Workflow
from heyi.app.authors.playedmodels import CoverageView, FileCoverageView, LeftView, TallyView

Key = tuple[str, ...]
"""A dimension and where in the file, e.g. ``("guard", "posted", "close", "0", "2", "held")``."""

DIMENSIONS = ("state", "transition", "branch", "guard", "rule", "rung")
"""What is counted. A guard line counts twice: held, failed."""

OPENING = "opening"
"""Where openings are written, in a key."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """How much of some targets was met.

    Attributes:
        met: how many were.
        of: how many there are.
    """

    met: int
    of: int

    @property
    def percent(self) -> float:
        """Share in percent, cut to one digit: 100 means all; with nothing to meet it is 100."""
        return self.met * 1000 // self.of / 10 if self.of else 100.0


@dataclass(frozen=True, slots=True, kw_only=True)
class FileCoverage:
    """How far the tests of one workflow file reach.

    Attributes:
        workflow: the file.
        by: the tally of each dimension.
        left: what was not met, in the order of the file.
    """

    workflow: Workflow
    by: Mapping[str, Tally]
    left: tuple[Key, ...]

    @property
    def total(self) -> Tally:
        """All dimensions together."""
        return summed(list(self.by.values()))


def summed(tallies: Sequence[Tally]) -> Tally:
    """Return several tallies as one."""
    return Tally(met=sum(t.met for t in tallies), of=sum(t.of for t in tallies))


def coverage_of(workflow: Workflow, met: Set[Key]) -> FileCoverage:
    """Return how much of a workflow the keys in ``met`` are."""
    wanted = list(dict.fromkeys(targets(workflow)))
    by = {}
    for dimension in DIMENSIONS:
        ours = [key for key in wanted if key[0] == dimension]
        by[dimension] = Tally(met=sum(key in met for key in ours), of=len(ours))
    left = tuple(key for key in wanted if key not in met)
    return FileCoverage(workflow=workflow, by=by, left=left)


def targets(workflow: Workflow) -> Iterator[Key]:
    """Yield the key of everything in a file that a test can reach; some come repeatedly."""
    for state in workflow.definition.states:
        yield "state", state
    for branches in listed(workflow):
        yield from _branch_targets(workflow, branches)
    rules = ((table, rule) for table in workflow.tables.values() for rule in table.rules)
    yield from (("rule", table.name, rule.id) for table, rule in rules)
    cases = ((clock, case) for clock in workflow.clocks.values() for case in clock.variants)
    for clock, case in cases:
        yield from (rung_key(clock, case, rung.at) for rung in case.ladder.rungs)


def _branch_targets(workflow: Workflow, branches: Sequence[Branch]) -> Iterator[Key]:
    for branch in branches:
        yield move_key(workflow, branch)
        if len(branches) > 1:
            yield branch_key(workflow, branch)
        for line in range(len(branch.guard)):
            yield line_key(workflow, branch, line, held=True)
            yield line_key(workflow, branch, line, held=False)


def listed(workflow: Workflow) -> Iterator[tuple[Branch, ...]]:
    """Yield the lists of branches: openings of one name, then each state's triggers."""
    for trigger in dict.fromkeys(one.trigger for one in workflow.openings):
        yield tuple(one for one in workflow.openings if one.trigger == trigger)
    for state in workflow.definition.states:
        for trigger in workflow.triggers.get(state, ()):
            yield workflow.branches[state, trigger]


def home(workflow: Workflow, branch: Branch) -> str:
    """Return where a branch is written: a state, a group, or ``opening``."""
    if not branch.state:
        return OPENING
    if branch.trigger in workflow.definition.states[branch.state].on:
        return branch.state
    return next(
        name
        for name, group in workflow.definition.groups.items()
        if any(one is branch.definition for one in group.on.get(branch.trigger, ()))
    )


def move_key(workflow: Workflow, branch: Branch) -> Key:
    """Return the key of a branch's transition."""
    return "transition", home(workflow, branch), branch.trigger


def branch_key(workflow: Workflow, branch: Branch) -> Key:
    """Return the key of a branch within its list."""
    return "branch", home(workflow, branch), branch.trigger, str(branch.place)


def line_key(workflow: Workflow, branch: Branch, line: int, *, held: bool) -> Key:
    """Return the key of one answer of one guard line."""
    where = home(workflow, branch), branch.trigger, str(branch.place), str(line)
    return "guard", *where, "held" if held else "failed"


def rung_key(clock: Clock, case: ClockVariant, at: str) -> Key:
    """Return the key of a rung where it is written: at its clock, or on the ladder it shares."""
    own = any(rung.at == at for rung in case.definition.rungs or ())
    return "rung", clock.name if own else case.definition.ladder or clock.name, at


def named(workflow: Workflow, key: Key, lang: str) -> str:
    """Return a key in words: ids to find it in the file by, labels to know it by."""
    dimension, *place = key
    if dimension == "state":
        return f"{place[0]}  {workflow.label('states', place[0], lang)}"
    if dimension in {"rule", "rung"}:
        return f"{place[0]}: {place[1]}"
    where, trigger, *rest = place
    branch = _branch(workflow, where, trigger, int(rest[0]) if rest else None)
    label = branch.definition.label.text(lang) if branch.definition.label else ""
    told = f"{where}.{trigger}"
    if dimension == "branch" or (dimension == "guard" and rest[0] != "0"):
        told += f"[{int(rest[0]) + 1}]"
    ids = "" if branch.name == trigger else f" {branch.name}"
    told += f"{ids}  {label}".rstrip()
    if dimension != "guard":
        return told
    line = branch.guard[int(rest[1])].ask.source
    never = _NEVER[rest[2]].text(lang)
    return f"{told}: {' '.join(line.split())}  ({never})"


_NEVER = {"held": Text("从未成立", "never held"), "failed": Text("从未不成立", "never failed")}


def _branch(workflow: Workflow, where: str, trigger: str, place: int | None) -> Branch:
    found = (
        branch
        for branches in listed(workflow)
        for branch in branches
        if branch.trigger == trigger and home(workflow, branch) == where
        if place in {None, branch.place}
    )
    return next(found)


def coverage_view(found: Sequence[FileCoverage], lang: str) -> CoverageView:
    """Return coverage overall, by file, by dimension, and what is left."""
    return CoverageView(
        percent=summed([one.total for one in found]).percent,
        files=tuple(_file_view(one, lang) for one in found),
    )


def _file_view(one: FileCoverage, lang: str) -> FileCoverageView:
    by = {n: TallyView(met=t.met, of=t.of, percent=t.percent) for n, t in one.by.items()}
    left = (
        LeftView(kind=key[0], key=key[1:], says=named(one.workflow, key, lang)) for key in one.left
    )
    return FileCoverageView(
        workflow=one.workflow.name, percent=one.total.percent, by=by, left=tuple(left)
    )
