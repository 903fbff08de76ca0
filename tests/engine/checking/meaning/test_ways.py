"""One faulty file for each thing that can be wrong with the ways through it."""

import pytest

from tests.builders.toy_workflows import field, one_move
from tests.engine.checking.meaning.checked_files import meant, said

GO = {"to": "done", "by": "anyone"}


def states(**more):
    return {"asked": {"on": {"go": GO}}, **more}


def test_a_file_that_makes_sense_has_no_finding():
    assert meant() == []


def test_a_state_that_nothing_leads_to_is_named():
    found = said("HY601", states=states(lost={"on": {"go": GO}}))

    assert found == ["state 'lost' cannot be reached; nothing leads to it"]


def test_a_state_that_only_unreachable_states_lead_to_says_so():
    found = said(
        "HY601", states=states(lost={"on": {"go": {**GO, "to": "far"}}}, far={"on": {"go": GO}})
    )

    assert found[1] == "state 'far' cannot be reached; what leads to it is never taken: lost.go"


def test_an_opening_that_nobody_can_take_does_not_reach_its_state():
    found = said(
        "HY601", states=states(lost={"on": {"go": GO}}),
        opening=[{"to": "asked", "by": "anyone"}, {"id": "back_door", "to": "lost", "by": "anyone", "when": "false"}],
    )  # fmt: skip

    assert found == ["state 'lost' cannot be reached; what leads to it is never taken: back_door"]


def test_a_state_under_an_overlay_only_is_reached():
    over = {"on": {"leave": {"to": "back", "by": "anyone"}, "end": GO}}

    assert (
        said(
            "HY601",
            states=states(over=over, asked={"on": {"go": {**GO, "to": "over"}}}),
            overlays={"over": {"over": ["asked"]}},
        )
        == []
    )


def test_a_circle_without_an_end_is_shown_with_the_way_to_it():
    ring = {
        "ring": {"on": {"turn": {**GO, "to": "rung"}}},
        "rung": {"on": {"turn": {**GO, "to": "ring"}}},
    }
    fork = {"asked": {"on": {"go": GO, "slip": {**GO, "to": "ring"}}}}

    found = said("HY602", states={**fork, **ring})

    assert found == [
        "from state 'ring' no final state can be reached; the way: opening (open1) → slip"
    ]


def test_a_dead_end_is_shown_with_the_way_to_it_and_not_what_leads_there():
    fork = {
        "asked": {"on": {"go": GO, "slip": {**GO, "to": "hall"}}},
        "hall": {"on": {"on": {**GO, "to": "pit"}}},
        "pit": {},
    }

    assert said("HY603", states=fork) == [
        "state 'pit' is a dead end: it is not final and nothing can be done there; the way: opening (open1) → slip → on"
    ]
    assert said("HY602", states=fork) == []


def test_a_dead_end_that_only_some_values_make_shows_the_values():
    pick = field("choice", options={"a": {"zh": "甲"}, "b": {"zh": "乙"}})
    found = said(
        "HY603",
        fields={"pick": pick},
        opening={"to": "asked", "by": "anyone", "asks": ["pick"]},
        states=one_move(when="pick == 'a'"),
    )

    assert found == [
        "state 'asked' is a dead end: it is not final and nothing can be done there; the way: opening (open1), with pick=b"
    ]


def test_what_an_amendment_mends_is_no_dead_end():
    flag = {"flag": field("boolean")}
    asked = {
        "asked": {
            "amends": {"by": ["gardener"], "fields": ["flag"]},
            "on": {"go": {**GO, "when": "flag"}},
        }
    }

    assert said("HY603", fields=flag, states=asked, opening={"to": "asked", "by": "anyone"}) == []


def test_a_long_way_is_cut_in_the_middle():
    line = {
        f"s{n}": {
            "on": {
                "go": {
                    "to": f"s{n + 1}",
                    "by": "anyone",
                    "label": {"zh": f"第{n}步", "en": f"step {n}"},
                }
            }
        }
        for n in range(14)
    }

    (found,) = said(
        "HY603",
        states={**line, "s14": {}, "s15": {"on": {"go": GO}}},
        opening={"to": "s0", "by": "anyone"},
    )

    assert "step 4 (go) → … → step 8 (go)" in found


def test_a_circle_of_clock_and_links_is_refused():
    ring = {
        "asked": {"on": {"tick": {"to": "other", "by": ["clock"]}, "go": GO}},
        "other": {"on": {"tock": {"to": "asked", "by": ["link"]}}},
    }
    found = said("HY604", states=ring)

    assert found == ["'tick' is part of a circle without a person; the way: opening (open1)"]


@pytest.mark.parametrize(
    "move",
    [
        pytest.param({"by": ["clock", "gardener"]}, id="a person may do it"),
        pytest.param({"by": ["clock"], "when": "taken.tick < 3"}, id="a count ends it"),
        pytest.param(
            {"by": ["clock"], "when": "today > '2026-05-01'"}, id="it is not known to hold"
        ),
        pytest.param({"by": ["clock"], "to": "stay"}, id="it stays"),
    ],
)
def test_a_circle_is_allowed_where(move):
    assert (
        said("HY604", states={"asked": {"on": {"tick": {"to": "asked", **move}, "go": GO}}}) == []
    )


