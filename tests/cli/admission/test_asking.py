"""The interview at the terminal: one question after another, the verdict on stdout."""

import json

import pytest
from typer.testing import CliRunner

from heyi.cli.main import app
from tests.cli.runner import Told

UNLIKE = "ζ"
ASSISTS = ["3", "2", "2", "2", "1", ""]
"""A department, no signs, no power, no burdens, the law says assist, no order."""


def interviewed(lines: list[str], *arguments: str) -> Told:
    result = CliRunner().invoke(
        app, ["admission", "check", "--ask", *arguments], input="\n".join([*lines, ""])
    )
    assert "Traceback" not in result.output
    return Told(result.exit_code, result.stdout, result.stderr)


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("zh", ("部门", "须提供", "拨付经费并到账")),
        ("en", ("a department", "must be provided", "pays")),
    ],
)
def test_the_interview_ends_with_what_must_be_provided(bare, lang, words):
    told = interviewed(ASSISTS, UNLIKE, "--lang", lang)

    assert told.code == 0, told.err
    assert "D4.6" in told.out
    assert words[0] in told.err
    assert words[1] in told.out
    assert words[2] in told.out


def test_questions_go_to_stderr_so_that_stdout_holds_the_verdict_alone(bare):
    told = interviewed(ASSISTS, UNLIKE, "--json")

    assert json.loads(told.out)["class"] == "A"


def test_the_name_is_asked_for_where_none_is_given(bare):
    told = interviewed(["", "IT-F01"])

    assert told.code == 0
    assert told.out.startswith("IT-F01：F")


def test_a_code_needs_no_question(bare):
    told = interviewed([], "IT-G16")

    assert told.code == 0
    assert told.err == ""


def test_a_row_with_a_like_name_is_chosen_by_its_number(bare):
    told = interviewed(["1"], "占道经营整治")

    assert told.code == 0
    assert "D4.3" in told.out
    assert "占道经营、市容环卫执法" in told.err


def test_what_is_no_choice_is_asked_again_and_words_do_as_well_as_numbers(bare):
    told = interviewed(["9", "x", "1 2", "社区", "有", "行政执法"], UNLIKE)

    assert told.err.count("请从所列编号中选") == 3
    assert "D4.2" in told.out


def test_questions_passed_over_leave_it_undecided(bare):
    told = interviewed(["0"] * 12, UNLIKE)

    assert told.code == 1
    assert "尚不能归类" in told.out


def test_without_a_terminal_nothing_is_asked(bare):
    from tests.cli.runner import run

    told = run("admission", "check", UNLIKE)
    nameless = run("admission", "check")

    assert (told.code, nameless.code) == (1, 2)
    assert "? responsible_kind" in told.out
