"""States that hang on one person, idle triggers, clocks and rungs."""

from dataclasses import replace

import pytest

from engine.definitions.build import workflow_from_definition
from engine.definitions.load import load_definition
from engine.definitions.parts import ExtendDef, LadderDef, PausesDef, RungDef
from tests.builders.toys import END, field, text_of
from tests.meaning.checked import meant, said, with_clock, with_rule

GO = {"to": "done", "by": "anyone"}
ROLES = {
    "gardener": {"level": "garden"},
    "keeper": {"in_case": "keeper_of"},
    "guest": {"in_case": "club"},
}
FIELDS = {"keeper_of": field("person"), "club": field("unit"), "note": field("text")}


def kept(**more):
    """Return a file whose state ``asked`` is left by its keeper alone."""
    parts = {"by": ["keeper"], **more.pop("move", {})}
    asked = {"on": {"go": {"to": "done", **parts}, **more.pop("on", {})}, **more}
    return {"roles": ROLES, "fields": FIELDS, "states": {"asked": asked}}


def test_a_state_that_one_person_alone_can_leave_is_named_with_the_way():
    assert said("HY609", **kept()) == [
        "only 'keeper' can leave state 'asked'; if absent or barred nobody can act or replace them; the way: opening (open1)"
    ]  # fmt: skip


@pytest.mark.parametrize(
    "parts",
    [
        pytest.param(kept(move={"by": ["keeper", "gardener"]}), id="a post may do it too"),
        pytest.param(kept(move={"by": ["guest"]}), id="anybody of a unit"),
        pytest.param(
            kept(on={"appoint": {"to": "stay", "by": ["gardener"], "asks": ["keeper_of"]}}),
            id="another can be named",
        ),
        pytest.param(
            kept(amends={"by": ["gardener"], "fields": ["keeper_of"]}), id="another can be entered"
        ),
        pytest.param(kept(on={"end": GO}), id="anyone may end it"),
    ],
)
def test_a_state_does_not_hang_on_one_person_where(parts):
    assert said("HY609", **parts) == []


@pytest.mark.parametrize(
    ("parts", "who"),
    [
        pytest.param(kept(move={"by": ["opener"]}), "'opener'", id="the opener"),
        pytest.param(
            kept(move={"by": ["gardener"], "cosign": ["keeper"]}),
            "'keeper'",
            id="one who must sign",
        ),
        pytest.param(
            kept(on={"appoint": {"to": "stay", "by": ["keeper"], "asks": ["keeper_of"]}}),
            "'keeper'",
            id="one who names another",
        ),
        pytest.param(
            kept(amends={"by": ["gardener"], "fields": ["note"]}),
            "'keeper'",
            id="others may amend something else",
        ),
    ],
)
def test_a_state_hangs_on(parts, who):
    (found,) = said("HY609", **parts)

    assert found.startswith(f"only {who} can leave")


def test_a_role_named_by_a_fact_or_a_column_is_a_person_too():
    fields = {
        "people": {"type": "list", "of": {"who": {"type": "person"}, "house": {"type": "unit"}}}
    }
    roles = {
        "first": {"in_case": "named"},
        "second": {"in_case": "people.who"},
        "house": {"in_case": "people.house"},
    }
    facts = {"named": {"is": "people.map(p, p.who)"}}
    states = {
        "asked": {"on": {"go": {"to": "middle", "by": ["first", "second"]}}},
        "middle": {"on": {"go": {"to": "done", "by": ["house"]}}},
    }

    (found,) = said("HY609", fields=fields, roles=roles, facts=facts, states=states)

    assert found.startswith("only 'first', 'second' can leave state 'asked'")


def test_a_rule_for_the_clock_alone_that_no_rung_fires_is_idle():
    states = {"asked": {"on": {"go": GO, "tick": {"to": "done", "by": ["clock"]}}}}

    assert said("HY610", states=states) == ["only a clock may take 'tick', but no rung fires it"]


def test_a_rung_that_fires_a_rule_wakes_it():
    states = {"asked": {"on": {"go": GO, "tick": {"to": "done", "by": ["clock"]}}}}
    rungs = (RungDef(at="due", fire="tick"),)

    found = with_clock(
        "term",
        {"rungs": rungs},
        states=states,
        clocks={"term": {"within": "2 days", "starts": ["asked"]}},
    )

    assert found == []


def test_a_level_above_and_below_at_once_is_odd():
    roles = {"gardener": {"level": "garden"}, "bedder": {"level": "garden", "reach": "below"}}

    (found,) = said("HY620", roles=roles, opened_at="shed")

    assert found.startswith("role 'bedder' takes posts at level 'garden' below the case")


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
    clock = {"within": "2 days", "starts": [{"move": "go"}], "stops": [{"move": "calm"}]}
    states = {"asked": {"on": {"go": GO, "calm": {"to": "stay", "by": "anyone"}}}}

    assert said("HY608", states=states, clocks={"term": clock}) == [
        "nothing stops clock 'term' once it runs; write 'stops: none' if that is meant; the way: opening (open1) → go"
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
