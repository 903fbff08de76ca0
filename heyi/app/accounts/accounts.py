"""The use cases of accounts: sign in and out, passwords, sessions and tokens."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from uuid import uuid4

from engine.time.times import moment_text
from heyi.app.accounts.errors import (
    AccountUnknown,
    NewPasswordNeeded,
    PasswordExpired,
    PasswordRefused,
    SessionEnded,
    SessionUnknown,
    SignInRefused,
)
from heyi.app.accounts.models import SessionView, SignedIn, SlipView, WhoView
from heyi.app.accounts.passwords import fits, hashed, is_outdated, one_time_password, wrong_with
from heyi.app.accounts.tokens import digest_of, new_token
from heyi.app.acts.deeds import note, permit
from heyi.app.reader import Reader
from heyi.app.view import Page
from storage.kernel.officerecords import Account, Session, SessionKind

if TYPE_CHECKING:
    from storage.work import Store, Work

FAILURES = 5
"""So many in a row, and each time so many again, lock an account."""
LOCKED_FOR, LOCKED_MOST = timedelta(minutes=15), timedelta(hours=1)
"""The first lock; each after it is twice as long, but never longer than the second."""
IDLE = timedelta(minutes=15)
"""A browser's session that was not used so long is over; a token is not watched."""
LONGEST = timedelta(hours=12)
ONCE_FOR = timedelta(days=7)
_TOUCH = timedelta(minutes=1)
"""Used again within it is not noted: reading must not cost a write each time."""


