"""``heyi sign-in`` and ``heyi session``; on real data nobody acts for another, or at another moment."""

import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from typer.main import get_command

from heyi.app.app import App
from heyi.bootstrap import build
from heyi.cli.main import app
from heyi.settings import Settings
from tests.builders.founded_office import PASSWORD, by, office_in
from tests.cli.runner import run, settle

OTHER = "quiet river 8 stones"
WRONG = "canary-wrong-41"
BOTH, AS, AT = ("--as", "--at"), ("--as",), ("--at",)
TAKING = {
    "case open": (BOTH, "hall --unit heshun"), "case do": (BOTH, "1"),
    "case correct": (BOTH, "1 --reason x"), "case show": (BOTH, "1"), "case history": (BOTH, "1"),
    "case graph": (BOTH, "1"), "case readings": (BOTH, "1"), "case list": (BOTH, ""),
    "case verify": (AS, "1"), "case comment": (BOTH, "1 x"), "case withdraw": (BOTH, "1 lend"),
    "case receipt": (BOTH, "1"), "case take-back": (BOTH, "1"),
    "case claim": (BOTH, "1"), "case hand": (BOTH, "1 --to li"), "case accept": (BOTH, "1"),
    "case return": (BOTH, "1 --reason x"), "case urge": (BOTH, "1"), "case print": (BOTH, "1"),
    "case request": (BOTH, "1 --reason x"), "case requests": (BOTH, ""),
    "case allow": (BOTH, "x"), "case decline": (BOTH, "x --answer x"), "case similar": (BOTH, "1"),
    "person cases": (BOTH, "li"), "person handover": (BOTH, "li --to li"),
    "person back": (AT, "li"), "clock explain": (BOTH, "1 x"), "clock list": (BOTH, ""),
    "clock sweep": (AT, ""), "calendar show": (AT, "cn"), "calendar check": (AT, ""),
    "calendar load": (AT, "days.yaml"),
    "admission check": (AT, "x"), "alert list": (BOTH, ""), "alert deliver": (AT, ""),
    "alert dead": (AT, ""), "alert replay": (AT, "--all"), "alert ics": (BOTH, ""),
    "dispute report": (BOTH, ""), "audit verify": (AS, ""), "doctor": (AT, ""),
}  # fmt: skip
"""Every command that takes another person or another moment, and a line for it."""
FOR_PEOPLE = {
    "case open", "case do", "case correct", "case comment", "case withdraw", "case claim",
    "case hand", "case accept", "case return", "case urge", "case request", "case receipt",
    "case take-back",
    "case allow", "case decline", "person handover",
}  # fmt: skip
"""Of these, what is for a person alone: refused until one signs in."""


