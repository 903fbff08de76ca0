"""Early warning: who may see it, and that it says the same in any order and names nobody."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from heyi.app.disputes.warningrules import ReportRefused, RulesWrong, read_rules
from heyi.app.library.shelf import FolderShelf
from tests.builders.quarrel_office import FILES, KEEPER, PEOPLE, WARDEN, Park, park

FEBRUARY, MARCH = "2026-02-10", "2026-03-10"


@pytest.fixture
def garden(sqlite_template: Path, tmp_path: Path) -> Iterator[Park]:
    with park(sqlite_template, tmp_path / "heyi.db") as found:
        yield found


@pytest.mark.parametrize(
    ("person", "unit", "sees"),
    [
        pytest.param(KEEPER, "", "east", id="the keeper of a garden"),
        pytest.param(WARDEN, "", "park", id="the warden of the park"),
        pytest.param("h-feng", "", "park", id="a head, at whatever level"),
        pytest.param(WARDEN, "park", "park", id="named"),
    ],
)
def test_a_person_sees_the_unit_of_the_post(garden, person, unit, sees):
    assert garden.report(person=person, unit=unit)["unit"]["id"] == sees


@pytest.mark.parametrize(
    ("person", "unit"),
    [
        pytest.param(KEEPER, "west", id="a neighbour's unit"),
        pytest.param(KEEPER, "park", id="the unit above"),
        pytest.param("p-zheng", "", id="a person without a post"),
        pytest.param("p-zheng", "east", id="a party"),
        pytest.param(WARDEN, "east", id="a part of the own unit, which could be subtracted"),
    ],
)
def test_nobody_sees_another_units_figures(garden, person, unit):
    with pytest.raises(ReportRefused):
        garden.report(person=person, unit=unit)


def test_who_holds_posts_at_a_unit_and_below_it_gets_one_report_not_two(garden):
    with garden.cases.store.write() as work:
        work.people.give_post(WARDEN, role="keeper", unit="east")

    assert garden.report()["unit"]["id"] == "park"
    with pytest.raises(ReportRefused):
        garden.report(unit="east")


def test_who_has_several_units_is_asked_which(garden):
    with garden.cases.store.write() as work:
        work.people.give_post(KEEPER, role="keeper", unit="west")

    with pytest.raises(ReportRefused, match="name one: east, west"):
        garden.report(person=KEEPER)
    assert garden.report(person=KEEPER, unit="west")["unit"]["id"] == "west"


def test_the_report_of_a_unit_leaves_other_units_out(garden):
    for n in range(15):
        garden.quarrel(MARCH, unit="east" if n < 6 else "west")

    assert garden.report(person=KEEPER)["disputes"]["total"] == [0, 6]


@contextmanager
def fresh(template: Path, folder: Path) -> Iterator[Park]:
    with park(template, folder / "fresh.db") as found:
        yield found


REPORTS = st.lists(
    st.tuples(
        st.sampled_from([FEBRUARY, MARCH]), st.sampled_from(["noise", "fence", "water"]),
        st.sampled_from(["east", "west"]), st.sampled_from(["", "settle", "drop", "refer"]),
        st.booleans(),
    ),
    max_size=14,
)  # fmt: skip


def play(garden: Park, reports: list[Any]) -> Any:
    for day, about, unit, move, hurt in reports:
        case = garden.quarrel(day, about, unit=unit, hurt=hurt)
        if move and unit == "east":
            garden.do(case, move, "2026-03-15")
    return garden.report()


@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(REPORTS, st.randoms())
def test_the_order_of_cases_changes_nothing_and_nobody_is_named(
    sqlite_template, tmp_path, reports, chance
):
    shuffled = [*reports]
    chance.shuffle(shuffled)
    with fresh(sqlite_template, tmp_path) as garden:
        one = play(garden, reports)
    with fresh(sqlite_template, tmp_path) as garden:
        other = play(garden, shuffled)
        english = garden.report(lang="en")

    assert one == other
    told = json.dumps([one, english], ensure_ascii=False)
    assert not [word for person, (name, *_) in PEOPLE.items() for word in (person, name)
                if word in told]  # fmt: skip
    assert not {1, 2, 3, 4} & {
        n
        for part in (*one["disputes"]["by"].values(), one["on_site"], one["mediations"])
        for n in (*part["total"], *part["rest"], *(n for row in part["rows"] for n in row["n"]))
    }


def test_what_no_published_file_declares_is_named_as_absent(sqlite_template, tmp_path):
    with park(sqlite_template, tmp_path / "heyi.db", "quarrel") as garden:
        view = garden.report()

    assert view["absent"] == ["mediations", "acceptance", "rounds"]


@pytest.mark.parametrize(
    ("was", "becomes"),
    [
        pytest.param("least: {value: 5", "least: {value: 2", id="too few to hide anything"),
        pytest.param("fold_below: {value: 10", "fold_below: {value: 5", id="no room to fold"),
        pytest.param(
            "period_months: {value: 1", "period_months: {value: 5", id="no part of a year"
        ),
        pytest.param("value: [0, 3, 7]", "value: [3, 0]", id="steps in disorder"),
        pytest.param("rise_by: {value: 5", "rise_by: {value: x", id="no number"),
    ],
)
def test_rules_that_would_give_something_away_are_refused(tmp_path, was, becomes):
    text = (FILES / "early_warning.yaml").read_text(encoding="utf-8")
    assert was in text
    (tmp_path / "early_warning.yaml").write_text(text.replace(was, becomes), encoding="utf-8")

    with pytest.raises(RulesWrong):
        read_rules(FolderShelf([tmp_path]))
