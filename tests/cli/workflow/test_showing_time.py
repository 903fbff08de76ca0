"""``heyi workflow show`` tells what clocks do as time runs, and what the calendar opens."""

import json

import pytest

from tests.builders.toy_workflows import text_of
from tests.cli.runner import run

CLOCKS = {
    "term": {
        "starts": ["asked"],
        "rules": [
            {"if": "taken.go > 0", "within": "5 days", "ladder": "slow"},
            {"within": "9 days", "pauses": {"in": ["asked"], "each": "2 days"}},
        ],
    },
    "plain": {"within": "5 days", "starts": ["asked"], "ladder": "slow"},
}


@pytest.fixture
def file(bare):
    text = text_of(
        clocks=CLOCKS,
        ladders={"slow": {"rungs": [{"at": "due", "mark": "overdue", "tell": ["gardener"]}]}},
        opening={"to": "asked", "by": ["anyone", "clock"]},
        recurs={"round": {"on": "days 1 and 16", "each": "garden"}},
    )
    (bare / "toy.yaml").write_text(text, encoding="utf-8")
    return "toy.yaml"


def test_each_length_tells_what_it_does_and_a_ladder_is_told_once(file):
    told = run("workflow", "show", file, "--lang", "en").out

    assert (
        "otherwise: within 9 days\n        · rests in “asked”, at most 2 days each time\n" in told
    )
    assert told.count("· reminds by ladder “slow”") == 2
    assert "■ Ladders\n  slow\n        · when due: marked overdue, tells the gardener\n" in told
    assert "■ Opened by the calendar\n  round  on days 1 and 16 of each month at 09:00" in told


def test_programs_get_the_same(file):
    view = json.loads(run("workflow", "show", file, "--json").out)

    assert [one["time"] for one in view["clocks"][0]["lengths"]] == [
        ["催办按阶梯“slow”"], ["在“asked”期间暂停，每次最长2日"],
    ]  # fmt: skip
    assert [one["name"] for one in view["ladders"]] == ["slow"]
    assert view["recurs"] == [
        {"name": "round", "says": "每月1日、16日09:00在每个“garden”级单位立案一件"}
    ]
