"""Catalogue and calendar files: what they give, and what is wrong with them at its place."""

from datetime import date

import pytest

from engine.compiling.calendars import load_calendar
from engine.compiling.catalogues import load_catalogue
from tests.builders.shelves import FILES, SHIPPED, texts
from tests.builders.toy_workflows import codes_of, one_move, problems_of, toy

CALENDAR = """calendar: club
title: {zh: 园历, en: garden calendar}
zone: Asia/Shanghai
source: the club
announced_from: 2026-01-01
announced_through: 2026-12-31
years:
  2026:
    off: {"05-01": 节, "05-02": 节}
    work: {"05-09": 节}
"""


def told(findings) -> list[str]:
    return [f"{p.at.line}:{p.at.column} {p.code}" for p in findings.problems]


def test_a_calendar_file_becomes_a_calendar():
    calendar, findings = load_calendar(CALENDAR, file="club.yaml")

    assert calendar is not None
    assert findings.problems == []
    assert (calendar.name, calendar.announced_through) == ("club", date(2026, 12, 31))
    assert (calendar.is_working(date(2026, 5, 1)), calendar.is_working(date(2026, 5, 9))) == (
        False,
        True,
    )
    assert calendar.off[date(2026, 5, 1)] == "节"


def test_another_edition_of_a_calendar_has_another_version():
    one, _ = load_calendar(CALENDAR)
    other, _ = load_calendar(CALENDAR.replace('"05-02": 节', '"05-04": 节'))

    assert one is not None
    assert other is not None
    assert one.version.startswith("club@")
    assert one.version != other.version


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        pytest.param('"05-02"', '"02-30"', ["9:23 HY103"], id="a day there is not"),
        pytest.param('"05-09"', '"5.9"', ["10:12 HY103"], id="no day"),
        pytest.param('"05-09"', '"05-09T10"', ["10:12 HY103"], id="a moment"),
        pytest.param(
            "  2026:", "  year:", ["9:11 HY103", "9:23 HY103", "10:12 HY103"], id="no year"
        ),
        pytest.param("off:", "of:", ["9:5 HY101"], id="a key misspelt"),
        pytest.param("2026-12-31", "2026-13-31", ["6:20 HY103"], id="no last day"),
        pytest.param("calendar: club", "calendar: Club", ["1:11 HY104"], id="no name"),
        pytest.param("zone: Asia/Shanghai\n", "", ["1:1 HY102"], id="no zone"),
        pytest.param("source: the club", "source: [", ["6:18 HY001"], id="no YAML"),
        pytest.param(
            "  2026:\n", "  2026:\n    - x\n", ["10:5 HY001"], id="a list and a mapping at once"
        ),
    ],
)
def test_a_wrong_calendar_file_is_refused_at_its_place(old, new, found):
    calendar, findings = load_calendar(CALENDAR.replace(old, new), file="club.yaml")

    assert calendar is None
    assert told(findings) == found


CATALOGUE = """catalogue: plants
version: 1
title: {zh: 植物, en: plants}
columns:
  name: {type: text}
  kind: {type: choice, options: {A: {zh: 菜}, F: {zh: 花}}}
  weeks: {type: integer, optional: true}
rows:
  - {code: pea, name: 豌豆, kind: A, from: 2026-01-01}
  - {code: rose, name: 玫瑰, kind: F, weeks: 9, until: 2026-12-31}
"""


def test_a_catalogue_file_becomes_rows():
    catalogue, findings = load_catalogue(CATALOGUE, file="plants.yaml")

    assert catalogue is not None
    assert findings.problems == []
    assert [row["code"] for row in catalogue.rows] == ["pea", "rose"]


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        pytest.param("code: rose", "code: pea", ["10:5 HY202"], id="a code twice"),
        pytest.param("code: pea, ", "", ["9:5 HY202"], id="no code"),
        pytest.param("code: pea", "code: 3", ["9:5 HY202"], id="a number for a code"),
        pytest.param("kind: A", "kind: B", ["9:33 HY307"], id="no option"),
        pytest.param("weeks: 9", "week: 9", ["10:37 HY305"], id="no column"),
        pytest.param("name: 豌豆, ", "", ["9:5 HY102"], id="a column missing"),
        pytest.param("kind: A", "kind: [A]", ["9:33 HY307"], id="a list where one word stands"),
        pytest.param("from: 2026-01-01", "from: soon", ["9:42 HY103"], id="no day"),
        pytest.param("weeks: 9", "weeks: nine", ["10:44 HY103"], id="no number"),
        pytest.param("version: 1", "version: 0", ["2:10 HY103"], id="no version"),
        pytest.param("columns:", "colums:", ["4:1 HY101"], id="a key misspelt"),
        pytest.param(
            "rows:", "rows: {}\nmore:", ["8:7 HY103", "9:1 HY101"], id="rows that are no list"
        ),
        pytest.param("  - {code: pea", "  - [code: pea", ["9:52 HY001"], id="no YAML"),
    ],
)
def test_a_wrong_catalogue_is_refused_at_its_place(old, new, found):
    catalogue, findings = load_catalogue(CATALOGUE.replace(old, new), file="plants.yaml")

    assert catalogue is None
    assert told(findings) == found


ITEM = {
    "plant": {"type": "item", "of": "plants"},
    "rows": {"type": "list", "of": {"plant": {"type": "item", "of": "plants"}}},
}
SHELF = texts(catalogue_plants=CATALOGUE)


@pytest.mark.parametrize(
    ("when", "codes"),
    [
        ("plant.kind == 'A'", []), ("plant.code == 'pea' && plant.from < today", []), ("plant.colour == 'red'", ["HY305"]),
        ("rows[0].plant.kind == 'A'", []),
    ],
)  # fmt: skip
def test_guards_over_a_catalogue_s_rows_are_checked_against_its_columns(when, codes):
    assert codes_of(fields=ITEM, states=one_move(when=when), shelf=SHELF) == codes


def test_columns_of_a_catalogue_that_is_not_at_hand_go_unchecked():
    assert codes_of(fields=ITEM, states=one_move(when="plant.colour == 'red'")) == []


def test_a_wrong_catalogue_makes_the_files_that_use_it_wrong():
    wrong = texts(catalogue_plants=CATALOGUE.replace("kind: A", "kind: B"))

    found = problems_of(fields=ITEM, shelf=wrong)

    assert [(p.at.file, p.code) for p in found] == [("plants.yaml", "HY307")]


def test_items_of_a_list_may_be_set_from_rows():
    assert (
        toy(fields=ITEM, states=one_move(sets={"plant": "=plant"}), shelf=SHELF)
        .definition.fields["plant"]
        .of
        == "plants"
    )


@pytest.mark.parametrize(
    "path",
    [*sorted((SHIPPED / "catalogues").glob("*.yaml")), FILES / "catalogues" / "plants.yaml"],
    ids=lambda p: p.stem,
)
def test_a_shipped_catalogue_is_right(path):
    catalogue, findings = load_catalogue(path.read_text(encoding="utf-8"), file=path.name)

    assert catalogue is not None
    assert findings.problems == []
