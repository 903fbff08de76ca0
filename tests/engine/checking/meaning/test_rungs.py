"""Rungs that lead nowhere, tell nobody, stand in the wrong place, or harm without a source."""

import pytest

from engine.checking.build import check_workflow
from tests.builders.shelves import texts
from tests.builders.toy_workflows import END, field, text_of
from tests.engine.checking.meaning.checked_files import meant, said

GO = {"to": "done", "by": "anyone"}
TICK = {"to": "done", "by": ["clock", "gardener"]}
CLOCK = {"within": "2 days", "starts": ["asked"], "stops": "finals"}
LATE = {
    "asked": {"on": {"go": {**GO, "to": "late"}, "tick": TICK}},
    "late": {"on": {"go": GO}},
}


def with_rung(rung, *, clock=None, **parts):
    """Return what is said of a clock with one rung."""
    return meant(clocks={"term": {**CLOCK, **(clock or {}), "rungs": [rung]}}, **parts)


@pytest.mark.parametrize("key", ["fire", "propose"])
def test_a_rung_must_not_do_what_a_state_does_not_offer(key):
    (found,) = with_rung({"at": "due", key: "tick"}, states=LATE)

    assert found.code == "HY611"
    assert "also runs in state 'late'" in found.words.en
    assert found.words.en.endswith("the way: opening (open1) → go")


def test_the_way_shown_is_one_on_which_the_clock_runs():
    states = {
        "asked": {"on": {"skip": {**GO, "to": "late"}, "begin": {**GO, "to": "middle"}}},
        "middle": {
            "amends": {"by": "anyone", "fields": ["ok"]},
            "on": {"go": {**GO, "to": "late", "when": "ok"}, "tick": TICK},
        },
        "late": {"on": {"go": GO}},
    }
    starts = {"starts": [{"move": "begin"}]}

    (found,) = with_rung(
        {"at": "due", "fire": "tick"}, clock=starts, states=states, fields={"ok": field("boolean")}
    )

    assert found.words.en.endswith("the way: opening (open1) → begin → go")


@pytest.mark.parametrize("pauses", [{"in": ["late"]}, "none", None])
def test_a_rung_does_nothing_while_its_clock_rests(pauses):
    found = with_rung(
        {"at": "due", "fire": "tick"}, clock={"pauses": pauses} if pauses else {}, states=LATE
    )

    assert [one.code for one in found] == ([] if isinstance(pauses, dict) else ["HY611"])


def test_a_clock_rests_under_a_state_that_lies_over_one_in_which_it_pauses():
    states = {
        "asked": {"on": {"go": GO, "tick": TICK, "hold": {"to": "held", "by": "anyone"}}},
        "held": {
            "on": {
                "on": {"to": "back", "by": "anyone"},
                "stop": GO,
                "tick": TICK,
                "fire": {"to": "hot", "by": "anyone"},
            }
        },
        "hot": {"on": {"on": {"to": "back", "by": "anyone"}, "stop": GO}},
    }
    overlays = {"held": {"over": ["asked"]}, "hot": {"over": ["held"]}}

    found = with_rung(
        {"at": "due", "fire": "tick"},
        clock={"pauses": {"in": ["held"]}},
        states=states,
        overlays=overlays,
    )

    assert found == []


def test_each_rule_of_a_clock_has_its_own_pauses():
    clock = {
        **CLOCK,
        "within": None,
        "pauses": {"in": ["late"]},
        "rungs": [{"at": "due", "fire": "tick"}],
        "rules": [
            {"if": "taken.go > 0", "within": "2 days"},
            {"within": "3 days", "pauses": "none"},
        ],
    }
    clock = {key: value for key, value in clock.items() if value is not None}

    (found,) = meant(states=LATE, clocks={"term": clock})

    assert found.code == "HY611"


def test_a_rung_of_a_rule_is_named_where_it_is_written():
    rules = [{"within": "3 days", "rungs": [{"at": "due", "fire": "tick"}]}]
    clock = {"starts": ["asked"], "stops": "finals", "rules": rules}

    (found,) = meant(states=LATE, clocks={"term": clock})

    assert text_of(states=LATE, clocks={"term": clock})[found.at.column - 1 :].startswith(
        '{"at": "due", "fire"'
    )


