"""The report: by body, never by person, and only what published files declare."""

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from engine.case.values import Data, Unit
from heyi.app.admission.report import report_view
from heyi.app.cases.casework import Casework
from heyi.app.cases.worlds import Worlds
from heyi.app.library.library import Library
from heyi.app.library.shelf import FolderShelf
from storage.kernel.records import Person
from storage.work import Store
from tests.builders.errand_office import MASTER
from tests.builders.plain_views import plain
from tests.builders.shelves import SHIPPED

ZONE = ZoneInfo("Asia/Shanghai")
GATE = Path(__file__).parent / "gate"
YEAR = (date(2026, 1, 1), date(2026, 12, 31))
PERSONS = ("wang-the-keeper", "王守门")


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZONE).astimezone(UTC)


class Gate:
    """The office and short ways to what tests do in it."""

    def __init__(self, cases: Casework) -> None:
        self.cases = cases

    def ask(self, day: str, *, sender: str = "mill", what: str = "SAW", hours: int = 5) -> str:
        data: Data = {"sender": sender, "what": what, "hours": hours}
        step = self.cases.open(
            "gate", unit="plot", person=PERSONS[0], data=data, now=at(f"{day} 09:00")
        )
        return step.after.id

    def do(self, case: str, trigger: str, day: str, **data: Any) -> None:
        now = at(f"{day} 10:00")
        self.cases.move(case, person=PERSONS[0], trigger=trigger, data=data, now=now)

    def pay(self, case: str, day: str) -> None:
        data: Data = {"paid_on": day}
        now = at(f"{day} 10:00")
        self.cases.move(case, person=PERSONS[0], kind="amend", data=data, now=now)

    def finish(self, day: str, of_sender: int, of_place: int, *, sender: str = "mill") -> None:
        case = self.ask(day, sender=sender, hours=1)
        self.do(case, "take", day, starts_on=day)
        self.do(case, "run", day)
        self.do(case, "finish", day, of_sender=of_sender, of_place=of_place)

    def report(self, days: tuple[date, date] = YEAR, *, now: str = "2026-12-31 12:00") -> Any:
        return plain(report_view(self.cases, days, now=at(now), lang="zh"))


@pytest.fixture
def store(sqlite_template: Path, tmp_path: Path) -> Iterator[Store]:
    file = tmp_path / "heyi.db"
    file.write_bytes(sqlite_template.read_bytes())
    with Store(f"sqlite:///{file}", MASTER) as opened:
        yield opened


def office(store: Store, *, publishes: bool = True) -> Gate:
    shelf = FolderShelf([GATE, SHIPPED])
    library = Library(shelf)
    rules = shelf.workflow("gate")
    assert rules is not None
    with store.write() as work:
        if publishes:
            library.publish(work, rules, at=at("2026-01-01 00:00"))
            [goods] = [one for one in shelf.catalogues() if one.catalogue == "goods"]
            rows = {str(row["code"]): row for row in goods.rows}
            work.catalogues.load("goods", rows, at=at("2026-01-01 00:00"))
        for unit, level, title in (
            ("plot", "garden", "园"), ("mill", "house", "磨坊"), ("forge", "house", "铁铺"),
        ):  # fmt: skip
            work.units.put(Unit(id=unit, level=level, title=title))
        work.people.put(Person(id=PERSONS[0], display_name=PERSONS[1]))
        work.people.give_post(PERSONS[0], role="keeper", unit="plot")
    return Gate(Casework(store, library, Worlds(library, ZONE, {}), zone=ZONE))


@pytest.fixture
def gate(store: Store) -> Gate:
    return office(store)


def test_refusals_are_counted_by_sender_and_the_rule_that_refused(gate):
    for sender, what, hours in (
        ("mill", "KITE", 1), ("mill", "KITE", 1), ("mill", "SAW", 11), ("forge", "KITE", 1),
    ):  # fmt: skip
        case = gate.ask("2026-03-02", sender=sender, what=what, hours=hours)
        gate.do(case, "refuse", "2026-03-03")

    found = gate.report()["refused"]

    assert found["total"] == 4
    assert [(row["title"], row["rule"], row["why"], row["n"]) for row in found["rows"]] == [
        ("磨坊", "G1", "是玩具", 2), ("磨坊", "G2", "太多", 1), ("铁铺", "G1", "是玩具", 1),
    ]  # fmt: skip


def test_the_rule_is_that_of_the_day_of_the_refusal_whatever_the_list_says_now(gate):
    case = gate.ask("2026-03-02", what="KITE")
    gate.do(case, "refuse", "2026-03-03")
    with gate.cases.store.write() as work:
        tool = {"KITE": {"code": "KITE", "name": "风筝", "kind": "tool"}}
        work.catalogues.load("goods", tool, at=at("2026-03-04 00:00"))

    assert [row["rule"] for row in gate.report()["refused"]["rows"]] == ["G1"]


def test_a_move_that_is_no_refusal_is_not_counted(gate):
    gate.do(gate.ask("2026-03-02"), "drop", "2026-03-03")

    assert gate.report()["refused"] == {"total": 0, "rows": []}


@pytest.mark.parametrize(
    ("first", "last", "n"),
    [
        pytest.param("2026-03-03", "2026-03-03", 1, id="the day itself"),
        pytest.param("2026-03-04", "2026-12-31", 0, id="from the day after"),
        pytest.param("2026-01-01", "2026-03-02", 0, id="to the day before"),
    ],
)
def test_both_days_of_the_report_are_counted(gate, first, last, n):
    gate.do(gate.ask("2026-03-02", what="KITE"), "refuse", "2026-03-03")

    found = gate.report((date.fromisoformat(first), date.fromisoformat(last)))

    assert found["refused"]["total"] == n


