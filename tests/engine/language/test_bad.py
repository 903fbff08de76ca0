"""Faulty files: every problem at its line and column, with its code, and no other."""

from pathlib import Path

import pytest

from engine.checking.build import check_workflow
from tests.builders.toy_workflows import is_meaning

BAD = Path(__file__).resolve().parent / "bad"
FILES = sorted(BAD.glob("*.yaml"))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_faulty_file_has_the_problems_it_is_said_to_have(file):
    expected = file.with_suffix(".expected").read_text(encoding="utf-8").split("\n")[:-1]

    workflow, found = check_workflow(file.read_text(encoding="utf-8"), file=file.name)

    told = [f"{p.at.line}:{p.at.column} {p.code}" for p in found if not is_meaning(p)]
    assert told == expected
    assert (workflow is None) is any(p.severity == "error" for p in found)
    assert {p.at.file for p in found} == {file.name}


def test_there_is_an_answer_to_every_faulty_file_and_a_file_to_every_answer():
    answers = {path.stem for path in BAD.glob("*.expected")}

    assert answers == {path.stem for path in FILES}
    assert len(answers) >= 40


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_problem_speaks_both_languages(file):
    _workflow, found = check_workflow(file.read_text(encoding="utf-8"), file=file.name)

    for problem in found:
        assert any("\u4e00" <= sign <= "\u9fff" for sign in problem.words.zh), problem.words.zh
        assert problem.text("en").isascii() or not problem.words.en.isascii()
        assert problem.hint.zh.startswith("是否想写") == problem.hint.en.startswith("did you mean")


@pytest.mark.parametrize(
    ("file", "hint"),
    [("misspelt_keys", "did you mean 'when'?"), ("moves_to_nowhere", "did you mean 'gardener'?"), ("bad_expressions", "did you mean 'beds'?"),
     ("list_mistakes", "did you mean 'done_on'?"), ("table_rows", "did you mean 'days'?"), ("warnings_only", "did you mean 'law'?")],
)  # fmt: skip
def test_a_misspelt_word_is_answered_with_the_one_that_was_meant(file, hint):
    _workflow, found = check_workflow((BAD / f"{file}.yaml").read_text(encoding="utf-8"))

    assert hint in {problem.hint.en for problem in found}
