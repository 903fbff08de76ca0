"""``heyi calendar``: show, check, load."""

import pytest

from tests.cli.runner import HALL, Heyi, opening, run

NEWS = """calendar: cn
announced_through: 2027-12-31
years:
  2027: {notices: [made up], off: {"01-01": 元旦, "01-02": 元旦, "01-03": 元旦}}
"""
EVE = "2026-12-30 10:00"
NUMBER = "和顺社区借〔2026〕002号"
SPAN = ("--from", "2026-05-04", "--to", "2026-05-10")


@pytest.fixture
def news(office):
    (office / "news.yaml").write_text(NEWS, encoding="utf-8")
    assert run("case", "open", str(HALL), *opening("书法班", 9), "--at", EVE).code == 0
    return office / "news.yaml"


def test_show_lists_every_day_with_exactly_three_keys(bare):
    told = run("calendar", "show", "cn", *SPAN, "--json")

    assert told.code == 0
    assert [[*one] for one in told.json] == [["date", "working", "name"]] * 7
    assert told.json[1] == {"date": "2026-05-05", "working": False, "name": "劳动节"}
    assert told.json[2] == {"date": "2026-05-06", "working": True, "name": None}
    assert told.json[5] == {"date": "2026-05-09", "working": True, "name": "劳动节"}
    assert told.json[6] == {"date": "2026-05-10", "working": False, "name": None}


def test_show_draws_months_with_days_off_and_worked(bare):
    told = run("calendar", "show", "cn", "--from", "2026-05-01")

    assert "2026年5月" in told.out
    assert " 5休" in told.out
    assert " 9班" in told.out
    assert "休 05-01～05-05 劳动节" in told.out
    assert "班 05-09 劳动节" in told.out
    assert " 31" in told.out
    assert "按文件显示" in told.err


def test_show_marks_days_that_nobody_announced(bare):
    told = run(
        "calendar", "show", "cn", "--from", "2026-12-31", "--to", "2027-01-03", "--lang", "en"
    )

    assert "provisional after it" in told.out
    assert "January 2027" in told.out
    assert " 1?" in told.out
    assert "31?" not in told.out


def test_show_says_that_a_region_is_unverified(bare):
    told = run("calendar", "show", "cn_xj", "--from", "2025-06-01")

    assert "未核实：cn_xj" in told.out
    assert "休 06-06～06-10 古尔邦节" in told.out
    assert "unverified: cn_xj" in run("calendar", "show", "cn_xj", *SPAN, "--lang", "en").out


def test_a_holiday_in_two_parts_is_shown_day_by_day(bare):
    assert "休 12-30 12-31 元旦" not in run("calendar", "show", "cn", "--from", "2007-12-01").out
    shown = run("calendar", "show", "cn", "--from", "2008-02-01").out
    assert "班 02-02～02-03 春节" in shown
    assert "班 02-17 02-25 春节" in run("calendar", "show", "cn", "--from", "2007-02-01").out


def test_show_without_days_shows_this_month(heyi: Heyi):
    assert "2026年3月" in heyi("calendar", "show", "cn", "--at", "2026-03-02 10:00").out


@pytest.mark.parametrize(
    ("line", "code"),
    [
        pytest.param("show moon", 3, id="no such calendar"),
        pytest.param("show cn --from 2026-13-01", 2, id="no day"),
        pytest.param("show cn --from 2026-05-02 --to 2026-05-01", 2, id="turned round"),
        pytest.param("show cn --from 1900-01-01 --to 2100-01-01", 2, id="too long"),
        pytest.param("show cn --from 9999-12-01", 0, id="the last month of all"),
        pytest.param("check moon", 3, id="no such calendar to check"),
        pytest.param("load no.yaml", 3, id="no file"),
        pytest.param("load .", 2, id="a folder"),
    ],
)
def test_a_command_ends_as_it_should(bare, line, code):
    assert run("calendar", *line.split()).code == code


def test_check_says_what_is_missing_and_ends_with_1(heyi: Heyi):
    told = heyi("calendar", "check", "cn", "--json", "--at", "2026-11-23 10:00")

    assert told.code == 1
    assert [(one["calendar"], one["kind"]) for one in told.json] == [("cn", "announced")]
    assert "2027" in heyi("calendar", "check", "--at", "2026-11-23 10:00").out


