"""What somebody may do with a field: nothing, read it, bring it."""

from dataclasses import replace

import pytest

from engine.facts.access import access_to
from tests.builders.club_worlds import BED, GARDENER, HEAD, STRANGER, facts_of
from tests.builders.toy_workflows import field, toy

WORKFLOW = toy(
    roles={"gardener": {"level": "garden"}, "head": {"level": "region"}, "bedder": {"level": "bed", "reach": "below"}},
    fields={
        "plan": field("text", privacy="internal"), "note": field("text", privacy="internal"),
        "secret": field("text", privacy="sealed"), "rows": field("list", of={"x": {"type": "text"}}, privacy="internal"),
    },
    readers={"internal": ["gardener", "head"]},
    states={"asked": {
        "on": {"go": {"to": "done", "by": ["head"], "asks": ["plan"]}, "tell": {"to": "stay", "by": ["gardener"], "may": ["secret"]}},
        "amends": [{"by": ["gardener"], "fields": ["note"], "edits": {"rows": ["x"]}}],
    }},
    seen_by=["gardener", "head"],
)  # fmt: skip


@pytest.mark.parametrize(
    ("name", "who", "level"),
    [
        ("plan", HEAD, "write"), ("plan", GARDENER, "read"), ("plan", BED, "none"),
        ("note", GARDENER, "write"), ("note", HEAD, "read"), ("secret", HEAD, "none"),
        ("secret", GARDENER, "write"), ("rows", GARDENER, "write"), ("plan", STRANGER, "none"),
    ],
)  # fmt: skip
def test_a_field_is_brought_by_moves_and_amendments_of_the_state_else_read(name, who, level):
    assert access_to(name, who, facts_of(WORKFLOW)) == level


def test_nothing_is_open_in_a_state_that_offers_nothing():
    facts = facts_of(WORKFLOW, fields={"plan": "x"})
    done = facts_of(WORKFLOW, replace(facts.case, state="done"))

    assert access_to("plan", HEAD, done) == "read"
