"""Who signs in: the first time, after five wrong tries, on another day; what each leaves in the chain."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from heyi.app.accounts.accounts import IDLE, LOCKED_FOR, LONGEST, ONCE_FOR
from heyi.app.accounts.errors import (
    AccountUnknown,
    NewPasswordNeeded,
    PasswordExpired,
    PasswordRefused,
    SessionEnded,
    SessionUnknown,
    SignInRefused,
)
from heyi.app.accounts.models import SignedIn
from heyi.app.acts.errors import ActRefused, OwnAct
from heyi.app.reader import Reader
from storage.kernel.errors import PersonNotFound
from tests.app.cases.test_knowing import statements
from tests.builders.founded_office import NOW, PASSWORD, Office, by, office_in

DOOR = Reader(via="test")
MINUTE = timedelta(minutes=1)
OWN = "a river of seven stones"
WRONG = "not the password at all"


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    found = office_in(tmp_path)
    yield found
    found.app.close()


def sign_in(
    office: Office, person: str = "wang", password: str = PASSWORD, **more: Any
) -> SignedIn:
    asked: dict[str, Any] = {"now": NOW, **more}
    return office.app.accounts.sign_in(DOOR, person=person, password=password, **asked)


def fail(office: Office, times: int, person: str = "wang", **more: Any) -> None:
    for _ in range(times):
        with pytest.raises(SignInRefused):
            sign_in(office, person, WRONG, **more)


def kinds(office: Office) -> list[str]:
    return [kind for kind, _actor in office.acts()]


def test_the_first_sign_in_asks_for_a_password_of_ones_own(office: Office):
    once = office.slips["sec"]

    with pytest.raises(NewPasswordNeeded):
        sign_in(office, "sec", once)
    found = sign_in(office, "sec", once, new_password=OWN)

    assert office.app.accounts.who(DOOR, token=found.token, now=NOW).person == "sec"
    with pytest.raises(SignInRefused):
        sign_in(office, "sec", once)
    assert sign_in(office, "sec", OWN).person == "sec"
    assert kinds(office)[-4:] == [
        "password.changed", "session.begun", "account.refused", "session.begun",
    ]  # fmt: skip


def test_a_one_time_password_has_its_days(office: Office):
    slip = office.app.accounts.reset_password(by("sec"), person="li", now=NOW)
    last = NOW + ONCE_FOR - timedelta(seconds=1)

    with pytest.raises(PasswordExpired):
        sign_in(office, "li", slip.password, new_password=OWN, now=NOW + ONCE_FOR)
    assert sign_in(office, "li", slip.password, new_password=OWN, now=last).person == "li"


@pytest.mark.parametrize(
    "chosen",
    [
        "short",
        "x" * 201,
        "wang-wang-wang",
        "aaaaaaaaaaaa",
        "abcdefghijkl",
        "lkjhgfdsa",
        "1234567890",
    ],
)
def test_a_password_that_is_easily_guessed_is_refused_and_changes_nothing(
    office: Office, chosen: str
):
    with pytest.raises(PasswordRefused):
        sign_in(office, new_password=chosen)

    assert sign_in(office).person == "wang"


def test_the_old_password_is_no_new_one(office: Office):
    with pytest.raises(PasswordRefused):
        sign_in(office, new_password=PASSWORD)


def test_five_wrong_tries_lock_the_account_for_a_quarter_of_an_hour(office: Office):
    fail(office, 5)

    with pytest.raises(SignInRefused):
        sign_in(office, now=NOW + LOCKED_FOR - MINUTE)
    assert sign_in(office, now=NOW + LOCKED_FOR).person == "wang"
    assert kinds(office).count("account.locked") == 1


def test_four_wrong_tries_and_a_right_one_begin_to_count_anew(office: Office):
    for _ in range(3):
        fail(office, 4)
        assert sign_in(office).person == "wang"

    assert "account.locked" not in kinds(office)


def test_a_lock_is_lifted_by_security_alone_and_by_nobody_for_themselves(office: Office):
    fail(office, 5)
    accounts = office.app.accounts

    for other in ("adm", "aud", "chair", "wang"):
        with pytest.raises(ActRefused):
            accounts.unlock(by(other), person="wang", now=NOW)
    with pytest.raises(OwnAct):
        accounts.unlock(by("sec"), person="sec", now=NOW)
    with pytest.raises(AccountUnknown):
        accounts.unlock(by("sec"), person="nemo", now=NOW)
    accounts.unlock(by("sec"), person="wang", now=NOW)

    assert sign_in(office).person == "wang"


def test_wrong_unknown_without_account_and_locked_are_one_answer(office: Office):
    fail(office, 5, "sec2")
    told = set()
    for person in ("wang", "nobody-there", "nemo", "sec2"):
        with pytest.raises(SignInRefused) as refused:
            sign_in(office, person, WRONG)
        told.add((refused.value.code, str(refused.value)))

    assert len(told) == 1


def test_an_unknown_person_costs_a_look_at_a_password_too(
    office: Office, monkeypatch: pytest.MonkeyPatch
):
    looked: list[str | None] = []

    def look(_typed: str, secret: str | None) -> bool:
        looked.append(secret)
        return False

    monkeypatch.setattr("heyi.app.accounts.accounts.fits", look)

    for person in ("wang", "nobody-there"):
        with pytest.raises(SignInRefused):
            sign_in(office, person, WRONG)

    assert len(looked) == 2
    assert looked[1] is None


def test_what_was_typed_in_place_of_a_name_stands_nowhere(office: Office):
    canary = "my secret password typed too early"
    with pytest.raises(SignInRefused):
        sign_in(office, canary, WRONG)
    fail(office, 1)

    written = b"".join(one.read_bytes() for one in office.folder.rglob("*") if one.is_file())
    for word in (canary, WRONG, PASSWORD):
        assert word.encode() not in written


def test_a_token_opens_for_twelve_hours_and_a_browser_while_it_is_used(office: Office):
    who = office.app.accounts.who
    token = sign_in(office).token
    browser = sign_in(office, kind="session").token

    late = NOW + LONGEST - MINUTE
    assert who(DOOR, token=token, now=late).kind == "token"
    with pytest.raises(SessionEnded):
        who(DOOR, token=token, now=NOW + LONGEST)
    for minutes in (10, 20, 30):
        assert who(DOOR, token=browser, now=NOW + minutes * MINUTE).kind == "session"
    with pytest.raises(SessionEnded):
        who(DOOR, token=browser, now=NOW + 30 * MINUTE + IDLE)


def test_reading_with_a_session_that_was_just_used_writes_nothing(
    office: Office, monkeypatch: pytest.MonkeyPatch
):
    browser = sign_in(office, kind="session").token

    with statements(monkeypatch, office.app.store) as said:
        office.app.accounts.who(DOOR, token=browser, now=NOW + MINUTE / 2)

    assert not any(one.lstrip().upper().startswith(("UPDATE", "INSERT")) for one in said)


@pytest.mark.parametrize("token", ["", "x", "heyi_", "heyi_" + "a" * 49, "令牌"])
def test_what_is_no_token_opens_nothing(office: Office, token: str):
    with pytest.raises(SessionEnded):
        office.app.accounts.who(DOOR, token=token, now=NOW)


def test_a_token_of_which_one_letter_is_wrong_opens_nothing(office: Office):
    token = sign_in(office).token
    other = token[:10] + ("a" if token[10] != "a" else "b") + token[11:]

    with pytest.raises(SessionEnded):
        office.app.accounts.who(DOOR, token=other, now=NOW)


def test_a_token_is_told_once_and_kept_nowhere(office: Office):
    found = sign_in(office)

    written = b"".join(one.read_bytes() for one in office.folder.rglob("*") if one.is_file())
    assert found.token.encode() not in written
    assert found.session.encode() in written


def test_who_signs_out_is_out_at_once(office: Office):
    first, second = sign_in(office), sign_in(office)

    office.app.accounts.sign_out(DOOR, token=first.token, now=NOW)

    with pytest.raises(SessionEnded):
        office.app.accounts.who(DOOR, token=first.token, now=NOW)
    with pytest.raises(SessionEnded):
        office.app.accounts.sign_out(DOOR, token=first.token, now=NOW)
    assert office.app.accounts.who(DOOR, token=second.token, now=NOW).person == "wang"
    assert office.acts()[-1] == ("session.left", "wang")


def test_a_new_password_ends_every_session(office: Office):
    before = sign_in(office)

    sign_in(office, new_password=OWN)

    with pytest.raises(SessionEnded):
        office.app.accounts.who(DOOR, token=before.token, now=NOW)


def test_a_reset_ends_lock_sessions_and_the_old_password(office: Office):
    before = sign_in(office)
    fail(office, 5)

    slip = office.app.accounts.reset_password(by("sec"), person="wang", now=NOW)

    with pytest.raises(SessionEnded):
        office.app.accounts.who(DOOR, token=before.token, now=NOW)
    with pytest.raises(SignInRefused):
        sign_in(office)
    assert sign_in(office, "wang", slip.password, new_password=OWN).person == "wang"
    assert ("account.reset", "sec") in office.acts()


def test_only_security_resets_and_never_for_themselves(office: Office):
    accounts = office.app.accounts
    for other in ("adm", "aud", "chair", "wang"):
        with pytest.raises(ActRefused):
            accounts.reset_password(by(other), person="li", now=NOW)
    with pytest.raises(OwnAct):
        accounts.reset_password(by("sec"), person="sec", now=NOW)
    with pytest.raises(PersonNotFound):
        accounts.reset_password(by("sec"), person="nobody-there", now=NOW)


def test_ones_own_sessions_are_listed_and_ended_by_oneself_or_security(office: Office):
    accounts = office.app.accounts
    found = sign_in(office)
    open_now = {one.session for one in accounts.sessions(by("wang"), person="wang", now=NOW).items}

    assert found.session in open_now
    for other in ("li", "adm", "chair"):
        with pytest.raises(ActRefused):
            accounts.sessions(by(other), person="wang", now=NOW)
        with pytest.raises(ActRefused):
            accounts.end_session(by(other), person="wang", session=found.session, now=NOW)
    with pytest.raises(SessionUnknown):
        accounts.end_session(by("sec"), person="li", session=found.session, now=NOW)
    accounts.end_session(by("sec"), person="wang", session=found.session, now=NOW)
    with pytest.raises(SessionUnknown):
        accounts.end_session(by("wang"), person="wang", session=found.session, now=NOW)
    with pytest.raises(SessionEnded):
        accounts.who(DOOR, token=found.token, now=NOW)
    left = {one.session for one in accounts.sessions(by("wang"), person="wang", now=NOW).items}
    assert left == open_now - {found.session}
