"""What author tests reach: everything written counts once, and only what was really met."""

from pathlib import Path
from typing import Any

import pytest

from heyi.app.authors.coverage import FileCoverage, Tally, coverage_of, coverage_view, named, summed
from heyi.app.authors.explanations import plain_names
from heyi.app.authors.scenariofile import load_scenarios
from heyi.app.authors.stage import Rehearsal
from heyi.app.authors.trail import Trail
from heyi.app.library.shelf import FolderShelf
from tests.workflows.scenario_player import ZONE, yaml_of

CLUB = Path(__file__).with_name("club.yaml")
OPENS = {"at": "2026-03-02 10:00", "who": "gao", "opens": {"size": 3}, "entry": "small"}


def play(folder: Path, *steps: dict[str, Any], watched: bool = True) -> tuple[FileCoverage, Any]:
    """Play one scenario of the club; every step a minute later."""
    (folder / "shelf").mkdir()
    (folder / "spare").mkdir()
    (folder / "shelf" / "club.yaml").write_text(CLUB.read_text(encoding="utf-8"), encoding="utf-8")
    dated = [{"at": f"2026-03-02 10:{n:02}", **step} for n, step in enumerate(steps, 1)]
    file = {
        "workflow": "club",
        "units": {"north": {"level": "garden", "title": "北园"}},
        "people": {
            "gao": {"posts": ["gardener@north"]},
            "er": {"posts": ["gardener@north"]},
            "tou": {"posts": ["head@north"]},
        },
        "scenarios": [{"name": {"zh": "一"}, "steps": dated}],
    }
    rule, _document = load_scenarios(yaml_of(file), file="tests.yaml")
    trail = Trail()
    shelf = FolderShelf([folder / "shelf"])
    stage = Rehearsal(shelf, folder / "spare", ZONE, trail=trail if watched else None)
    workflow = stage.workflow("club")
    assert workflow is not None
    with stage.stage(rule, rule.scenarios[0]) as cases:
        *_, played = stage.play(cases, rule, rule.scenarios[0], workflow)
    return coverage_of(workflow, trail.of("club")), played


def gao(**step: Any) -> dict[str, Any]:
    return {"who": "gao", **step}


def test_what_is_written_once_counts_once(tmp_path):
    found, _played = play(tmp_path, OPENS)

    assert {name: tally.of for name, tally in found.by.items()} == {
        "state": 3, "transition": 6, "branch": 2, "guard": 10, "rule": 2, "rung": 0,
    }  # fmt: skip


def test_an_opening_meets_its_state_its_transition_and_its_guard(tmp_path):
    found, played = play(tmp_path, OPENS)

    assert played.passed
    assert {name: tally.met for name, tally in found.by.items()} == {
        "state": 1, "transition": 1, "branch": 0, "guard": 1, "rule": 0, "rung": 0,
    }  # fmt: skip
    assert ("guard", "opening", "small", "0", "0", "failed") in found.left


def test_a_refused_move_meets_its_guard_and_nothing_else(tmp_path):
    refused = {**OPENS, "opens": {"size": 11}, "refused": {"code": "move.guard"}}

    found, _played = play(tmp_path, refused)

    assert {name: tally.met for name, tally in found.by.items()} == {
        "state": 0, "transition": 0, "branch": 0, "guard": 1, "rule": 0, "rung": 0,
    }  # fmt: skip
    assert ("guard", "opening", "small", "0", "0", "held") in found.left


def test_a_groups_move_is_met_wherever_it_is_made(tmp_path):
    found, _played = play(tmp_path, OPENS, gao(does="remark", **{"with": {"note": "好"}}))

    assert ("transition", "everywhere", "remark") not in found.left


def test_the_branch_taken_is_met_and_the_one_before_it_failed(tmp_path):
    found, played = play(
        tmp_path,
        {**OPENS, "opens": {"size": 9}},
        gao(does="grow", **{"with": {"kind": "tree"}}, expect={"proposed": ["grow"]}),
        {"who": "tou", "signs": "grow", "expect": {"state": "grown"}},
    )

    assert played.passed
    left = {key for key in found.left if key[0] in {"branch", "guard"}}
    assert ("branch", "asked", "grow", "1") not in left
    assert ("branch", "asked", "grow", "0") in left
    assert ("guard", "asked", "grow", "0", "0", "failed") not in left
    assert ("guard", "asked", "grow", "1", "0", "held") not in left
    assert ("guard", "asked", "grow", "1", "0", "failed") in left


def test_a_branch_behind_the_one_that_grants_is_not_judged(tmp_path):
    found, _played = play(tmp_path, OPENS, gao(does="grow", **{"with": {"kind": "herb"}}))

    assert ("guard", "asked", "grow", "1", "0", "held") in found.left


