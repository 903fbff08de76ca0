"""What a granted move does: number, documents, links, catalogues, sealed values, keys."""

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.case.errors import MoveRefused
from engine.case.owed import Tell
from engine.language.parts import NumberDef
from engine.step.effects import draws_number, format_number
from tests.builders.club_worlds import (
    HEAD,
    fire,
    opened,
    told,
    variant_of,
    world,  # fmt: skip
)
from tests.builders.shelves import plot
from tests.builders.toy_workflows import field, one_move, toy


def growing(**data: Any) -> Any:
    case = variant_of(plot(), data={"topic": "豆", "beds": 1, "friend": "ke", "feud": False})
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
    again = fire(
        plot(),
        fire(plot(), fire(plot(), growing().after, "freeze").after, "clear", HEAD).after,
        "accept",
        data={"kind": "raised"},
        at=world(next_seq=99),
    )

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
    assert format_number(
        around + "{unit}{year}{seq:04}" + around, unit="{x}", year=2026, seq=seq
    ) == (f"{around}{{x}}2026{seq:04}{around}")


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
    case = variant_of(workflow)
    for trigger in ("hand", "go"):
        with pytest.raises(MoveRefused):
            fire(workflow, case, trigger)

    case = fire(workflow, case, "send").after
    case = fire(workflow, case, "hand").after

    assert case.documents == {
        "paper": {"issued": "2026-03-02T03:00:00Z", "delivered": "2026-03-02T04:00:00Z"}
    }
    assert fire(workflow, case, "go").after.state == "done"


def test_the_assignee_is_whom_the_field_names_at_that_move():
    workflow = toy(
        fields={"who": field("person")},
        states={
            "asked": {
                "on": {"go": {"to": "asked", "by": "anyone", "may": ["who"], "assigns": "who"}}
            }
        },
    )
    case = fire(workflow, variant_of(workflow), "go", data={"who": "er"}).after

    assert case.assignee == "er"
    assert "assignee" not in told(fire(workflow, case, "go"))["patch"]
    assert fire(workflow, variant_of(workflow), "go").after.assignee is None


def test_persons_the_case_names_are_told_by_name():
    workflow = toy(
        fields={"who": field("person", many=True)}, roles={"head": {"level": "region"}, "friend": {"in_case": "who"}},
        states=one_move(tells=["head", "friend", "anyone"]),
    )  # fmt: skip

    step = fire(workflow, variant_of(workflow, data={"who": ["a", "b", "a"]}), "go")

    assert step.effects == (Tell(roles=("head", "friend", "anyone"), persons=("a", "b")),)


def test_a_file_with_a_year_of_its_own_is_unique_by_that_year_or_not_yet_at_all():
    workflow = toy(fields={"year": field("integer")}, unique=["unit", "year"])

    assert opened(workflow).unique is None
    assert opened(workflow, data={"year": 2027}).unique == ("north", "2027")