def test_check_of_all_only_tells_of_calendars_that_nobody_uses(heyi: Heyi):
    told = heyi("calendar", "check", "--at", "2025-12-01 10:00")

    assert told.code == 0
    assert "· cn_xj" in told.out
    assert "✗" not in told.out


def test_load_shows_what_would_move_and_writes_nothing(heyi: Heyi, news):
    told = heyi("calendar", "load", str(news), "--at", EVE)

    assert told.code == 0
    assert "2026-12-31 → 2027-12-31" in told.out
    assert "2027-01-01  五  上班 → 休息（元旦）" in told.out
    assert f"{NUMBER}  answer  2027-01-01 → 2027-01-04" in told.out
    assert "未写入" in told.err
    assert [one["kind"] for one in heyi("case", "history", NUMBER, "--json").json] == ["opened"]


def test_load_with_yes_moves_the_clocks_with_an_event_each(heyi: Heyi, news):
    told = heyi("calendar", "load", str(news), "--yes", "--json", "--at", EVE)

    assert told.code == 0
    assert (told.json["stored"], told.json["cases"]) == (True, 1)
    [moved] = told.json["clocks"]
    assert (moved["number"], moved["from"], moved["to"]) == (NUMBER, "2027-01-01", "2027-01-04")
    event = heyi("case", "history", NUMBER, "--json").json[-1]
    assert (event["kind"], event["moved"][0]["to"]) == ("replanned", "2027-01-04")
    assert "答复: 2027-01-01 → 2027-01-04" in heyi("case", "history", NUMBER).out
    shown = heyi("calendar", "show", "cn", "--from", "2027-01-01", "--to", "2027-01-01", "--json")
    assert shown.json == [{"date": "2027-01-01", "working": False, "name": "元旦"}]
    assert heyi("case", "verify").code == 0


def test_load_says_how_many_days_are_now_certain(heyi: Heyi, news):
    news.write_text(NEWS.replace('"01-01": 元旦, ', ""), encoding="utf-8")

    told = heyi("calendar", "load", str(news), "--yes", "--lang", "en", "--at", EVE)

    assert "no due day moves" in told.out
    assert "1 more keep their day" in told.out
    assert "1 cases re-planned" in told.err


def test_load_of_the_same_again_says_so(heyi: Heyi, news):
    heyi("calendar", "load", str(news), "--yes", "--at", EVE)

    told = heyi("calendar", "load", str(news), "--yes", "--at", EVE)

    assert "与现行的相同" in told.out
    assert "没有期限改变" in told.out


def test_load_refuses_to_change_days_passed_unless_told_to(heyi: Heyi, news):
    news.write_text(NEWS + '  2026: {off: {"06-01": 更正}}\n', encoding="utf-8")

    refused = heyi("calendar", "load", str(news), "--at", EVE)
    granted = heyi("calendar", "load", str(news), "--correct", "--at", EVE)

    assert refused.code == 5
    assert "2026-06-01" in refused.err
    assert "--correct" in refused.err
    assert granted.code == 0


def test_load_names_every_mistake_of_a_file_at_its_place(heyi: Heyi, news):
    news.write_text(NEWS.replace('"01-02"', '"02-30"'), encoding="utf-8")

    told = heyi("calendar", "load", str(news), "--at", EVE)

    assert told.code == 1
    assert "news.yaml:4:" in told.err


def test_load_has_nowhere_to_put_news_for_an_unknown_calendar(heyi: Heyi, news):
    news.write_text(NEWS.replace("calendar: cn", "calendar: moon"), encoding="utf-8")

    assert heyi("calendar", "load", str(news), "--at", EVE).code == 3


def test_the_doctor_warns_from_november_on_until_the_year_is_loaded(heyi: Heyi, news):
    def said(at: str) -> str:
        told = heyi("doctor", "--json", "--at", at)
        [found] = [one for one in told.json if one["check"] == "calendar"]
        return found["en"] if found["note"] else ""

    assert said("2026-10-31 10:00") == ""
    assert "2027 is usually announced in November" in said("2026-11-01 10:00")
    heyi("calendar", "load", str(news), "--yes", "--at", EVE)
    assert said(EVE) == ""