@pytest.mark.parametrize(
    ("tick", "key", "says"),
    [
        pytest.param({"by": ["gardener"]}, "fire", "'by: clock'", id="not for the clock"),
        pytest.param({"by": ["clock"], "asks": ["n"]}, "fire", "asks for nothing", id="asking for data"),
        pytest.param({"by": ["clock"]}, "propose", "no role may sign", id="for nobody to sign"),
    ],
)  # fmt: skip
def test_a_rung_must_not_do_what_nobody_can_complete(tick, key, says):
    states = {"asked": {"on": {"go": GO, "tick": {"to": "done", **tick}}}}
    fields = {"n": field("integer")}

    found = with_rung({"at": "due", key: "tick"}, states=states, fields=fields)

    told = [one.words.en for one in found if one.code == "HY611"]
    assert len(told) == 1
    assert says in told[0]


@pytest.mark.parametrize(
    ("rung", "tick", "codes"),
    [
        pytest.param({}, {}, ["HY622"], id="into a bad end"),
        pytest.param({"source": "law#1"}, {}, [], id="as the law says"),
        pytest.param({}, {"outcome": "neutral"}, [], id="of another outcome"),
        pytest.param({}, {"to": "done", "outcome": "negative"}, ["HY622"], id="a bad outcome of a good end"),
        pytest.param({}, {"to": "stay"}, [], id="staying"),
        pytest.param({}, {"to": "late"}, [], id="into a state that is no end"),
    ],
)  # fmt: skip
def test_a_rung_harms_only_with_a_source_of_its_own(rung, tick, codes):
    states = {
        "asked": {
            "on": {
                "go": GO,
                "tick": {"to": "lost", "by": ["clock", "gardener"], **tick},
                "lose": {"to": "lost", "by": "anyone"},
                "later": {"to": "late", "by": "anyone"},
            }
        },
        "late": {"on": {"go": GO, "tick": {**TICK, "to": "stay"}}},
        "lost": {"final": True, "outcome": "negative"},
        "done": END,
    }

    found = with_rung({"at": "due", "fire": "tick", **rung}, states=states)

    assert [one.code for one in found] == codes


@pytest.mark.parametrize(
    ("rung", "parts", "codes"),
    [
        pytest.param({}, {}, ["HY621"], id="nobody"),
        pytest.param({"tell": ["assignee"]}, {}, ["HY621"], id="an assignee who is never there"),
        pytest.param({"tell": ["assignee"], "mark": "late"}, {}, ["HY621"], id="the same with a mark"),
        pytest.param({}, {"assignee": "gardener"}, [], id="the assignee"),
        pytest.param({}, {"chain": ["gardener"]}, [], id="somebody above"),
        pytest.param({"level": 1}, {"chain": ["gardener"]}, [], id="a level of the chain"),
        pytest.param({"tell": ["gardener"]}, {}, [], id="a role"),
        pytest.param({"mark": "overdue"}, {}, [], id="a mark"),
    ],
)  # fmt: skip
def test_a_rung_tells(rung, parts, codes):
    parts = dict(parts)
    asked = {"on": {"go": GO}}
    if "assignee" in parts:
        asked["assignee"] = parts.pop("assignee")

    found = with_rung({"at": "due", **rung}, states={"asked": asked}, **parts)

    assert [one.code for one in found] == codes


def test_a_move_that_assigns_somebody_gives_rungs_a_receiver():
    put = {"to": "stay", "by": "gardener", "asks": ["who"], "assigns": "who"}

    found = with_rung(
        {"at": "due"},
        states={"asked": {"on": {"go": GO, "put": put}}},
        fields={"who": field("person")},
    )

    assert found == []


