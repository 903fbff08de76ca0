"""``heyi audit verify``: what was changed, in words; and what cannot be said without the key."""

import sqlite3
from pathlib import Path

import pytest

from tests.builders.old_office import KEY, lay_out
from tests.cli.runner import run

WHO = ("--administrator", "min", "--security", "ling", "--auditor", "sec", "--unit", "shi")


@pytest.fixture
def founded(bare: Path) -> Path:
    """The office of 0.1.0, with its cases, founded."""
    lay_out(bare / "heyi.db")
    (bare / "heyi.key").write_text(KEY.hex() + "\n", encoding="ascii")
    assert run("db", "upgrade", *WHO).code == 0
    return bare


def change(folder: Path, *statements: str) -> None:
    connection = sqlite3.connect(folder / "heyi.db")
    connection.execute("DROP TRIGGER act_no_update")
    for one in statements:
        connection.execute(one)
    connection.commit()
    connection.close()


def test_without_the_key_it_is_said_that_macs_are_not_checked(founded):
    (founded / "heyi.key").unlink()

    told = run("audit", "verify", "--lang", "en")
    as_json = run("audit", "verify", "--json")

    assert told.code == 0
    assert "MACs not checked" in told.err
    assert "16 cases and 3 acts" in told.out
    assert (as_json.json["macs"], as_json.json["acts"]) == (False, 3)
    # One case is asked for by somebody, who cannot be known without the key.
    assert run("audit", "verify", "X").code == 2


def test_with_the_key_nothing_of_the_kind_is_said(founded):
    told = run("audit", "verify", "--lang", "en")

    assert (told.code, told.err) == (0, "")


@pytest.mark.parametrize("key", [True, False])
def test_a_changed_act_is_told_in_both_languages(founded, key):
    change(founded, "UPDATE act SET kind = 'unit.put' WHERE seq = 2")
    if not key:
        (founded / "heyi.key").unlink()

    zh, en = (run("audit", "verify", "--lang", lang) for lang in ("zh", "en"))

    assert (zh.code, en.code) == (1, 1)
    assert "办公室行为第2项" in zh.out
    assert "act 2 of the office" in en.out


def test_a_post_put_in_by_hand_is_told(founded):
    change(founded, "INSERT INTO post (person, role, unit) VALUES ('wan', 'chair', 'heshun')")

    told = run("audit", "verify", "--lang", "en")

    assert told.code == 1
    assert "not what the office's acts say: post wan chair@heshun" in told.out


@pytest.mark.parametrize("key", [True, False])
def test_a_changed_event_of_a_case_is_told(founded, key):
    connection = sqlite3.connect(founded / "heyi.db")
    for (name,) in connection.execute(
        "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'event'"
    ).fetchall():
        connection.execute(f"DROP TRIGGER {name}")
    connection.execute("UPDATE event SET at = '2020-01-01T00:00:00Z' WHERE seq = 1")
    connection.commit()
    connection.close()
    if not key:
        (founded / "heyi.key").unlink()

    assert run("audit", "verify").code == 1
