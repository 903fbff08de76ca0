"""Every way a command can end, and what it says then."""

import pytest

from engine.case.errors import HeyiError
from engine.case.text import Text
from heyi.app.admission.errors import AnswerRefused
from heyi.app.messages import MESSAGES, message_of
from heyi.cli.shell.exits import exit_status, sentences
from heyi.cli.shell.words import OWN
from tests.builders.demo_data import take_mark_away
from tests.cli.runner import NUMBER, opening, run


def leaves(kind: type[HeyiError]) -> list[type[HeyiError]]:
    found = [leaf for child in kind.__subclasses__() for leaf in leaves(child)]
    return [kind, *found]


def errors() -> list[type[HeyiError]]:
    import storage.kernel.errors  # noqa: F401 - loaded so that their classes are known

    return [kind for kind in leaves(HeyiError) if kind.__module__.split(".")[0] != "tests"]


@pytest.mark.parametrize("kind", errors(), ids=lambda kind: kind.code)
def test_every_error_has_an_exit_status_of_the_contract(kind):
    if kind is not HeyiError:
        assert kind.code in MESSAGES or kind.code.rpartition(".")[0] in MESSAGES
    assert {row.exit for row in MESSAGES.values()} == {1, 2, 3, 4, 5, 6, 70}


def test_every_row_has_a_status_that_the_api_may_answer_with():
    statuses = {row.http for row in MESSAGES.values()}

    assert statuses <= {400, 401, 403, 404, 409, 422, 500, 503}
    # Who may not do it and who does not find it are told apart by both doors alike.
    assert all((row.exit == 4) == (row.http in {401, 403}) for row in MESSAGES.values())
    assert all(row.exit == 3 for row in MESSAGES.values() if row.http == 404)


def test_a_door_words_only_what_the_catalogue_has():
    assert set(OWN) <= set(MESSAGES)


def test_the_catalogue_names_no_command_and_no_option():
    told = [(code, row.words.zh) for code, row in MESSAGES.items()]

    assert [
        code for code, words in told if "heyi " in words or "--" in words or "HEYI_" in words
    ] == []


def test_a_code_that_is_not_listed_takes_the_row_of_its_branch():
    assert message_of("move.odd.one") is MESSAGES["move"]
    assert message_of("odd") is MESSAGES["heyi"]


OWN_WORDS = {"not_found", "definition", "move"}
"""Branches whose errors bring both languages themselves."""


@pytest.mark.parametrize(
    "code",
    sorted(
        kind.code
        for kind in errors()
        if "." in kind.code and kind.code.partition(".")[0] not in OWN_WORDS
    ),
)
def test_every_error_with_an_english_text_has_a_chinese_one_too(code):
    assert MESSAGES[code].words.zh


def test_an_error_of_many_causes_is_told_whole_in_either_language():
    wrong = AnswerRefused(Text("没有这个选项", "no such option"))

    assert [sentences(wrong, lang) for lang in ("zh", "en")] == [
        ["没有这个选项"], ["no such option"],
    ]  # fmt: skip


def test_an_unlisted_code_ends_as_its_branch_does():
    class Odd(HeyiError):
        code = "move.odd"

    assert exit_status(Odd()) == 6


def test_an_unknown_branch_is_internal():
    class Odd(HeyiError):
        code = "odd"

    assert exit_status(Odd()) == 70


def test_granted_is_0(heyi):
    assert heyi("case", "do", NUMBER, "decline", "--as", "wang").code == 0


def test_findings_are_1(heyi, office):
    (office / "bad.yaml").write_text("format: 1\n", encoding="utf-8")

    assert heyi("workflow", "check", "bad.yaml").code == 1


@pytest.mark.parametrize(
    "arguments",
    [
        pytest.param(["case", "fly"], id="no such command"),
        pytest.param(["case", "list", "--fly"], id="no such option"),
        pytest.param(["case", "list", "--limit", "none"], id="not a number"),
        pytest.param(["case", "show"], id="an argument is missing"),
        pytest.param(["case", "do", NUMBER, "lend", "--as", "wang", "-d", "x"], id="no value"),
        pytest.param(["case", "do", NUMBER, "--as", "wang", "-d", "fee=1"], id="no trigger"),
        pytest.param(["case", "do", NUMBER, "lend", "--amend", "--as", "wang"], id="both"),
        pytest.param(["case", "show", NUMBER, "--at", "soon"], id="no moment"),
        pytest.param(["workflow", "graph", "consultation", "--format", "png"], id="no such format"),
        pytest.param(["admission", "check", "x", "odd=1"], id="no such question"),
        pytest.param(["admission", "catalogue", "--class", "Q"], id="no such class"),
        pytest.param(["--lang", "fr", "case", "list"], id="no such language"),
    ],
)
def test_usage_is_2(heyi, arguments):
    told = heyi(*arguments)

    assert told.code == 2
    assert told.err


@pytest.mark.parametrize(
    ("name", "value"),
    [("LANG", "fr"), ("ZONE", "Mars"), ("DATABASE", "oracle://x"), ("KEY_FILE", "nowhere")],
)
def test_a_wrong_setting_is_2(heyi, monkeypatch, name, value):
    monkeypatch.setenv(f"HEYI_{name}", value)

    told = heyi("case", "list")

    assert told.code == 2
    assert told.err