@pytest.mark.parametrize(
    ("when", "why"),
    [
        pytest.param("flag && !flag", "its guard cannot hold", id="contradiction"),
        pytest.param("count > 3 && count < 3", "its guard cannot hold", id="no such number"),
        pytest.param("count > 9", "its guard cannot hold", id="beyond the field's max"),
        pytest.param("never_given == 'x'", "its guard cannot hold", id="nobody fills it"),
        pytest.param("state == 'done'", "its guard cannot hold", id="another state"),
        pytest.param(
            "taken.go > 0",
            "on no way does what its guard needs come together",
            id="not before it was done",
        ),
    ],
)
def test_a_rule_that_never_happens_says_why(when, why):
    fields = {
        "flag": field("boolean"),
        "count": field("integer", min=0, max=9),
        "never_given": field("text"),
    }
    opening = {"to": "asked", "by": "anyone", "may": ["flag", "count"]}
    extra = {"asked": {"on": {"go": GO, "other": {**GO, "when": when}}}}
    if "taken" in when:
        extra["asked"]["on"]["go"] = {**GO, "when": when}

    found = said("HY605", fields=fields, opening=opening, states=extra)

    assert [one.split(";")[0].split(": ")[1] for one in found if why in one] == [why] * len(found)
    assert found


def test_a_branch_in_the_shadow_of_another_names_it():
    found = said("HY605", states={"asked": {"on": {"go": [GO, {"id": "late", **GO}]}}})

    assert found == [
        "'late' can never be taken: branches before it (#1) always go first; the way: opening (open1)"
    ]


def test_a_value_that_is_worked_out_may_be_any():
    count = {"count": field("integer", min=0, max=9)}
    on = {
        "more": {"to": "stay", "by": "anyone", "sets": {"count": "=count + 1"}},
        "go": {**GO, "when": "count == 7"},
    }

    assert (
        meant(
            fields=count,
            opening={"to": "asked", "by": "anyone", "asks": ["count"]},
            states={"asked": {"on": on}},
        )
        == []
    )


@pytest.mark.parametrize(
    ("first", "second"),
    [
        pytest.param({"by": ["gardener"]}, {"by": ["head"]}, id="another role"),
        pytest.param(
            {"by": ["gardener"], "until": "2026-05-01"}, {"by": ["gardener"]}, id="after a law ends"
        ),
        pytest.param({"by": "anyone"}, {"by": ["clock"]}, id="the clock is nobody"),
        pytest.param(
            {"by": "anyone", "when": "flag"}, {"by": "anyone"}, id="when the first does not hold"
        ),
    ],
)
def test_a_branch_is_not_in_the_shadow_of(first, second):
    ways = [{"to": "done", **first}, {"to": "done", **second}]

    assert (
        said("HY605", fields={"flag": field("boolean")}, states={"asked": {"on": {"go": ways}}})
        == []
    )


def test_a_branch_whose_law_ends_before_it_begins_never_happens():
    odd = {**GO, "from": "2026-05-01", "until": "2026-01-01"}

    (found,) = said("HY605", states={"asked": {"on": {"go": GO, "odd": odd}}})

    assert "its 'from' is after its 'until'" in found


def test_a_rule_that_only_somebody_never_named_may_take_is_refused():
    roles = {"keeper": {"in_case": "keeper_of"}}
    asked = {"asked": {"on": {"go": GO, "keep": {"to": "done", "by": ["keeper"]}}}}
    found = said(
        "HY606",
        roles=roles,
        fields={"keeper_of": field("person")},
        opening={"to": "asked", "by": "anyone"},
        states=asked,
    )

    assert found == ["nobody can take 'keep': the case never names keeper"]


def test_a_rule_that_somebody_never_named_must_sign_is_refused():
    roles = {"keeper": {"in_case": "keeper_of"}, "gardener": {"level": "garden"}}
    asked = {
        "asked": {
            "on": {"go": GO, "keep": {"to": "done", "by": ["gardener"], "cosign": ["keeper"]}}
        }
    }
    found = said(
        "HY606",
        roles=roles,
        fields={"keeper_of": field("person")},
        opening={"to": "asked", "by": "anyone"},
        states=asked,
    )

    assert found == ["nobody can take 'keep': the case never names keeper"]


def test_a_rule_of_a_group_stands_where_the_group_stands():
    groups = {"calm": {"states": ["asked"], "on": {"sleep": {**GO, "when": "false"}}}}

    (found,) = [p for p in meant(groups=groups) if p.code == "HY605"]

    assert found.at.column > 1
    assert "'sleep'" in found.words.en


def test_ten_overlays_over_one_another_are_too_many_to_decide():
    names = [f"o{n}" for n in range(17)]
    leave = {"leave": {"to": "back", "by": "anyone"}, "end": GO}
    enter = {f"to_{name}": {"to": name, "by": "anyone"} for name in names}
    over = {name: {"over": ["asked", *names[:n]]} for n, name in enumerate(names)}
    layers = {
        n: {"on": {**leave, **dict(list(enter.items())[k + 1 :])}} for k, n in enumerate(names)
    }

    found = meant(states={"asked": {"on": {"go": GO, **enter}}, **layers}, overlays=over)

    assert [one.code for one in found] == ["HY600"]
