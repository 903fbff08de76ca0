"""Whoever owns the database and not the key changes nothing of the office unnoticed."""

import hmac
import sqlite3
from collections.abc import Callable, Iterator
from functools import partial
from hashlib import sha256
from pathlib import Path

import pytest

from heyi.app.audit.audit import VerifyView
from heyi.app.reader import Reader
from storage.office.acts import START, act_hash
from tests.builders.founded_office import NOW, Office, by, office_in

ALL = Reader.system("command:verify")


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    found = office_in(tmp_path)
    yield found
    found.app.close()


def verified(office: Office) -> VerifyView:
    return office.app.audit.verify(ALL, now=NOW)


def kinds(office: Office) -> set[str]:
    return {one.kind for one in verified(office).findings}


def by_force(office: Office, change: Callable[[sqlite3.Connection], object]) -> None:
    """Change the database as its owner could: the triggers taken away first."""
    connection = sqlite3.connect(office.file)
    connection.row_factory = sqlite3.Row
    for verb in ("update", "delete"):
        connection.execute(f"DROP TRIGGER act_no_{verb}")
    change(connection)
    connection.commit()
    connection.close()


def sql(*statements: str) -> Callable[[sqlite3.Connection], object]:
    return lambda connection: [connection.execute(one) for one in statements]


def rechained(connection: sqlite3.Connection, *, macs: bool = False) -> None:
    """Compute every hash anew, and MACs under a key that is not the deployment's."""
    before = START
    for row in connection.execute("SELECT * FROM act ORDER BY seq").fetchall():
        found = act_hash(before, row)
        connection.execute(
            "UPDATE act SET prev_hash = ?, hash = ? WHERE seq = ?", (before, found, row["seq"])
        )
        if macs:
            mac = hmac.new(bytes(32), found.encode(), sha256).hexdigest()
            connection.execute("UPDATE act SET mac = ? WHERE seq = ?", (mac, row["seq"]))
        before = found


def forged(connection: sqlite3.Connection) -> None:
    connection.execute("UPDATE act SET actor = 'aud' WHERE seq = 4")
    rechained(connection)


def moved_up(connection: sqlite3.Connection) -> None:
    for statement in (
        "DELETE FROM act WHERE seq = 5", "UPDATE act SET seq = -seq WHERE seq > 5",
        "UPDATE act SET seq = -seq - 1 WHERE seq < 0",
    ):  # fmt: skip
        connection.execute(statement)
    rechained(connection)


def appended(connection: sqlite3.Connection) -> None:
    last = dict(connection.execute("SELECT * FROM act ORDER BY seq DESC LIMIT 1").fetchone())
    new = {**last, "seq": last["seq"] + 1, "kind": "post.given", "prev_hash": last["hash"]}
    new["hash"] = act_hash(last["hash"], new)
    marks = ", ".join("?" * len(new))
    connection.execute(f"INSERT INTO act ({', '.join(new)}) VALUES ({marks})", (*new.values(),))


