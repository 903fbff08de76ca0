"""Signing in: who is known again, what a guess costs, and what nobody is told."""

from datetime import timedelta

import pytest
from sqlalchemy import event

from heyi.app.accounts.accounts import FAILURES, LOCKED_FOR, LOCKED_MOST
from heyi.app.accounts.errors import (
    SignInRefused,
)
from heyi.app.accounts.passwords import fits, hashed, wrong_with
from heyi.app.acts.errors import ActRefused
from heyi.app.reader import Reader
from storage.kernel.officerecords import Account
from tests.builders.founded_office import NOW, PASSWORD, by, office_in

DOOR = Reader(via="test")
WRONG = "canary-wrong-41"
OTHER = "quiet river 8 stones"
SOON = timedelta(seconds=1)


@pytest.fixture
def office(tmp_path):
    found = office_in(tmp_path)
    yield found
    found.app.close()


@pytest.fixture
def accounts(office):
    return office.app.accounts


def sign_in(accounts, password=PASSWORD, *, person="wang", now=NOW, **more):
    return accounts.sign_in(DOOR, person=person, password=password, now=now, **more)


def fail(accounts, times=FAILURES, *, now=NOW, person="wang"):
    for _ in range(times):
        with pytest.raises(SignInRefused):
            sign_in(accounts, WRONG, person=person, now=now)


def test_each_lock_is_longer_than_the_last_but_never_longer_than_an_hour(accounts):
    now = NOW
    for minutes in (15, 30, 60, 60):
        fail(accounts, now=now)
        now += timedelta(minutes=minutes)
        with pytest.raises(SignInRefused):
            sign_in(accounts, now=now - SOON)
    assert sign_in(accounts, now=now).person == "wang"
    fail(accounts, now=now)
    assert sign_in(accounts, now=now + LOCKED_FOR).person == "wang"
    assert timedelta(hours=1) == LOCKED_MOST


def test_a_lock_is_not_made_longer_by_trying_while_it_lasts(accounts):
    fail(accounts)
    fail(accounts, 3 * FAILURES, now=NOW + SOON)

    assert sign_in(accounts, now=NOW + LOCKED_FOR).person == "wang"


def test_who_is_locked_out_by_others_works_on_and_security_opens_at_once(accounts):
    before = sign_in(accounts)
    fail(accounts)

    assert accounts.who(DOOR, token=before.token, now=NOW).person == "wang"
    with pytest.raises(ActRefused):
        accounts.unlock(by("li"), person="wang", now=NOW)
    accounts.unlock(by("sec"), person="wang", now=NOW)
    assert sign_in(accounts).person == "wang"


def statements(office, person):
    """Return what an attempt asks of the database, and how it is answered."""
    said = []

    def heard(_connection, _cursor, statement, *_rest):
        said.append(statement)

    engine = office.app.database._db
    event.listen(engine, "before_cursor_execute", heard)
    try:
        with pytest.raises(SignInRefused) as refused:
            sign_in(office.app.accounts, WRONG, person=person)
    finally:
        event.remove(engine, "before_cursor_execute", heard)
    return said, str(refused.value)


def test_unknown_without_account_wrong_and_locked_are_one_answer_from_the_same_statements(office):
    # The first use of a database looks at its tables, whoever asks.
    fail(office.app.accounts, 1)
    told = {person: statements(office, person) for person in ("wang", "nobody", "nemo", "")}
    assert len(told["wang"][0]) > 3
    fail(office.app.accounts, FAILURES - 3)
    told["the fifth"] = statements(office, "wang")
    told["locked"] = statements(office, "wang")

    assert all(one == told["wang"] for one in told.values()), told


def test_what_was_typed_stands_nowhere(office, tmp_path):
    accounts = office.app.accounts
    fail(accounts)
    fail(accounts, 1, person="canary-typed-as-name")
    found = sign_in(accounts, now=NOW + LOCKED_FOR, new_password=OTHER)
    office.app.close()

    written = b"".join(one.read_bytes() for one in tmp_path.rglob("*") if one.is_file())
    for secret in (WRONG, "canary-typed-as-name", PASSWORD, OTHER, found.token):
        assert secret.encode() not in written


def test_signing_in_and_failing_leave_acts_that_name_the_account(office):
    accounts, before = office.app.accounts, len(office.acts())
    fail(accounts)
    fail(accounts, 1, person="nobody")
    accounts.unlock(by("sec"), person="wang", now=NOW)
    sign_in(accounts, new_password=OTHER)

    kinds = [kind for kind, _who in office.acts()[before:]]
    assert kinds == [
        *["account.refused"] * 4, "account.locked", "account.refused", "account.unlocked",
        "password.changed", "session.begun",
    ]  # fmt: skip
    with office.app.database.read() as work:
        told = [one.public for one in work.acts.list(kind="account.refused")]
        assert [one.get("person") for one in told[:2]] == [None, "wang"]
        assert work.acts.verify()[1] == ()


def test_a_password_of_older_parameters_is_kept_anew(office):
    from argon2 import PasswordHasher

    old = PasswordHasher(time_cost=1, memory_cost=8 * 1024, parallelism=1).hash(PASSWORD)
    with office.app.database.write() as work:
        work.accounts.put(Account(person="wang", secret=old))
    sign_in(office.app.accounts)

    with office.app.database.read() as work:
        kept = work.accounts.get("wang")
    assert kept is not None
    assert kept.secret.startswith("$argon2id$v=19$m=19456,t=2,p=1$")


def test_a_reset_while_a_password_is_looked_at_wins(office, monkeypatch):
    accounts = office.app.accounts

    def slow(password: str, secret: str | None) -> bool:
        accounts.reset_password(by("sec"), person="wang", now=NOW)
        return fits(password, secret)

    monkeypatch.setattr("heyi.app.accounts.accounts.fits", slow)
    with pytest.raises(SignInRefused):
        sign_in(accounts)
    monkeypatch.undo()
    with pytest.raises(SignInRefused):
        sign_in(accounts)


@pytest.mark.parametrize(
    "password",
    [
        "short", "x" * 201, "aaaaaaaaaaaa", "1234567890", "0987654321", "qwertyuiop", "13812345678",
        "Password123!", "P@ssw0rd2024", "woaini1314520", "mimamima2026", "zhangsan-2026", "zs19900101",
        "old password!", "Iloveyou!!!!",
    ],
)  # fmt: skip
def test_what_is_easily_guessed_is_refused(password):
    assert wrong_with(password, person="zhangsan", old="old password!") is not None


@pytest.mark.parametrize(
    "password",
    ["a river of seven stones", "和顺社区门前有三棵老榆树", "k7$Qm!2v#Xp9", "welcome to my garden", OTHER],
)  # fmt: skip
def test_what_is_not_is_accepted(password):
    assert wrong_with(password, person="zhangsan", old="old password!") is None


def test_one_password_is_never_stored_as_the_same_text_twice():
    assert hashed(PASSWORD) != hashed(PASSWORD)
