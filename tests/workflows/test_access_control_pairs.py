"""One name, other answers, another class: what an item is called decides nothing."""

from datetime import UTC, datetime
from typing import Any

import pytest

from heyi.app.admission.classification import Asked, classify
from heyi.app.admission.classifier import find_classifier
from heyi.app.library.shelf import FolderShelf
from tests.builders.plain_views import plain as told
from tests.builders.shelves import SHIPPED, rows
from tests.workflows.scenario_player import ZONE, plain

FILE = plain(SHIPPED.parent / "tests" / "workflows" / "pairs.yaml")
PAIRS = FILE["pairs"]
NOON = datetime(2026, 3, 2, 4, tzinfo=UTC)
SIDES = [(pair["name"], pair[side]) for pair in PAIRS for side in ("one", "other")]


@pytest.fixture(scope="module")
def asked() -> Asked:
    """What ``heyi admission check`` asks, on a day of which the shipped list holds."""
    shelf = FolderShelf([SHIPPED])
    return Asked(
        classifier=find_classifier(shelf), rows=rows(SHIPPED)["work_items"], now=NOON, zone=ZONE,
        lang="zh", shelf=shelf,
    )  # fmt: skip


def _answers(side: dict[str, Any]) -> dict[str, Any]:
    merged = {**FILE["usual"], **side["answers"]}
    return {question: answer for question, answer in merged.items() if answer is not None}


def test_there_are_twenty_pairs_of_other_names():
    assert len({pair["name"] for pair in PAIRS}) == len(PAIRS) == 20


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: pair["name"])
def test_the_two_sides_of_a_pair_are_of_other_classes(pair: dict[str, Any]):
    assert pair["one"]["is"] != pair["other"]["is"]


@pytest.mark.parametrize(("name", "side"), SIDES, ids=[f"{n}:{s['is']}" for n, s in SIDES])
def test_the_answers_decide(asked: Asked, name: str, side: dict[str, Any]):
    view = told(classify(asked, name, _answers(side)))

    assert (view["decided"], view["class"], view["rule"]) == (True, side["is"], side["rule"])
    assert view["route"]
    assert view["remedy"]


@pytest.mark.parametrize(("name", "side"), SIDES, ids=[f"{n}:{s['is']}" for n, s in SIDES])
def test_the_name_alone_decides_nothing_and_another_name_changes_nothing(
    asked: Asked, name: str, side: dict[str, Any]
):
    unanswered = told(classify(asked, name, {}))
    other = told(classify(asked, "某事项", _answers(side)))

    assert (unanswered["decided"], unanswered["class"]) == (False, None)
    assert (other["class"], other["rule"]) == (side["is"], side["rule"])


def test_the_pairs_meet_every_class_that_the_table_gives(asked: Asked):
    assert {side["is"] for _name, side in SIDES} == set(
        asked.classifier.workflow.definition.tables[asked.classifier.table.name].gives["class"]
    )