class Accounts:
    """How people are known again."""

    def __init__(self, store: "Store") -> None:
        """Keep them in this store."""
        self._store = store

    def sign_in(
        self, reader: Reader, *, person: str, password: str, now: datetime,
        new_password: str = "", kind: SessionKind = "token",
    ) -> SignedIn:  # fmt: skip
        """Begin a session for who knows the password.

        Each failure is counted before the password is looked at, so that many guesses at once
        are no more than so many in turn. Each fifth locks the account, for 15 minutes, then 30,
        then an hour; the right password begins anew. Whoever is unknown, locked or wrong is
        answered by the same statements.

        Args:
            reader: nobody in particular; its door is noted.
            person: who signs in.
            password: as typed.
            now: the present moment.
            new_password: chosen in place of a one-time password.
            kind: a browser's session, or a token.

        Raises:
            SignInRefused: person or password is wrong, or the account is locked.
            PasswordExpired: the one-time password's days are over.
            NewPasswordNeeded: it is a one-time password, and no new one is given.
            PasswordRefused: the new password will not do.
        """
        account = self._known(reader, person, password, now)
        asks = replace(reader, person=person)
        secret = self._chosen(asks, account, password, new_password, now)
        session = _session(person, kind, reader.via, now)
        token = new_token()
        with self._store.write() as work:
            _unchanged(work, account)
            work.accounts.put(Account(person=person, secret=secret or account.secret))
            if new_password:
                work.sessions.end(person, at=now)
            work.sessions.put(session, digest=digest_of(token))
            if new_password:
                note(work, asks, "password.changed", now=now)
            note(work, asks, "session.begun", now=now, session=session.id, form=kind)
        until = moment_text(session.ends_at)
        return SignedIn(person=person, token=token, session=session.id, until=until)

    def _known(self, reader: Reader, person: str, password: str, now: datetime) -> Account:
        """Return the account that a password opens, counted as if it did not."""
        account, is_locked = self._counted(person, now)
        secret = account.secret if account is not None and not is_locked else None
        # Both are done for everybody: what takes longer would tell who has an account.
        if fits(password, secret) and account is not None:
            return account
        with self._store.write() as work:
            # Whoever is not known may have typed a password in place of a name.
            about = {"person": account.person} if account is not None else {}
            locks = account is not None and account.locked_until is not None and not is_locked
            note(work, reader, "account.locked" if locks else "account.refused", now=now, **about)
        raise SignInRefused

    def _counted(self, person: str, now: datetime) -> tuple[Account | None, bool]:
        """Count an attempt as failed; return the account, and whether it was locked before."""
        with self._store.write() as work:
            account = work.accounts.get(person)
            counted = account or Account(person=person, secret="")
            is_locked = counted.locked_until is not None and now < counted.locked_until
            if not is_locked:
                failures = counted.failures + 1
                counted = replace(counted, failures=failures, locked_until=_locked(failures, now))
            work.accounts.change(counted)
        return (counted if account is not None else None), is_locked

    def _chosen(
        self, asks: Reader, account: Account, password: str, new_password: str, now: datetime
    ) -> str:
        """Return the text to store of a new password, or of an outdated one; "" to leave it.

        The right password undoes what was counted, also where it does not suffice.
        """
        if account.once:
            with self._store.write() as work:
                _unchanged(work, account)
                work.accounts.put(replace(account, failures=0, locked_until=None))
            if account.until is not None and account.until <= now:
                raise PasswordExpired
            if not new_password:
                raise NewPasswordNeeded
        if new_password:
            _check_new(new_password, person=asks.person, old=password)
            return hashed(new_password)
        return hashed(password) if is_outdated(account.secret) else ""

    def who(self, reader: Reader, *, token: str, now: datetime) -> WhoView:  # noqa: ARG002 - Readers
        """Return whose token it is.

        Args:
            reader: nobody in particular.
            token: as the person holds it.
            now: the present moment.

        Raises:
            SessionEnded: nobody's, or it has ended, or a session was not used for 15 minutes.
        """
        with self._store.read() as work:
            found = _open_session(work, token, now)
        if found.kind == "session" and found.used_at + _TOUCH <= now:
            with self._store.write() as work:
                work.sessions.touch(found.id, at=now)
        return WhoView(
            person=found.person, session=found.id, kind=found.kind,
            until=moment_text(found.ends_at),
        )  # fmt: skip

    def sign_out(self, reader: Reader, *, token: str, now: datetime) -> None:
        """End the session that a token opens.

        Raises:
            SessionEnded: it has ended already.
        """
        with self._store.write() as work:
            found = _open_session(work, token, now)
            work.sessions.end(found.person, at=now, session=found.id)
            asks = replace(reader, person=found.person)
            note(work, asks, "session.left", now=now, session=found.id)

    def reset_password(self, reader: Reader, *, person: str, now: datetime) -> SlipView:
        """Give a person a one-time password for 7 days; an account is made where there is none.

        A lock and all sessions of the person end.

        Raises:
            ActRefused: no post of the reader permits it.
            PersonNotFound: there is no such person.
        """
        password = one_time_password()
        until = now + ONCE_FOR
        account = Account(person=person, secret=hashed(password), once=True, until=until)
        with self._store.write() as work:
            permit(work, reader, "account.reset", person=person)
            name = work.people.get(person).display_name
            work.accounts.get(person)
            work.accounts.put(account)
            work.sessions.end(person, at=now)
            note(work, reader, "account.reset", now=now, person=person)
        return SlipView(person=person, name=name, password=password, until=moment_text(until))

    def unlock(self, reader: Reader, *, person: str, now: datetime) -> None:
        """Let a locked account be tried again.

        Raises:
            ActRefused: no post of the reader permits it.
            AccountUnknown: the person has no account.
        """
        with self._store.write() as work:
            permit(work, reader, "account.unlocked", person=person)
            account = work.accounts.get(person)
            if account is None:
                raise AccountUnknown(person=person)
            work.accounts.put(replace(account, failures=0, locked_until=None))
            note(work, reader, "account.unlocked", now=now, person=person)

    def sessions(self, reader: Reader, *, person: str, now: datetime) -> Page[SessionView]:
        """Return a person's open sessions and tokens, newest first.

        Raises:
            ActRefused: the reader is another person, and no post permits it.
        """
        with self._store.read() as work:
            permit(work, reader, "session.ended", person=person)
            found = [one for one in work.sessions.of(person) if _is_open(one, now)]
        return Page(items=tuple(
            SessionView(
                session=one.id, kind=one.kind, via=one.via, began=moment_text(one.made_at),
                used=moment_text(one.used_at), until=moment_text(one.ends_at),
            )
            for one in found
        ))  # fmt: skip

    def end_session(self, reader: Reader, *, person: str, session: str, now: datetime) -> None:
        """End one of a person's sessions or tokens.

        Raises:
            ActRefused: the reader is another person, and no post permits it.
            SessionUnknown: it is not open, or not that person's.
        """
        with self._store.write() as work:
            permit(work, reader, "session.ended", person=person)
            if not work.sessions.end(person, at=now, session=session):
                raise SessionUnknown(person=person, session=session)
            note(work, reader, "session.ended", now=now, person=person, session=session)


def _locked(failures: int, now: datetime) -> datetime | None:
    """Return until when so many failures in a row lock an account; None for not at all."""
    rounds, rest = divmod(failures, FAILURES)
    # The number of doublings is held down before it is raised: years of guesses are many.
    return None if rest else now + min(LOCKED_FOR * 2 ** min(rounds - 1, 8), LOCKED_MOST)


def _unchanged(work: "Work", account: Account) -> None:
    """Refuse to go on with a password that was reset while it was looked at."""
    kept = work.accounts.get(account.person)
    if kept is None or kept.secret != account.secret:
        raise SignInRefused


def _check_new(password: str, *, person: str, old: str) -> None:
    why = wrong_with(password, person=person, old=old)
    if why is not None:
        raise PasswordRefused(why)


def _session(person: str, kind: SessionKind, via: str, now: datetime) -> Session:
    return Session(
        id=str(uuid4()), kind=kind, person=person, via=via, made_at=now, used_at=now,
        ends_at=now + LONGEST,
    )  # fmt: skip


def _is_open(session: Session, now: datetime) -> bool:
    idle = session.kind == "session" and session.used_at + IDLE <= now
    return session.ended_at is None and now < session.ends_at and not idle


def _open_session(work: "Work", token: str, now: datetime) -> Session:
    digest = digest_of(token)
    found = work.sessions.by_digest(digest) if digest else None
    if found is None or not _is_open(found, now):
        raise SessionEnded
    return found