TAMPERED: dict[str, tuple[Callable[[sqlite3.Connection], object], str]] = {
    "a text is changed": (
        sql("UPDATE act SET public = replace(public, 'wang', 'li') WHERE kind = 'account.reset'"), "chain"),
    "an actor is forged": (sql("UPDATE act SET actor = 'aud' WHERE seq = 4"), "chain"),
    "an actor is forged and the chain made anew": (forged, "seal"),
    "a moment is changed": (sql("UPDATE act SET at = '2020-01-01T00:00:00Z' WHERE seq = 3"), "chain"),
    "one is removed": (sql("DELETE FROM act WHERE seq = 5"), "gap"),
    "one is removed and the rest moves up": (moved_up, "seal"),
    "the end is cut off": (
        sql("DELETE FROM act WHERE seq > (SELECT max(seq) - 3 FROM act)"), "gap"),
    "all are removed": (sql("DELETE FROM act WHERE seq > 1"), "gap"),
    "two are swapped": (
        sql("UPDATE act SET seq = -1 WHERE seq = 3", "UPDATE act SET seq = 3 WHERE seq = 4",
            "UPDATE act SET seq = 4 WHERE seq = -1"), "chain"),
    "the whole is made anew under another key": (partial(rechained, macs=True), "seal"),
    "one is put at the end": (appended, "seal"),
    "the mark of the end is taken away": (sql("DELETE FROM mark WHERE name = 'acts'"), "gap"),
    "a post is put in": (
        sql("INSERT INTO post (person, role, unit) VALUES ('nemo', 'chair', 'heshun')"), "derived"),
    "a post is taken out": (sql("DELETE FROM post WHERE person = 'li'"), "derived"),
    "a post is handed on": (sql("UPDATE post SET person = 'nemo' WHERE person = 'chair'"), "derived"),
    "a session is handed on": (sql("UPDATE session SET person = 'adm'"), "derived"),
    "a session is put in": (
        sql("INSERT INTO session SELECT 'x', kind, 'adm', 'd', via, made_at, used_at, ends_at, NULL FROM session"),
        "derived"),
    "somebody stands in": (sql("UPDATE absence SET substitute = 'nemo'"), "derived"),
}  # fmt: skip


def test_an_office_that_nobody_changed_is_whole(office):
    found = verified(office)

    assert (found.verified, found.findings, found.macs) == (True, (), True)
    assert found.acts == len(office.acts())


@pytest.mark.parametrize("how", [*TAMPERED])
def test_what_was_done_to_the_database_is_found(office, how):
    change, kind = TAMPERED[how]
    by_force(office, change)

    found = verified(office)

    assert not found.verified
    assert kind in {one.kind for one in found.findings}


def test_a_finding_names_the_post_that_no_act_has_given(office):
    by_force(office, TAMPERED["a post is put in"][0])

    assert [one.name for one in verified(office).findings] == ["post nemo chair@heshun"]


def test_posts_given_taken_imported_lent_and_ended_are_as_acts_say(office):
    people, adm = office.app.people, by("adm")
    file = office.folder / "people.csv"
    file.write_text("id,name,posts\nsun,孙,mediator@heshun\n", encoding="utf-8")
    people.import_from(adm, file=file, now=NOW)
    people.give_posts(adm, person="nemo", posts=[("chair", "jie"), ("handler", "jie")], now=NOW)
    people.give_posts(adm, person="nemo", posts=[("chair", "jie")], now=NOW)
    people.take_posts(adm, person="nemo", posts=[("chair", "jie")], now=NOW)
    today = NOW.date()
    people.put_absence(
        by("li"), person="li", from_day=today.replace(day=1), until_day=today.replace(day=9),
        substitute="chair", now=NOW,
    )  # fmt: skip
    people.come_back(by("li"), person="li", now=NOW)

    assert verified(office).findings == ()


def test_the_daily_round_and_the_doctor_find_a_post_put_in(office):
    by_force(office, TAMPERED["a post is put in"][0])

    done = office.app.rounds.verify_history(NOW)
    told = {one.check: one for one in office.app.office.examine(ALL, now=NOW).checks}

    assert (done.ok, "post nemo chair@heshun" in done.note) == (False, True)
    assert not told["chain"].ok


def test_without_the_key_hashes_are_checked_and_it_is_said(office):
    whole = office.app.office.verify_without_key(ALL)
    by_force(office, TAMPERED["an actor is forged"][0])
    broken = office.app.office.verify_without_key(ALL)

    assert (whole.verified, whole.macs, whole.acts) == (True, False, len(office.acts()))
    assert [(one.event, one.kind) for one in broken.findings] == [(4, "chain")]


def test_without_the_key_a_chain_made_anew_is_not_told_from_the_true_one(office):
    by_force(office, forged)

    assert office.app.office.verify_without_key(ALL).verified
    assert not verified(office).verified
