"""What a granted move does: number, documents, links, catalogues, sealed values, keys."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.definitions.parts import NumberDef
from engine.effects import draws_number, format_number
from engine.errors import MoveRefused
from engine.links import link_case
from engine.owed import Erase, Join, OpenCase, Publish, Signal, Tell
from tests.builders.shelves import plot
from tests.builders.toys import END, field, one_move, toy
from tests.builders.worlds import (
    GARDENER, HEAD, MONDAY, OTHER, STRANGER, case_of, fire, later, opened, world,
)  # fmt: skip

TWIN = {"twin": {"type": "case", "of": "toy"}}
LINKS = {"parts": {"workflow": "toy", "inverse": "whole"}, "whole": {"workflow": "toy"}, "master": {"workflow": "toy", "inverse": "parts"}}


def growing(**data: Any) -> Any:
    case = case_of(plot(), data={"topic": "豆", "beds": 1, "friend": "ke", "feud": False})
    return fire(plot(), case, "accept", data={"kind": "raised", **data})


def test_a_granted_move_of_the_garden_does_all_that_its_file_says():
    step = growing(bid=7)

    assert step.after.number == "北园园字〔2026〕001号"
    assert step.drew == ("north", "plot", 2026)
    assert step.after.fields["fee"] == "3.0"
    assert step.after.fields["topic"] == "豆你好"
    assert step.after.assignee == "ke"
    assert step.after.documents["permit"] == {"issued": "2026-03-02T03:00:00Z"}
    assert step.after.unsealed == ("growing",)
    assert step.effects == (Tell(roles=("head", "helper"), persons=()),)
    assert step.unique == ("豆你好", "north", "2026")


# --- the number


def test_a_number_is_drawn_once():
    again = fire(plot(), fire(plot(), fire(plot(), growing().after, "freeze").after, "clear", HEAD).after, "accept", data={"kind": "raised"}, at=world(next_seq=99))

    assert again.after.number == "北园园字〔2026〕001号"
    assert again.drew is None


def test_a_number_without_a_move_is_drawn_when_the_case_is_opened():
    step = opened(toy(number="{unit}{year}-{seq:04}"), at=world(next_seq=42))

    assert step.after.number == "北园2026-0042"
    assert fire(toy(number="{unit}{year}-{seq:04}"), step.after, "go").drew is None


def test_the_year_of_a_number_is_the_year_of_the_day_it_happened():
    new_year = datetime(2026, 12, 31, 17, 0, tzinfo=UTC)

    step = opened(toy(number="{year}-{seq}"), now=new_year)

    assert step.after.number == "2027-1"
    assert step.drew == ("north", "toy", 2027)


def test_a_number_cannot_be_drawn_from_a_world_without_a_sequence():
    with pytest.raises(ValueError, match="next_seq"):
        opened(toy(number="{seq}"), at=world(next_seq=None))


@pytest.mark.parametrize(
    ("number", "opening", "trigger", "draws"),
    [
        (None, True, "", False), (NumberDef(format="{seq}"), True, "", True), (NumberDef(format="{seq}"), False, "go", False),
        (NumberDef.model_validate({"format": "{seq}", "drawn": {"move": "go"}}), False, "go", True),
        (NumberDef.model_validate({"format": "{seq}", "drawn": {"move": "go"}}), False, "no", False),
        (NumberDef.model_validate({"format": "{seq}", "drawn": {"move": "go"}}), True, "go", False),
    ],
)  # fmt: skip
def test_a_number_is_drawn_where_the_file_says(number, opening, trigger, draws):
    assert draws_number(number, opening=opening, trigger=trigger) is draws


@given(st.text(alphabet="园字〔〕-号 ·𠮷", max_size=8), st.integers(1, 10**6))
def test_what_stands_around_a_number_stands_there_unchanged(around, seq):
    assert format_number(around + "{unit}{year}{seq:04}" + around, unit="{x}", year=2026, seq=seq) == (
        f"{around}{{x}}2026{seq:04}{around}"
    )


# --- documents, assignee, persons told


def test_documents_are_facts_for_guards():
    workflow = toy(
        documents={"paper": {}},
        states={"asked": {"on": {
            "send": {"to": "stay", "by": "anyone", "issues": ["paper"]},
            "hand": {"to": "stay", "by": "anyone", "delivers": ["paper"], "when": "documents.paper.issued"},
            "go": {"to": "done", "by": "anyone", "when": "documents.paper.delivered"},
        }}},
    )  # fmt: skip
    case = case_of(workflow)
    for trigger in ("hand", "go"):
        with pytest.raises(MoveRefused):
            fire(workflow, case, trigger)

    case = fire(workflow, case, "send").after
    case = fire(workflow, case, "hand").after

    assert case.documents == {"paper": {"issued": "2026-03-02T03:00:00Z", "delivered": "2026-03-02T04:00:00Z"}}
    assert fire(workflow, case, "go").after.state == "done"


def test_the_assignee_is_whom_the_field_names_at_that_move():
    workflow = toy(
        fields={"who": field("person")},
        states={"asked": {"on": {"go": {"to": "asked", "by": "anyone", "may": ["who"], "assigns": "who"}}}},
    )
    case = fire(workflow, case_of(workflow), "go", data={"who": "er"}).after

    assert case.assignee == "er"
    assert "assignee" not in fire(workflow, case, "go").event.public["patch"]
    assert fire(workflow, case_of(workflow), "go").after.assignee is None


def test_persons_the_case_names_are_told_by_name():
    workflow = toy(
        fields={"who": field("person", many=True)}, roles={"head": {"level": "region"}, "friend": {"in_case": "who"}},
        states=one_move(tells=["head", "friend", "anyone"]),
    )  # fmt: skip

    step = fire(workflow, case_of(workflow, data={"who": ["a", "b", "a"]}), "go")

    assert step.effects == (Tell(roles=("head", "friend", "anyone"), persons=("a", "b")),)


# --- links


def test_a_linked_case_is_opened_for_each_item_and_once_without():
    case = case_of(plot(), GARDENER, entry="sent", data={"topic": "豆", "kind": "raised", "beds": 2})
    chores = [
        {"what": "挖", "where": "south", "due_on": "2026-04-01", "plant": "pea"},
        {"what": "浇", "where": "north", "due_on": "2026-04-01"},
    ]

    step = fire(plot(), case, "split", data={"chores": chores})

    assert step.effects == (
        OpenCase(workflow="plot", link="parts", unit="south", data={"topic": "挖", "plant": "pea", "rounds": 7}, inverse="whole"),
        OpenCase(workflow="plot", link="parts", unit="north", data={"topic": "浇", "rounds": 7}, inverse="whole"),
        OpenCase(workflow="plot", link="parts", unit="north", data={"topic": "豆", "kind": "raised", "beds": 3}, inverse="whole"),
    )  # fmt: skip


def test_a_case_is_not_opened_at_a_unit_that_is_not_known():
    workflow = toy(
        fields={"club": {"type": "unit", "label": {"zh": "园", "en": "club"}}}, links=LINKS,
        states=one_move(opens={"workflow": "toy", "as": "parts", "at": "club"}),
    )  # fmt: skip
    case = case_of(workflow)

    with pytest.raises(MoveRefused) as refused:
        fire(workflow, case, "go")

    assert (refused.value.code, refused.value.reasons[0].names) == ("move.guard", ("club",))
    there = fire(workflow, case_of(workflow, data={"club": "south"}), "go").effects
    assert there == (OpenCase(workflow="toy", link="parts", unit="south", data={}, inverse="whole"),)


def test_a_signal_goes_to_every_linked_case_and_to_none_where_there_is_none():
    case = growing().after
    linked = link_case(plot(), case, name="parts", other=OTHER.id, by="gao", now=later(case), world=world()).after

    def signals(of: Any) -> list[Signal]:
        effects = fire(plot(), of, "join", data={"twin": OTHER.number}).effects
        return [e for e in effects if isinstance(e, Signal)]

    first = Signal(cases=(OTHER.id,), trigger="note", data={"remarks": "豆你好"})
    assert signals(case) == [first]
    assert signals(linked) == [first, Signal(cases=(OTHER.id,), trigger="withdraw", data={})]


def test_a_signal_to_a_field_that_names_nobody_goes_nowhere_and_to_many_goes_to_all():
    fields = {"twin": {"type": "case", "of": "toy"}, "more": {"type": "case", "of": "toy", "many": True}}
    workflow = toy(fields=fields, states=one_move(signals={"twin": {"does": "go"}, "more": {"does": "go"}}))

    assert fire(workflow, case_of(workflow), "go").effects == ()
    assert fire(workflow, case_of(workflow, data={"more": [OTHER.id]}), "go").effects == (
        Signal(cases=(OTHER.id,), trigger="go", data={}),
    )


def test_joining_notes_the_link_and_owes_the_inverse():
    step = fire(plot(), growing().after, "join", data={"twin": OTHER.id})

    assert step.after.links == {"master": (OTHER.id,)}
    assert Join(case=OTHER.id, inverse="parts") in step.effects
    again = fire(plot(), step.after, "join", data={"twin": OTHER.id})
    assert again.after.links == {"master": (OTHER.id,)}


def test_joining_a_case_that_no_field_names_yet_joins_nothing():
    workflow = toy(fields=TWIN, links=LINKS, states=one_move(joins={"case": "twin", "as": "master"}))

    assert fire(workflow, case_of(workflow), "go").after.links == {}


def test_a_link_is_noted_once_and_clocks_may_be_met_by_it():
    workflow = toy(links=LINKS, clocks={"c": {"within": "5 days", "starts": ["asked"], "met": "links.parts.size() > 0"}})
    case = case_of(workflow)

    step = link_case(workflow, case, name="parts", other=OTHER.id, by="gao", now=later(case), world=world())
    again = link_case(workflow, step.after, name="parts", other=OTHER.id, by="gao", now=later(case), world=world())

    assert (step.event.kind, step.event.public["link"], step.event.public["other"]) == ("linked", "parts", OTHER.id)
    assert step.after.links == again.after.links == {"parts": (OTHER.id,)}
    assert step.after.runs[0].ended == "met"


def test_of_a_linked_case_guards_know_what_the_link_shows_and_no_more():
    workflow = toy(
        links=LINKS, facts={"open": {"is": "links.parts.filter(p, !p.final && !has(p.outcome)).map(p, p.state)"}},
        states=one_move(when="open == ['growing']"),
    )  # fmt: skip
    case = case_of(workflow)
    linked = link_case(workflow, case, name="parts", other=OTHER.id, by="gao", now=later(case), world=world()).after

    assert fire(workflow, linked, "go").after.state == "done"
    with pytest.raises(MoveRefused):
        fire(workflow, linked, "go", at=world(linked={}))


# --- catalogues


def test_a_row_is_published_with_computed_columns():
    case = growing().after

    put = fire(plot(), case, "list_it").effects
    drop = fire(plot(), case, "unlist").effects

    assert put == (Publish(catalogue="plants", row={"code": case.number, "name": "豆你好", "kind": "A"}),)
    assert drop == (Publish(catalogue="plants", row={"code": case.number}, drop=True),)


def test_the_rows_a_case_names_are_kept_in_its_event():
    step = fire(plot(), growing().after, "plant", data={"plant": "pea", "twin": OTHER.id})

    assert step.event.public["consulted"]["rows"] == {
        "pea": {"code": "pea", "name": "豌豆", "kind": "A", "weeks": 9, "from": "2026-01-01"}
    }  # fmt: skip


@pytest.mark.parametrize(("privacy", "many", "told"), [("public", False, True), ("public", True, True), ("personal", False, False)])
def test_the_rows_of_a_confidential_field_are_not_told(privacy, many, told):
    plant = {"type": "item", "of": "plants", "privacy": privacy, "many": many}
    workflow = toy(fields={"plant": plant}, states=one_move(asks=["plant"]))

    step = fire(workflow, case_of(workflow), "go", data={"plant": ["pea"] if many else "pea"})

    assert ("rows" in step.event.public["consulted"]) is told


def test_a_row_that_is_no_longer_there_is_not_told():
    workflow = toy(fields={"plant": {"type": "item", "of": "plants"}})
    case = case_of(workflow, data={"plant": "pea"})

    step = fire(workflow, case, "go", at=world(catalogues={}, params={"a": 1}, counts={}))

    assert step.event.public["consulted"] == {"calendar": world().calendar.version, "params": {"a": 1}}


# --- sealed values


SECRET = {"note": {"type": "text", "privacy": "confidential"}, "plain": field("text"), "diary": field("text")}
ERASES = toy(
    fields=SECRET,
    states={"asked": {"on": {
        "write": {"to": "stay", "by": "anyone", "may": ["note", "diary"]},
        "burn": {"to": "stay", "by": "anyone", "may": ["note"], "erases": ["note", "diary"]},
        "go": {"to": "done", "by": "anyone"},
    }}},
)  # fmt: skip


def test_a_field_that_is_erased_anywhere_has_a_vault_of_its_own():
    assert ERASES.vaults == {"note": "confidential/note", "diary": "public/diary"}


def test_erasing_takes_the_value_from_the_case_and_owes_the_destruction_of_its_key():
    case = case_of(ERASES, data={"note": "hush", "plain": "x"})

    step = fire(ERASES, case, "burn")

    assert step.after.fields == {"plain": "x"}
    assert step.after.erased == {"note"}
    assert step.effects == (Erase(vault="confidential/note"),)


def test_what_is_given_with_the_move_that_erases_is_never_kept():
    step = fire(ERASES, case_of(ERASES), "burn", data={"note": "hush"})

    assert "hush" not in repr(step.event)
    assert step.after.erased == {"note"}


def test_a_sealed_value_is_in_the_sealed_part_of_the_event_alone():
    step = opened(ERASES, data={"note": "hush", "plain": "x"})

    assert "hush" not in repr(step.event.public)
    assert step.event.sealed == {"confidential/note": {"set": {"note": "hush"}}}
    assert step.event.public["patch"]["set"] == {"plain": "x"}


# --- keys


UNIQUE = {"kind": field("text"), "year": field("integer")}


@pytest.mark.parametrize(
    ("unique", "data", "key"),
    [
        (["unit", "kind"], {"kind": "a"}, ("north", "a")),
        (["unit", "kind"], {}, None),
        (["year"], {"year": 1999}, ("1999",)),
        (["unit"], {}, ("north",)),
        ([], {}, None),
    ],
)
def test_a_case_s_key_is_known_when_all_its_parts_are(unique, data, key):
    assert opened(toy(fields=UNIQUE, unique=unique), data=data).unique == key


def test_the_year_of_a_key_is_the_year_the_case_was_opened_where_the_office_is():
    workflow = toy(unique=["year"])
    step = opened(workflow, now=datetime(2026, 12, 31, 17, 0, tzinfo=UTC))

    assert step.unique == ("2027",)
    assert fire(workflow, step.after, "go", now=later(step.after, days=400)).unique == ("2027",)


def test_a_field_called_unit_beats_the_case_s_unit_in_a_key():
    workflow = toy(fields={"level": field("text")}, unique=["unit", "level"])

    assert opened(workflow, data={"level": "x"}).unique == ("north", "x")


def test_an_opening_in_a_final_state_is_closed_at_once():
    workflow = toy(opening={"to": "done", "by": "anyone"}, states={"asked": {}, "done": END})

    assert opened(workflow).after.outcome == "positive"


def test_the_opening_of_a_case_is_dated_as_it_happened():
    step = opened(toy(), now=MONDAY + timedelta(days=1), occurred_at=MONDAY)

    assert step.after.opened_at == "2026-03-02T02:00:00Z"
    assert step.after.opened_by == STRANGER.id
