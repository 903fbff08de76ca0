"""Clocks that never start or stop, pauses that never come, statutory time."""

import pytest

from tests.builders.toy_workflows import END, field, text_of
from tests.engine.checking.meaning.checked_files import meant, said

GO = {"to": "done", "by": "anyone"}
CLOCK = {"within": "2 days", "starts": ["asked"]}


@pytest.mark.parametrize(
    ("clock", "why"),
    [
        pytest.param(
            {**CLOCK, "starts": ["lost"]}, "no way leads to lost", id="in a state nobody enters"
        ),
        pytest.param(
            {**CLOCK, "starts": [{"move": "slip"}]},
            "no way leads to slip",
            id="with a move nobody makes",
        ),
        pytest.param(
            {"due": "day", "starts": ["asked"]}, "nobody fills day", id="on a day nobody gives"
        ),
    ],
)
def test_a_clock_that_never_starts_says_why(clock, why):
    states = {
        "asked": {"on": {"go": GO, "slip": {**GO, "when": "false"}}},
        "lost": {"on": {"go": GO}},
    }
    fields = {"day": field("date")}

    found = said(
        "HY607",
        states=states,
        fields=fields,
        opening={"to": "asked", "by": "anyone"},
        clocks={"term": clock},
    )

    assert found == [f"clock 'term' never starts: {why}"]


def test_a_clock_with_one_rule_that_can_be_planned_starts():
    clock = {
        "starts": ["asked"],
        "rules": [{"if": "filled.day", "due": "day"}, {"within": "2 days"}],
    }

    assert (
        said(
            "HY607",
            fields={"day": field("date")},
            opening={"to": "asked", "by": "anyone"},
            clocks={"term": clock},
        )
        == []
    )


def test_a_clock_that_nothing_stops_is_shown_with_the_way():
    clock = {"within": "2 days", "starts": [{"move": "file"}]}
    done = {**END, "on": {"file": {"to": "stay", "by": ["gardener"]}}}

    assert said(
        "HY608", states={"asked": {"on": {"go": GO}}, "done": done}, clocks={"term": clock}
    ) == [
        "nothing stops clock 'term' once it runs; write 'stops: none' if that is meant; the way: opening (open1) → go → file"
    ]


def test_a_clock_that_a_last_state_ends_is_not_begun_by_the_move_into_it():
    clock = {"within": "2 days", "starts": [{"move": "go"}]}

    assert [one.split(":")[0] for one in said("HY607", clocks={"term": clock})] == [
        "clock 'term' never starts"
    ]


def test_a_clock_that_starts_in_a_last_state_stops_only_if_that_is_left():
    again = {**END, "on": {"reopen": {"to": "asked", "by": ["gardener"]}}}

    assert len(said("HY608", clocks={"term": {**CLOCK, "starts": ["done"]}})) == 1
    assert (
        said(
            "HY608",
            clocks={"term": {**CLOCK, "starts": ["done"]}},
            states={"asked": {"on": {"go": GO}}, "done": again},
        )
        == []
    )


@pytest.mark.parametrize(
    "clock",
    [
        pytest.param({**CLOCK, "starts": ["done"], "stops": "none"}, id="never, as the file says"),
        pytest.param({**CLOCK, "starts": ["done"], "met": "filled.day"}, id="by being met"),
        pytest.param({**CLOCK, "stops": ["done"]}, id="in a state"),
        pytest.param({**CLOCK, "stops": [{"move": "go"}]}, id="by a move"),
    ],
)
def test_a_clock_may_stop(clock):
    asked = {
        "asked": {
            "amends": {"by": ["gardener"], "fields": ["day"]},
            "on": {"go": {**GO, "when": "filled.day"}},
        }
    }

    assert said("HY608", fields={"day": field("date")}, states=asked, clocks={"term": clock}) == []


@pytest.mark.parametrize(
    ("changes", "codes"),
    [
        pytest.param({"pauses": {"in": ["asked"]}}, ["HY619"], id="it pauses"),
        pytest.param({"extend": {"at_most": "2 days"}}, ["HY619"], id="it extends"),
        pytest.param({"pauses": "none"}, [], id="it says that it does not"),
        pytest.param({"pauses": {"in": ["asked"], "source": "law#1"}}, [], id="the law says so"),
        pytest.param({"class": "local", "extend": {"at_most": "2 days"}}, [], id="it is local"),
    ],
)
def test_statutory_time_rests_only_where_the_law_says_so(changes, codes):
    clock = {**CLOCK, "class": "statutory", **changes}

    assert [one.code for one in meant(clocks={"term": clock})] == codes


def test_a_rule_that_is_statutory_answers_for_what_it_inherits():
    clock = {
        "starts": ["asked"],
        "pauses": {"in": ["asked"]},
        "rules": [
            {"if": "taken.go > 0", "within": "2 days", "class": "statutory"},
            {"if": "taken.go > 1", "within": "2 days", "class": "statutory", "pauses": "none"},
            {"within": "2 days", "class": "local"},
        ],
    }
    text = text_of(clocks={"term": clock})

    (found,) = meant(clocks={"term": clock})

    assert found.code == "HY619"
    assert text[found.at.column - 1 :].startswith('"pauses": {"in"')


PAUSED = {
    "asked": {"on": {"go": GO, "hold": {"to": "held", "by": "anyone"}}},
    "held": {"on": {"on": {"to": "back", "by": "anyone"}, "stop": GO}},
    "other": {"on": {"go": GO}},
}
LID = {"held": {"over": ["asked"]}}


def test_a_clock_cannot_pause_where_it_never_runs():
    clock = {**CLOCK, "pauses": {"in": ["held", "done"]}}

    found = said("HY623", states=PAUSED, overlays=LID, clocks={"term": clock})

    assert found == ["clock 'term' cannot pause in state 'done': it never runs there"]


def test_a_group_may_pause_where_some_of_its_states_are_never_met():
    groups = {"all": {"states": ["held", "other"]}}
    clock = {**CLOCK, "pauses": {"in": ["all"]}}

    assert said("HY623", states=PAUSED, overlays=LID, groups=groups, clocks={"term": clock}) == []


def test_params_of_pauses_and_extensions_are_used_and_so_is_the_day_of_an_extension():
    more = {"to": "stay", "by": "anyone", "asks": ["day"], "extends": {"term": "day"}}
    states = {"asked": {"on": {"go": GO, "more": more}}}
    params = {name: {"value": "2 days"} for name in ("once", "all", "further")}
    clock = {
        **CLOCK,
        "pauses": {"in": ["asked"], "each": "once", "all": "all"},
        "extend": {"at_most": "further"},
    }

    found = meant(
        states=states, fields={"day": field("date")}, params=params, clocks={"term": clock}
    )

    assert found == []


def test_what_makes_sense_is_left_alone():
    assert meant(clocks={"term": CLOCK}) == []
