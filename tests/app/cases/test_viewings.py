"""An auditor asks to read a case, the warden allows it for three days; nothing tells more."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from engine.case.values import Unit
from heyi.app.acts.errors import SignInNeeded
from heyi.app.cases.cases import Cases
from heyi.app.cases.viewings import LAPSES, RequestDecided, RequestView, Viewings
from heyi.app.errors import InputWrong
from heyi.app.reader import Reader
from storage.kernel.errors import CaseNotFound, RequestNotFound
from storage.kernel.records import Person
from tests.app.cases.test_knowing import statements
from tests.builders.quarrel_office import KEEPER, PARTY, WARDEN, Park, at, park

ASKED = at("2026-03-05 12:00")
AUDITOR, WHY = Reader(person="a-shen"), "核查三月的纠纷登记"
HEAD = Reader(person=WARDEN)
NOWHERE = "无此〔2026〕999号"


@pytest.fixture
def office(sqlite_template: Path, tmp_path: Path) -> Iterator[Park]:
    with park(sqlite_template, tmp_path / "park.db") as found:
        with found.cases.store.write() as work:
            work.units.put(Unit(id="elsewhere", level="park", title="别的公园"))
            for person, unit in (("a-shen", "park"), ("a-qi", "elsewhere")):
                work.people.put(Person(id=person, display_name=f"{person}员"))
                work.people.give_post(person, role="auditor", unit=unit)
        yield found


def viewings(office: Park) -> Viewings:
    return Viewings(office.cases)


def ask(office: Park, ref: str, reader: Reader = AUDITOR) -> RequestView:
    return viewings(office).request(reader, ref=ref, reason=WHY, now=ASKED)


def knows(office: Park, case: str, day: str, reader: Reader = AUDITOR) -> bool:
    """Tell whether somebody knows a case; the list and the single look must agree."""
    cases, now = Cases(office.cases), at(f"{day} 12:00")
    listed = {one.id for one in cases.list(reader, now=now).items}
    try:
        cases.show(reader, ref=case, now=now)
    except CaseNotFound:
        assert case not in listed
        return False
    assert case in listed
    return True


def allowed(office: Park, case: str) -> RequestView:
    asked = ask(office, case)
    return viewings(office).allow(HEAD, request=asked.id, now=ASKED, answer="勿外传")


@pytest.mark.parametrize("hurt", [False, True])
def test_who_was_allowed_reads_for_three_days_and_then_no_more(office: Park, hurt: bool):
    case = office.quarrel(hurt=hurt)
    head = Reader(person=KEEPER) if hurt else HEAD
    asked = ask(office, case)

    told = viewings(office).allow(head, request=asked.id, now=ASKED)

    assert (told.state, told.until) == ("allowed", "2026-03-07")
    known = {day: knows(office, case, f"2026-03-0{day}") for day in (5, 6, 7, 8)}
    assert known == {5: True, 6: True, 7: True, 8: False}
    fields = Cases(office.cases).show(AUDITOR, ref=case, now=ASKED).fields
    assert fields["where"].readable
    assert "hurt" not in fields
    assert [one.state for one in viewings(office).own(AUDITOR, now=ASKED).items] == ["allowed"]
    later = at("2026-03-08 09:00")
    assert [one.state for one in viewings(office).own(AUDITOR, now=later).items] == ["over"]


def test_a_case_that_may_not_be_asked_for_is_answered_as_one_that_is_not(
    office: Park, monkeypatch: pytest.MonkeyPatch
):
    case = office.quarrel()
    stranger = Reader(person="a-qi")
    ask(office, NOWHERE, stranger)
    said = []
    for ref in (NOWHERE, case):
        with statements(monkeypatch, office.cases.store) as sql:
            told = ask(office, ref, stranger)
        said.append((told.state, told.reason, list(sql)))

    assert said[0] == said[1]
    assert viewings(office).waiting(HEAD, now=ASKED).items == ()
    assert len(viewings(office).own(stranger, now=ASKED).items) == 3


def test_only_who_may_allow_it_sees_a_request_and_decides(office: Park):
    case = office.quarrel()
    asked = ask(office, case)

    for other in (PARTY, "k-sun", AUDITOR.person, "h-feng"):
        reader = Reader(person=other)
        assert viewings(office).waiting(reader, now=ASKED).items == ()
        for decide in (viewings(office).allow, viewings(office).decline):
            with pytest.raises(RequestNotFound):
                decide(reader, request=asked.id, now=ASKED, answer="否")
    seen = viewings(office).waiting(HEAD, now=ASKED).items
    assert [(one.id, one.reason) for one in seen] == [(asked.id, WHY)]
    assert seen[0].ref.endswith("号")


def test_a_request_is_decided_once(office: Park):
    case = office.quarrel()
    asked = ask(office, case)

    told = viewings(office).decline(HEAD, request=asked.id, now=ASKED, answer="与职责无关")

    assert (told.state, told.answer) == ("declined", "与职责无关")
    assert not knows(office, case, "2026-03-05")
    with pytest.raises(RequestDecided):
        viewings(office).allow(HEAD, request=asked.id, now=ASKED)
    assert viewings(office).waiting(HEAD, now=ASKED).items == ()


def test_the_end_of_the_post_ends_the_reading(office: Park):
    case = office.quarrel()
    allowed(office, case)
    assert knows(office, case, "2026-03-05")

    with office.cases.store.write() as work:
        work.people.take_post("a-shen", role="auditor", unit="park")

    assert not knows(office, case, "2026-03-05")


def test_who_is_in_the_case_neither_asks_nor_reads(office: Park):
    case = office.quarrel(who="a-shen")
    asked = ask(office, case)

    assert viewings(office).waiting(HEAD, now=ASKED).items == ()
    with pytest.raises(RequestNotFound):
        viewings(office).allow(HEAD, request=asked.id, now=ASKED)


def test_a_reading_on_request_is_noted_for_the_head(office: Park):
    case = office.quarrel()
    allowed(office, case)
    Cases(office.cases).show(AUDITOR, ref=case, now=ASKED)
    Cases(office.cases).history(AUDITOR, ref=case, now=ASKED)

    found = Cases(office.cases).readings(Reader(person=KEEPER), ref=case, now=ASKED).items

    assert [(one.person, one.what) for one in found] == [
        ("a-shen", "history (request)"), ("a-shen", "show (request)"),
    ]  # fmt: skip


def test_a_request_without_a_reason_or_with_a_book_is_refused(office: Park):
    case = office.quarrel()
    for reason in ("", "  ", "长" * 501):
        with pytest.raises(InputWrong):
            viewings(office).request(AUDITOR, ref=case, reason=reason, now=ASKED)
    asked = ask(office, case)
    for answer in ("", "长" * 501):
        with pytest.raises(InputWrong):
            viewings(office).decline(HEAD, request=asked.id, now=ASKED, answer=answer)
    with pytest.raises(InputWrong):
        viewings(office).allow(HEAD, request=asked.id, now=ASKED, answer="长" * 501)


def test_nobody_in_particular_asks_for_nothing(office: Park):
    with pytest.raises(SignInNeeded):
        ask(office, office.quarrel(), Reader())


def test_a_request_that_nobody_decides_lapses(office: Park):
    case = office.quarrel()
    ask(office, case)
    after = ASKED + LAPSES

    assert [one.state for one in viewings(office).own(AUDITOR, now=after).items] == ["waiting"]
    late = after.replace(minute=1)
    assert [one.state for one in viewings(office).own(AUDITOR, now=late).items] == ["over"]
    assert viewings(office).waiting(HEAD, now=late).items == ()


def test_pages_hold_every_request_once(office: Park):
    case = office.quarrel()
    asked = {ask(office, case).id for _ in range(3)}

    for page_of, reader in ((viewings(office).own, AUDITOR), (viewings(office).waiting, HEAD)):
        first = page_of(reader, now=ASKED, limit=2)
        assert first.next is not None
        rest = page_of(reader, now=ASKED, limit=2, after=first.next)
        assert rest.next is None
        assert {one.id for one in (*first.items, *rest.items)} == asked


def test_each_request_and_decision_is_an_act_without_the_case_or_the_reason(office: Park):
    case = office.quarrel()
    allowed(office, case)

    with office.cases.store.read() as work:
        acts = work.acts.list(kind="viewing", actor=None, before=None, limit=9)
    assert [one.kind for one in acts] == ["viewing.allowed", "viewing.requested"]
    assert all(set(one.public) == {"request"} for one in acts)