def test_somebody_without_the_role_meets_no_guard(tmp_path):
    step = {"who": "tou", "does": "split", "refused": {"code": "move.role"}}

    found, _played = play(tmp_path, OPENS, step)

    assert ("guard", "asked", "split", "0", "0", "held") in found.left


def test_the_rule_of_a_table_is_met_through_the_length_of_a_clock(tmp_path):
    found, _played = play(tmp_path, OPENS, gao(does="grow", **{"with": {"kind": "herb"}}))

    assert [key for key in found.left if key[0] == "rule"] == [("rule", "care", "tree")]


def test_the_rule_of_a_table_is_met_through_a_fact_that_is_expected(tmp_path):
    found, played = play(
        tmp_path,
        {**OPENS, "opens": {"size": 3, "kind": "tree"}, "expect": {"facts": {"long": True}}},
    )

    assert played.passed
    assert [key for key in found.left if key[0] == "rule"] == [("rule", "care", "herb")]


def test_a_linked_case_is_watched_too(tmp_path):
    found, played = play(
        tmp_path, {**OPENS, "opens": {"size": 20}, "entry": "large"}, gao(does="split")
    )

    assert played.passed
    assert ("guard", "opening", "small", "0", "0", "failed") not in found.left


def test_who_watches_changes_nothing(tmp_path):
    steps = (OPENS, gao(does="split"), gao(does="grow", **{"with": {"kind": "herb"}}))
    (tmp_path / "one").mkdir()
    (tmp_path / "two").mkdir()

    _found, watched = play(tmp_path / "one", *steps)
    _none, alone = play(tmp_path / "two", *steps, watched=False)

    assert (
        [step.wrong for step in watched.steps] == [step.wrong for step in alone.steps] == [[]] * 3
    )
    assert len(watched.events) == len(alone.events)
    assert watched.findings == alone.findings == ()


def test_an_unknown_opening_is_left_to_the_engine(tmp_path):
    found, played = play(tmp_path, {**OPENS, "entry": "none", "refused": {"code": "move.state"}})

    assert played.passed
    assert found.total.met == 0


@pytest.mark.parametrize(
    ("key", "zh"),
    [
        (("state", "grown"), "grown  已种"),
        (("transition", "opening", "small"), "opening.small  小"),
        (("transition", "everywhere", "remark"), "everywhere.remark  记一笔"),
        (("branch", "asked", "grow", "1"), "asked.grow[2]  共同种"),
        (
            ("guard", "asked", "grow", "1", "0", "held"),
            "asked.grow[2]  共同种: size >= 5  (从未成立)",
        ),
        (
            ("guard", "grown", "end", "0", "0", "failed"),
            "grown.end  了结: !long || filled.note  (从未不成立)",
        ),
        (("rule", "care", "tree"), "care: tree"),
    ],
)
def test_what_is_left_is_named_by_id_and_label(tmp_path, key, zh):
    found, _played = play(tmp_path, OPENS)

    assert named(found.workflow, key, "zh") == zh


def test_coverage_as_plain_data_names_everything_left(tmp_path):
    found, _played = play(tmp_path, OPENS)

    view = coverage_view([found], "en")

    assert view.percent == view.files[0].percent == found.total.percent
    assert len(view.files[0].left) == found.total.of - found.total.met


def test_a_percentage_is_never_rounded_up_to_all():
    assert Tally(met=1999, of=2000).percent == 99.9
    assert Tally(met=2000, of=2000).percent == 100
    assert summed([]).percent == 100


def test_a_fact_is_traced_to_the_fields_behind_its_tables(tmp_path):
    found, _played = play(tmp_path, OPENS)

    assert plain_names(found.workflow, "long") == ["kind"]


def test_a_story_tells_of_acts_beside_moves(tmp_path):
    er = {"who": "er"}
    _found, played = play(
        tmp_path,
        {**OPENS, "opens": {"size": 9}},
        gao(claims=True, expect={"assignee": "gao"}),
        gao(hands="tou", refused={"code": "move.field"}),
        gao(hands="er", expect={"assignee": "gao"}),
        {**er, "returns": True, "reason": "休假"},
        gao(hands="er"),
        {**er, "accepts": True, "comments": "接了", "expect": {"assignee": "er"}},
        gao(does="grow", **{"with": {"kind": "tree"}}, expect={"proposed": ["grow"]}),
        gao(urges="grow"),
        gao(urges=True, refused={"code": "move.state"}),
        gao(withdraws="grow", reason="写错", expect={"proposed": []}),
    )

    assert played.passed, [step.wrong for step in played.steps]
