"""No meeting counts for another community: each decides by its own vote, none are pooled.

Joint consultations of two to four communities are played on a store, interleaved by chance; what
the street may say of them is tried on every combination of states.
"""

from collections.abc import Callable
from datetime import timedelta
from itertools import product
from random import Random
from typing import Any

import pytest

from engine.case.values import Case, Tell
from engine.compiling.plan import Workflow
from tests.builders.shelves import SHIPPED
from tests.workflows.consultation_mutants import Mutate, change, fact, mutilated, without
from tests.workflows.joint_walks import (
    ENDS,
    NAMES,
    PART,
    PASSED,
    RULES,
    Joint,
    a_vote,
    joint,
    on_day,
    rightly,
    script,
    verdicts,
)
from tests.workflows.scenario_player import Cast, plain

STATES = sorted(PART.definition.states)
COUNTED = {"integer", "decimal", "money"}
WORDS = ("票", "表决", "到会", "应到", "实到", "赞成", "vote", "present", "eligible", "quorum")


def numbers_of(workflow: Workflow) -> list[str]:
    """Return the fields and columns of a file that could hold a count or speak of votes."""
    parts = dict(workflow.fields)
    for name, field in workflow.fields.items():
        if isinstance(field.of, dict):
            parts |= {f"{name}.{column}": part for column, part in field.of.items()}
    return [
        name
        for name, part in parts.items()
        if part.type in COUNTED or any(word in f"{name} {part.label}" for word in WORDS)
    ]


# --- played


def _play(play: Joint, draw: Random, ends: dict[str, str], votes: dict[str, Any]) -> list[str]:
    """Bring every part to its end, in any order; return what was wrong on the way."""
    wrong: list[str] = []
    left = {unit: script(unit, end, votes[unit]) for unit, end in ends.items()}
    ready = dict.fromkeys(left, play.day)
    while any(left.values()):
        unit = draw.choice([name for name, moves in left.items() if moves])
        wait, (who, word, data) = left[unit].pop(0)
        play.day = max(play.day, ready[unit] + timedelta(days=wait))
        before = play.kept()
        play.does(unit, who, word, on_day(word, data, play.day))
        ready[unit] = play.day
        wrong += _touched(before, play.kept(), unit)
        wrong += _verdict(play) if any(left.values()) else []
    return wrong


def _touched(before: dict[str, Case], after: dict[str, Case], unit: str) -> list[str]:
    """Return whose data was changed by a move in another community's case."""
    return [
        f"{unit} changed {name or 'the whole'}"
        for name in before
        if name != unit
        and (before[name].fields, before[name].state) != (after[name].fields, after[name].state)
    ]


def _verdict(play: Joint) -> list[str]:
    """Let the street try to pass while some part is not done: it must not."""
    found = "passed too early" if play.tries("pass") else ""
    return [found] if found else []


@pytest.mark.parametrize(
    "seed", [*range(6), *(pytest.param(n, marks=pytest.mark.slow) for n in range(6, 60))]
)
def test_each_community_decides_by_its_own_meeting_alone(cast: Cast, seed: int):
    draw = Random(seed)
    units = NAMES[: 2 + seed % 3]
    ends = dict.fromkeys(units, "passed")
    if seed % 2:
        ends[draw.choice(units)] = draw.choice(ENDS[1:])
    votes = {unit: a_vote(draw, carried=end == "passed") for unit, end in ends.items()}

    with joint(cast, len(units)) as play:
        wrong = _play(play, draw, ends, votes)
        passed, failed = (
            play.tries("pass"),
            play.kept()[""].state == "parts_open" and play.tries("fail"),
        )
        kept, steps = play.kept(), play.steps

    own = {unit: kept[unit].taken.get("adopt", 0) for unit in units}
    assert wrong == []
    assert (passed, failed) == (set(ends.values()) == {"passed"}, set(ends.values()) != {"passed"})
    assert not passed or all(own.values())
    for unit in units:
        if ends[unit] in {"passed", "voted_down"}:
            named = ("eligible", "present", "votes_for")
            assert tuple(kept[unit].fields[name] for name in named) == votes[unit]
    if failed:
        _unit, step = steps[-1]
        told = {
            role for effect in step.effects if isinstance(effect, Tell) for role in effect.roles
        }
        assert step.after.state == "no_agreement"
        assert "street_report" in step.after.documents
        assert {"civil", "proposer"} <= told


@pytest.mark.parametrize("end", ENDS[1:])
def test_one_part_that_fails_in_any_way_fails_the_whole(cast: Cast, end: str):
    ends = {"xingfu": "passed", "shuangfeng": end}
    votes = {"xingfu": (90, 90, 90), "shuangfeng": (12, 12, 6)}

    with joint(cast, 2) as play:
        assert _play(play, Random(0), ends, votes) == []
        assert not play.tries("pass")
        assert play.tries("fail")
        play.does("xingfu", "xingfu_chair", "end_part",
                  {"reason": "未达成", "reply_on": "2026-03-20"})  # fmt: skip
        assert play.kept()["xingfu"].state == "terminated"
        assert play.kept()[""].taken.get("part_failed", 0) == 1


