"""Accounts, sessions, and files handed in, on both databases."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import text

from storage.kernel.database import open_database
from storage.kernel.errors import TextRefused, UnknownReference
from storage.kernel.officerecords import Account, Session
from storage.kernel.records import Person
from storage.work import Store
from tests.builders.stored_steps import AT, moment

NOW = moment(AT)
HOUR = timedelta(hours=1)
OPEN = Session(
    id="s1", kind="session", person="ann", via="web", made_at=NOW, used_at=NOW, ends_at=NOW + HOUR
)
TOKEN = replace(OPEN, id="t1", kind="token", made_at=NOW + HOUR / 2)


@pytest.fixture(autouse=True)
def ann(store: Store) -> None:
    with store.write() as work:
        work.people.put(Person(id="ann", display_name="安"))


def test_an_account_is_kept_and_changed(store: Store):
    first = Account(person="ann", secret="x", once=True, until=NOW)
    second = Account(person="ann", secret="y", failures=3, locked_until=NOW + HOUR)

    with store.write() as work:
        assert work.accounts.get("ann") is None
        work.accounts.put(first)
    with store.write() as work:
        assert work.accounts.get("ann") == first
        work.accounts.put(second)
    with store.read() as work:
        assert work.accounts.get("ann") == second
        assert work.accounts.get("bob") is None


def test_only_an_account_that_is_there_is_changed(store: Store):
    with store.write() as work:
        assert not work.accounts.change(Account(person="ann", secret="x"))
        assert work.accounts.get("ann") is None
        work.accounts.put(Account(person="ann", secret="x"))
        assert work.accounts.change(Account(person="ann", secret="y", failures=1))
    with store.read() as work:
        assert work.accounts.get("ann") == Account(person="ann", secret="y", failures=1)


def test_nobody_has_an_account_or_a_session_who_is_not_kept(store: Store):
    with pytest.raises(UnknownReference), store.write() as work:
        work.accounts.put(Account(person="bob", secret="x"))
    with pytest.raises(UnknownReference), store.write() as work:
        work.sessions.put(replace(OPEN, person="bob"), digest="d")


def test_sessions_are_found_by_their_digest_and_ended(store: Store):
    with store.write() as work:
        work.sessions.put(OPEN, digest="d1")
        work.sessions.put(TOKEN, digest="d2")
        assert work.sessions.by_digest("d1") == OPEN
        assert work.sessions.by_digest("s1") is None
        assert work.sessions.of("ann") == (TOKEN, OPEN)
        work.sessions.touch("s1", at=NOW + HOUR / 4)

    with store.write() as work:
        assert work.sessions.end("ann", at=NOW + HOUR / 3, kinds=("session",)) == 1
        assert work.sessions.end("ann", at=NOW + HOUR / 3, session="s1") == 0
        assert work.sessions.end("bob", at=NOW) == 0
    with store.read() as work:
        ended = replace(OPEN, used_at=NOW + HOUR / 4, ended_at=NOW + HOUR / 3)
        assert work.sessions.of("ann") == (TOKEN, ended)


def test_what_has_ended_by_itself_is_not_ended_again(store: Store):
    with store.write() as work:
        work.sessions.put(OPEN, digest="d1")
        assert work.sessions.end("ann", at=OPEN.ends_at) == 0


def test_the_newest_file_of_a_version_waits(store: Store):
    def hand_in(kind: str, name: str, version: int, body: str) -> int:
        with store.write() as work:
            return work.submissions.put(kind, name, version, body=body, by="ann", at=NOW).id

    first, second = hand_in("workflow", "rent", 1, "a"), hand_in("workflow", "rent", 1, "b")
    third = hand_in("catalogue", "list", 2, "c")

    with store.write() as work:
        assert [one.id for one in work.submissions.waiting()] == [third, second]
        found = work.submissions.find("rent", 1)
        assert found is not None
        assert (found.id, found.body, found.by, found.at) == (second, "b", "ann", NOW)
        assert work.submissions.find("rent", 2) is None
        work.submissions.done(found, outcome="published", by="bob", at=NOW)
    with store.read() as work:
        assert [one.id for one in work.submissions.waiting()] == [third]
    assert first < second


def test_a_file_that_cannot_be_stored_is_refused(store: Store):
    with pytest.raises(TextRefused), store.write() as work:
        work.submissions.put("workflow", "rent", 1, body="\ud800", by="ann", at=NOW)


def test_who_has_the_database_and_not_the_key_puts_no_password_of_their_own_there(
    store: Store, url: str
):
    with store.write() as work:
        work.people.put(Person(id="bob", display_name="波"))
        work.accounts.put(Account(person="ann", secret="argon2 of ann"))
        work.accounts.put(Account(person="bob", secret="argon2 of bob"))
    db = open_database(url)
    with db.begin() as connection:
        rows = connection.execute(text("SELECT * FROM account")).all()
        assert "argon2 of" not in repr(rows)
        moved = "(SELECT secret FROM account WHERE person = 'bob')"
        connection.execute(text(f"UPDATE account SET secret = {moved} WHERE person = 'ann'"))
        connection.execute(text("UPDATE account SET secret = 'argon2 of eve' WHERE person = 'bob'"))
    db.dispose()

    with store.read() as work:
        assert [work.accounts.get(one).secret for one in ("ann", "bob")] == ["", ""]  # type: ignore[union-attr]
