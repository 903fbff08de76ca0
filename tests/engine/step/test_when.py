"""When a move happens: what was seen before it, and the day it is dated to."""

from datetime import datetime, timedelta

import pytest

from tests.builders.club_worlds import (
    GARDENER,
    HEAD,
    MONDAY,
    fire,
    later,
    variant_of,
)  # fmt: skip
from tests.builders.refusals import codes, names, refused
from tests.builders.toy_workflows import field, one_move, toy


def test_the_revision_that_was_seen_must_be_the_present_one():
    case = variant_of(toy())

    assert fire(toy(), case, "go", revision=1).after.revision == 2
    assert codes(refused(lambda: fire(toy(), case, "go", revision=2))) == ["move.conflict"]


def test_a_move_may_be_dated_back_and_the_history_shows_both_days():
    workflow = toy(
        states=one_move(when="today == '2026-03-03'", issues=["paper"]), documents={"paper": {}}
    )
    case = variant_of(workflow)
    now = MONDAY + timedelta(days=5)

    step = fire(
        workflow, case, "go", now=now, occurred_at=MONDAY + timedelta(days=1), reason="late"
    )

    assert (step.event.at, step.event.occurred_at) == (
        "2026-03-07T02:00:00Z",
        "2026-03-03T02:00:00Z",
    )
    assert step.event.public["reason"] == "late"
    assert step.after.documents == {"paper": {"issued": "2026-03-03T02:00:00Z"}}
    assert step.after.moved_at == "2026-03-07T02:00:00Z"


def test_nothing_happens_in_the_future_or_before_the_opening():
    case = variant_of(toy())

    for when in (later(case, hours=2), MONDAY - timedelta(seconds=1)):
        error = refused(lambda w=when: fire(toy(), case, "go", occurred_at=w))
        assert (codes(error), names(error)) == (["move.field"], [("occurred_at",)])


def test_a_move_within_the_second_of_the_opening_is_not_before_it():
    start = MONDAY.replace(microsecond=0)
    case = variant_of(toy(), now=start)

    assert fire(toy(), case, "go", now=start + timedelta(milliseconds=500)).after.state == "done"


def test_a_moment_without_a_zone_is_a_programmers_slip():
    with pytest.raises(ValueError, match="names no zone"):
        fire(toy(), variant_of(toy()), "go", now=datetime(2026, 3, 3))  # noqa: DTZ001 - the slip itself


def test_the_opener_is_who_opened_it():
    workflow = toy(states=one_move(by="opener"))
    case = variant_of(workflow, GARDENER)

    assert fire(workflow, case, "go", GARDENER).after.state == "done"
    assert codes(refused(lambda: fire(workflow, case, "go", HEAD))) == ["move.role"]


def test_a_recorded_move_names_both_the_recorder_and_the_party():
    workflow = toy(
        fields={"party": field("person")},
        roles={"gardener": {"level": "garden"}, "party": {"in_case": "party", "recorded_by": ["gardener"]}},
        states=one_move(by="party"),
    )  # fmt: skip
    case = variant_of(workflow, data={"party": "ke"})

    step = fire(workflow, case, "go", GARDENER, on_behalf_of="ke")

    assert (step.event.actor, step.event.public["on_behalf_of"], step.event.public["role"]) == (
        "gao",
        "ke",
        "party",
    )
    assert codes(refused(lambda: fire(workflow, case, "go", GARDENER))) == ["move.role"]
