"""Signing in: who is known again, what a guess costs, and what nobody is told."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import event

from heyi.app.accounts.accounts import FAILURES, IDLE, LOCKED_FOR, LOCKED_MOST, LONGEST, ONCE_FOR
from heyi.app.accounts.errors import (
    AccountUnknown,
    NewPasswordNeeded,
    PasswordExpired,
    PasswordRefused,
    SessionEnded,
    SessionUnknown,
    SignInRefused,
)
from heyi.app.accounts.passwords import fits, hashed, wrong_with
from heyi.app.accounts.tokens import digest_of, new_token
from heyi.app.acts.errors import ActRefused, OwnAct
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


def test_the_first_sign_in_needs_a_password_of_ones_own(accounts):
    slip = accounts.reset_password(by("sec"), person="li", now=NOW)

    with pytest.raises(NewPasswordNeeded):
        sign_in(accounts, slip.password, person="li")
    with pytest.raises(PasswordRefused):
        sign_in(accounts, slip.password, person="li", new_password=slip.password)
    found = sign_in(accounts, slip.password, person="li", new_password=OTHER)

    assert accounts.who(DOOR, token=found.token, now=NOW).person == "li"
    with pytest.raises(SignInRefused):
        sign_in(accounts, slip.password, person="li")
    assert sign_in(accounts, OTHER, person="li").person == "li"


def test_a_one_time_password_ends_after_its_days(accounts):
    slip = accounts.reset_password(by("sec"), person="li", now=NOW)
    sign = {"person": "li", "new_password": OTHER}

    with pytest.raises(PasswordExpired):
        sign_in(accounts, slip.password, now=NOW + ONCE_FOR, **sign)
    assert sign_in(accounts, slip.password, now=NOW + ONCE_FOR - SOON, **sign).person == "li"


def test_the_fifth_failure_locks_and_the_wait_opens_again(accounts):
    fail(accounts, FAILURES)

    with pytest.raises(SignInRefused):
        sign_in(accounts, now=NOW + LOCKED_FOR - SOON)
    assert sign_in(accounts, now=NOW + LOCKED_FOR).person == "wang"


def test_four_failures_and_the_right_password_begin_anew(accounts):
    for _ in range(3):
        fail(accounts, FAILURES - 1)
        sign_in(accounts)


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


def test_nobody_resets_or_unlocks_themselves(accounts):
    for call in (accounts.unlock, accounts.reset_password):
        with pytest.raises(OwnAct):
            call(by("sec"), person="sec", now=NOW)
    with pytest.raises(AccountUnknown):
        accounts.unlock(by("sec"), person="nemo", now=NOW)


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


def test_a_new_password_ends_all_that_was_open(accounts):
    before = sign_in(accounts)
    after = sign_in(accounts, new_password=OTHER)

    with pytest.raises(SessionEnded):
        accounts.who(DOOR, token=before.token, now=NOW)
    assert accounts.who(DOOR, token=after.token, now=NOW).session == after.session


def test_a_reset_ends_all_that_was_open_and_undoes_a_lock(accounts):
    before = sign_in(accounts)
    fail(accounts)
    slip = accounts.reset_password(by("sec"), person="wang", now=NOW)

    with pytest.raises(SessionEnded):
        accounts.who(DOOR, token=before.token, now=NOW)
    assert sign_in(accounts, slip.password, new_password=OTHER).person == "wang"


def test_a_session_ends_after_its_term_used_or_not(accounts):
    token = sign_in(accounts).token

    assert accounts.who(DOOR, token=token, now=NOW + LONGEST - SOON).kind == "token"
    with pytest.raises(SessionEnded):
        accounts.who(DOOR, token=token, now=NOW + LONGEST)


def test_a_session_of_a_browser_ends_where_it_is_not_used(accounts):
    token = sign_in(accounts, kind="session").token
    late = NOW + IDLE - SOON

    accounts.who(DOOR, token=token, now=late)
    accounts.who(DOOR, token=token, now=late + IDLE - SOON)
    with pytest.raises(SessionEnded):
        accounts.who(DOOR, token=token, now=late + 2 * IDLE)


def test_who_signs_out_is_out(accounts):
    found = sign_in(accounts)
    other = sign_in(accounts)
    accounts.sign_out(DOOR, token=found.token, now=NOW)

    for call in (accounts.who, accounts.sign_out):
        with pytest.raises(SessionEnded):
            call(DOOR, token=found.token, now=NOW)
    assert accounts.who(DOOR, token=other.token, now=NOW).person == "wang"


def test_one_lists_and_ends_what_is_ones_own(accounts):
    found = sign_in(accounts)
    listed = accounts.sessions(by("wang"), person="wang", now=NOW).items
    assert found.session in {one.session for one in listed}
    assert found.token not in str(listed)

    for call, more in ((accounts.sessions, {}), (accounts.end_session, {"session": found.session})):
        with pytest.raises(ActRefused):
            call(by("li"), person="wang", now=NOW, **more)
    with pytest.raises(SessionUnknown):
        accounts.end_session(by("li"), person="li", session=found.session, now=NOW)
    accounts.end_session(by("wang"), person="wang", session=found.session, now=NOW)
    with pytest.raises(SessionEnded):
        accounts.who(DOOR, token=found.token, now=NOW)


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


@given(st.text(max_size=60))
def test_no_text_is_a_token_but_a_token(text):
    assert digest_of(text) == ""


@given(st.integers(0, 53), st.sampled_from("0aZ_ "))
def test_a_slip_of_the_pen_makes_no_other_token(place, sign):
    token = new_token()
    slipped = token[:place] + sign + token[place + 1 :]

    assert (digest_of(slipped) == "") == (slipped != token)
    assert len(digest_of(token)) == 64


def test_one_password_is_never_stored_as_the_same_text_twice():
    assert hashed(PASSWORD) != hashed(PASSWORD)
