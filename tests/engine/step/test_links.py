"""Other cases and catalogues: opened, signalled, joined, linked, published."""

from dataclasses import replace
from typing import Any

import pytest

from engine.case.errors import MoveRefused
from engine.case.owed import Join, OpenCase, Publish, Signal, Tell
from engine.step.links import link_case
from tests.builders.club_worlds import (
    GARDENER,
    OTHER,
    fire,
    later,
    opened,
    told,
    variant_of,
    world,  # fmt: skip
)
from tests.builders.shelves import plot
from tests.builders.toy_workflows import one_move, toy

TWIN = {"twin": {"type": "case", "of": "plot"}}
LINKS = {
    "parts": {"workflow": "toy", "inverse": "whole"},
    "whole": {"workflow": "toy"},
    "master": {"workflow": "toy", "inverse": "parts"},
}


def growing(**data: Any) -> Any:
    case = variant_of(plot(), data={"topic": "豆", "beds": 1, "friend": "ke", "feud": False})
    return fire(plot(), case, "accept", data={"kind": "raised", **data})


# --- links


def test_a_linked_case_is_opened_for_each_item_and_once_without():
    case = variant_of(
        plot(), GARDENER, entry="sent", data={"topic": "豆", "kind": "raised", "beds": 2}
    )
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


def test_an_opening_may_open_a_linked_case_and_tell_people():
    opening = {
        "to": "asked",
        "by": "anyone",
        "opens": {"workflow": "toy", "as": "parts"},
        "tells": ["head"],
    }

    step = opened(toy(links=LINKS, opening=opening))

    assert step.effects == (
        OpenCase(workflow="toy", link="parts", unit="north", data={}, inverse="whole"),
        Tell(roles=("head",)),
    )


def test_a_case_is_not_opened_at_a_unit_that_is_not_known():
    workflow = toy(
        fields={"club": {"type": "unit", "label": {"zh": "园", "en": "club"}}}, links=LINKS,
        states=one_move(opens={"workflow": "toy", "as": "parts", "at": "club"}),
    )  # fmt: skip
    case = variant_of(workflow)

    with pytest.raises(MoveRefused) as refused:
        fire(workflow, case, "go")

    assert (refused.value.code, refused.value.reasons[0].names) == ("move.guard", ("club",))
    there = fire(workflow, variant_of(workflow, data={"club": "south"}), "go").effects
    assert there == (
        OpenCase(workflow="toy", link="parts", unit="south", data={}, inverse="whole"),
    )


def test_a_signal_goes_to_every_linked_case_and_to_none_where_there_is_none():
    case = growing().after
    linked = link_case(
        plot(), case, name="parts", other=OTHER.id, by="gao", now=later(case), world=world()
    ).after

    def signals(of: Any) -> list[Signal]:
        effects = fire(plot(), of, "join", data={"twin": OTHER.number}).effects
        return [e for e in effects if isinstance(e, Signal)]

    first = Signal(cases=(OTHER.id,), trigger="note", data={"remarks": "豆你好"})
    assert signals(case) == [first]
    assert signals(linked) == [first, Signal(cases=(OTHER.id,), trigger="withdraw", data={})]


def test_a_signal_to_a_field_that_names_nobody_goes_nowhere_and_to_many_goes_to_all():
    fields = {
        "twin": {"type": "case", "of": "plot"},
        "more": {"type": "case", "of": "plot", "many": True},
    }
    workflow = toy(
        fields=fields, states=one_move(signals={"twin": {"does": "go"}, "more": {"does": "go"}})
    )

    assert fire(workflow, variant_of(workflow), "go").effects == ()
    assert fire(workflow, variant_of(workflow, data={"more": [OTHER.id]}), "go").effects == (
        Signal(cases=(OTHER.id,), trigger="go", data={}),
    )


def test_joining_notes_the_link_and_owes_the_inverse():
    step = fire(plot(), growing().after, "join", data={"twin": OTHER.id})

    assert step.after.links == {"master": (OTHER.id,)}
    assert Join(case=OTHER.id, inverse="parts") in step.effects
    again = fire(plot(), step.after, "join", data={"twin": OTHER.id})
    assert again.after.links == {"master": (OTHER.id,)}


def test_joining_a_case_that_no_field_names_yet_joins_nothing():
    workflow = toy(
        fields=TWIN, links=LINKS, states=one_move(joins={"case": "twin", "as": "master"})
    )

    assert fire(workflow, variant_of(workflow), "go").after.links == {}


def test_a_case_is_not_joined_to_itself():
    workflow = toy(
        fields={"twin": {"type": "case", "of": "toy", "label": {"zh": "主案", "en": "master"}}},
        links=LINKS, states=one_move(asks=["twin"], joins={"case": "twin", "as": "master"}),
    )  # fmt: skip
    case = variant_of(workflow)
    own = world(linked={case.id: replace(OTHER, id=case.id, workflow="toy", number="北1号")})

    with pytest.raises(MoveRefused) as refused:
        fire(workflow, case, "go", data={"twin": "北1号"}, at=own)

    [reason] = refused.value.reasons
    assert (reason.code, reason.names) == ("move.field", ("twin",))
    assert reason.words.zh == "“主案”（twin）不能是本案自己"


