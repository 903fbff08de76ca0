"""Signing in a real store: what was shown is what is signed, and no signature is lost."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from engine.case.errors import MoveRefused
from engine.case.values import Case, Unit
from heyi.app.cases.casework import Casework
from heyi.app.cases.views import case_view
from heyi.app.cases.worlds import Worlds
from heyi.app.library.library import Library
from heyi.app.library.shelf import FolderShelf
from storage.kernel.records import Person
from storage.work import Store
from tests.builders.errand_office import MASTER, ZONE, at
from tests.builders.shelves import SHIPPED
from tests.builders.toy_workflows import END, field, toy

NOW = at("2026-03-02 10:00")
WORKFLOW = toy(
    fields={"n": field("integer"), "s": {"type": "text", "privacy": "confidential"}},
    unique=["unit", "n"],
    opening={"to": "asked", "by": "anyone"},
    states={
        "asked": {"on": {
            "spend": {"to": "done", "by": "gardener", "cosign": ["head"], "asks": ["n"], "may": ["s"]},
            "share": {"to": "done", "by": "gardener", "cosign": ["head", "gardener"], "asks": ["n"]},
        }},
        "done": {**END, "on": {"renumber": {"to": "stay", "by": "gardener", "asks": ["n"]}}},
    },
)  # fmt: skip


@pytest.fixture
def cases(url: str) -> Iterator[Casework]:
    with Store(url, MASTER) as store:
        library = Library(FolderShelf([SHIPPED]))
        found = Casework(store, library, Worlds(library, ZONE, {}), zone=ZONE)
        with store.write() as work:
            work.units.put(Unit(id="town", level="region", title="镇"))
            work.units.put(Unit(id="north", level="garden", title="北园", parent="town"))
            posts = {
                "gao": ("gardener", "north"),
                "er": ("gardener", "north"),
                "tou": ("head", "town"),
            }
            for person, (role, unit) in posts.items():
                work.people.put(Person(id=person, display_name=person))
                work.people.give_post(person, role=role, unit=unit)
            library.publish(work, WORKFLOW, at=at("2026-01-01 00:00"))
        yield found


def asked(cases: Casework) -> str:
    return cases.open("toy", unit="north", person="gao", data={}, now=NOW).after.id


def spend(cases: Casework, case: str, person: str = "gao", **data: Any) -> None:
    cases.move(case, person=person, trigger="spend", data=data, now=NOW)


def sign(cases: Casework, case: str, shown: str) -> Any:
    return cases.move(case, person="tou", trigger="spend", kind="sign", hash=shown, now=NOW)


def load(cases: Casework, case: str) -> Case:
    with cases.store.read() as work:
        assert work.chain.verify(case) == ()
        return work.cases.load(case)


def test_whoever_was_shown_two_never_signs_nine_hundred(cases):
    case = asked(cases)
    spend(cases, case, n=2)
    shown = cases.shown_hash(case, "spend")

    with pytest.raises(MoveRefused) as colleague:
        spend(cases, case, person="er", n=900)
    spend(cases, case, n=900)
    with pytest.raises(MoveRefused) as signed:
        sign(cases, case, shown)

    assert colleague.value.code == "move.duplicate"
    assert [(r.code, r.names) for r in signed.value.reasons] == [("move.conflict", ("n",))]
    assert "由“2”变为“900”" in signed.value.reasons[0].text()
    assert load(cases, case).proposals[0].needs == ("head",)


def test_what_people_are_shown_of_the_hash_is_enough_to_sign(cases):
    case = asked(cases)
    spend(cases, case, n=2, s="hush")
    view = case_view(cases.see(case, person="tou", now=NOW), "zh")

    proposal = view.proposals[0]
    assert (proposal.complete, proposal.text["n"].value, proposal.text["s"].readable) == (
        False, 2, False,
    )  # fmt: skip
    with pytest.raises(MoveRefused):
        sign(cases, case, proposal.hash[:15])
    assert sign(cases, case, proposal.hash[:16]).after.state == "done"


def test_the_last_signature_is_kept_where_a_key_refuses_the_move(cases):
    first, second = asked(cases), asked(cases)
    for case in (first, second):
        spend(cases, case, n=2)
    sign(cases, first, cases.shown_hash(first, "spend"))

    step = sign(cases, second, cases.shown_hash(second, "spend"))

    assert (step.event.kind, step.event.public["waits"]) == ("signed", ["move.duplicate"])
    waits = load(cases, second)
    assert (waits.state, waits.proposals[0].needs) == ("asked", ())
    with pytest.raises(MoveRefused) as refused:
        spend(cases, second, person="er")
    assert refused.value.code == "move.duplicate"
    cases.move(first, person="gao", trigger="renumber", data={"n": 3}, now=NOW)
    spend(cases, second, person="er")
    assert load(cases, second).state == "done"


def test_a_text_s_hash_tells_nothing_of_what_is_sealed(cases):
    texts = [asked(cases), asked(cases)]
    for case in texts:
        spend(cases, case, n=2, s="hush")

    with cases.store.read() as work:
        events = [work.cases.events(case)[-1] for case in texts]

    salts = {str(event.sealed["confidential"]["salt"]) for event in events}
    assert len(salts) == 2
    assert not any(salt in str(event.public) for salt in salts for event in events)


def away(cases: Casework, person: str, substitute: str) -> None:
    """Note that somebody is away on the day of these stories."""
    with cases.store.write() as work:
        work.absences.put(person, NOW.date(), NOW.date(), substitute)


def test_the_chair_is_away_and_the_substitute_signs(cases):
    with cases.store.write() as work:
        work.people.put(Person(id="dai", display_name="dai"))
    away(cases, "tou", "dai")
    case = asked(cases)
    spend(cases, case, n=2)
    shown = cases.shown_hash(case, "spend")

    step = cases.move(case, person="dai", trigger="spend", kind="sign", hash=shown, now=NOW)

    assert (step.after.state, step.event.public["acting_for"]) == ("done", "tou")


def test_who_signed_does_not_sign_for_the_chair_too(cases):
    away(cases, "tou", "gao")
    case = asked(cases)
    spend(cases, case, n=2)

    with pytest.raises(MoveRefused) as refused:
        cases.move(
            case, person="gao", trigger="spend", kind="sign", now=NOW,
            hash=cases.shown_hash(case, "spend"),
        )  # fmt: skip

    assert refused.value.code == "move.role"


def test_after_the_absence_nothing_is_left_of_it(cases):
    away(cases, "tou", "er")
    case = asked(cases)
    spend(cases, case, n=2)
    shown = cases.shown_hash(case, "spend")

    with pytest.raises(MoveRefused) as refused:
        cases.move(
            case, person="er", trigger="spend", kind="sign", hash=shown,
            now=NOW + timedelta(days=1),
        )  # fmt: skip

    assert refused.value.code == "move.role"
    assert sign(cases, case, shown).after.state == "done"


def test_who_signed_what_is_void_is_told(cases):
    with cases.store.write() as work:
        work.people.give_post("er", role="head", unit="town")
    case = asked(cases)
    cases.move(case, person="gao", trigger="share", data={"n": 2}, now=NOW)
    cases.move(
        case, person="tou", trigger="share", kind="sign", now=NOW,
        hash=cases.shown_hash(case, "share"),
    )  # fmt: skip
    cases.move(case, person="gao", trigger="share", data={"n": 900}, now=NOW)

    with cases.store.read() as work:
        (alert,) = work.alerts.to("tou")
    assert (alert.kind, alert.mark, alert.case) == ("tell", "voided", case)
