"""Posts that nobody holds are found before a case waits for them: by the doctor, and in the case."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from heyi.app.cases.cases import Cases
from heyi.app.office.vacancies import vacancies
from heyi.app.reader import Reader
from tests.builders.quarrel_office import KEEPER, WARDEN, Park, at, park

TODAY, NOW = date(2026, 3, 5), at("2026-03-05 12:00")


@pytest.fixture
def office(sqlite_template: Path, tmp_path: Path) -> Iterator[Park]:
    with park(sqlite_template, tmp_path / "park.db") as found:
        yield found


def found(office: Park) -> dict[str, tuple[str, ...]]:
    with office.cases.store.read() as work:
        rules = [office.cases.library.get(work, name) for name in ("quarrel", "talk", "walk")]
        return {one.post: one.units for one in vacancies(work, rules, TODAY)}


def end_post(office: Park, person: str, role: str, unit: str) -> None:
    with office.cases.store.write() as work:
        work.people.take_post(person, role=role, unit=unit)


def test_a_post_is_noted_once_with_all_units_that_lack_it(office: Park):
    assert found(office)["keeper"] == ("north园", "公园")

    end_post(office, KEEPER, "keeper", "east")

    assert found(office)["keeper"] == ("east园", "north园", "公园")


def test_an_office_without_anybody_is_not_told_of_each_post(office: Park):
    for person, role, unit in (
        (KEEPER, "keeper", "east"), ("k-sun", "keeper", "west"), (WARDEN, "warden", "park"),
        ("h-feng", "head", "park"),
    ):  # fmt: skip
        end_post(office, person, role, unit)

    assert found(office) == {}


def test_the_note_names_the_post_the_units_and_the_workflows(office: Park):
    with office.cases.store.read() as work:
        rules = [office.cases.library.get(work, "quarrel")]
        told = {one.post: one.words for one in vacancies(work, rules, TODAY)}["keeper"]

    assert "守门人（keeper）" in told.zh
    assert "quarrel" in told.en
    assert "north园" in told.en


def test_a_case_that_waits_for_nobody_says_so_to_who_works_on_it(office: Park):
    case = office.quarrel()
    assert Cases(office.cases).show(Reader(person=WARDEN), ref=case, now=NOW).vacant == ()

    end_post(office, KEEPER, "keeper", "east")

    told = Cases(office.cases).show(Reader(person=WARDEN), ref=case, now=NOW)
    assert [one.name for one in told.vacant] == ["keeper"]
    opener = Cases(office.cases).show(Reader(person=KEEPER), ref=case, now=NOW)
    assert opener.vacant == ()
