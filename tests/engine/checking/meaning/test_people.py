"""States that hang on one person, and triggers that nothing fires."""

from typing import Any

import pytest

from tests.builders.toy_workflows import field
from tests.engine.checking.meaning.checked_files import said

GO = {"to": "done", "by": "anyone"}
ROLES = {
    "gardener": {"level": "garden"},
    "porter": {"level": "own"},
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


@pytest.mark.parametrize("used", [True, False])
def test_a_rung_that_fires_a_rule_wakes_it_once_a_clock_has_it(used):
    states = {"asked": {"on": {"go": GO, "tick": {"to": "done", "by": ["clock"]}}}}
    ladder = {"slow": {"rungs": [{"at": "due", "fire": "tick"}]}}
    clock = {"within": "2 days", "starts": ["asked"], **({"ladder": "slow"} if used else {})}

    assert len(said("HY610", states=states, ladders=ladder, clocks={"term": clock})) == 1 - used


@pytest.mark.parametrize("recurs", [True, False])
def test_an_opening_for_the_clock_alone_needs_something_that_recurs(recurs):
    openings = [{"to": "asked", "by": "anyone"}, {"id": "round", "to": "asked", "by": "clock"}]
    parts: dict[str, Any] = (
        {"recurs": {"weekly": {"on": "mondays", "each": "garden"}}} if recurs else {}
    )

    found = said("HY610", opening=openings, **parts)

    told = ["only the clock may open by 'round', but nothing recurs"]
    assert found == ([] if recurs else told)


def test_a_level_below_one_of_the_levels_where_cases_live_is_not_odd():
    roles = {"gardener": {"level": "garden"}, "bedder": {"level": "garden", "reach": "below"}}

    assert said("HY620", roles=roles, opened_at=["shed", "garden"]) == []


def test_a_post_at_the_cases_own_unit_can_be_filled_by_another():
    assert said("HY609", **kept(move={"by": ["porter"]})) == []


def test_a_level_above_and_below_at_once_is_odd():
    roles = {"gardener": {"level": "garden"}, "bedder": {"level": "garden", "reach": "below"}}

    (found,) = said("HY620", roles=roles, opened_at="shed")

    assert found.startswith("role 'bedder' takes posts at level 'garden' below the case")


def test_a_person_of_whom_nothing_is_said_is_named_as_field_and_as_column():
    rows = {"type": "list", "of": {"who": field("person"), "known": field("person", of="any")}}
    parts: dict[str, Any] = {
        "guest": field("person"),
        "host": field("person", of="office"),
        "rows": rows,
    }

    assert said("HY506", fields=parts, **{"states": kept()["states"], "roles": {"keeper": {"level": "own"}}}) == [
        "'thing' (guest) does not say 'of': office (registered), outside (not registered) or any",
        "'rows' does not say 'of': office (registered), outside (not registered) or any",
    ]  # fmt: skip
