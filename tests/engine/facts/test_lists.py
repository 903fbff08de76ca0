"""Lists in a move: replaced, appended to, edited; amendments and corrections beside moves."""

from types import MappingProxyType
from typing import Any

import pytest

from engine.case.errors import MoveRefused
from tests.builders.club_worlds import BED, GARDENER, HEAD, STRANGER, fire, told, variant_of
from tests.builders.toy_workflows import END, field, one_move, toy

ROWS = field("list", min=1, of={"x": {"type": "text"}, "n": {"type": "integer", "optional": True}})
FIELDS = {"rows": ROWS, "t": field("text"), "m": field("integer")}


def codes(make: Any) -> list[tuple[str, tuple[str, ...]]]:
    with pytest.raises(MoveRefused) as refused:
        make()
    return [(reason.code, reason.names) for reason in refused.value.reasons]


def go(move: dict[str, Any], data: Any, rows: Any = None) -> Any:
    workflow = toy(fields=FIELDS, states=one_move(**move))
    case = variant_of(workflow, data={"rows": rows} if rows else {})
    return fire(workflow, case, "go", data=data).after.fields.get("rows")


OLD = [{"x": "a"}, {"x": "b", "n": 1}]


@pytest.mark.parametrize(
    ("move", "given", "rows"),
    [
        pytest.param({"asks": ["rows"]}, [{"x": "c"}], [{"x": "c"}], id="asked for: replaced"),
        pytest.param({"may": ["rows"]}, [{"x": "c"}], [{"x": "c"}], id="allowed: replaced"),
        pytest.param({"adds": ["rows"]}, [{"x": "c"}], [*OLD, {"x": "c"}], id="added: a list appended"),
        pytest.param({"adds": ["rows"]}, {"x": "c"}, [*OLD, {"x": "c"}], id="added: one item appended"),
        pytest.param({"edits": {"rows": ["n"]}}, {"1": {"n": 5}}, [{"x": "a", "n": 5}, {"x": "b", "n": 1}], id="edited by place"),
        pytest.param({"edits": {"rows": ["n", "x"]}}, {1: {"x": "c"}, 2: {"n": 5}}, [{"x": "c"}, {"x": "b", "n": 5}], id="two items edited"),
        pytest.param({"adds": ["rows"], "edits": {"rows": ["n"]}}, {"2": {"n": 5}}, [{"x": "a"}, {"x": "b", "n": 5}], id="either: edited"),
        pytest.param({"adds": ["rows"], "edits": {"rows": ["n"]}}, {"x": "c"}, [*OLD, {"x": "c"}], id="either: appended"),
        pytest.param({"may": ["rows"], "adds": ["rows"]}, [{"x": "c"}], [{"x": "c"}], id="a list replaces where it may"),
        pytest.param({"may": ["rows"], "adds": ["rows"]}, {"x": "c"}, [*OLD, {"x": "c"}], id="an item is appended even so"),
    ],
)  # fmt: skip
def test_a_list_is_given_as_the_move_allows(move, given, rows):
    assert go(move, {"rows": given}, OLD) == rows


@pytest.mark.parametrize(
    ("move", "given"),
    [
        pytest.param({"asks": ["rows"]}, {"x": "c"}, id="an item where a list is asked"),
        pytest.param({"asks": ["rows"]}, [], id="fewer items than the list must have"),
        pytest.param({"adds": ["rows"]}, {"n": 1}, id="an item without its column"),
        pytest.param({"adds": ["rows"]}, "c", id="no item at all"),
        pytest.param({"edits": {"rows": ["n"]}}, {"3": {"n": 5}}, id="an item there is not"),
        pytest.param({"edits": {"rows": ["n"]}}, {"0": {"n": 5}}, id="counted from nought"),
        pytest.param({"edits": {"rows": ["n"]}}, {"1": {"x": "c"}}, id="a column that may not be edited"),
        pytest.param({"edits": {"rows": ["n"]}}, {"1": {"z": "c"}}, id="a column there is not"),
        pytest.param({"edits": {"rows": ["n"]}}, {"1": "c"}, id="no columns"),
        pytest.param({"edits": {"rows": ["n"]}}, {"²": {"n": 5}}, id="a digit that counts nothing"),
        pytest.param({"edits": {"rows": ["n"]}}, {"9" * 5000: {"n": 5}}, id="a place with 5000 digits"),
        pytest.param({"edits": {"rows": ["n"]}}, [{"x": "c"}], id="a list where columns are edited"),
        pytest.param({"edits": {"rows": ["n"]}}, {}, id="nothing"),
    ],
)  # fmt: skip
def test_a_list_given_otherwise_is_refused(move, given):
    assert codes(lambda: go(move, {"rows": given}, OLD)) == [("move.field", ("rows",))]


