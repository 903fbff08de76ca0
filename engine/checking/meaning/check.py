"""Runs all checks of a workflow's meaning; each finding shows a way that leads to it."""

from engine.checking.meaning import words
from engine.checking.meaning.branches import check_branches, check_loops
from engine.checking.meaning.clockrules import check_clocks
from engine.checking.meaning.explore import explore
from engine.checking.meaning.fieldrules import check_fields
from engine.checking.meaning.granting import check_conditions
from engine.checking.meaning.guards import Guards
from engine.checking.meaning.knowers import check_knowers
from engine.checking.meaning.messages import check_messages
from engine.checking.meaning.people import check_people
from engine.checking.meaning.reach import check_ends, check_states
from engine.checking.meaning.scene import Scene
from engine.checking.meaning.tablerules import check_tables
from engine.compiling.plan import Workflow
from engine.language.load import Findings

_ON_WAYS = (
    check_states, check_ends, check_branches, check_loops, check_people, check_clocks,
    check_fields, check_knowers,
)  # fmt: skip
_ANYWHERE = (check_tables, check_messages, check_conditions)


def check_meaning(workflow: Workflow, findings: Findings) -> None:
    """Note whatever is wrong with the meaning of a workflow that compiles.

    Args:
        workflow: compiled without an error.
        findings: where problems go; errors keep the file from being used.

    Source:
        language.md 6; the decidable fragment stands in docs/soundness.md.
    """
    guards = Guards(workflow)
    scene = Scene(workflow, findings, guards, explore(guards))
    for check in _ANYWHERE:
        check(scene)
    if not scene.explored.complete:
        scene.note(("states",), "HY600", words.TOO_MANY_CASES)
        return
    for check in _ON_WAYS:
        check(scene)
