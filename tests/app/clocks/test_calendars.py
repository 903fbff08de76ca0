"""Calendars of an office: loaded with a look first, and open clocks planned anew under them."""

import json
import sqlite3
from contextlib import closing
from datetime import UTC, date, datetime, timedelta

import pytest

from engine.case.errors import DefinitionError
from engine.compiling.calendars import body_of
from heyi.app.clocks.calendars import CalendarUnknown, Loading, PastContradicted
from heyi.app.clocks.calendarviews import calendar_view
from heyi.app.clocks.replanning import Replanner, replan_open
from storage.kernel.errors import SealBroken
from tests.builders.demo_data import OPERATOR
from tests.builders.hall_office import NEW_YEAR, OPENED, Hall, build_hall
from tests.builders.plain_views import plain
from tests.builders.shelves import national

CORRECTION = """calendar: cn
announced_through: 2026-12-31
years:
  2026: {off: {"06-01": 更正}}
"""
REGION = """calendar: hill
over: cn
title: {zh: 山上}
source: the hill
years:
  2026: {off: {"12-31": 雪}}
"""
CIRCLE = REGION.replace("over: cn", "over: hill")


@pytest.fixture
def hall(tmp_path):
    office = build_hall(tmp_path)
    yield office
    office.store.close()


def whole(text: str) -> str:
    """Return a whole calendar file with the years of a piece of news."""
    head, _, years = text.partition("years:")
    return (
        head.replace("announced_through", "announced_from: 2026-01-01\nannounced_through")
        + "title: {zh: 全国}\nzone: Asia/Shanghai\nsource: test\nyears:"
        + years
    )


def test_days_are_shown_with_date_working_and_name():
    days = date(2026, 5, 8), date(2026, 5, 10)

    shown = calendar_view(national(), *days, title="全国", lang="zh").days

    assert plain(shown) == [
        {"date": "2026-05-08", "working": True, "name": None},
        {"date": "2026-05-09", "working": True, "name": "劳动节"},
        {"date": "2026-05-10", "working": False, "name": None},
    ]


def test_a_proposal_says_which_days_and_clocks_would_move_and_writes_nothing(hall: Hall):
    case = hall.ask()

    found = hall.propose(NEW_YEAR)

    assert [one.now.day for one in found.changes] == [date(2027, 1, n) for n in (1, 2, 3)]
    [moved] = found.preview.moved
    assert (moved.clock, moved.old, moved.new) == ("answer", "2027-01-01", "2027-01-04")
    assert (moved.number, moved.provisional) == ("和顺社区借〔2026〕001号", False)
    assert hall.due(case) == ("2027-01-01", True)
    with hall.store.read() as work:
        assert work.calendars.newest("cn") is None


def test_loading_moves_the_due_day_with_an_event_on_the_case(hall: Hall):
    case, early = hall.ask(), hall.ask(now=OPENED - timedelta(days=7))

    done = hall.load(NEW_YEAR)

    assert hall.due(case) == ("2027-01-04", False)
    assert hall.kinds(case) == ["opened", "replanned"]
    assert hall.kinds(early) == ["opened"]
    assert (done.cases, done.planned, done.left) == (2, 1, ())


def test_a_new_case_counts_by_the_calendar_that_was_loaded(hall: Hall):
    hall.load(NEW_YEAR)

    assert hall.due(hall.ask()) == ("2027-01-04", False)


def test_loading_the_same_again_moves_nothing_and_keeps_no_second_edition(hall: Hall):
    case = hall.ask()
    hall.load(NEW_YEAR)

    done = hall.load(NEW_YEAR)

    assert (done.planned, done.moved) == (0, ())
    assert hall.kinds(case) == ["opened", "replanned"]
    with hall.store.read() as work:
        loaded = work.calendars.newest("cn")
    assert loaded is not None
    assert loaded.version == 1


def test_news_is_added_to_what_was_loaded_before(hall: Hall):
    hall.load(NEW_YEAR)

    hall.load(CORRECTION.replace("2026-12-31", "2027-12-31"), correct=True)

    with hall.store.read() as work:
        calendar = hall.library.calendar("cn", work)
    assert not calendar.is_working(date(2026, 6, 1))
    assert not calendar.is_working(date(2027, 1, 1))
    assert hall.library.calendar("cn").is_working(date(2027, 1, 1))


def test_a_loaded_nation_reaches_the_region_that_lies_over_it(hall: Hall):
    hall.load(REGION)
    hall.load(NEW_YEAR)

    with hall.store.read() as work:
        calendar = hall.library.calendar("hill", work)
    assert not calendar.is_working(date(2027, 1, 1))
    assert not calendar.is_working(date(2026, 12, 31))


def test_a_file_that_contradicts_days_passed_is_refused(hall: Hall):
    with pytest.raises(PastContradicted) as refused:
        hall.propose(CORRECTION)

    assert refused.value.days == (date(2026, 6, 1),)
    assert "2026-06-01" in str(refused.value)


