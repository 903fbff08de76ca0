"""What no mediation may take from the parties: leaving, remedies, an answer, a neutral mediator.

Tried on every moment of the author tests and on random ways on from them, with whatever
anybody could try. It is shown not to be empty: every mutilation of the file that would break
one of these is found out.
"""

from collections.abc import Iterator, Sequence
from random import Random

import pytest
from hypothesis import HealthCheck, event, given, note, settings
from hypothesis import strategies as st

from engine.compiling.plan import Workflow
from tests.effort import examples, more, seldom
from tests.workflows.mediation_moments import Stand, Taken, Walker, stands
from tests.workflows.mediation_mutants import ENDING, LEAVING, MEDIATING, Mutate, mutant
from tests.workflows.move_data import Told, parties_of, told
from tests.workflows.party_rights import (
    held_back,
    is_before_agreement,
    recused,
    stands_after,
    wrongs,
)
from tests.workflows.scenario_player import Cast

LOOK = 1_000
"""How many walks a search tries before it gives up: the same ones on every machine."""
NAMING = {"name_mediator", "replace"}


class Office:
    """The shipped file, every moment of its author tests, and what they give."""

    def __init__(self, cast: Cast) -> None:
        self.rules: Workflow = cast.workflow("mediation")
        self.told: Told = told(self.rules)
        self.stands: Sequence[Stand] = list(stands(cast))

    def walk(self, draw: Random, *, length: int = 6) -> Iterator[tuple[Stand, Taken]]:
        """Yield the steps of a random way on from some moment, with where it began."""
        stand = draw.choice(self.stands)
        for taken in Walker(self.rules, self.told, draw).walk(stand, length):
            yield stand, taken


@pytest.fixture(scope="module")
def office(cast: Cast) -> Office:
    """Plays the author tests once."""
    return Office(cast)


def wrong_at(office: Office, stand: Stand, taken: Taken) -> list[str]:
    """Return what is wrong with a step and with where it led."""
    found = wrongs(office.rules, taken)
    after = stands_after(stand, taken)
    if is_before_agreement(office.rules, after.case):
        found += held_back(office.rules, after)
    return found


def test_at_every_moment_of_the_author_tests_a_party_can_leave(office: Office):
    tried = [one for one in office.stands if is_before_agreement(office.rules, one.case)]
    stuck = {
        (one.script, one.case.revision): wrong
        for one in tried
        if (wrong := [*held_back(office.rules, one)])
    }

    assert stuck == {}
    assert {one.case.state for one in tried} >= {
        name
        for name, state in office.rules.definition.states.items()
        if not state.final and "after_agreement" not in state.means
    }


@settings(suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])
@given(draw=st.randoms(use_true_random=False))
def test_whatever_is_tried_the_parties_keep_their_rights(office: Office, draw: Random):
    for stand, taken in office.walk(draw):
        note(f"{stand.script}: {taken.move}")

        assert wrong_at(office, stand, taken) == []

        event(taken.step.after.state)


@pytest.mark.parametrize(
    "seeds",
    [
        pytest.param(range(examples(everyday=50, full=150)), id="everyday", marks=more),
        pytest.param(range(150, 10_000), id="deep", marks=pytest.mark.slow),
    ],
)
def test_nor_are_they_lost_on_any_of_many_seeded_ways(office: Office, seeds: range):
    lost = [
        (seed, stand.script, wrong)
        for seed in seeds
        for stand, taken in office.walk(Random(seed))
        if (wrong := wrong_at(office, stand, taken))
    ]

    assert lost == []


@pytest.mark.parametrize("final", ["refused", "failed", "not_accepted", "stopped_false", "closed"])
def test_the_same_walks_come_to_every_end(office: Office, final: str):
    leading = {
        trigger
        for (_state, trigger), branches in office.rules.branches.items()
        if final in {branch.definition.to for branch in branches}
    }
    near = [
        one for one in office.stands if leading & set(office.rules.triggers.get(one.case.state, ()))
    ]

    def walk(seed: int) -> Iterator[Taken]:
        draw = Random(seed)
        walker = Walker(office.rules, office.told, draw, favoured=leading)
        return walker.walk(draw.choice(near), 3)

    assert any(
        taken.step.event.kind == "moved" and taken.step.after.state == final
        for seed in range(LOOK)
        for taken in walk(seed)
    )


def test_and_meet_people_who_are_barred_and_officials_who_are_parties(office: Office):
    assert [one for one in office.stands if recused(one.case) & {a.id for a in one.people}]
    assert [one for one in office.stands if _has_official_party(one)]


# --- mutants: every way to take a right away is found out


@pytest.mark.parametrize("mutate", seldom(LEAVING))
def test_a_file_that_holds_a_party_back_is_found_out(office: Office, mutate: Mutate):
    rules = mutant(mutate)

    assert any(
        wrong
        for stand in office.stands
        if is_before_agreement(rules, stand.case)
        for wrong in held_back(rules, stand)
    )


@pytest.mark.parametrize("mutate", seldom(ENDING))
def test_a_file_that_ends_without_remedies_or_answer_is_found_out(office: Office, mutate: Mutate):
    rules = mutant(mutate)
    favoured = {
        trigger
        for (state, trigger), branches in rules.branches.items()
        if [one.definition for one in branches]
        != [one.definition for one in office.rules.branches.get((state, trigger), ())]
    }

    assert _is_found_out(office, rules, favoured)


@pytest.mark.parametrize("mutate", seldom(MEDIATING))
def test_a_file_that_lets_a_barred_person_act_is_found_out(office: Office, mutate: Mutate):
    assert _is_found_out(office, mutant(mutate), NAMING)


def _is_found_out(office: Office, rules: Workflow, favoured: set[str]) -> bool:
    """Tell whether some walk by a mutilated file does what may not be."""
    near = [
        one for one in office.stands if favoured & set(rules.triggers.get(one.case.state, ()))
    ] or office.stands  # fmt: skip
    official = [one for one in office.stands if _has_official_party(one)]
    for seed in range(LOOK):
        draw = Random(seed)
        stand = draw.choice(draw.choice([near, near, official]))
        walker = Walker(rules, office.told, draw, favoured=favoured)
        if any(wrongs(rules, taken) for taken in walker.walk(stand, 6)):
            return True
    return False


def _has_official_party(stand: Stand) -> bool:
    held = {actor.id for actor in stand.people if actor.posts}
    return bool(held & set(parties_of(stand.case)))
