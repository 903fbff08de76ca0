"""``heyi alert ics``: one's own due days as a calendar file."""

import pytest
from icalendar import Calendar

from tests.cli.alert_commands import PART, ask_errand


@pytest.fixture
def desk(heyi, office):
    """The office with an errand that was asked for on 1 June."""
    ask_errand(heyi, office)
    return heyi


def entries(text):
    return {str(one["uid"]): one for one in Calendar.from_ical(text).walk("VEVENT")}


def test_ones_own_due_days_are_a_calendar_file(desk, monkeypatch):
    monkeypatch.setenv("HEYI_BASE_URL", "https://heyi.example")
    told = desk("alert", "ics", "--as", "wang", "--at", PART)

    found = [*entries(told.out).values()]
    assert {str(one["summary"]) for one in found} == {
        "和顺社区跑〔2026〕001号 静候期期满", "和顺社区跑〔2026〕001号 跑腿期限到期",
    }  # fmt: skip
    assert "DTSTART;VALUE=DATE:20260611" in told.out
    assert all("https://heyi.example/cases/" in str(one["url"]) for one in found)
    assert all(str(one["status"]) == "CONFIRMED" for one in found)
    assert "吴先生" not in told.out.replace("\r\n ", "")
    assert entries(desk("alert", "ics", "--as", "li", "--at", PART).out) == {}
    assert entries(desk("alert", "ics", "--as", "zhao", "--at", PART).out) == {}


def test_an_entry_keeps_its_uid_when_its_day_moves(desk):
    before = entries(desk("alert", "ics", "--as", "wang", "--at", PART).out)
    number = desk("case", "list", "--workflow", "errand", "--as", "wang", "--json").json[0][
        "number"
    ]
    moved = desk(
        "case", "do", number, "stretch", "--as", "wang", "-d", "until=2026-06-18", "--at", PART
    )
    assert moved.code == 0, moved.err

    after = entries(desk("alert", "ics", "--as", "wang", "--at", PART).out)

    assert before.keys() == after.keys()
    assert {str(one["dtstart"].dt) for one in after.values()} == {"2026-06-04", "2026-06-18"}


def test_a_day_that_may_move_is_marked(desk):
    desk(
        "case", "open", "errand", "--unit", "heshun", "--as", "wang", "-d", "what=x",
        "--at", "2026-12-28 09:00",
    )  # fmt: skip

    zh = desk("alert", "ics", "--as", "wang", "--at", "2026-12-28 09:00").out
    en = desk("alert", "ics", "--as", "wang", "--at", "2026-12-28 09:00", "--lang", "en").out

    assert any(str(one["status"]) == "TENTATIVE" for one in entries(zh).values())
    assert any("（预计）" in str(one["summary"]) for one in entries(zh).values())
    assert any("provisional" in str(one["summary"]) for one in entries(en).values())


def test_a_calendar_file_is_written(desk, office):
    assert desk("alert", "ics", "--as", "wang", "--out", "mine.ics", "--at", PART).code == 0
    assert len(entries((office / "mine.ics").read_bytes())) == 2
    assert desk("alert", "ics", "--as", "wang", "--out", "no/mine.ics", "--at", PART).code == 2


def test_a_case_without_clocks_makes_no_entry(heyi):
    told = heyi("alert", "ics", "--as", "zhao")

    assert entries(told.out) == {}
