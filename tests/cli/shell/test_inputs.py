"""What cannot be read is refused before anything is asked."""

from types import SimpleNamespace
from typing import Any

import pytest

from engine.case.errors import HeyiError, MoveRefused, Reason
from engine.case.text import Text
from engine.case.values import Event
from heyi.app.audit.audit import FindingView
from heyi.cli.case.lines import finding_line, moved_line
from heyi.cli.shell import inputs
from heyi.cli.shell.exits import InputWrong, NotFound, sentences
from storage.kernel.errors import StorageFailed
from tests.cli.runner import NUMBER, run


@pytest.mark.parametrize("text", ["", "=", "x", ":=1", "x:=", "x:={", "x:=01"])
def test_what_is_no_value_is_refused(text):
    with pytest.raises(InputWrong):
        inputs.split_value(text)


def test_a_name_given_twice_is_refused():
    with pytest.raises(InputWrong, match="twice"):
        inputs.gather(["a=1", "a=2"])


def test_a_value_from_a_file_that_is_not_there_is_not_found():
    with pytest.raises(NotFound):
        inputs.gather(["a=@nowhere.json"])


def test_a_value_from_a_folder_is_refused(tmp_path):
    with pytest.raises(InputWrong):
        inputs.gather([f"a=@{tmp_path}"])


def test_a_file_that_is_too_large_is_not_read_whole(tmp_path, monkeypatch):
    monkeypatch.setattr(inputs, "MAX_FILE", 8)
    (tmp_path / "big.json").write_bytes(b"[1, 2, 3, 4]")

    with pytest.raises(InputWrong, match="too large"):
        inputs.gather([f"a=@{tmp_path / 'big.json'}"])


def test_a_file_that_is_no_text_is_refused(tmp_path):
    (tmp_path / "odd.json").write_bytes(b"\xff")

    with pytest.raises(InputWrong, match="UTF-8"):
        inputs.read_mapping(tmp_path / "odd.json")


def test_the_source_of_a_reason_is_told_in_both_languages():
    error = MoveRefused(
        [Reason(code="move.guard", words=Text("不行", "no"), source="law#1")], allowed=["a", "b"]
    )

    assert sentences(error, "zh") == [
        "不能办理：", "  - 不行  [move.guard，依据 law#1]", "此环节可做：a、b",
    ]  # fmt: skip
    assert sentences(error, "en")[1:] == [
        "  - no  [move.guard, source law#1]", "offered in this state: a, b",
    ]  # fmt: skip


@pytest.mark.parametrize("kind", ["chain", "gap", "seal", "fold", "derived"])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_finding_names_case_and_event(kind, lang):
    event = finding_line(FindingView(case="id", number="N1", event=3, kind=kind, name=""), lang)
    row = finding_line(FindingView(case="id", number=None, event=0, kind=kind, name="state"), lang)

    assert "N1" in event
    assert "3" in event
    assert "id" in row
    assert "state" in row


def test_a_move_that_waits_says_for_whom():
    waits = SimpleNamespace(needs=("chair",))
    case = SimpleNamespace(number=None, id="x", state="a", state_label="A", proposals=(waits,))
    moved: Any = SimpleNamespace(case=case, event=SimpleNamespace(kind="proposed", seq=2))

    assert "chair" in moved_line(moved, "en")
    assert "等待签署" in moved_line(moved, "zh")


def test_a_failing_database_with_good_tables_tells_its_own_words(heyi, monkeypatch):
    from heyi.app.people.people import People

    def fail(_people, _reader):
        detail = "disk I/O error"
        raise StorageFailed(detail)

    monkeypatch.setattr(People, "units", fail)
    told = heyi("unit", "list")

    assert told.code == 70
    assert "disk I/O error" in told.err


def test_a_database_that_cannot_be_opened_ends_without_a_traceback(heyi, office, monkeypatch):
    monkeypatch.setenv("HEYI_DATABASE", f"sqlite:///{office}/no/such.db")

    assert run("case", "list").code == 70


def test_an_erased_value_reads_erased(heyi, monkeypatch):
    from heyi.app.cases.views import look as real

    def looked(*arguments, **options):
        seen, events = real(*arguments, **options)
        gone = Event(
            case=seen.case.id, seq=2, kind="amended", at="2026-03-03T01:00:00Z",
            occurred_at="2026-03-03T01:00:00Z", actor="wang",
            public={"via": "test", "given": ["phone"], "patch": {}}, sealed={"personal": None},
        )  # fmt: skip
        return seen, (*events, gone)

    monkeypatch.setattr("heyi.app.cases.cases.look", looked)

    assert "电话: 已销毁" in heyi("case", "history", NUMBER, "--as", "wang").out
    assert "phone: erased" in heyi("case", "history", NUMBER, "--as", "wang", "--lang", "en").out


def test_an_error_before_any_command_began_is_told_in_chinese(monkeypatch):
    from heyi.cli import main

    def fail(_group, _lang):
        raise HeyiError("x")  # noqa: EM101 - its text is all the test needs

    monkeypatch.setattr(main, "_everywhere", fail)

    assert run("--lang", "zh", "doctor").code == 70