def test_what_waits_beyond_its_first_day_is_late_and_overdue_after_the_grace(gate):
    case = gate.ask("2026-03-02")
    gate.do(case, "take", "2026-03-03", starts_on="2026-03-10")

    days = [gate.report(now=f"2026-03-{day} 12:00")["late"]["items"] for day in (10, 12, 20)]

    assert days[0] == []
    assert [(row["days"], row["overdue"]) for one in days[1:] for row in one] == [
        (2, False), (10, True),
    ]  # fmt: skip
    assert gate.report(now="2026-03-20 12:00")["late"]["rows"] == [
        {"body": "mill", "title": "磨坊", "n": 1, "overdue": 1, "longest": 10}
    ]


def test_what_began_late_stays_in_the_report_of_its_year_with_the_day_of_the_money(gate):
    case = gate.ask("2026-03-02")
    gate.do(case, "take", "2026-03-03", starts_on="2026-03-10")
    gate.pay(case, "2026-03-12")
    gate.do(case, "run", "2026-03-13")

    [row] = gate.report()["late"]["items"]
    later = gate.report((date(2026, 4, 1), date(2026, 4, 30)))["late"]["items"]

    assert (row["days"], row["overdue"], row["arrived"], row["waits"]) == (
        3, False, "2026-03-12", False,
    )  # fmt: skip
    assert later == []


def test_what_began_in_time_is_not_late(gate):
    case = gate.ask("2026-03-02")
    gate.do(case, "take", "2026-03-03", starts_on="2026-03-10")
    gate.do(case, "run", "2026-03-10")

    assert gate.report()["late"] == {"rows": [], "items": []}


def test_more_than_the_cap_of_a_month_is_told_by_place_and_sender(gate):
    for day, sender, hours in (
        ("2026-03-02", "mill", 8), ("2026-03-20", "forge", 6), ("2026-04-01", "mill", 9),
    ):  # fmt: skip
        gate.do(gate.ask(day, sender=sender, hours=hours), "take", day, starts_on=day)

    [row] = gate.report()["exceeded"]["rows"]

    assert (row["unit_title"], row["item"], row["item_title"]) == ("园", "SAW", "锯")
    assert (row["period"], row["cap"], row["used"]) == ("2026-03-01", 12, 14)
    assert [(one["title"], one["used"]) for one in row["by"]] == [("磨坊", 8), ("铁铺", 6)]


def test_exactly_the_cap_is_no_excess_and_an_item_without_a_cap_has_none(gate):
    gate.do(gate.ask("2026-03-02", hours=12), "take", "2026-03-02", starts_on="2026-03-02")
    gate.do(
        gate.ask("2026-03-02", what="KITE", hours=99), "take", "2026-03-02", starts_on="2026-03-02"
    )

    assert gate.report()["exceeded"]["rows"] == []


def test_grades_of_a_group_that_is_too_small_are_hidden_with_their_number(gate):
    gate.finish("2026-03-02", 5, 2)
    gate.finish("2026-03-03", 4, 2)

    rows = gate.report()["scores"]["rows"]

    assert {(row["hidden"], row["n"], row["mean"]) for row in rows} == {(True, None, None)}


def test_grades_of_a_group_that_is_large_enough_are_a_mean_about_the_other_side(gate):
    for grade in (5, 4, 4):
        gate.finish("2026-03-02", grade, 2)
    gate.finish("2026-03-02", 1, 2, sender="forge")

    found = gate.report()["scores"]

    assert found["min_group"] == 3
    assert {(r["title"], r["question"], r["mean"], r["n"]) for r in found["rows"]} == {
        ("磨坊", "对来者的评分", 4.3, 3), ("铁铺", "对来者的评分", None, None),
        ("园", "对园的评分", 2.0, 4),
    }  # fmt: skip


def test_a_grade_under_seal_is_not_read(gate):
    case = gate.ask("2026-03-02")
    gate.do(case, "take", "2026-03-02", starts_on="2026-03-02")
    data: Data = {"of_sender": 1}
    gate.cases.move(
        case, person=PERSONS[0], kind="amend", data=data, now=at("2026-03-02 11:00")
    )  # fmt: skip

    assert gate.report()["scores"]["rows"] == []


def test_a_grade_that_is_always_hidden_is_never_read(gate):
    for _ in range(4):
        case = gate.ask("2026-03-02", hours=1)
        gate.do(case, "take", "2026-03-02", starts_on="2026-03-02")
        data: Data = {"aside": 1}
        gate.cases.move(
            case, person=PERSONS[0], kind="amend", data=data, now=at("2026-03-02 11:00")
        )  # fmt: skip
        gate.do(case, "run", "2026-03-02")
        gate.do(case, "finish", "2026-03-02", of_sender=5, of_place=5)

    rows = gate.report()["scores"]["rows"]

    assert {row["question"] for row in rows} == {"对来者的评分", "对园的评分"}


def test_nobody_is_named(gate):
    gate.do(gate.ask("2026-03-02", what="KITE"), "refuse", "2026-03-03")
    gate.do(gate.ask("2026-03-02", hours=99), "take", "2026-03-02", starts_on="2026-03-02")
    for _ in range(3):
        gate.finish("2026-03-02", 5, 5)

    told = json.dumps(gate.report(), ensure_ascii=False)

    assert not [name for name in PERSONS if name in told]


def test_what_no_published_file_declares_is_named_as_absent(store):
    found = office(store, publishes=False).report()

    assert found["absent"] == ["refused", "late", "exceeded", "scores"]
    assert found["refused"] is None
