"""Ordered branches, of transitions and of openings: which is taken, and what never skips."""

from datetime import timedelta

import pytest

from engine.case.errors import MoveRefused
from tests.builders.club_worlds import (
    GARDENER,
    LINK,
    MONDAY,
    STRANGER,
    fire,
    opened,
    variant_of,
)  # fmt: skip
from tests.builders.refusals import codes, names, refused
from tests.builders.toy_workflows import END, field, one_move, toy

N = {"n": field("integer"), "m": field("integer"), "t": field("text")}


BRANCHES = {
    "asked": {
        "on": {
            "go": [
                {
                    "id": "A",
                    "to": "first",
                    "by": "anyone",
                    "asks": ["n"],
                    "may": ["t"],
                    "when": "m == 1",
                },
                {"id": "B", "to": "second", "by": "gardener", "when": "m <= 2", "may": ["n"]},
                {"id": "C", "to": "done", "by": "anyone"},
            ]
        }
    },
    "first": END,
    "second": END,
}


@pytest.mark.parametrize(
    ("m", "who", "data", "state"),
    [
        pytest.param(1, GARDENER, {"n": 1}, "first", id="the first whose guard holds"),
        pytest.param(2, GARDENER, {}, "second", id="the next where the first does not hold"),
        pytest.param(2, STRANGER, {}, "done", id="a branch for others is passed over"),
        pytest.param(3, GARDENER, {}, "done", id="the last"),
    ],
)
def test_the_first_branch_whose_role_and_guard_hold_is_taken(m, who, data, state):
    workflow = toy(fields=N, states=BRANCHES)
    case = variant_of(workflow, data={"m": m})

    assert fire(workflow, case, "go", who, data=data).after.state == state


def test_missing_data_refuses_and_never_skips_to_the_next_branch():
    workflow = toy(fields=N, states=BRANCHES)

    error = refused(lambda: fire(workflow, variant_of(workflow, data={"m": 1}), "go"))

    assert (codes(error), names(error)) == (["move.missing"], [("n",)])


def test_a_guard_unknown_for_want_of_data_asked_for_does_not_skip_either():
    branches = [
        {"to": "first", "by": "anyone", "asks": ["n"], "when": "n > 5"},
        {"to": "done", "by": "anyone", "may": ["n"]},
    ]
    workflow = toy(fields=N, states={"asked": {"on": {"go": branches}}, "first": END})
    case = variant_of(workflow)

    assert codes(refused(lambda: fire(workflow, case, "go"))) == ["move.missing"]
    assert fire(workflow, case, "go", data={"n": 9}).after.state == "first"
    assert fire(workflow, case, "go", data={"n": 1}).after.state == "done"


def test_a_guard_unknown_for_another_reason_passes_on_to_the_next_branch():
    branches = [
        {"to": "first", "by": "anyone", "asks": ["n"], "when": "m > 5"},
        {"to": "done", "by": "anyone"},
    ]
    workflow = toy(fields=N, states={"asked": {"on": {"go": branches}}, "first": END})

    assert fire(workflow, variant_of(workflow), "go").after.state == "done"


def test_data_of_another_branch_is_refused():
    workflow = toy(fields=N, states=BRANCHES)

    error = refused(
        lambda: fire(workflow, variant_of(workflow, data={"m": 2}), "go", data={"t": "x"})
    )

    assert (codes(error), names(error)) == (["move.field"], [("t",)])


def test_data_only_another_role_may_give_is_refused():
    workflow = toy(fields=N, states={"asked": {"on": {"go": [
        {"to": "done", "by": "head", "may": ["n"]}, {"to": "done", "by": "gardener", "may": ["t"]}]}}})  # fmt: skip

    error = refused(lambda: fire(workflow, variant_of(workflow), "go", data={"n": 1}))

    assert (codes(error), names(error)) == (["move.field"], [("n",)])
    assert "thing" not in error.reasons[0].words.en
    assert "; you may give: t" in error.reasons[0].words.en


