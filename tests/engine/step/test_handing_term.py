"""A case that is handed over is accepted in time, or it is its giver's again."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from engine.case.errors import MoveRefused
from engine.case.values import Case, Step
from engine.facts.terms import waits
from tests.builders.club_worlds import GARDENER, MONDAY, SECOND, facts_of, fire, variant_of, world
from tests.builders.toy_workflows import END, codes_of, toy

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
PARTS: dict[str, Any] = {
    "roles": {"gardener": {"level": "garden"}, "head": {"level": "region"}},
    "states": {
        "asked": {"assignee": "gardener", "on": {"stop": {"to": "done", "by": "gardener"}}},
        "done": END,
    },
}
KNOWN = world(actors={one.id: one for one in (GARDENER, SECOND)})


def act(workflow: Any, case: Case, kind: str, who: Any, *, now: datetime, **more: Any) -> Step:
    return fire(workflow, case, "", who, kind=kind, at=KNOWN, now=now, **more)


def handed(workflow: Any) -> Case:
    case = act(workflow, variant_of(workflow), "claim", GARDENER, now=MONDAY).after
    return act(workflow, case, "hand", GARDENER, to="er", now=MONDAY).after


@pytest.mark.parametrize(
    ("within", "after", "fine"),
    [
        ("2 working days", 2 * DAY + 13 * HOUR, True),
        ("2 working days", 2 * DAY + 14 * HOUR, False),
        ("3 hours", 3 * HOUR, True),
        ("3 hours", 3 * HOUR + timedelta(seconds=1), False),
    ],
)
def test_it_is_accepted_in_time_or_not_at_all(within: str, after: timedelta, fine: bool):
    workflow = toy(**PARTS, handing={"within": within})
    case, now = handed(workflow), MONDAY + after

    if fine:
        assert act(workflow, case, "accept", SECOND, now=now).after.assignee == "er"
        return
    for kind in ("accept", "give_back"):
        with pytest.raises(MoveRefused) as refused:
            act(workflow, case, kind, SECOND, now=now, reason="晚了")
        assert "the giver's again" in refused.value.reasons[0].words.en
    assert case.assignee == "gao"


def test_after_its_term_the_giver_hands_it_over_anew():
    workflow = toy(**PARTS, handing={"within": "1 day"})
    late = MONDAY + 5 * DAY
    again = act(workflow, handed(workflow), "hand", GARDENER, to="er", now=late).after

    assert act(workflow, again, "accept", SECOND, now=late + HOUR).after.assignee == "er"


def test_a_file_without_a_term_lets_it_wait():
    workflow = toy(**PARTS)

    late = MONDAY + 300 * DAY
    assert act(workflow, handed(workflow), "accept", SECOND, now=late).after.assignee == "er"


@pytest.mark.parametrize("within", ["term", {"n": "=1 + 1", "unit": "days"}])
def test_a_term_that_something_could_change_is_refused(within: Any):
    assert "HY203" in codes_of(**PARTS, handing={"within": within})


def test_a_case_that_is_not_handed_over_waits_for_nobody():
    workflow = toy(**PARTS, handing={"within": "1 day"})
    case = variant_of(workflow)

    assert not waits(case, MONDAY, facts_of(workflow, case))
    assert waits(handed(workflow), MONDAY, facts_of(workflow, handed(workflow)))
