"""The one gate of reads: which cases a reader may know, and what is written beside them."""

from engine.case.values import Actor, Case, World
from engine.compiling.plan import Workflow
from engine.facts.facts import Facts
from engine.facts.knowing import denial_of, grants_of, keys_of
from engine.time.times import parse_moment
from storage.kernel.records import Ways


def ways_of(actor: Actor) -> Ways:
    """Return what somebody brings to know cases by; nobody brings what anyone may know alone."""
    keys = sorted(key for key in keys_of(actor) if actor.id or ":" not in key)
    return Ways(keys={key: denial_of(key, actor.id) for key in keys})


def grants_for(workflow: Workflow, case: Case, world: World) -> frozenset[str]:
    """Return who may know a case from now on, as it is written beside it.

    Args:
        workflow: its rules.
        case: as a step left it, with its sealed fields.
        world: with the units; nothing else of it counts.
    """
    moment = parse_moment(case.moved_at)
    return grants_of(Facts(workflow, case, world, now=moment))