@pytest.mark.parametrize("named", [OTHER.id, OTHER.number])
def test_a_case_of_another_workflow_than_the_field_says_is_not_accepted(named):
    workflow = toy(
        fields={"twin": {"type": "case", "of": "toy"}}, links=LINKS,
        states=one_move(asks=["twin"], joins={"case": "twin", "as": "master"}),
    )  # fmt: skip

    with pytest.raises(MoveRefused) as refused:
        fire(workflow, variant_of(workflow), "go", data={"twin": named})

    assert [reason.code for reason in refused.value.reasons] == ["move.field"]
    assert "no case of workflow 'toy'" in str(refused.value)


def test_a_link_is_noted_once_and_clocks_may_be_met_by_it():
    workflow = toy(
        links=LINKS,
        clocks={"c": {"within": "5 days", "starts": ["asked"], "met": "links.parts.size() > 0"}},
    )
    case = variant_of(workflow)

    step = link_case(
        workflow, case, name="parts", other=OTHER.id, by="gao", now=later(case), world=world()
    )
    again = link_case(
        workflow, step.after, name="parts", other=OTHER.id, by="gao", now=later(case), world=world()
    )

    assert (step.event.kind, told(step)["link"], told(step)["other"]) == (
        "linked",
        "parts",
        OTHER.id,
    )
    assert step.after.links == again.after.links == {"parts": (OTHER.id,)}
    assert step.after.runs[0].ended == "met"


def test_of_a_linked_case_guards_know_what_the_link_shows_and_no_more():
    workflow = toy(
        links=LINKS, facts={"open": {"is": "links.parts.filter(p, !p.final && !has(p.outcome)).map(p, p.state)"}},
        states=one_move(when="open == ['growing']"),
    )  # fmt: skip
    case = variant_of(workflow)
    linked = link_case(
        workflow, case, name="parts", other=OTHER.id, by="gao", now=later(case), world=world()
    ).after

    assert fire(workflow, linked, "go").after.state == "done"
    with pytest.raises(MoveRefused):
        fire(workflow, linked, "go", at=world(linked={}))


# --- catalogues


def test_a_row_is_published_with_computed_columns():
    case = growing().after

    put = fire(plot(), case, "list_it").effects
    drop = fire(plot(), case, "unlist").effects

    assert put == (
        Publish(catalogue="plants", row={"code": case.number, "name": "豆你好", "kind": "A"}),
    )
    assert drop == (Publish(catalogue="plants", row={"code": case.number}, drop=True),)


def test_the_rows_a_case_names_are_kept_in_its_event():
    step = fire(plot(), growing().after, "plant", data={"plant": "pea", "twin": OTHER.id})

    assert told(step)["consulted"]["rows"] == {
        "pea": {"code": "pea", "name": "豌豆", "kind": "A", "weeks": 9, "from": "2026-01-01"}
    }  # fmt: skip


@pytest.mark.parametrize(
    ("privacy", "many", "shown"),
    [("public", False, True), ("public", True, True), ("personal", False, False)],
)
def test_the_rows_of_a_confidential_field_are_not_told(privacy, many, shown):
    plant = {"type": "item", "of": "plants", "privacy": privacy, "many": many}
    workflow = toy(fields={"plant": plant}, states=one_move(asks=["plant"]))

    step = fire(workflow, variant_of(workflow), "go", data={"plant": ["pea"] if many else "pea"})

    assert ("rows" in told(step)["consulted"]) is shown


def test_a_row_that_is_no_longer_there_is_not_told():
    workflow = toy(fields={"plant": {"type": "item", "of": "plants"}})
    case = variant_of(workflow, data={"plant": "pea"})

    step = fire(workflow, case, "go", at=world(catalogues={}, params={"a": 1}, counts={}))

    assert told(step)["consulted"] == {
        "calendar": world().calendar.version,
        "params": {"a": 1},
    }


def test_the_case_that_is_joined_is_signalled_and_told_of_the_link_before():
    move = {
        "asks": ["twin"],
        "joins": {"case": "twin", "as": "master"},
        "signals": {"links.master": {"does": "absorb"}},
    }
    workflow = toy(fields=TWIN, links=LINKS, states=one_move(**move))

    step = fire(workflow, variant_of(workflow), "go", data={"twin": OTHER.id})

    assert step.effects == (
        Join(case=OTHER.id, inverse="parts"),
        Signal(cases=(OTHER.id,), trigger="absorb", data={}),
    )


def test_what_a_field_holds_is_passed_on_as_it_is_kept_and_what_is_computed_without_titles():
    fields = {
        **TWIN, "fee": {"type": "money"},
        "rows": {"type": "list", "of": {"code": {"type": "text"}, "at": {"type": "unit", "optional": True}}},
    }  # fmt: skip
    given = {
        "fee": "12.50",
        "rows": [{"code": "a", "at": "south"}, {"code": "b"}],
        "twin": OTHER.number,
    }
    with_ = {
        "fee": "fee", "rows": "rows", "mate": "twin", "more": "=fee * 2.0", "lives": "=unit",
        "places": "=rows.filter(r, has(r.at)).map(r, r.at)",
    }  # fmt: skip
    workflow = toy(
        fields=fields,
        links=LINKS,
        states=one_move(signals={"twin": {"does": "go", "with": with_}}),
    )

    (signal,) = fire(workflow, variant_of(workflow, data=given), "go").effects

    assert isinstance(signal, Signal)
    assert signal.data == {
        "fee": "12.50", "rows": given["rows"], "mate": OTHER.id, "more": 25.0, "lives": "north", "places": ["south"],
    }  # fmt: skip
