"""Quorum, majority and demand at their edges, on both sides of the new law's first day.

Each rule of the law is written down twice: in the pack, and by hand in `meetings.py`. One
below the number nothing passes, at the number it does, for every size of a community.
"""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.case.values import Plain
from tests.workflows.meeting_law import (
    DEMANDS,
    MEETINGS,
    NEW_LAW,
    OLD_LAW,
    Meeting,
    Share,
    case,
    tried,
)

SIZES = st.integers(min_value=2, max_value=20_000)


def opened(meeting: Meeting, present: int, eligible: int, area: int, area_of: int) -> bool:
    """Tell whether a meeting opens with so many there."""
    start = case(
        "decision_pending", meeting.day, forum=meeting.forum, basis=meeting.basis,
        eligible=eligible, eligible_area=area_of, meeting_on=meeting.day.isoformat(), called=True,
    )  # fmt: skip
    said: dict[str, Plain] = {"present": present, "present_area": area}
    said |= {"about_person": False, "ballot": "open"}
    return tried(start, "open_vote", meeting.day, **said) is not None


def carried(meeting: Meeting, votes: int, present: int, area: int, area_of: int) -> bool:
    """Tell whether a proposal passes with so many votes; everybody entitled is there."""
    start = case(
        "deciding", meeting.day, forum=meeting.forum, basis=meeting.basis, eligible=present,
        present=present, present_area=area_of, eligible_area=area_of,
        meeting_on=meeting.day.isoformat(), proposal="方案",
    )  # fmt: skip
    step = tried(start, "adopt", meeting.day, votes_for=votes, votes_area=area)
    return step is not None


@pytest.mark.parametrize("meeting", MEETINGS, ids=lambda meeting: meeting.id)
@given(eligible=SIZES, area_of=SIZES)
def test_a_meeting_opens_at_the_quorum_and_not_one_below(meeting: Meeting, eligible: int, area_of: int):  # fmt: skip
    heads, area = meeting.quorum.least(eligible), meeting.quorum.least(area_of)

    assert opened(meeting, heads, eligible, area, area_of)
    assert not opened(meeting, heads - 1, eligible, area, area_of)
    assert opened(meeting, heads, eligible, area - 1, area_of) is not meeting.area


@pytest.mark.parametrize("meeting", MEETINGS, ids=lambda meeting: meeting.id)
@given(present=SIZES, area_of=SIZES)
def test_a_proposal_passes_at_the_majority_and_not_one_below(meeting: Meeting, present: int, area_of: int):  # fmt: skip
    votes, area = meeting.majority.least(present), meeting.majority.least(area_of)

    assert carried(meeting, votes, present, area, area_of)
    assert not carried(meeting, votes - 1, present, area, area_of)
    assert carried(meeting, votes, present, area - 1, area_of) is not meeting.area
    assert not carried(meeting, present + 1, present, area, area_of)


@pytest.mark.parametrize(("forum", "body", "share", "day"), DEMANDS)
@given(whole=SIZES)
def test_a_demand_binds_at_its_share_and_not_one_below(forum: str, body: str, share: Share, day: date, whole: int):  # fmt: skip
    def binds(valid: int) -> bool:
        start = case("screening", day, demand_for=forum, demand_body=body, demand_valid=valid, demand_of=whole)  # fmt: skip
        return tried(start, "must_convene", day, demand_verified_on=day.isoformat()) is not None

    least = share.least(whole)
    assert binds(least)
    assert not binds(least - 1)


@pytest.mark.parametrize(("forum", "body", "share", "day"), DEMANDS)
def test_a_lawful_demand_cannot_be_declined(forum: str, body: str, share: Share, day: date):
    start = case("screening", day, demand_for=forum, demand_body=body, demand_valid=share.least(2400), demand_of=2400)  # fmt: skip
    said: dict[str, Plain] = {
        "reason_code": "other",
        "reason": "条件不成熟",
        "reply_on": day.isoformat(),
    }

    assert tried(start, "decline", day, **said) is None


def test_the_representatives_meeting_is_no_forum_before_the_new_law():
    rr = next(one for one in MEETINGS if one.forum == "rr")
    old = Meeting(forum="rr", basis="members", quorum=rr.quorum, majority=rr.majority, day=OLD_LAW)

    assert opened(rr, 45, 45, 45, 45)
    assert not opened(old, 45, 45, 45, 45)


def test_the_tenth_that_demands_a_meeting_is_not_enough_a_day_earlier():
    def binds(day: date) -> bool:
        start = case("screening", day, demand_for="rm", demand_body="adults", demand_valid=243, demand_of=2400)  # fmt: skip
        return tried(start, "must_convene", day, demand_verified_on=day.isoformat()) is not None

    assert binds(NEW_LAW)
    assert not binds(OLD_LAW)
