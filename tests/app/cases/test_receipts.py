"""The receipt: for who opened the case alone, with nothing that the case says."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from heyi.app.cases.cases import Cases
from heyi.app.cases.receipts import ReceiptView
from heyi.app.reader import Reader
from storage.kernel.errors import CaseNotFound
from tests.builders.quarrel_office import KEEPER, WARDEN, Park, at, park

NOW = at("2026-03-03 12:00")
CANARY = "金丝雀楼三单元"


@pytest.fixture
def office(sqlite_template: Path, tmp_path: Path) -> Iterator[Park]:
    with park(sqlite_template, tmp_path / "park.db") as found:
        yield found


def receipt(office: Park, case: str, person: str = KEEPER) -> ReceiptView:
    return Cases(office.cases).receipt(Reader(person=person), ref=case, now=NOW)


def test_a_receipt_says_number_day_and_what_is_due_and_nothing_of_the_case(office: Park):
    case = office.quarrel(where=CANARY)

    told = receipt(office, case)

    assert told.number is not None
    assert (told.unit, told.opened_on, told.state_label) == ("east园", "2026-03-03", "已报")
    assert told.next == "去看"
    assert "2026" in told.due or told.due
    assert "地点" in told.given
    assert CANARY not in told.model_dump_json()


def test_of_a_sealed_case_the_coarse_words_alone(office: Park):
    case = office.quarrel(hurt=True)

    told = receipt(office, case)

    assert told.state_label == "在办"
    assert (told.next, told.due, told.given) == ("", "", ())
    office.do(case, "drop", "2026-03-03")
    assert receipt(office, case).state_label == "已结"


@pytest.mark.parametrize("person", [WARDEN, "k-sun", "p-zheng", ""])
def test_nobody_else_has_a_receipt(office: Park, person: str):
    case = office.quarrel()

    with pytest.raises(CaseNotFound):
        receipt(office, case, person)