@pytest.mark.parametrize(
    ("at", "clock", "says"),
    [
        pytest.param("101%", {}, "after the end", id="more than the whole"),
        pytest.param("100%", {}, "", id="the whole"),
        pytest.param("70%", {"within": None, "due": "day"}, "no length", id="a part of a mere date"),
        pytest.param("day 3", {}, "after the end", id="a day too many"),
        pytest.param("day 2", {}, "", id="the last day"),
        pytest.param("day 3", {"extend": {"at_most": "9 days"}}, "", id="a day of extended time"),
        pytest.param("day 63", {"within": "2 months"}, "after the end", id="a day after some months"),
        pytest.param("day 2", {"within": "30 hours"}, "after the end", id="a day after some hours"),
        pytest.param("day 9", {"within": "2 working days"}, "", id="working days are any number of days"),
        pytest.param("day 9", {"within": {"n": "=size('abc')", "unit": "days"}}, "", id="a computed length"),
        pytest.param("day 9", {"within": "term"}, "after the end", id="the length of a param"),
        pytest.param("due - 2 working days", {"within": "2 working days"}, "before the start", id="as long as the clock"),
        pytest.param("due - 1 working day", {"within": "2 working days"}, "", id="shorter than the clock"),
        pytest.param("due - 2 days", {}, "", id="days that may move on to a working day"),
        pytest.param("due - 3 hours", {"within": "2 hours"}, "before the start", id="hours"),
        pytest.param("due - 2 hours", {"within": "90 minutes"}, "before the start", id="more hours than minutes"),
        pytest.param("due - 2 days", {"within": "48 hours"}, "before the start", id="days of hours"),
        pytest.param("due - 1 month", {"within": "600 hours"}, "before the start", id="a month before some hours"),
        pytest.param("due - 1 month", {"within": "700 hours"}, "", id="a month may be that short"),
        pytest.param("due - 2 working days", {"within": "48 hours"}, "before the start", id="working days before some hours"),
        pytest.param("due - 1 working day", {"within": "48 hours"}, "", id="a working day in some hours"),
    ],
)  # fmt: skip
def test_a_rung_stands_where_its_clock_comes_by(at, clock, says):
    given = {
        key: value
        for key, value in {**CLOCK, **clock, "rungs": [{"at": at, "tell": ["gardener"]}]}.items()
        if value
    }
    params = {"term": {"value": "2 days"}} if clock.get("within") == "term" else {}

    found = said("HY624", clocks={"term": given}, fields={"day": field("date")}, params=params)

    assert len(found) == bool(says)
    assert all(says in one for one in found)


def test_a_minimum_is_never_overdue():
    clock = {
        "at_least": "2 days",
        "starts": ["asked"],
        "rungs": [{"at": "due", "mark": "overdue"}, {"at": "due", "mark": "over"}],
    }

    assert said("HY624", clocks={"term": clock}) == [
        "the rung at 'due' marks as overdue a minimum, which never is"
    ]


def test_a_ladder_for_items_does_not_suit_a_clock_without():
    ladders = {"slow": {"rungs": [{"at": "due", "tell": ["item.who"]}]}}

    assert said("HY624", ladders=ladders, clocks={"term": {**CLOCK, "ladder": "slow"}}) == [
        "the rung at 'due' tells 'item.who', but the clock has no items"
    ]


def test_a_rung_of_a_ladder_is_misplaced_only_if_it_is_so_on_every_clock():
    ladders = {"slow": {"rungs": [{"at": "day 3", "tell": ["gardener"]}]}}
    short, long = {**CLOCK, "ladder": "slow"}, {**CLOCK, "within": "9 days", "ladder": "slow"}

    assert said("HY624", ladders=ladders, clocks={"a": short, "b": long}) == []
    (found,) = [one for one in meant(ladders=ladders, clocks={"a": short}) if one.code == "HY624"]

    assert text_of(ladders=ladders, clocks={"a": short})[found.at.column - 1 :].startswith(
        '"day 3"'
    )


def test_a_ladder_that_no_clock_climbs_is_named():
    ladders = {"slow": {"rungs": [{"at": "due", "tell": ["gardener"]}]}}

    assert said("HY613", ladders=ladders) == ["no clock uses ladder 'slow'"]


def test_what_a_library_brings_is_left_alone():
    library = "format: 1\nlibrary: common\nladders: {slow: {rungs: [{at: 101%, tell: [gardener]}]}, idle: {rungs: []}}\n"

    found = meant_with(library)

    assert [one.code for one in found] == []


def meant_with(library):
    """Return what is said of a file that uses a library's ladder."""
    text = text_of(uses=["common"], clocks={"term": {**CLOCK, "ladder": "slow"}})
    _workflow, problems = check_workflow(text, file="toy.yaml", shelf=texts(library_common=library))
    return [one for one in problems if one.code.startswith("HY6")]
