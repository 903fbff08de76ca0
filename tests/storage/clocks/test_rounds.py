"""Calendars that never change once kept, and rounds that prove a scheduled round still rings."""

from datetime import timedelta

import pytest

from storage.clocks.rounds import KEPT
from storage.kernel.errors import CalendarTaken, TextRefused
from storage.kernel.timerecords import LoadedCalendar, Round
from storage.work import Store
from tests.builders.stored_steps import AT, moment

NOW = moment(AT)


def test_the_newest_calendar_is_the_highest_version(store: Store):
    with store.write() as work:
        assert work.calendars.newest("cn") is None
        assert work.calendars.put("cn", 2, body="二", loaded_at=NOW)
        assert work.calendars.put("cn", 1, body="一", loaded_at=NOW + timedelta(days=1))
        assert work.calendars.put("xj", 1, body="x", loaded_at=NOW)

    with store.read() as work:
        newest = LoadedCalendar(name="cn", version=2, body="二", loaded_at=NOW)
        assert work.calendars.newest("cn") == newest
        assert work.calendars.names() == ("cn", "xj")


def test_a_calendar_that_is_kept_never_changes(store: Store):
    with store.write() as work:
        work.calendars.put("cn", 1, body="一", loaded_at=NOW)
        assert not work.calendars.put("cn", 1, body="一", loaded_at=NOW + timedelta(days=1))
        with pytest.raises(CalendarTaken, match="'cn' version 1"):
            work.calendars.put("cn", 1, body="二", loaded_at=NOW)
        with pytest.raises(TextRefused):
            work.calendars.put("cn", 2, body="\0", loaded_at=NOW)

    with store.read() as work:
        newest = LoadedCalendar(name="cn", version=1, body="一", loaded_at=NOW)
        assert work.calendars.newest("cn") == newest


def test_the_mark_changes_with_the_calendars_and_only_then(store: Store):
    marks = []
    with store.write() as work:
        for version, body in ((1, "一"), (1, "一"), (2, "二")):
            marks.append(work.calendars.mark())
            work.calendars.put("cn", version, body=body, loaded_at=NOW)
        marks.append(work.calendars.mark())

    assert marks[0] == ""
    assert marks[1] == marks[2]
    assert len(set(marks)) == 3


def test_a_round_is_noted_from_its_beginning_to_its_end(store: Store):
    with store.write() as work:
        begun = work.rounds.begin("sweep-clocks", "host:1", NOW)
        assert work.rounds.last("sweep-clocks") == Round(
            id=begun, name="sweep-clocks", by="host:1", started_at=NOW,
            ended_at=None, ok=None, note="",
        )  # fmt: skip
        work.rounds.end(begun, NOW + timedelta(seconds=1), ok=True, note="3 rungs")

    with store.read() as work:
        ended = work.rounds.last("sweep-clocks")
        assert ended is not None
        assert (ended.ok, ended.note, ended.ended_at) == (True, "3 rungs", NOW + timedelta(0, 1))
        assert work.rounds.last("daily-digest") is None


def test_the_last_round_of_each_name_is_told(store: Store):
    with store.write() as work:
        for number, (name, ok) in enumerate((("a", True), ("b", True), ("a", False), ("a", None))):
            begun = work.rounds.begin(name, "p", NOW + timedelta(minutes=number))
            if ok is not None:
                work.rounds.end(begun, NOW + timedelta(minutes=number), ok=ok)

    with store.read() as work:
        assert {name: one.ok for name, one in work.rounds.lasts().items()} == {"a": None, "b": True}
        well, badly = work.rounds.last("a", ok=True), work.rounds.last("a", ok=False)
        assert well is not None
        assert badly is not None
        assert (well.started_at, badly.started_at) == (NOW, NOW + timedelta(minutes=2))


def test_long_past_rounds_are_forgotten_but_for_the_last_good_one(store: Store):
    with store.write() as work:
        for number, ok in enumerate((True, True, False)):
            begun = work.rounds.begin("a", "p", NOW + timedelta(minutes=number))
            work.rounds.end(begun, NOW, ok=ok)
        work.rounds.begin("b", "p", NOW)

        work.rounds.begin("a", "p", NOW + KEPT + timedelta(hours=1))

        good = work.rounds.last("a", ok=True)
        assert good is not None
        assert good.started_at == NOW + timedelta(minutes=1)
        assert work.rounds.last("a", ok=False) is None
        assert work.rounds.last("b") is not None
