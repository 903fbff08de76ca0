"""The use cases of clocks, as any door asks for them."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from heyi.app.cases.casework import Casework
from heyi.app.clocks.clocks import Clocks
from heyi.app.clocks.errors import RunNotFound
from heyi.app.clocks.sweeps import Sweeps
from heyi.app.cursors import CursorWrong
from heyi.app.reader import Reader
from tests.builders.areas import clocks_of
from tests.builders.demo_data import OPERATOR
from tests.builders.errand_office import at, errands, template
from tests.builders.hall_office import NEW_YEAR, OPENED, Hall, build_hall

NOBODY = Reader.nobody()
WANG = Reader(person="wang")
OVER = OPENED + timedelta(days=9)


@pytest.fixture
def hall(tmp_path):
    office = build_hall(tmp_path)
    yield office
    office.store.close()


def test_a_list_goes_on_where_its_page_ended(hall: Hall):
    cases = [hall.ask(now=OPENED + timedelta(days=n)) for n in range(3)]
    clocks = clocks_of(hall.cases)

    first = clocks.list(WANG, now=OVER, limit=2)
    second = clocks.list(WANG, now=OVER, limit=2, after=first.next)

    assert [one.case for page in (first, second) for one in page.items] == cases
    assert second.next is None


@pytest.mark.parametrize("text", ["", "3", "{}", "[1]", '["soon", "a", "b", 0, 1]', "页"])
def test_what_is_no_place_in_a_list_is_refused(hall: Hall, text: str):
    with pytest.raises(CursorWrong):
        clocks_of(hall.cases).list(NOBODY, now=OVER, after=text or "nowhere")


def test_a_run_that_there_is_not_is_refused_with_those_there_are(hall: Hall):
    case = hall.ask()

    with pytest.raises(RunNotFound) as refused:
        clocks_of(hall.cases).explain(WANG, ref=case, clock="answer", now=OVER, run=7)

    assert (refused.value.clock, refused.value.run, refused.value.runs) == ("answer", 7, ((0, 1),))


def noting(cases: Casework, noted: list[tuple[str, bool, int]]) -> Clocks:
    @contextmanager
    def note(by: str, _now: datetime) -> Iterator[Counter[str]]:
        counts: Counter[str] = Counter()
        try:
            yield counts
        except ValueError:
            noted.append((by, False, 0))
            raise
        noted.append((by, True, counts["rungs"]))

    return Clocks(
        lambda: cases, library=cases.library, zone=cases.zone,
        reading=cases.store.read, noted=note, base_url="",
    )  # fmt: skip


def test_a_sweep_is_noted_with_who_rang_and_a_dry_run_is_not(
    tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
):
    noted: list[tuple[str, bool, int]] = []
    with errands(template(tmp_path_factory.mktemp("made")), tmp_path) as office:
        office.ask("milk", now=at("2026-06-01 09:00"))
        clocks = noting(office.cases, noted)

        dry = clocks.sweep(NOBODY, now=at("2026-06-08 09:00"), dry_run=True)
        told = clocks.sweep(NOBODY, now=at("2026-06-08 09:00"), by="cron")

    assert noted == [("cron", True, told.rungs)]
    assert len(dry.ringing) == dry.rungs == told.rungs > 0
    assert "ringing" not in told.plain()


def test_a_sweep_that_fails_is_noted_as_failed(hall: Hall, monkeypatch: pytest.MonkeyPatch):
    def fails(*_given: object, **_more: object) -> None:
        raise ValueError

    noted: list[tuple[str, bool, int]] = []
    monkeypatch.setattr(Sweeps, "all", fails)

    with pytest.raises(ValueError):  # noqa: PT011 - ours
        noting(hall.cases, noted).sweep(NOBODY, now=OVER, by="cron")

    assert noted == [("cron", False, 0)]


def test_an_announcement_is_previewed_then_kept(hall: Hall):
    case = hall.ask()
    clocks = clocks_of(hall.cases)

    seen = clocks.load(NOBODY, text=NEW_YEAR, file="news.yaml", now=OPENED)
    before = hall.due(case)
    kept = clocks.load(OPERATOR, text=NEW_YEAR, file="news.yaml", now=OPENED, write=True)

    assert (seen.stored, kept.stored) == (False, True)
    assert [(one.from_, one.to) for one in seen.due_days] == [("2027-01-01", "2027-01-04")]
    assert kept.due_days == seen.due_days
    assert (before[0], hall.due(case)[0]) == ("2027-01-01", "2027-01-04")


def test_a_calendar_that_there_is_not_is_none(hall: Hall):
    clocks = clocks_of(hall.cases)
    day = date(2026, 1, 1)

    assert clocks.days(NOBODY, name="moon", first=day, last=day) is None
    assert clocks.lacks(NOBODY, now=OPENED, name="moon") is None
    assert clocks.lacks(NOBODY, now=OPENED, name="cn")