def test_a_majority_of_all_communities_together_is_no_majority_of_one(cast: Cast):
    votes = {"xingfu": (90, 90, 90), "shuangfeng": (30, 30, 15), "heshun": (90, 90, 90)}
    ends = {"xingfu": "passed", "shuangfeng": "voted_down", "heshun": "passed"}
    together, there = (sum(one[n] for one in votes.values()) for n in (2, 1))

    with joint(cast, 3) as play:
        assert _play(play, Random(3), ends, votes) == []
        assert together * 2 > there
        assert not play.tries("pass")
        assert play.tries("fail")


# --- judged


@pytest.mark.parametrize("state", STATES)
def test_the_street_says_of_two_communities_what_the_parts_came_to(state: str):
    for other in STATES:
        assert verdicts(RULES, [state, other]) == rightly([state, other]), other


@pytest.mark.parametrize("communities", [3, 4])
def test_and_of_more(communities: int):
    chosen = ["waiting_parts", "closed", "published", "terminated", "withdrawn", "urgent"]
    for stands in product(chosen, repeat=communities) if communities == 3 else _some(chosen):
        assert verdicts(RULES, stands) == rightly(stands), stands


def _some(chosen: list[str]) -> list[list[str]]:
    return [Random(seed).choices(chosen, [6, 3, 1, 1, 1, 1], k=4) for seed in range(80)]


def test_both_verdicts_are_possible():
    found = {verdicts(RULES, one) for one in product(STATES, repeat=2)}

    assert found == {(True, False), (False, True), (False, False)}
    assert {state for state in STATES if verdicts(RULES, [state] * 2)[0]} == PASSED


def test_the_whole_holds_no_number_that_could_be_a_vote():
    assert numbers_of(RULES) == []
    assert "votes_for" in numbers_of(PART)
    assert all(link.workflow == "consultation" for link in RULES.definition.links.values())


UNSCREENED = {"submitted", "screening"}


@pytest.mark.parametrize(
    "final",
    [s for s in STATES if PART.is_final(s) and PART.definition.states[s].outcome != "positive"],
)
def test_every_way_of_a_part_to_a_failed_end_tells_the_street(final: str):
    """But where the street itself has ended the whole; no part is screened or ends undecided."""
    silent = [
        (state, trigger)
        for (state, trigger), branches in PART.branches.items()
        for branch in branches
        if branch.definition.to == final
        and not getattr(branch.definition, "signals", None)
        and state not in UNSCREENED
    ]

    assert [one for one in silent if one[1] not in {"end_part", "end_without"}] == []


# --- mutants

PASSED_FACT = plain(SHIPPED / "joint_consultation.yaml")["facts"]["parts_passed"]["is"]
FAILED_FACT = plain(SHIPPED / "joint_consultation.yaml")["facts"]["parts_failed"]["is"]


def _misjudges(workflow: Workflow) -> bool:
    pairs = product(STATES, repeat=2)
    return any(verdicts(workflow, one) != rightly(one) for one in pairs)


def _counts(workflow: Workflow) -> bool:
    return numbers_of(workflow) != []


MUTANTS: dict[str, tuple[Callable[[Workflow], bool], Mutate]] = {
    "one failure does not matter": (_misjudges, without("pass", "parts_failed")),
    "nobody waits for the others": (_misjudges, without("pass", "parts_waiting")),
    "posted is passed": (_misjudges, fact("parts_passed", PASSED_FACT.replace("['wait", "['published', 'wait"))),
    "voting is passed": (_misjudges, fact("parts_passed", PASSED_FACT.replace("['wait", "['deciding', 'wait"))),
    "one is enough": (_misjudges, fact("parts_waiting", "size(parts_passed) > 0 ? [] : ['各社区']")),
    "any part stands for every community": (
        _misjudges, fact("parts_passed", PASSED_FACT.replace("p.unit == c.unit.id\n", "true\n").replace("p.unit == c.unit.id", "true")),
    ),
    "a withdrawal is no failure": (_misjudges, fact("parts_failed", FAILED_FACT.replace("!= 'positive'", "== 'negative'"))),
    "failed without a failure": (_misjudges, without("fail", "parts_failed")),
    "votes are added up": (_counts, change("fields", "votes_for", type="integer", label={"zh": "合计", "en": "sum"})),
    "a column of votes": (
        _counts, change("fields", "communities", "of", "ayes", type="integer", label={"zh": "数", "en": "n"}, optional=True),
    ),
}  # fmt: skip


@pytest.mark.parametrize(("finds", "mutate"), MUTANTS.values(), ids=MUTANTS)
def test_a_file_that_pools_or_passes_over_is_found_out(
    finds: Callable[[Workflow], bool], mutate: Mutate
):
    assert finds(mutilated("joint_consultation", mutate))
