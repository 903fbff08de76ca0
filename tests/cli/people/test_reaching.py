"""``heyi person address``, ``away``, ``back``, ``heyi unit address``."""

import pytest
from typer.testing import CliRunner

from heyi.cli.main import app
from tests.cli.alert_commands import PART, add, ask_errand, sweep_and_deliver

SECRET = "SECgeheim"


@pytest.fixture
def desk(heyi, office):
    """The office with an errand that was asked for on 1 June."""
    ask_errand(heyi, office)
    return heyi


def test_a_url_comes_from_standard_input_and_is_shown_masked(desk):
    told = CliRunner().invoke(
        app,
        ["unit", "address", "heshun", "add"],
        input=f"https://oapi.dingtalk.com/robot/send?access_token=geheim\n{SECRET}\n",
    )
    listed = desk("unit", "address", "heshun")

    assert told.exit_code == 0
    assert "geheim" not in told.output + listed.out
    assert "https://oapi.dingtalk.com/***" in listed.out
    assert desk("unit", "address", "heshun", "list", "--json").json[0]["kind"] == "dingtalk"


def test_an_address_is_kept_once_and_dropped_once(desk):
    url = "mailtos://me:geheim@example.com?to=you@example.com"
    first, second = add(desk, "person", "wang", url), add(desk, "person", "wang", url)

    assert first == second
    assert desk("person", "address", "li", "drop", first).code == 3
    assert desk("person", "address", "wang", "drop", first).code == 0
    assert desk("person", "address", "wang", "drop", first).code == 3
    assert desk("person", "address", "wang", "--json").json == []


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["person", "address", "wang", "drop"], 2),
        (["person", "address", "wang", "list", "x"], 2),
        (["person", "address", "nobody"], 3),
        (["unit", "address", "nowhere"], 3),
        (["person", "address", "wang", "add", "--file", "bad.txt"], 2),
        (["person", "address", "wang", "add", "--file", "none.txt"], 3),
    ],
)
def test_what_is_no_address_is_refused(desk, office, words, code):
    (office / "bad.txt").write_text("nonsense://geheim", encoding="utf-8")

    told = desk(*words)

    assert told.code == code
    assert "geheim" not in told.out + told.err


def test_an_address_added_is_told_to_programs(desk, office):
    (office / "url.txt").write_text("json://localhost/hook", encoding="utf-8")

    told = desk("person", "address", "wang", "add", "--file", "url.txt", "--json").json

    assert told["kind"] == "apprise"
    assert told["shown"] == "json://localhost/***"


def test_a_substitute_gets_the_alerts_of_who_is_away(desk):
    desk(
        "person",
        "away",
        "wang",
        "--from",
        "2026-06-05",
        "--until",
        "2026-06-09",
        "--substitute",
        "zhao",
    )

    sweep_and_deliver(desk, PART)

    assert [row["rung"] for row in desk("alert", "list", "--as", "zhao", "--json").json] == ["70%"]


def test_absences_are_noted_and_end(desk):
    told = desk("person", "away", "wang", "--from", "2026-06-05", "--until", "2026-06-20", "--json")
    desk(
        "person",
        "away",
        "wang",
        "--from",
        "2026-07-01",
        "--until",
        "2026-07-02",
        "--substitute",
        "li",
    )
    assert desk("person", "back", "wang", "--at", "2026-06-10 09:00").code == 0
    assert desk("person", "back", "wang", "--at", "2026-06-10 09:00").code == 3

    rows = desk("person", "away", "wang", "--json").json
    assert [(row["from"], row["until"], row["substitute"]) for row in rows] == [
        ("2026-06-05", "2026-06-09", None), ("2026-07-01", "2026-07-02", "li"),
    ]  # fmt: skip
    assert told.json[0]["until"] == "2026-06-20"
    assert "2026-07-01 – 2026-07-02  → li" in desk("person", "away", "wang").out
    assert desk("person", "back", "wang", "--all", "--at", "2026-06-30 09:00").code == 0
    assert len(desk("person", "away", "wang", "--json").json) == 1


def test_who_comes_back_on_the_first_day_was_never_away(desk):
    desk("person", "away", "wang", "--from", "2026-06-05", "--until", "2026-06-20")
    desk("person", "back", "wang", "--at", "2026-06-05 09:00")

    assert desk("person", "away", "wang", "--json").json == []


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["wang", "--from", "2026-06-05"], 2),
        (["wang", "--from", "x", "--until", "2026-06-05"], 2),
        (["wang", "--from", "2026-06-05", "--until", "2026-06-04"], 2),
        (["wang", "--from", "2026-06-05", "--until", "2026-06-05", "--substitute", "wang"], 2),
        (["wang", "--from", "2026-06-05", "--until", "2026-06-05", "--substitute", "nobody"], 3),
        (["wang", "--substitute", "li"], 2),
        (["nobody"], 3),
        (["nobody", "--from", "2026-06-05", "--until", "2026-06-05"], 3),
    ],
)
def test_an_absence_that_cannot_be_is_refused(desk, words, code):
    assert desk("person", "away", *words).code == code


def test_an_absence_that_cannot_be_is_explained_in_chinese(desk):
    told = desk("person", "away", "wang", "--from", "2026-06-05", "--until", "2026-06-04")

    assert "最后一天早于第一天" in told.err
