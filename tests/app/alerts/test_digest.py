"""The day's digest: whose clocks, which day, once, and nothing but numbers."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest

from heyi.app.alerts.digest import PAGE, Digest, Digests
from storage.work import Store
from tests.builders.errand_office import MASTER, Errands, at, furnished

# A Monday; ten days later is Thursday 2026-06-11.
OPENED = at("2026-06-01 09:00")


@pytest.fixture
def office(url: str) -> Iterator[Errands]:
    with Store(url, MASTER) as store:
        yield furnished(store)


def digest(office: Errands, person: str, day: str) -> Digest:
    return Digests(office.cases).of(person, at(f"{day} 08:30"))


def texts(mine: Digest, lang: str) -> list[str]:
    return [line.text(lang) for line in mine.lines()]


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        pytest.param("2026-06-05", (0, 0, 0), id="the week before"),
        pytest.param("2026-06-08", (0, 0, 1), id="this week"),
        pytest.param("2026-06-11", (0, 1, 0), id="today"),
        pytest.param("2026-06-12", (1, 0, 0), id="over"),
    ],
)
def test_a_clock_is_counted_where_it_belongs(office, day, expected):
    office.ask("milk", now=OPENED)

    mine = digest(office, "wang", day)

    assert (len(mine.overdue), len(mine.today), len(mine.week)) == expected
    assert mine.is_empty is (expected == (0, 0, 0))


def test_only_the_assignees_are_told(office):
    office.ask("milk", now=OPENED)

    # wang and zhou run errands; li is their head.
    assert set(Digests(office.cases).gather(at("2026-06-11 08:30"))) == {"wang", "zhou"}


def test_a_digest_has_numbers_and_no_content(office):
    office.ask("牛奶", now=OPENED, who="张三")

    [line] = texts(digest(office, "wang", "2026-06-11"), "zh")

    assert line == "今日到期1项：园跑〔2026〕001号"
    assert texts(digest(office, "wang", "2026-06-12"), "en") == ["overdue: 1 (园跑〔2026〕001号)"]


def test_a_long_list_is_cut_and_still_counted():
    mine = Digest(overdue=[f"n{n}" for n in range(25)], today=[], week=[])

    assert texts(mine, "zh")[0].startswith("已逾期25项：n0、")
    assert texts(mine, "zh")[0].endswith("n19等")
    assert texts(mine, "en")[0].endswith("n19, …)")


def test_what_rests_or_is_done_is_not_due(office):
    case = office.ask("milk", now=OPENED)
    office.move(case, "done", now=OPENED + timedelta(hours=1))

    assert digest(office, "wang", "2026-06-11").is_empty


def test_a_substitute_gets_what_the_absent_would(office):
    office.ask("milk", now=OPENED)
    with office.store.write() as work:
        work.absences.put("wang", date(2026, 6, 8), date(2026, 6, 30), "li")

    assert set(Digests(office.cases).gather(at("2026-06-11 08:30"))) == {"li", "zhou"}


def test_a_digest_is_owed_once_a_person_and_day(office):
    office.ask("milk", now=OPENED)
    digests = Digests(office.cases)

    first = digests.owe(at("2026-06-11 08:30"))
    again = digests.owe(at("2026-06-11 17:00"))
    next_day = digests.owe(at("2026-06-12 08:30"))

    assert (first, again) == ({"people": 2, "digests": 2}, {"people": 2, "digests": 0})
    assert next_day["digests"] == 2
    with office.store.read() as work:
        [today, *_] = [one for one in work.alerts.to("wang") if one.day == "2026-06-11"]
    assert (today.kind, today.case, today.state) == ("digest", None, "owed")


def test_a_digest_leaves_the_office_like_any_alert(office):
    office.address("wang", "post://wang")
    office.ask("milk", now=OPENED)
    now = at("2026-06-11 08:30")
    Digests(office.cases).owe(now)

    office.deliver(now)

    assert len(office.post.sent) == 1


def test_more_clocks_than_a_page_are_all_counted(office, monkeypatch):
    monkeypatch.setattr("heyi.app.alerts.digest.PAGE", 3)
    for n in range(5):
        office.ask(f"thing {n}", now=OPENED)

    assert len(digest(office, "wang", "2026-06-11").today) == 5
    assert PAGE > 3
