"""``heyi workflow test``: author tests played, a failing step explained, coverage, JUnit."""

import xml.etree.ElementTree as Xml
from pathlib import Path

import pytest

from heyi.cli.workflow.junit import JUnitCase, junit
from heyi.cli.workflow.telling import plain
from tests.cli.runner import HALL, run

TESTS = HALL.with_name("hall_tests.yaml")


@pytest.fixture
def hall(bare):
    """A folder with a workflow and its tests beside it."""
    (bare / "tests").mkdir()
    (bare / "hall.yaml").write_text(HALL.read_text(encoding="utf-8"), encoding="utf-8")
    path = bare / "tests" / "hall.yaml"
    path.write_text(TESTS.read_text(encoding="utf-8"), encoding="utf-8")
    return path


def spoil(path: Path, right: str, wrong: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert right in text
    path.write_text(text.replace(right, wrong, 1), encoding="utf-8")


def test_tests_that_hold_pass(hall):
    told = run("workflow", "test", "tests/hall.yaml")

    assert told.code == 0
    assert told.out == "✓ hall: H-1 收费借出\n1 passed, 0 failed\n"


def test_a_failing_step_shows_expected_and_found_side_by_side(hall):
    spoil(hall, "expect: {state: lent}", "expect: {state: declined, outcome: negative}")

    told = run("workflow", "test", "tests/hall.yaml")

    assert told.code == 1
    assert "    4. 2026-03-02 11:20  wang  办理 H1 借出\n" in told.out
    lines = [line.split() for line in told.out.splitlines()]
    assert ["期望", "实际"] in lines
    assert ["state", "declined", "lent"] in lines
    assert ["outcome", "negative", "positive"] in lines
    assert "0 passed, 1 failed" in told.err


def test_a_failing_step_shows_the_history_up_to_it_and_no_further(hall):
    spoil(hall, "fields: {fee: 5}", "fields: {fee: 6}")

    told = run("workflow", "test", "tests/hall.yaml", "--lang", "en")

    assert "the history so far:" in told.out
    history = told.out.split("the history so far:\n")[1].splitlines()[:-1] or [""]
    assert [line.split()[4] for line in told.out.splitlines() if line.strip()[:1].isdigit()][1:] == [
        "opened", "amended",
    ]  # fmt: skip
    assert "lend" not in "".join(history)


def test_a_refusal_that_was_not_expected_is_explained_by_its_reasons(hall):
    spoil(hall, "{fee: 5}, expect: {fields: {fee: 5}}", "{fee: 0}")

    told = run("workflow", "test", "tests/hall.yaml")

    assert "move.guard 须收费" in told.out
    assert "        move.guard  须收费\n" in told.out


def test_a_move_that_should_have_been_refused_is_explained_by_its_conditions(hall):
    spoil(hall, "does: H1, expect: {state: lent}", "does: H1, refused: {code: move.role}")

    told = run("workflow", "test", "tests/hall.yaml")

    assert "已办理；它的条件是：人数不超过60人；费用超过0" in told.out


def test_a_wrong_date_is_explained_by_the_run_of_the_clock(hall):
    spoil(hall, "answer: 2026-03-04", "answer: 2026-03-09")

    told = run("workflow", "test", "tests/hall.yaml", "--lang", "en")

    assert "answer (answer), 2 working days, from 2026-03-02, due 2026-03-04, open" in told.out


def test_long_values_stand_under_one_another(hall):
    spoil(hall, "says: 尚不能判断", "says: " + "很长的一句话" * 12)

    told = run("workflow", "test", "tests/hall.yaml")

    lines = told.out.splitlines()
    place = lines.index("      refused")
    assert lines[place + 1].startswith("        期望  code: move.guard, says: 很长")
    assert lines[place + 2].startswith("        实际  move.guard ")


@pytest.mark.parametrize(
    ("value", "text"),
    [(None, "无"), ([], "[]"), (["a", 1], "a；1"), (0, "0"), ({"a": 1, "b": None}, "a: 1")],
)
def test_a_value_is_told_in_one_line(value, text):
    assert plain(value, "zh") == text


def test_coverage_is_told_by_dimension_and_names_what_is_left(hall):
    told = run("workflow", "test", "tests/hall.yaml", "--coverage", "--lang", "en")

    assert told.code == 0
    lines = [line.split() for line in told.out.splitlines()]
    assert [
        "coverage",
        "all",
        "states",
        "transitions",
        "branches",
        "guard",
        "lines",
        "table",
        "rules",
        "rungs",
    ] in lines
    assert [
        "hall", "54.5%", "(6/11)", "66.6%", "(2/3)", "50%", "(2/4)", "-", "50%", "(2/4)", "-", "-",
    ] in lines  # fmt: skip
    for left in (
        "declined  declined", "asked.waive  lend for free", "asked.decline  decline",
        "asked.lend H1  lend: people <= 60  (never failed)",
    ):  # fmt: skip
        assert f"    {left}\n" in told.out


def test_too_little_coverage_exits_with_1(hall):
    assert run("workflow", "test", "tests/hall.yaml", "--min-coverage", "54").code == 0

    told = run("workflow", "test", "tests/hall.yaml", "--min-coverage", "55")

    assert told.code == 1
    assert "覆盖 54.5%，低于要求的 55%" in told.err
    assert "没有走到" not in told.out


@pytest.mark.parametrize("n", ["-1", "101", "x"])
def test_a_coverage_that_cannot_be_is_a_usage_error(hall, n):
    assert run("workflow", "test", "tests/hall.yaml", "--min-coverage", n).code == 2


def test_coverage_of_several_files_has_a_sum(hall):
    text = (hall.parent.parent / "hall.yaml").read_text(encoding="utf-8")
    other = hall.parent.parent / "room.yaml"
    other.write_text(text.replace("workflow: hall", "workflow: room"), encoding="utf-8")
    room = hall.with_name("room.yaml")
    room.write_text(
        hall.read_text(encoding="utf-8").replace("workflow: hall", "workflow: room"),
        encoding="utf-8",
    )

    told = run("workflow", "test", str(hall), str(room), "--coverage", "--lang", "en")

    assert ["all", "54.5%", "(12/22)"] in [line.split()[:3] for line in told.out.splitlines()]


def test_json_has_scenarios_alone_or_with_coverage(hall):
    alone = run("workflow", "test", "tests/hall.yaml", "--json").json
    both = run("workflow", "test", "tests/hall.yaml", "--json", "--coverage").json

    assert [one["story"] for one in alone] == ["H-1"]
    assert both["scenarios"] == alone
    assert both["coverage"]["percent"] == 54.5
    assert "rung" in both["coverage"]["files"][0]["by"]
    file = both["coverage"]["files"][0]
    assert file["by"]["state"] == {"met": 2, "of": 3, "percent": 66.6}
    assert {
        "kind": "transition",
        "key": ["asked", "waive"],
        "says": "asked.waive  免费借出",
    } in file["left"]


def test_junit_names_each_scenario_and_carries_the_explanation(hall):
    spoil(hall, "expect: {state: lent}", "expect: {state: declined}")
    spoil(hall, "收费借出", '收费<借出> & "引号"')

    told = run("workflow", "test", "tests/hall.yaml", "--junit", "out.xml")

    assert told.code == 1
    root = Xml.parse("out.xml").getroot()
    assert root.attrib == {"tests": "1", "failures": "1", "errors": "0"}
    case = root[0][0]
    assert (root[0].attrib["name"], case.attrib["classname"]) == ("hall", "hall")
    assert case.attrib["name"] == 'H-1 收费<借出> & "引号"'
    assert case[0].attrib["message"].startswith("4. 2026-03-02 11:20")
    assert "declined" in (case[0].text or "")


def test_junit_is_well_formed_whatever_a_test_is_called():
    nasty = "a\x00\x1b[31m]]>\ufffe\ud800 <b> & \"'"

    text = junit(
        [
            JUnitCase(suite=nasty, name=nasty, failed=nasty, detail=nasty),
            JUnitCase(suite="b", name="b"),
        ]
    )

    root = Xml.fromstring(text.encode("utf-8"))
    assert root[0][0][0].text == "a\\u0000\\u001b[31m]]>\\ufffe\\ud800 <b> & \"'"
    assert len(root[1][0]) == 0


def test_junit_that_cannot_be_written_is_a_usage_error(hall):
    assert run("workflow", "test", "tests/hall.yaml", "--junit", "no/such/folder.xml").code == 2


def test_a_test_file_that_is_not_there_is_not_found(bare):
    assert run("workflow", "test", "none.yaml").code == 3


def test_a_test_file_of_an_unknown_workflow_is_not_found(hall):
    spoil(hall, "workflow: hall", "workflow: hill")

    told = run("workflow", "test", "tests/hall.yaml")

    assert told.code == 3
    assert "没有流程“hill”" in told.err


def test_a_story_that_nobody_tells_is_not_found(hall):
    assert run("workflow", "test", "tests/hall.yaml", "--story", "H-9").code == 3


def test_a_test_file_with_mistakes_tells_them(hall):
    spoil(hall, "opens:", "open:")

    told = run("workflow", "test", "tests/hall.yaml")

    assert told.code == 1
    assert "HY101" in told.err


def test_a_test_file_that_is_no_text_tells_so(hall):
    hall.write_bytes(b"workflow: \xff")

    assert "HY005" in run("workflow", "test", "tests/hall.yaml").err
