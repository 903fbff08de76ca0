"""Calendar files beyond one nation's days: regions, news, seasons, and the shipped ones."""

from datetime import date, time

import pytest

from engine.case.errors import DefinitionError
from engine.compiling.calendars import (
    CalendarDef,
    NewsDef,
    OverlayDef,
    body_of,
    edition_of_body,
    load_calendar,
    merged,
    read_days,
    resolved,
)
from engine.time.calendars import Calendar
from tests.builders.shelves import SHIPPED, national

CLUB = """calendar: club
title: {zh: 园历, en: garden calendar}
zone: Asia/Shanghai
source: the club
announced_from: 2026-01-01
announced_through: 2026-12-31
names: {节: feast}
years:
  2026:
    notices: [board 7]
    off: {"05-01": 节, "05-02": 节}
    work: {"05-09": 节}
"""
HILL = """calendar: hill
over: club
title: {zh: 山上园历}
source: the hill
unverified: true
announced_through: 2026-06-30
windows:
  - {from: "05-01", until: "09-30", hours: ["10:00-14:00", "16:00-20:00"]}
names: {雨: rain}
years:
  2026:
    off: {"05-09": 雨, "06-01": 雨}
    work: {"05-01": 雨}
"""
NEWS = """calendar: club
announced_through: 2027-12-31
source: board 9
names: {雪: snow}
years:
  2026: {notices: [board 9], work: {"05-02": 雪}, off: {"12-31": 雪}}
  2027: {notices: [board 9], off: {"01-01": 雪}}
"""


def edition(text):
    rule, findings = read_days(text, file="a.yaml")
    assert rule is not None, findings.problems
    return rule


def hill() -> Calendar:
    rules = {"club": edition(CLUB), "hill": edition(HILL)}
    return resolved("hill", rules.get)


def told(text: str) -> list[str]:
    _rule, findings = read_days(text, file="a.yaml")
    return [f"{p.at.line}:{p.at.column} {p.code} {p.words.en}" for p in findings.problems]


def test_a_file_says_by_its_keys_what_it_is():
    kinds = [type(edition(text)) for text in (CLUB, HILL, NEWS)]

    assert kinds == [CalendarDef, OverlayDef, NewsDef]


@pytest.mark.parametrize(
    ("day", "kind", "name"),
    [
        pytest.param("2026-05-02", "holiday", "节", id="as the base says"),
        pytest.param("2026-06-01", "holiday", "雨", id="off in the region alone"),
        pytest.param(
            "2026-05-09", "holiday", "雨", id="the base works that Saturday, the region not"
        ),
        pytest.param("2026-05-01", "working", None, id="the base is off, the region works"),
    ],
)
def test_what_a_region_says_of_a_day_counts(day, kind, name):
    found = hill().kind_of(date.fromisoformat(day))

    assert (found.kind, found.name) == (kind, name)


def test_a_region_is_known_where_both_are_and_unverified_where_one_is():
    calendar = hill()

    assert (calendar.announced_from, calendar.announced_through) == (
        date(2026, 1, 1),
        date(2026, 6, 30),
    )
    assert calendar.unverified == ("hill",)
    assert calendar.zone == "Asia/Shanghai"
    assert calendar.english == {"节": "feast", "雨": "rain"}
    assert calendar.hours_of(date(2026, 5, 4)) == ((time(10), time(14)), (time(16), time(20)))


def test_another_base_gives_a_region_another_version():
    other = {"club": edition(CLUB.replace("05-02", "05-04")), "hill": edition(HILL)}

    assert resolved("hill", other.get).version != hill().version


def test_a_region_without_its_base_lies_over_weekends_when_its_file_is_read_alone():
    calendar, findings = load_calendar(HILL)

    assert findings.problems == []
    assert calendar is not None
    assert calendar.announced_through == date.min


@pytest.mark.parametrize(
    ("rules", "said"),
    [
        pytest.param({"hill": HILL}, "there is no calendar 'club'", id="no base"),
        pytest.param(
            {
                "hill": HILL,
                "club": HILL.replace("hill", "club").replace("over: club", "over: hill"),
            },
            "calendar 'hill' lies over itself",
            id="a circle",
        ),
    ],
)
def test_a_base_that_is_missing_or_above_is_refused(rules, said):
    editions = {name: edition(text) for name, text in rules.items()}

    with pytest.raises(DefinitionError, match=said):
        resolved("hill", editions.get)


