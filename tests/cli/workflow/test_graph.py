"""``heyi workflow graph`` and ``heyi case graph``: pictures on the screen and in files."""

import json
from pathlib import Path
from xml.etree import ElementTree

import pytest

from tests.cli.runner import DAY, HALL, NUMBER, run


def test_a_workflow_is_drawn_as_svg(office):
    told = run("workflow", "graph", str(HALL), "--format", "svg", "--lang", "en")

    assert told.code == 0
    assert ElementTree.fromstring(told.out)[0].text == "Borrowing the hall"


@pytest.mark.parametrize(
    ("file", "begins"),
    [
        ("hall.svg", "<svg "), ("hall.mmd", "stateDiagram-v2"), ("hall.dot", "digraph hall {"),
        ("hall.gv", "digraph hall {"), ("hall.json", "{"), ("hall.txt", "活动室借用"), ("hall", "state"),
    ],
)  # fmt: skip
def test_the_file_s_ending_tells_the_format(office, file, begins):
    told = run("workflow", "graph", str(HALL), "-o", file)

    assert told.code == 0
    assert Path(file).read_text(encoding="utf-8").startswith(begins)


def test_a_picture_that_cannot_be_written_is_said(office):
    told = run("workflow", "graph", str(HALL), "-o", "nowhere/hall.svg")

    assert told.code == 2
    assert "nowhere/hall.svg" in told.err


def test_the_list_says_the_picture_in_words(office):
    told = run("workflow", "graph", str(HALL), "--format", "list")

    assert "已申请\n  借出 → 已借出\n" in told.out


def test_a_case_s_graph_marks_its_way(office):
    run("case", "do", NUMBER, "decline", "--as", "wang", "--at", DAY)

    data = json.loads(run("case", "graph", NUMBER, "--as", "wang", "--format", "json").out)
    picture = run("case", "graph", NUMBER, "--as", "wang", "--format", "svg").out

    assert data["way"]["stops"] == ["asked", "declined"]
    assert data["way"]["present"] == "declined"
    assert f"活动室借用 {NUMBER}" in picture
    assert "2 · 现在" in picture


def test_the_graph_of_no_case_is_3(office):
    assert run("case", "graph", "none", "--format", "svg").code == 3
