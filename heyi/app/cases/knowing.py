"""The one gate of reads: which cases a reader may know, and what is written beside them."""

from engine.case.values import Actor, Case, World
from engine.compiling.plan import Workflow
from engine.facts.facts import Facts
from engine.facts.knowing import grants_of, keys_with_denials
from engine.facts.naming import named_in, word_of
from engine.time.times import parse_moment
from storage.kernel.records import Ways


def ways_of(actor: Actor) -> Ways:
    """Return what somebody brings to know cases by; nobody brings what anyone may know alone."""
    pairs = {(key, tuple(sorted(denials))) for key, denials in keys_with_denials(actor)}
    return Ways(
        keys=tuple(sorted(one for one in pairs if actor.id or ":" not in one[0])),
        cases=tuple(sorted({one.case for one in actor.viewing if one.held(actor)})),
    )


def grants_for(workflow: Workflow, case: Case, world: World) -> frozenset[str]:
    """Return who may know a case from now on, and whom it names, as it is written beside it.

    Args:
        workflow: its rules.
        case: as a step left it, with its sealed fields.
        world: with the units; nothing else of it counts.
    """
    facts = Facts(workflow, case, world, now=parse_moment(case.moved_at))
    return grants_of(facts) | {word_of(person) for person in named_in(facts)}
