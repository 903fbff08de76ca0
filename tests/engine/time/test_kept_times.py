"""Times that are kept for the next run of a ladder are those that it would have alone."""

from dataclasses import replace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from engine.case.values import World
from engine.clocks.rungs import due_rungs
from tests.builders.clock_histories import edition, histories
from tests.builders.shelves import national
from tests.engine.clocks.test_rung_times import OFFICE, STEPS, Step, a_run, run_of

LADDER = [Step("start"), Step("50%"), Step("due"), Step("due + 2 working days")]


@given(st.lists(histories(), min_size=1, max_size=4), st.lists(STEPS, max_size=4))
def test_runs_that_share_what_is_kept_ring_as_each_does_alone(found, steps):
    calendar = edition(found[0].through)
    ladder = [Step(step) for step in steps]
    runs = [run_of(replace(one, through=found[0].through)) for one in found]
    kept: dict[Any, Any] = {}

    together = [due_rungs(run, ladder, calendar, OFFICE, kept=kept) for run in runs * 2]

    alone = [due_rungs(run, ladder, calendar, OFFICE) for run in runs * 2]
    assert together == alone


def test_runs_of_one_day_are_counted_once():
    kept: dict[Any, Any] = {}
    run = a_run(10, "days", "2026-03-02")

    for item in range(3):
        due_rungs(replace(run, item=item), LADDER[1:], national(), OFFICE, kept=kept)

    assert len(kept) == 1


def test_where_a_rung_stands_at_the_start_each_start_has_its_own_times():
    kept: dict[Any, Any] = {}
    runs = [
        replace(a_run(10, "days", "2026-03-02"), started_at=f"2026-03-02T0{hour}:00:00Z")
        for hour in (1, 2)
    ]

    first = [due_rungs(run, LADDER, national(), OFFICE, kept=kept)[0].at.hour for run in runs]

    assert first == [1, 2]


def test_what_rang_is_left_out_of_kept_times_for_that_run_alone():
    kept: dict[Any, Any] = {}
    run = a_run(10, "days", "2026-03-02")
    times = due_rungs(run, LADDER, national(), OFFICE, kept=kept)

    rang = replace(run, fired=(times[0].key,))

    assert due_rungs(rang, LADDER, national(), OFFICE, kept=kept) == times[1:]
    assert due_rungs(run, LADDER, national(), OFFICE, kept=kept) == times


def test_another_world_keeps_nothing_of_the_first():
    world = World(calendar=national(), zone=OFFICE)
    world.kept["a"] = 1

    other = replace(world, zone=OFFICE)

    assert other.kept == {}
    assert other == world
