"""Microseconds a step in memory: two guards, with and without a clock, at 10 and 1,000 states."""

from itertools import cycle
from statistics import median
from time import perf_counter

from benchmarks.rounds import Contender, interleaved, show, spread
from benchmarks.toy import NOW, TURN, opened, ring, toy, world
from engine.case.errors import MoveRefused
from engine.case.values import Case, Move, World
from engine.compiling.plan import Workflow
from engine.step.take import take_step

ROUNDS = 15
STEPS = 1_000
GUARD = Move(actor=TURN.actor, trigger="turn", data={"amount": 500, "note": "x"})


def main() -> None:
    """Print the table."""
    known = world()
    found = interleaved(
        {
            "step, two guards, 10 states": steps(ring(10), known),
            "step, two guards, 1,000 states": steps(ring(1_000), known),
            "step, two guards, a deadline restarted": steps(toy(), known),
            "refusal, two guards, reasons in two languages": refusals(ring(10), known),
        },
        rounds=ROUNDS,
    )
    rows = [(name, *spread([v * 1e6 for v in values], digits=1)) for name, values in found.items()]
    show("A step in memory", ("what", "µs", "min-max"), rows)
    ten, thousand, *_ = found.values()
    ratios = [many / few for many, few in zip(thousand, ten, strict=True)]
    print(f"\n1,000 states against 10: {median(ratios):.2f} times (aim 1.1)")


def steps(workflow: Workflow, known: World) -> Contender:
    """Return a contender that steps through every state in turn, each from a young case."""
    case = opened(workflow, known)
    cases = [case]
    while len(cases) < len(workflow.definition.states) - 1:
        case = take_step(workflow, case, TURN, now=NOW, world=known).after
        cases.append(case)
    return lambda: _timed(workflow, cases, known)


def _timed(workflow: Workflow, cases: list[Case], known: World) -> float:
    turns = cycle(cases)
    began = perf_counter()
    for _ in range(STEPS):
        take_step(workflow, next(turns), TURN, now=NOW, world=known)
    return (perf_counter() - began) / STEPS


def refusals(workflow: Workflow, known: World) -> Contender:
    """Return a contender whose second guard refuses."""
    case = opened(workflow, known)

    def run() -> float:
        began = perf_counter()
        for _ in range(STEPS):
            try:
                take_step(workflow, case, GUARD, now=NOW, world=known)
            except MoveRefused:
                continue
        return (perf_counter() - began) / STEPS

    return run


if __name__ == "__main__":
    main()