@pytest.mark.parametrize(
    "arguments",
    [
        pytest.param(["case", "show", "nope"], id="case"),
        pytest.param(["case", "do", "nope", "--as", "wang"], id="case to move"),
        pytest.param(["case", "verify", "nope"], id="case to verify"),
        pytest.param(["case", "do", NUMBER, "--as", "nobody"], id="person"),
        pytest.param(["case", "open", "nope", *opening("x", 1)], id="workflow to open"),
        pytest.param(["unit", "show", "nope"], id="unit"),
        pytest.param(
            ["unit", "add", "x", "--level", "a", "--title", "x", "--parent", "y"], id="parent"
        ),
        pytest.param(["person", "post", "wang", "keeper@nope"], id="unit of a post"),
        pytest.param(["person", "unpost", "wang", "chair@heshun"], id="post"),
        pytest.param(["workflow", "show", "nope"], id="workflow"),
        pytest.param(["workflow", "check", "nope.yaml"], id="file"),
        pytest.param(["workflow", "explain", "HY777"], id="code"),
    ],
)
def test_not_found_is_3(heyi, arguments):
    told = heyi(*arguments)

    assert told.code == 3
    assert told.err


def test_not_your_post_is_4(heyi):
    assert heyi("case", "do", NUMBER, "lend", "--as", "zhao").code == 4


@pytest.mark.parametrize("reading", ["show", "history"])
def test_acting_for_a_person_outside_demo_data_is_4(heyi, office, reading):
    take_mark_away(office / "heyi.db")

    assert heyi("case", "do", NUMBER, "decline", "--as", "wang").code == 4
    assert heyi("case", reading, NUMBER, "--as", "wang").code == 4
    assert heyi("case", reading, NUMBER, "--at", "2026-03-03 10:00").code == 4
    assert heyi("case", "do", NUMBER, "decline").code == 4
    assert heyi("case", reading, NUMBER).code == 0
    assert heyi("case", "verify").code == 1


def test_who_moves_on_demo_data_is_named(heyi):
    told = heyi("case", "do", NUMBER, "decline")

    assert told.code == 2
    assert "--as" in told.err


def test_a_stale_revision_is_5(heyi):
    heyi("case", "do", NUMBER, "--amend", "-d", "fee=5", "--as", "wang")

    told = heyi("case", "do", NUMBER, "lend", "--as", "wang", "--revision", "1")

    assert told.code == 5


def test_a_key_used_for_another_request_is_5(heyi):
    heyi("case", "do", NUMBER, "--amend", "-d", "fee=5", "--as", "wang", "--key", "k")

    told = heyi("case", "do", NUMBER, "--amend", "-d", "fee=6", "--as", "wang", "--key", "k")

    assert told.code == 5


def test_refused_by_the_rules_is_6_with_every_reason(heyi):
    heyi("case", "do", NUMBER, "--amend", "-d", "fee=0", "--as", "wang")
    correction = ("case", "correct", NUMBER, "-d", "fee=0", "--as", "wang", "--reason", "x")
    assert heyi(*correction).code == 0

    told = heyi("case", "do", NUMBER, "lend", "--as", "wang")

    assert told.code == 6
    assert "须收费" in told.err
    assert told.out == ""


def test_an_unset_field_is_refused_by_its_name(heyi):
    told = heyi("case", "do", NUMBER, "lend", "--as", "wang")

    assert told.code == 6
    assert "费用" in told.err
    assert "fee" in told.err


def test_a_refusal_as_json_keeps_codes_and_sources(heyi):
    opened = heyi("case", "open", "hall", *opening("大会", 80), "--json").json

    told = heyi("case", "do", opened["number"], "lend", "--as", "wang", "--json")

    reasons = told.json["error"]["reasons"]
    assert told.code == told.json["error"]["exit"] == 6
    assert {"move.guard"} == {reason["code"] for reason in reasons}
    assert reasons[0]["zh"].startswith("最多60人")
    assert reasons[0]["source"] == "rules#3"


@pytest.fixture
def slip(monkeypatch):
    from heyi.app.people.people import People

    def fail(_people, _reader):
        raise ZeroDivisionError

    monkeypatch.setattr(People, "units", fail)


def test_a_slip_of_ours_is_70_in_one_line(heyi, slip):
    told = heyi("unit", "list")

    assert told.code == 70
    assert told.err.count("\n") == 1
    assert "ZeroDivisionError" in told.err


def test_a_slip_shows_its_traceback_when_asked(office, slip, monkeypatch, capfd):
    from typer.testing import CliRunner

    from heyi.cli.main import app

    monkeypatch.setenv("HEYI_DEBUG", "1")
    result = CliRunner().invoke(app, ["unit", "list"])

    assert result.exit_code == 70
    assert "Traceback" in result.stderr


def test_a_database_without_tables_asks_for_the_upgrade(bare, monkeypatch):
    (bare / "heyi.key").write_text("ab" * 32, encoding="ascii")

    told = run("case", "list", "--lang", "en")

    assert told.code == 2
    assert "upgrade" in told.err