@pytest.fixture
def real(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A founded office in which wang has a password of her own."""
    office_in(tmp_path).app.close()
    settle(tmp_path, monkeypatch)
    return tmp_path


def sign_in(typed: str = PASSWORD, *more: str, person: str = "wang") -> int:
    return run("sign-in", person, *more, typed=typed + "\n").code


def test_a_token_lies_in_a_file_for_its_owner_alone(real):
    file = real / "own" / "token"
    file.parent.mkdir()
    file.write_text("of before, for all to read", encoding="ascii")
    file.chmod(0o644)

    assert sign_in() == 0
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    token = file.read_text(encoding="ascii").strip()
    assert token.startswith("heyi_")
    assert run("session", "list").code == 0
    assert run("sign-out").code == 0
    assert not file.exists()
    file.write_text(token, encoding="ascii")
    told = run("session", "list", "--lang", "en")
    assert (told.code, "sign in again" in told.err) == (4, True)


def test_a_wrong_password_and_a_wrong_name_are_told_alike_and_tell_nothing(real):
    told = {person: run("sign-in", person, typed=WRONG + "\n") for person in ("wang", "nobody")}

    assert told["wang"] == told["nobody"]
    assert told["wang"].code == 4
    assert WRONG not in told["wang"].out + told["wang"].err
    assert not (real / "own" / "token").exists()


def test_a_password_is_changed_and_the_sign_ins_of_before_end(real):
    assert sign_in() == 0
    before = (real / "own" / "token").read_text(encoding="ascii")
    assert sign_in(f"{PASSWORD}\npassword1234", "--change") == 2
    assert sign_in(PASSWORD, "--change") == 2
    assert sign_in(f"{PASSWORD}\n{OTHER}", "--change") == 0

    assert sign_in(PASSWORD) == 4
    assert sign_in(OTHER) == 0
    (real / "own" / "token").write_text(before, encoding="ascii")
    assert run("session", "list").code == 4


def test_ones_own_sign_ins_are_listed_and_ended_and_security_ends_those_of_others(real):
    sign_in()
    held = (real / "own" / "token").read_text(encoding="ascii")
    newest = run("session", "list", "--json").json[0]
    assert held.strip() not in run("session", "list").out

    assert run("session", "list", "--person", "li").code == 4
    assert run("session", "end", "no-such").code == 3
    assert run("session", "end", newest["session"]).code == 0
    assert run("session", "list").code == 4

    sign_in()
    wanted = run("session", "list", "--json").json[0]["session"]
    office = office_in_place(real)
    slip = office.accounts.reset_password(by("sec"), person="sec2", now=office.clock())
    office.close()
    assert sign_in(f"{slip.password}\n{OTHER}", person="sec2") == 0
    assert run("session", "end", wanted, "--person", "wang").code == 0
    assert run("session", "end", wanted, "--person", "wang").code == 3


def office_in_place(folder: Path) -> App:

    return build(Settings(database=f"sqlite:///{folder / 'heyi.db'}", key_file=folder / "heyi.key"))


def commands(group: Any, words: tuple[str, ...] = ()) -> Iterator[tuple[str, Any]]:
    """Yield every command of the command line by its words."""
    if not hasattr(group, "commands"):
        yield " ".join(words), group
        return
    for name, one in group.commands.items():
        yield from commands(one, (*words, name))


def test_the_table_has_every_command_that_takes_another_person_or_moment():
    taken = {}
    for words, command in commands(get_command(app)):
        options = [name for one in command.params for name in one.opts if name in BOTH]
        # Of a list one asks which was in force on a day: that is no other moment to act at.
        if options and words != "admission catalogue":
            taken[words] = {*options}

    assert taken == {words: {*options} for words, (options, _line) in TAKING.items()}


@pytest.mark.parametrize("words", [*TAKING])
def test_on_real_data_nobody_acts_for_another_or_at_another_moment(real, words):
    (real / "days.yaml").write_text("calendar: cn\n", encoding="utf-8")
    options, line = TAKING[words]
    for option in options:
        value = {"--as": "wang", "--at": "2026-03-02 10:00"}[option]
        told = run(*words.split(), *line.split(), option, value, "--lang", "en")

        assert told.code == 4, told
        assert "sign in as yourself" in told.err or "heyi sign-in" in told.err, told
        assert told.out == ""


@pytest.mark.parametrize("words", sorted(FOR_PEOPLE))
def test_what_is_for_a_person_asks_nobody_to_sign_in_and_lets_who_did_come_to_the_case(real, words):
    line = [*words.split(), *TAKING[words][1].split(), "--lang", "en"]
    before = run(*line)
    assert sign_in() == 0
    after = run(*line)

    assert (before.code, "heyi sign-in" in before.err) == (4, True), before
    assert "sign-in" not in after.err, after
    assert "--as" not in after.err, after
    assert "Missing option" not in after.err


def test_what_happened_earlier_is_told_by_who_signed_in(real):
    sign_in()
    told = run("case", "do", "1", "lend", "--occurred-at", "2026-03-01", "--lang", "en")

    # There is no such case; the day is no reason to refuse.
    assert told.code == 3, told