def test_news_adds_days_and_replaces_what_was_said_of_them():
    rule = merged(edition(CLUB), edition(NEWS))

    calendar = resolved("club", {"club": rule}.get)
    assert calendar.announced_through == date(2027, 12, 31)
    assert calendar.kind_of(date(2026, 5, 2)).kind == "make_up"
    assert calendar.kind_of(date(2026, 5, 1)).name == "节"
    assert calendar.kind_of(date(2026, 12, 31)).en == "snow"
    assert calendar.kind_of(date(2027, 1, 1)).kind == "holiday"
    assert rule.years["2026"].notices == ("board 7", "board 9")


def test_news_never_takes_back_how_far_days_are_announced():
    rule = merged(edition(CLUB), edition(NEWS.replace("2027-12-31", "2027-01-31")))

    assert merged(rule, edition(NEWS)).announced_through == date(2027, 12, 31)
    assert (
        merged(rule, edition(NEWS.split("years:", maxsplit=1)[0].replace("2027", "2025"))) == rule
    )


def test_news_alone_is_no_calendar():
    assert load_calendar(NEWS)[0] is None


@pytest.mark.parametrize("text", [CLUB, HILL], ids=["a calendar", "a region"])
def test_an_edition_can_be_kept_as_plain_data(text):
    rule = edition(text)

    assert edition_of_body(body_of(rule)) == rule


@pytest.mark.parametrize(
    ("text", "said"),
    [
        pytest.param(
            CLUB.replace("05-09", "05-08"),
            "12:12 HY103 '2026-05-08' is no Saturday or Sunday and worked anyhow",
            id="a Friday worked instead",
        ),
        pytest.param(
            CLUB.replace("05-09", "05-02"), "12:12 HY103 '2026-05-02' is off and worked", id="both"
        ),
        pytest.param(
            CLUB.replace("2026-12-31", "2026-05-01"),
            "11:23 HY103 '2026-05-02' lies after announced_through",
            id="beyond the announced days",
        ),
        pytest.param(
            HILL.replace('"16:00-20:00"', '"13:00-20:00"'),
            "8:44 HY103 office hours must follow each other",
            id="hours that overlap",
        ),
        pytest.param(
            HILL.replace('"16:00-20:00"', '"20:00-16:00"'), "8:60 HY103", id="hours turned round"
        ),
        pytest.param(HILL.replace('"16:00-20:00"', '"16-20"'), "8:60 HY103", id="no hours"),
        pytest.param(HILL.replace('"16:00-20:00"', '"4pm"'), "8:60 HY103", id="no times"),
        pytest.param(HILL.replace('"05-01", until', '"05-32", until'), "8:12 HY103", id="no day"),
        pytest.param("- 1\n", "1:1 HY103", id="a list"),
        pytest.param("calendar: club\nyears: {}\n", "1:1 HY102", id="news without an end"),
    ],
)
def test_a_mistake_is_shown_at_its_place(text, said):
    found = told(text)

    assert len(found) >= 1
    assert found[0].startswith(said)


def test_every_year_of_the_national_calendar_names_its_papers():
    rule = edition((SHIPPED / "calendars" / "cn.yaml").read_text(encoding="utf-8"))

    assert isinstance(rule, CalendarDef)
    assert [*rule.years] == [str(year) for year in range(2007, 2027)]
    for year in rule.years.values():
        assert year.notices
        assert all(one.startswith("https://www.gov.cn/gongbao/") for one in year.notices)
    names = {n for year in rule.years.values() for n in (*year.off.values(), *year.work.values())}
    assert names <= rule.names.keys()


def test_the_shipped_calendars_carry_the_licence_of_their_source():
    assert "Permission is hereby granted" in (
        SHIPPED / "calendars" / "LICENSE.holidays.txt"
    ).read_text(encoding="utf-8")
    assert national().unverified == ()


def test_the_region_that_is_shipped_says_that_nobody_verified_it():
    texts = {
        name: (SHIPPED / "calendars" / f"{name}.yaml").read_text(encoding="utf-8")
        for name in ("cn", "cn_xj")
    }
    calendar = resolved("cn_xj", {name: edition(text) for name, text in texts.items()}.get)

    assert calendar.unverified == ("cn_xj",)
    assert calendar.kind_of(date(2025, 6, 6)).en == "Eid al-Adha"
    assert calendar.kind_of(date(2025, 10, 1)).name == "国庆节"
    assert calendar.hours_of(date(2025, 7, 1))[1] == (time(16), time(20))
    assert not calendar.is_known(date(2026, 5, 27))
