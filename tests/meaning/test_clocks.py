"""Clocks that never start or stop, rungs, statutory time."""

from dataclasses import replace

import pytest

from engine.definitions.build import workflow_from_definition
from engine.definitions.load import load_definition
from engine.definitions.parts import ExtendDef, LadderDef, PausesDef, RungDef
from tests.builders.toys import END, field, text_of
from tests.meaning.checked import meant, said, with_clock, with_rule

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


@pytest.mark.parametrize("key", ["fire", "propose"])
def test_a_rung_must_not_fire_what_a_state_does_not_offer(key):
    states = {
        "asked": {
            "on": {"go": {**GO, "to": "late"}, "tick": {"to": "done", "by": ["clock", "gardener"]}}
        },
        "late": {"on": {"go": GO}},
    }
    clock = {"within": "2 days", "starts": ["asked"], "stops": "finals"}
    rungs = (RungDef.model_validate({"at": "due", key: "tick"}),)

    (found,) = with_clock("term", {"rungs": rungs}, states=states, clocks={"term": clock})

    assert found.code == "HY611"
    assert "also runs in state 'late'" in found.en
    assert found.en.endswith("the way: opening (open1) → go")


@pytest.mark.parametrize("pauses", [PausesDef.model_validate({"in": ["late"]}), "none", None])
def test_a_rung_does_not_fire_while_its_clock_rests(pauses):
    states = {
        "asked": {
            "on": {"go": {**GO, "to": "late"}, "tick": {"to": "done", "by": ["clock", "gardener"]}}
        },
        "late": {"on": {"go": GO}},
    }
    clock = {"within": "2 days", "starts": ["asked"], "stops": "finals"}

    found = with_clock(
        "term",
        {"rungs": (RungDef(at="due", fire="tick"),), "pauses": pauses},
        states=states,
        clocks={"term": clock},
    )

    assert [one.code for one in found] == ([] if isinstance(pauses, PausesDef) else ["HY611"])


@pytest.mark.parametrize(
    ("rung", "codes"),
    [
        pytest.param({}, ["HY621"], id="nobody"),
        pytest.param({"level": 2}, ["HY621"], id="a level the chain does not have"),
        pytest.param({"level": 1}, [], id="a level of the chain"),
        pytest.param({"tell": ["gardener"]}, [], id="a role"),
        pytest.param({"mark": "overdue"}, [], id="a mark"),
    ],
)
def test_a_rung_tells(rung, codes):
    rungs = (RungDef.model_validate({"at": "due", **rung}),)

    found = with_clock("term", {"rungs": rungs}, chain=["gardener"], clocks={"term": CLOCK})

    assert [one.code for one in found] == codes


def test_a_rung_of_a_ladder_is_checked_where_the_clock_names_the_ladder():
    rule, findings = load_definition(text_of(clocks={"term": CLOCK}), file="toy.yaml")
    assert rule is not None
    workflow = workflow_from_definition(rule)
    clock = workflow.clocks["term"]
    named = replace(clock, rule=clock.rule.model_copy(update={"ladder": "slow"}))
    ladder = LadderDef(levels=("gardener",), rungs=(RungDef(at="due", level=2),))

    found = with_rule(
        {"ladders": {"slow": ladder}}, replace(workflow, clocks={"term": named}), findings
    )

    assert [one.code for one in found] == ["HY621"]


@pytest.mark.parametrize(
    ("changes", "codes"),
    [
        pytest.param(
            {"pauses": PausesDef.model_validate({"in": ["asked"]})}, ["HY619"], id="it pauses"
        ),
        pytest.param({"extend": ExtendDef(at_most="2 days")}, ["HY619"], id="it extends"),
        pytest.param({"pauses": "none"}, [], id="it says that it does not"),
        pytest.param(
            {"pauses": PausesDef.model_validate({"in": ["asked"], "source": "law#1"})},
            [],
            id="the law says so",
        ),
        pytest.param(
            {"class_": "local", "extend": ExtendDef(at_most="2 days")}, [], id="it is local"
        ),
    ],
)
def test_statutory_time_rests_only_where_the_law_says_so(changes, codes):
    clock = {**CLOCK, "class": "statutory"}

    assert [one.code for one in with_clock("term", changes, clocks={"term": clock})] == codes


def test_what_makes_sense_is_left_alone():
    assert meant(clocks={"term": CLOCK}) == []
