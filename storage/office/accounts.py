"""Stores accounts, and sessions and tokens by the digest of what their person holds."""

from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import Row, insert, select, update
from sqlalchemy.exc import IntegrityError

from storage.kernel.errors import UnknownReference
from storage.kernel.officerecords import Account, Session, SessionKind
from storage.kernel.officetables import OFFICE
from storage.kernel.transaction import Transaction

_ACCOUNTS, _SESSIONS = OFFICE["account"], OFFICE["session"]
_ACCOUNT, _SESSION = _ACCOUNTS.c, _SESSIONS.c
KINDS: tuple[SessionKind, ...] = ("session", "token")


class Accounts:
    """Accounts by person."""

    def __init__(self, transaction: Transaction) -> None:
        """Work inside this transaction."""
        self._transaction, self._master = transaction, transaction.master

    def get(self, person: str) -> Account | None:
        """Return a person's account; None where there is none.

        One whose secret was put there by somebody without the deployment's key has an empty
        secret, which no password fits.
        """
        # Two guesses at once must not be counted as one.
        self._transaction.serialize(f"account:{person}")
        query = select(_ACCOUNTS).where(_ACCOUNT.person == person)
        row = self._transaction.connection.execute(query).mappings().first()
        if row is None:
            return None
        opened = self._master.open_text(row["secret"], place=("account", person))
        return Account(**{**row, "secret": opened or ""})

    def change(self, account: Account) -> bool:
        """Store an account that is there; tell whether it is, by one statement either way."""
        values = self._values(account)
        changed = update(_ACCOUNTS).where(_ACCOUNT.person == account.person).values(values)
        return bool(self._transaction.connection.execute(changed).rowcount)

    def put(self, account: Account) -> None:
        """Store an account, new or changed.

        Raises:
            UnknownReference: there is no such person.
        """
        if self.change(account):
            return
        try:
            self._transaction.connection.execute(insert(_ACCOUNTS).values(self._values(account)))
        except IntegrityError as error:
            what = f"the account of person '{account.person}'"
            raise UnknownReference(what) from error

    def _values(self, account: Account) -> dict[str, Any]:
        sealed = self._master.seal_text(account.secret, place=("account", account.person))
        return {**asdict(account), "secret": sealed}


class Sessions:
    """Sessions and tokens."""

    def __init__(self, transaction: Transaction) -> None:
        """Work inside this transaction."""
        self._transaction = transaction

    def put(self, session: Session, *, digest: str) -> None:
        """Store a new session.

        Args:
            session: whose, and how long.
            digest: the SHA-256, hex, of what its person holds; that itself is never kept.

        Raises:
            UnknownReference: there is no such person.
        """
        try:
            new = insert(_SESSIONS).values({**asdict(session), "digest": digest})
            self._transaction.connection.execute(new)
        except IntegrityError as error:
            what = f"the session of person '{session.person}'"
            raise UnknownReference(what) from error

    def by_digest(self, digest: str) -> Session | None:
        """Return the session whose person holds this, ended or not; None for none."""
        query = select(_SESSIONS).where(_SESSION.digest == digest)
        row = self._transaction.connection.execute(query).first()
        return _session(row) if row is not None else None

    def of(self, person: str) -> tuple[Session, ...]:
        """Return a person's sessions, ended ones too, newest first."""
        query = select(_SESSIONS).where(_SESSION.person == person)
        ordered = query.order_by(_SESSION.made_at.desc(), _SESSION.id)
        return tuple(_session(row) for row in self._transaction.connection.execute(ordered))

    def all(self) -> frozenset[tuple[str, str, str]]:
        """Return all sessions and tokens, ended ones too, as (id, person, kind)."""
        query = select(_SESSION.id, _SESSION.person, _SESSION.kind)
        rows = self._transaction.connection.execute(query)
        return frozenset((row.id, row.person, row.kind) for row in rows)

    def touch(self, session: str, *, at: datetime) -> None:
        """Note that a session is used."""
        seen = update(_SESSIONS).where(_SESSION.id == session).values(used_at=at)
        self._transaction.connection.execute(seen)

    def end(
        self, person: str, *, at: datetime, session: str = "", kinds: Iterable[SessionKind] = KINDS
    ) -> int:
        """End a person's sessions from a moment on; return how many were open.

        Args:
            person: whose.
            at: the moment.
            session: one of them by its id; "" for all.
            kinds: only these kinds.
        """
        open_ = (_SESSION.ended_at.is_(None), _SESSION.ends_at > at)
        ended = update(_SESSIONS).where(_SESSION.person == person, *open_)
        ended = ended.where(_SESSION.kind.in_(sorted(kinds)))
        if session:
            ended = ended.where(_SESSION.id == session)
        return int(self._transaction.connection.execute(ended.values(ended_at=at)).rowcount)


def _session(row: Row[Any]) -> Session:
    return Session(
        id=row.id, kind=row.kind, person=row.person, via=row.via, made_at=row.made_at,
        used_at=row.used_at, ends_at=row.ends_at, ended_at=row.ended_at,
    )  # fmt: skip