def test_a_bad_value_is_not_called_missing_as_well():
    workflow = toy(fields=N, states=one_move(asks=["n"]))

    assert codes(refused(lambda: fire(workflow, variant_of(workflow), "go", data={"n": "x"}))) == [
        "move.field"
    ]


def test_a_branch_with_law_dates_exists_on_its_days_only():
    workflow = toy(states=one_move(**{"from": "2026-03-03", "until": "2026-03-04"}))
    case = variant_of(workflow)

    days = [MONDAY + timedelta(days=n) for n in range(4)]
    granted = []
    for day in days:
        try:
            granted.append(fire(workflow, case, "go", now=day).after.state == "done")
        except MoveRefused as error:
            granted.append(error.code != "move.role")

    assert granted == [False, True, True, False]


OPENINGS = [
    {"id": "young", "to": "asked", "by": "anyone", "asks": ["n"], "when": "n < 5"},
    {
        "id": "old",
        "to": "done",
        "by": ["gardener", "link"],
        "asks": ["n"],
        "may": ["t"],
        "sets": {"m": 3},
    },
    {"id": "own", "to": "done", "by": "head"},
]


@pytest.mark.parametrize(
    ("entry", "n", "who", "state"),
    [
        pytest.param("", 1, GARDENER, "asked", id="the first that holds"),
        pytest.param("", 9, GARDENER, "done", id="the next"),
        pytest.param("old", 1, GARDENER, "done", id="the one that is named"),
        pytest.param("", 1, STRANGER, "asked", id="for anyone"),
        pytest.param("", 9, LINK, "done", id="for a link"),
    ],
)
def test_openings_are_ordered_branches(entry, n, who, state):
    step = opened(toy(fields=N, opening=OPENINGS), who, data={"n": n}, entry=entry)

    assert step.after.state == state
    assert step.before is None
    assert step.after.taken == {}
    assert step.event.kind == "opened"
    # What a link opens nobody opened in person, whoever made the move that did it.
    assert step.after.opened_by == ("link" if who is LINK else who.id)
    assert step.event.actor == who.id


@pytest.mark.parametrize(
    ("entry", "data", "who", "code"),
    [
        pytest.param("no", {"n": 1}, GARDENER, ["move.state"], id="no such entry"),
        pytest.param("own", {}, GARDENER, ["move.role"], id="not for this person"),
        pytest.param("", {"n": 9}, STRANGER, ["move.guard"], id="no guard holds"),
        pytest.param("", {}, STRANGER, ["move.missing"], id="missing data"),
        pytest.param("", {"n": 1, "t": "x"}, GARDENER, ["move.field"], id="data of another entry"),
        pytest.param(
            "young", {"n": 1, "t": "x"}, GARDENER, ["move.field"], id="data not asked for"
        ),
    ],
)
def test_an_opening_is_refused_with_its_reason(entry, data, who, code):
    workflow = toy(fields=N, opening=OPENINGS)

    assert codes(refused(lambda: opened(workflow, who, data=data, entry=entry))) == code


def test_a_case_lives_at_a_unit_of_the_files_level():
    workflow = toy(opened_at="garden")

    assert opened(workflow).after.unit == "north"
    for unit in ("top", "nowhere"):
        error = refused(lambda u=unit: opened(workflow, unit=u))
        assert (codes(error), names(error)) == (["move.field"], [("unit",)])


def test_a_case_lives_at_any_of_the_files_levels_and_a_refusal_names_them_all():
    workflow = toy(opened_at=["garden", "region"])

    for unit in ("north", "top"):
        assert opened(workflow, unit=unit).after.unit == unit
    (reason,) = refused(lambda: opened(workflow, unit="rose")).reasons
    assert reason.words.zh == "本流程的案件应立在“garden”或“region”级单位，“玫瑰畦”是“bed”级"
    assert (
        reason.words.en
        == "cases of this workflow live at level 'garden' or 'region'; 'rose' is 'bed'"
    )


def test_a_file_without_a_level_lives_anywhere_there_is():
    assert opened(toy(), unit="top").after.unit == "top"
    assert codes(refused(lambda: opened(toy(), unit="nowhere"))) == ["move.field"]
