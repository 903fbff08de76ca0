"""Who opened a case and who moved in it: told to those who work on it; in a sealed one to fewer."""

from typing import Any

import pytest

from engine.case.values import Actor
from engine.facts.facts import Facts
from engine.facts.messages import MASK
from heyi.app.cases.history import history_view
from heyi.app.cases.sight import Seen
from heyi.app.cases.views import NOBODY, case_view
from tests.builders.club_worlds import GARDENER, HEAD, STRANGER, fire, later, opened, world
from tests.builders.plain_views import plain
from tests.builders.toy_workflows import field, toy

FILE: dict[str, Any] = {
    "fields": {"hurt": field("boolean")},
    "readers": {"internal": ["gardener"]},
    "sealed": {"when": "hurt", "to": ["head"]},
    "opening": {"to": "asked", "by": "anyone", "asks": ["hurt"]},
    "states": {
        "asked": {"on": {"go": {"to": "done", "by": ["gardener"], "cosign": ["head"]}}},
        "done": {"final": True, "outcome": "positive"},
    },
}
NAMES = {STRANGER.id, GARDENER.id, HEAD.id}


def told_to(actor: Actor, *, hurt: bool) -> set[str]:
    """Return the persons whom a reader is told of, before the last signature and after it."""
    workflow = toy(**FILE)
    first = opened(workflow, STRANGER, data={"hurt": hurt})
    second = fire(workflow, first.after, "go", GARDENER)
    third = fire(workflow, second.after, "go", HEAD, kind="sign")
    events, found = [one.event for one in (first, second, third)], set[str]()
    for case in (second.after, third.after):
        facts = Facts(workflow, case, world(), now=later(case), actor=actor.id)
        seen = Seen(case=case, workflow=workflow, facts=facts, actor=actor, world=world())
        view, history = plain(case_view(seen, "zh")), plain(history_view(seen, events, "zh"))
        found |= {view["opened_by"], *(one["actor"] for one in history)}
        found |= {one["by"] for one in view["proposals"]}
        for some in (*view["proposals"], *history):
            found |= {person for _role, person in some.get("signed", ())}
    return found


@pytest.mark.parametrize(("hurt", "told"), [(False, GARDENER.id), (True, MASK)])
def test_a_file_without_readers_hides_nobody_but_in_a_sealed_case(hurt, told):
    workflow = toy(**{**FILE, "readers": {}})
    case = opened(workflow, GARDENER, data={"hurt": hurt}).after
    facts = Facts(workflow, case, world(), now=later(case), actor=STRANGER.id)
    seen = Seen(case=case, workflow=workflow, facts=facts, actor=STRANGER, world=world())

    assert case_view(seen, "zh").opened_by == told


@pytest.mark.parametrize(
    ("actor", "hurt", "persons"),
    [
        pytest.param(GARDENER, False, NAMES, id="who reads class internal"),
        pytest.param(HEAD, False, {HEAD.id, MASK}, id="who does not knows their own moves"),
        pytest.param(NOBODY, False, {MASK}, id="nobody in particular"),
        pytest.param(HEAD, True, NAMES, id="who reads the sealed case"),
        pytest.param(GARDENER, True, {MASK}, id="who does not read it any more"),
        pytest.param(STRANGER, True, {STRANGER.id}, id="who reported it"),
        pytest.param(NOBODY, True, {MASK}, id="nobody of a sealed case"),
    ],
)
def test_who_moved_is_told_to_those_who_may_know(actor, hurt, persons):
    assert told_to(actor, hurt=hurt) == persons
