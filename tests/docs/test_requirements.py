"""The table from the policy to the rules names only what exists, and every clause."""

import re
from collections.abc import Iterator
from functools import cache

import pytest

from engine.language.reader import read_yaml
from tests.builders.shelves import ROOT, SHIPPED, shipped, shipped_names
from tests.workflows.scenario_player import scripts

PAGE = ROOT / "docs" / "requirements.md"
CLAUSES = 35
_RULE = re.compile(r"[A-Z]{1,2}\d{2}[a-z]?")
_STORY = re.compile(r"\b[KMT]-\d{2}\b")


def rows() -> Iterator[list[str]]:
    for line in PAGE.read_text(encoding="utf-8").splitlines():
        if line.startswith("| SEED-"):
            yield [cell.strip() for cell in line.strip("|").split(" | ")]


ROWS = list(rows())


@cache
def promises() -> set[str]:
    files = (SHIPPED / "packs").glob("*.yaml")
    values = [read_yaml(file.read_text(encoding="utf-8")).value for file in files]
    return {one["id"] for value in values for one in value.get("promises", [])}


@cache
def stories() -> set[str | None]:
    return {script.scenario.story for script in scripts()}


@cache
def rules_of(name: str) -> set[str]:
    workflow = shipped(name)
    branches = [b for ways in workflow.branches.values() for b in ways]
    found = [b.definition.id or "" for b in (*branches, *workflow.openings)]
    return {one.strip() for ids in found for one in ids.split(",")}


def test_every_clause_of_the_plan_has_its_row_in_order():
    assert [row[0] for row in ROWS] == [f"SEED-{n:02}" for n in range(1, CLAUSES + 1)]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0])
def test_every_rule_a_row_names_exists(row: list[str]):
    known, wrong = promises(), []
    for part in row[2].split(";"):
        file = re.search(r"`(\w+)`", part)
        ids = _RULE.findall(re.sub(r"`\w+`", "", part))
        if file is None:
            wrong += [one for one in ids if one not in known]
            continue
        assert file[1] in shipped_names(), file[1]
        wrong += [f"{file[1]} {one}" for one in ids if one not in rules_of(file[1])]

    assert wrong == []


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0])
def test_every_proof_a_row_names_exists(row: list[str]):
    files = re.findall(r"`(tests/[\w/]+\.py)`", row[3])

    assert [one for one in _STORY.findall(row[3]) if one not in stories()] == []
    assert [one for one in files if not (ROOT / one).is_file()] == []
    assert files or _STORY.search(row[3]) or row[4], "neither proof nor an honest 'not yet'"
