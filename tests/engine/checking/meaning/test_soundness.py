import re

import pytest

from engine.checking.meaning.check import check_meaning
from engine.compiling.build import workflow_from_definition
from engine.language.load import load_definition
from tests.builders.toy_workflows import text_of
from tests.effort import examples, more
from tests.engine.checking.meaning.brute_force import try_all
from tests.engine.checking.meaning.random_files import Maker

EVERY_DAY = examples(everyday=100, full=300)
DEEP = 5_000


def compared(seed: int) -> tuple[dict[str, set[str]], dict[str, set[str]]]:
    """Return what the check says of a random file, and what trying everything shows."""
    rule, findings = load_definition(text_of(**Maker(seed).parts()), file="toy.yaml")
    assert rule is not None, findings.problems
    workflow = workflow_from_definition(rule)
    check_meaning(workflow, findings)
    said: dict[str, set[str]] = {}
    for problem in findings.problems:
        if name := re.search(r"'(\w+)'", problem.words.en):
            said.setdefault(problem.code, set()).add(name[1])
    seen = try_all(workflow)
    offered = {
        b.name
        for state in seen.states
        for t in workflow.triggers[state]
        for b in workflow.branches[state, t]
    } | {b.name for b in workflow.openings}
    tried = {
        "unreachable": set(workflow.definition.states) - seen.states,
        "never taken": offered - seen.rules,
        "stuck": seen.stuck(),
    }
    found = {
        "unreachable": said.get("HY601", set()),
        "never taken": said.get("HY605", set()) | said.get("HY606", set()),
        "stuck": said.get("HY602", set()) | said.get("HY603", set()),
    }
    return found, tried


def differs(seed: int) -> str:
    """Return where the two disagree, "" where they do not."""
    found, tried = compared(seed)
    wrong = [
        f"{what}: said {found[what]}, seen {tried[what]}"
        for what in ("unreachable", "never taken")
        if found[what] != tried[what]
    ]
    # Of several stuck states only those are named that the others lead to.
    if not found["stuck"] <= tried["stuck"] or bool(found["stuck"]) != bool(tried["stuck"]):
        wrong.append(f"stuck: said {found['stuck']}, seen {tried['stuck']}")
    return f"seed {seed}: {'; '.join(wrong)}" if wrong else ""


@more
@pytest.mark.parametrize("block", range(10))
def test_the_check_says_what_trying_everything_shows(block):
    size = EVERY_DAY // 10

    wrong = [said for seed in range(block * size, (block + 1) * size) if (said := differs(seed))]

    assert wrong == []


@pytest.mark.slow
@pytest.mark.parametrize("block", range(50))
def test_the_check_says_what_trying_everything_shows_on_many_files(block):
    size = DEEP // 50
    start = 1_000 + block * size

    wrong = [said for seed in range(start, start + size) if (said := differs(seed))]

    assert wrong == []
