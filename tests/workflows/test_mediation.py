"""What mediation.yaml promises beyond the rule packs: notes go, readers stay few, no way is lost."""

import pytest

from engine.checking.build import load_workflow
from tests.builders.shelves import SHIPPED, folder

RULES = load_workflow(
    (SHIPPED / "mediation.yaml").read_text(encoding="utf-8"),
    file="mediation.yaml",
    shelf=folder(SHIPPED),
)
FINALS = {name for name, state in RULES.definition.states.items() if state.final}
WAYS = {
    f"{state}.{trigger}.{branch.place}": branch
    for (state, trigger), branches in RULES.branches.items()
    for branch in branches
    if branch.definition.to in FINALS
}
ENDING = [pytest.param(branch, id=name) for name, branch in WAYS.items()]


@pytest.mark.parametrize("branch", ENDING)
def test_every_way_to_an_end_erases_the_notes_of_talks_with_one_side(branch):
    assert "caucus" in branch.definition.erases


@pytest.mark.parametrize("branch", ENDING)
def test_every_way_to_an_end_tells_a_party_or_issues_it_a_paper(branch):
    papers = {
        role for name in branch.definition.issues for role in RULES.definition.documents[name].to
    }

    assert {"party", "applicant"} & {*branch.definition.tells, *papers}


def test_there_are_ways_to_every_end():
    assert {branch.definition.to for branch in WAYS.values()} == FINALS


@pytest.mark.parametrize(
    "field", ["safety_plan", "safety_talks", "reports", "caucus", "violence", "complaints"]
)
def test_what_is_sealed_is_read_by_no_party_not_even_in_its_own_case(field):
    part = RULES.fields[field]
    readers = set(part.seal_to or RULES.definition.readers["sealed"])

    assert part.privacy == "sealed"
    assert readers.isdisjoint({"party", "applicant", "worker", "lawyer"})


@pytest.mark.parametrize(
    "role", ["handler", "registrar", "worker", "head", "mediator", "joint_mediator", "lawyer"]
)
def test_an_official_who_is_a_party_holds_no_post_in_the_case(role):
    assert "parties.person" in RULES.definition.roles[role].never