@pytest.mark.parametrize(
    "move", [{"adds": ["rows"]}, {"edits": {"rows": ["n"]}}, {"asks": ["rows"]}]
)
def test_what_a_move_adds_edits_or_asks_must_be_given(move):
    assert codes(lambda: go(move, {}, OLD)) == [("move.missing", ("rows",))]


def test_the_first_item_may_be_added_to_a_list_that_is_not_there():
    assert go({"adds": ["rows"]}, {"rows": {"x": "a"}}) == [{"x": "a"}]


AMENDS = {
    "asked": {
        "assignee": "head",
        "amends": [
            {"by": "gardener", "fields": ["t", {"rows": ["n"]}]},
            {"by": ["gardener", "bedder"], "adds": ["rows"], "edits": {"rows": ["x"]}},
        ],
        "on": {"go": {"to": "done", "by": "gardener", "asks": ["m"]}},
    },
    "done": END,
}
ROLES = {
    "gardener": {"level": "garden"},
    "head": {"level": "region"},
    "bedder": {"level": "bed", "reach": "below"},
}
AMENDED = toy(
    fields=FIELDS, states=AMENDS, roles=ROLES,
    opening={"to": "asked", "by": "anyone", "may": ["rows", "m", "t"]},
)  # fmt: skip


def amend(who: Any, **data: Any) -> Any:
    case = variant_of(AMENDED, data={"rows": OLD, "m": 1})
    return fire(AMENDED, case, "", who, kind="amend", data=data)


def test_an_amendment_changes_data_and_nothing_else():
    step = amend(GARDENER, t="x")

    assert step.event.kind == "amended"
    assert step.after.fields["t"] == "x"
    assert (step.after.state, step.after.taken) == ("asked", {})
    assert told(step)["role"] == "gardener"


def test_what_one_person_may_amend_by_several_lines_goes_together():
    rows = amend(GARDENER, rows={"1": {"n": 4, "x": "c"}}).after.fields["rows"]

    assert rows[0] == {"x": "c", "n": 4}
    assert amend(BED, rows={"x": "c"}).after.fields["rows"] == [*OLD, {"x": "c"}]


def test_an_amendment_may_unset_a_field():
    case = amend(GARDENER, t="x").after

    step = fire(AMENDED, case, "", kind="amend", data={"t": None})

    assert "t" not in step.after.fields
    assert told(step)["patch"]["unset"] == ["t"]


@pytest.mark.parametrize(
    ("who", "data", "expected"),
    [
        pytest.param(BED, {"t": "x"}, [("move.role", ("t",))], id="another role's field"),
        pytest.param(STRANGER, {"rows": {"x": "c"}}, [("move.role", ("rows",))], id="no role"),
        pytest.param(GARDENER, {"m": 2}, [("move.field", ("m",))], id="a field the state does not open"),
        pytest.param(BED, {"rows": {"1": {"n": 4}}}, [("move.field", ("rows",))], id="another role's column"),
        pytest.param(GARDENER, {"rows": [{"z": 1}]}, [("move.field", ("rows",))], id="a bad item"),
        pytest.param(GARDENER, {"t": 3}, [("move.field", ("t",))], id="a bad value"),
        pytest.param(GARDENER, {}, [("move.missing", ())], id="nothing"),
    ],
)  # fmt: skip
def test_an_amendment_is_refused_with_its_reason(who, data, expected):
    assert codes(lambda: amend(who, **data)) == expected


def test_a_state_that_opens_nothing_is_amended_by_nobody():
    workflow = toy(fields=FIELDS)

    found = codes(lambda: fire(workflow, variant_of(workflow), "", kind="amend", data={"t": "x"}))

    assert found == [("move.field", ("t",))]


def correct(who: Any, reason: str = "slip", *, had: Any = MappingProxyType({}), **data: Any) -> Any:
    case = variant_of(AMENDED, data={"rows": OLD, "m": 1, **had})
    return fire(AMENDED, case, "", who, kind="correct", data=data, reason=reason)