def test_days_passed_can_be_corrected_on_purpose(hall: Hall):
    [change] = hall.propose(CORRECTION, correct=True).changes

    assert (change.was.working, change.now.working) == (True, False)


def test_a_day_to_come_may_be_changed(hall: Hall):
    found = hall.propose(CORRECTION, now=datetime(2026, 5, 31, 15, tzinfo=UTC))

    assert len(found.changes) == 1


def test_a_file_that_forgets_days_passed_is_refused(hall: Hall):
    short = whole(CORRECTION).replace(
        "announced_through: 2026-12-31", "announced_through: 2026-11-30"
    )

    with pytest.raises(PastContradicted) as refused:
        hall.propose(short)

    assert date(2026, 12, 29) in refused.value.days


def test_many_contradictions_are_shown_in_part(hall: Hall):
    with pytest.raises(PastContradicted, match="…"):
        hall.propose(whole(CORRECTION))


def test_news_for_an_unknown_calendar_is_refused(hall: Hall):
    with pytest.raises(CalendarUnknown, match="'moon'"):
        hall.propose(NEW_YEAR.replace("calendar: cn", "calendar: moon"))


@pytest.mark.parametrize("text", ["calendar: cn\nyears: 1\n", CIRCLE, REGION.replace("cn", "moon")])
def test_a_wrong_file_is_refused_with_what_is_wrong(hall: Hall, text):
    with pytest.raises(DefinitionError):
        hall.propose(text)


def test_a_new_calendar_changes_no_day_in_force(hall: Hall):
    found = hall.propose(REGION)

    assert (found.through, found.changes) == (None, ())
    assert found.calendar.announced_through == date(2026, 12, 31)


def test_planning_goes_page_by_page_and_each_case_moves_once(hall: Hall):
    ids = [hall.ask() for _ in range(5)]
    found = hall.propose(NEW_YEAR)
    Loading(hall.cases).store(found, now=OPENED, reader=OPERATOR)

    assert {hall.due(case)[0] for case in ids} == {"2027-01-04"}
    planner, pages = Replanner(hall.cases, OPENED), []
    page = planner.page(limit=2)
    while page.after is not None:
        pages.append(page)
        page = planner.page(page.after, limit=2)
    assert [one.cases for one in [*pages, page]] == [2, 2, 1]


def keep_only(hall: Hall, text: str) -> None:
    """Keep an edition as somebody does who dies before any clock is planned."""
    found = hall.propose(text)
    body = json.dumps(body_of(found.edition))
    with hall.store.write() as work:
        work.calendars.put("cn", 1, body=body, loaded_at=OPENED)


def test_who_dies_in_the_middle_leaves_work_that_the_next_round_finds(hall: Hall):
    ids = [hall.ask() for _ in range(5)]
    keep_only(hall, NEW_YEAR)
    Replanner(hall.cases, OPENED).page(limit=2)

    done = replan_open(hall.cases, OPENED, limit=2)

    assert done.planned == 3
    assert [hall.kinds(case) for case in ids] == [["opened", "replanned"]] * 5


def test_planning_can_be_stopped_between_pages(hall: Hall):
    for _ in range(3):
        hall.ask()

    done = Replanner(hall.cases, OPENED).all(limit=1, stop=lambda: True)

    assert done.cases == 1
    assert done.after is not None


def test_a_resting_run_has_its_place_among_the_pages(hall: Hall):
    hall.ask()

    page = Replanner(hall.cases, OPENED).page('[null, "", "", 0, 0]', limit=5)

    assert (page.cases, page.after) == (0, None)


class Overtaken(Replanner):
    """Plans a case while somebody moves it."""

    def _step(self, work, case):
        step = super()._step(work, case)
        self.cases.move(case.id, person="wang", trigger="decline", now=OPENED)
        return step


def test_a_case_that_somebody_moves_meanwhile_is_left_for_the_next_round(hall: Hall):
    case = hall.ask()
    keep_only(hall, NEW_YEAR)

    done = Overtaken(hall.cases, OPENED).all()

    assert (done.left, done.planned, done.moved) == ((case,), 0, ())
    assert hall.kinds(case) == ["opened", "moved"]


def test_a_case_whose_seal_is_broken_holds_up_no_other(hall: Hall, tmp_path):
    broken, case = hall.ask(), hall.ask()
    keep_only(hall, NEW_YEAR)
    with closing(sqlite3.connect(tmp_path / "heyi.db")) as database, database:
        changed = ('{"personal": "AAAA"}', broken)
        database.execute("UPDATE case_row SET sealed = ? WHERE id = ?", changed)

    done = replan_open(hall.cases, OPENED)

    assert done.planned == 1
    assert hall.due(case) == ("2027-01-04", False)
    with pytest.raises(SealBroken):
        hall.due(broken)
