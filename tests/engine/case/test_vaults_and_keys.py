"""Sealed values, erased ones, and the keys that make a case the only one of its kind."""

from datetime import UTC, datetime, timedelta

import pytest

from engine.case.owed import Erase
from tests.builders.club_worlds import (
    MONDAY,
    STRANGER,
    fire,
    later,
    opened,  # fmt: skip
    told,
    variant_of,
)
from tests.builders.toy_workflows import END, field, toy

# --- sealed values


SECRET = {
    "note": {"type": "text", "privacy": "confidential"},
    "plain": field("text"),
    "diary": field("text"),
}
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
    case = variant_of(ERASES, data={"note": "hush", "plain": "x"})

    step = fire(ERASES, case, "burn")

    assert step.after.fields == {"plain": "x"}
    assert step.after.erased == {"note"}
    assert step.effects == (Erase(vault="confidential/note"),)


def test_what_is_given_with_the_move_that_erases_is_never_kept():
    step = fire(ERASES, variant_of(ERASES), "burn", data={"note": "hush"})

    assert "hush" not in repr(step.event)
    assert step.after.erased == {"note"}


def test_a_sealed_value_is_in_the_sealed_part_of_the_event_alone():
    step = opened(ERASES, data={"note": "hush", "plain": "x"})

    assert "hush" not in repr(step.event.public)
    assert step.event.sealed == {"confidential/note": {"set": {"note": "hush"}}}
    assert told(step)["patch"]["set"] == {"plain": "x"}


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