def test_a_correction_is_an_event_of_its_own_with_its_reason():
    step = correct(GARDENER, m=2)

    assert step.event.kind == "corrected"
    assert (told(step)["corrected"], told(step)["reason"]) == (["m"], "slip")
    assert step.after.fields["m"] == 2
    assert step.before.fields["m"] == 1


@pytest.mark.parametrize(
    ("who", "field_name"),
    [
        pytest.param(GARDENER, "m", id="asked for by a move of one's own"),
        pytest.param(GARDENER, "t", id="amended by oneself"),
        pytest.param(BED, "rows", id="a list one may add to"),
        pytest.param(HEAD, "m", id="the state's own role"),
    ],
)
def test_a_field_is_corrected_by_who_may_enter_it_or_holds_the_state(who, field_name):
    value: Any = {"m": 2, "t": "x", "rows": [{"x": "z"}]}[field_name]

    assert correct(who, **{field_name: value}).after.fields[field_name] == value


def test_the_states_own_role_mends_what_stands_there_and_adds_nothing():
    assert correct(HEAD, had={"t": "x"}, t="y").after.fields["t"] == "y"
    assert codes(lambda: correct(HEAD, t="y")) == [("move.role", ("t",))]


@pytest.mark.parametrize(
    ("who", "reason", "data", "expected"),
    [
        pytest.param(STRANGER, "slip", {"m": 2}, [("move.role", ("m",))], id="anyone may open, but not correct"),
        pytest.param(BED, "slip", {"m": 2}, [("move.role", ("m",))], id="not one's field"),
        pytest.param(GARDENER, " ", {"m": 2}, [("move.missing", ("reason",))], id="no reason"),
        pytest.param(GARDENER, "slip", {}, [("move.missing", ())], id="nothing"),
        pytest.param(GARDENER, "", {}, [("move.missing", ("reason",)), ("move.missing", ())], id="neither"),
        pytest.param(GARDENER, "slip", {"m": "x"}, [("move.field", ("m",))], id="a bad value"),
        pytest.param(GARDENER, "slip", {"no": 1}, [("move.field", ("no",))], id="no field"),
        pytest.param(GARDENER, "slip", {"rows": {"x": "c"}}, [("move.field", ("rows",))], id="lists are corrected whole"),
    ],
)  # fmt: skip
def test_a_correction_is_refused_with_its_reason(who, reason, data, expected):
    assert codes(lambda: correct(who, reason, **data)) == expected


@pytest.mark.parametrize(
    "seal", [{"seal": "done", "seal_to": ["head"]}, {"seal_to": ["head"]}, {"seal_to": ["gardener"]}]
)  # fmt: skip
def test_the_states_own_role_mends_nothing_that_is_hidden_but_who_entered_it_does(seal):
    workflow = toy(
        fields={"note": {"type": "text", **seal}},
        states={
            "asked": {
                "assignee": "head",
                "on": {"go": {"to": "done", "by": "gardener", "asks": ["note"]}},
            }
        },
    )
    case = variant_of(workflow, data={"note": "x"})

    def mend(who: Any) -> Any:
        return fire(workflow, case, "", who, kind="correct", data={"note": "y"}, reason="slip")

    assert codes(lambda: mend(HEAD)) == [("move.role", ("note",))]
    assert mend(GARDENER).after.fields == {"note": "y"}


def test_without_an_assignee_the_fields_of_the_file_alone_say_who_corrects():
    workflow = toy(
        fields=FIELDS,
        states={"asked": {"on": {"go": {"to": "done", "by": "gardener", "asks": ["m"]}}}},
    )
    case = variant_of(workflow, data={"m": 1})

    assert fire(workflow, case, "", kind="correct", data={"m": 2}, reason="slip").after.fields == {
        "m": 2
    }
    assert codes(
        lambda: fire(workflow, case, "", HEAD, kind="correct", data={"m": 2}, reason="x")
    ) == [("move.role", ("m",))]


def test_what_rules_set_is_no_entry_and_is_not_corrected():
    workflow = toy(
        fields=FIELDS,
        opening={"to": "asked", "by": "anyone", "may": ["t"], "sets": {"m": 1}},
        states={"asked": {"assignee": "gardener", "on": {"go": {"to": "done", "by": "gardener"}}}},
    )
    case = variant_of(workflow)

    found = codes(lambda: fire(workflow, case, "", kind="correct", data={"m": 2}, reason="slip"))

    assert found == [("move.field", ("m",))]
