"""Why a run is due when it is: the rule, its source, the pause that goes on, the ladder."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from engine.case.values import World
from engine.clocks.explained import Explanation
from engine.clocks.explaining import explain, paper, profile_basis
from engine.time.times import moment_text, parse_moment
from tests.builders.club_worlds import ZONE
from tests.builders.daily_cases import Way

DAY = timedelta(days=1)
LENGTH: Any = {"within": "30 days"}
STATUTORY: Any = {"class": "statutory"}


def told_of(way: Way, *, days: float = 0, **more: Any) -> Explanation:
    run = replace(way.case.runs[-1], **more)
    return explain(
        run, clock=way.workflow.clocks["c"], workflow=way.workflow,
        calendar=way.world.calendar, zone=ZONE, now=way.now + DAY * days,
    )  # fmt: skip


def test_the_rule_chosen_is_named_with_those_before_it():
    rules = [
        {"if": "n > 5", "within": "3 days"},
        {"within": "4 days", "until": "2020-12-31"},
        {"within": "5 days", "class": "local"},
    ]
    way = Way(rules=rules, starts=["asked"], given={"n": 6}, **STATUTORY)

    told = told_of(way, rule=3)

    assert (told.rule, told.class_) == (3, "local")
    assert [(one.rule, one.why) for one in told.passed] == [(1, "condition"), (2, "law")]
    assert told_of(way).passed == ()
    assert told_of(way).class_ == "statutory"


def test_a_short_clock_is_in_force_on_the_day_of_its_moment():
    rules = [{"within": "3 hours", "from": "2026-03-03"}, {"within": "5 hours"}]
    way = Way(rules=rules, starts=["asked"], now=datetime(2026, 3, 2, 17, tzinfo=UTC))

    assert told_of(way, rule=2).passed[0].why == "condition"


@pytest.mark.parametrize(
    ("source", "title", "article", "is_law"),
    [
        ("law#7.2", "园艺法", "7.2", True),
        ("law", "园艺法", "", True),
        ("design#", "", "", False),
        ("gone#1", "", "1", True),
        (None, "", "", False),
    ],
)
def test_a_source_is_told_by_its_title(source, title, article, is_law):
    file = {"sources": {"law": {"title": "园艺法"}}}
    given: Any = {"source": source} if source else {}
    way = Way(**LENGTH, starts=["asked"], file=file, **given)

    told = told_of(way)

    assert (told.title, told.article, told.is_law) == (title, article, is_law)
    assert told.source == (source or "")
    assert paper(way.workflow, "law:x#3") == ("园艺法", "3")


def test_class_and_source_of_a_length_that_is_a_param_are_those_of_the_param():
    params = {
        "term": {"value": "2 days", "class": "local", "source": "law#1"},
        "bare": {"value": "3 days"},
    }
    file = {"params": params, "sources": {"law": {"title": "园艺法"}}}

    told = told_of(Way(within="term", starts=["asked"], file=file))
    bare = told_of(Way(within="bare", starts=["asked"], file=file))
    least = told_of(Way(at_least="term", starts=["asked"], file=file))

    assert (told.class_, told.source) == (least.class_, least.source) == ("local", "law#1")
    assert (bare.class_, bare.source) == ("", "")


def test_what_has_counted_so_far_is_told():
    way = Way(**LENGTH, starts=["asked"])

    assert told_of(way).so_far == 0
    assert told_of(way, days=12).so_far == 12
    assert told_of(way, days=90).so_far == 30
    assert told_of(way, days=-9).so_far == 0


def test_what_has_counted_so_far_of_a_short_clock_is_told_in_seconds():
    way = Way(within="3 hours", starts=["asked"], pauses={"in": ["lid"]})
    start = way.now

    assert told_of(way, days=1 / 24).so_far == 3600
    way.does("cover", days=2 / 24)
    assert told_of(way).so_far == told_of(way, days=9).so_far == 7200
    way.does("lift", days=5 / 24)
    assert told_of(way, days=1 / 48).so_far == 9000
    assert told_of(way, days=9).so_far == 10800
    assert told_of(way, days=(start - way.now) / DAY - 1).so_far == 0


def test_a_paused_run_says_when_it_would_be_due_if_it_went_on_now():
    way = Way(**LENGTH, starts=["asked"], pauses={"in": ["lid"]})
    assert told_of(way).if_resumed is None
    way.does("cover")

    told = told_of(way, days=6)

    assert (told.run.due, told.if_resumed) == ("2026-04-01", "2026-04-07")
    assert told.agrees


def test_a_paused_short_clock_says_when_it_would_be_due_if_it_went_on_now():
    way = Way(within="3 hours", starts=["asked"], pauses={"in": ["lid"]}).does("cover", days=1 / 24)

    assert told_of(way, days=1).if_resumed == moment_text(way.now + DAY + timedelta(hours=2))


@pytest.mark.parametrize(
    ("days", "due", "until", "later"),
    [(4, "2026-04-01", "2026-03-08", "2026-04-07"), (6, "2026-04-07", None, None)],
)
def test_a_pause_that_reached_its_cap_has_moved_the_due_day(days, due, until, later):
    way = Way(**LENGTH, starts=["asked"], pauses={"in": ["lid"], "each": "5 days"}).does("cover")

    told = told_of(way, days=days)

    assert (told.counted.due, told.counted.until, told.counted.later) == (due, until, later)
    assert told.agrees
    assert (told.if_resumed is None) == (until is None)


def test_a_run_that_ended_is_told_as_it_ended():
    way = Way(**LENGTH, starts=["asked"], pauses={"in": ["lid"], "each": "5 days"})
    way.does("cover").does("drop", days=3)

    told = told_of(way, days=90)

    assert way.case.runs[0].ended == "stopped"
    assert told.so_far == 1
    assert told.run.paused == way.case.runs[0].paused


def test_a_count_that_no_longer_gives_what_is_stored_says_so():
    way = Way(**LENGTH, starts=["asked"])

    assert not told_of(way, due="2026-04-02").agrees


def test_the_ladder_is_told_with_what_has_rung():
    way = Way(
        within="15 days", starts=["asked"],
        rungs=[{"at": "due"}, {"at": "70%"}, {"at": "due + 3 working days"}],
    )  # fmt: skip
    first = told_of(way).rungs[0]

    told = told_of(way, fired=(f"{first.place}@{moment_text(first.at)}",))

    assert [(one.place, one.rung) for one in told.rungs] == [(1, True), (0, False), (2, False)]
    assert first.at == parse_moment("2026-03-12T16:00:00Z")


@pytest.mark.parametrize("within", ["term", {"n": "=params.days", "unit": "days"}])
def test_a_profile_is_the_basis_of_what_it_set_and_of_nothing_before(within):
    file = {"params": {"term": {"value": "2 days"}, "days": {"value": 2}}}
    before = Way(within=within, starts=["asked"], file=file)
    since = Way(within=within, starts=["asked"], file=file, params={"term": "9 days", "days": 9})
    profile = replace(since.world, bases=dict.fromkeys(("term", "days"), ("省规", "7")))

    def basis(way: Way, world: World = profile) -> Any:
        return profile_basis(way.workflow.clocks["c"], way.case.runs[-1], world)

    assert basis(since) == ("省规", "7")
    assert basis(before) is None
    assert basis(since, replace(profile, bases={})) is None


def test_a_length_that_the_file_says_itself_rests_on_no_profile():
    way = Way(**LENGTH, starts=["asked"])
    profile = replace(way.world, params={"term": "30 days"}, bases={"term": ("省规", "7")})

    assert profile_basis(way.workflow.clocks["c"], way.case.runs[-1], profile) is None
