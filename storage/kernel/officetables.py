"""Defines the tables of the office itself: its acts, accounts, sessions, files handed in."""

from datetime import datetime

from sqlalchemy import Boolean, Column, Index, Integer, Text, UniqueConstraint
from sqlmodel import Field

from storage.kernel.columns import UtcDateTime
from storage.kernel.tables import Row, moment_column, text_column


def _perhaps() -> Column[datetime]:
    return Column(UtcDateTime, nullable=True)


class ActRow(Row, table=True):
    """One act of the office; triggers refuse every change.

    ``hash`` covers all other columns and the hash before it, ``mac`` the hash, under a key
    that only the deployment has.
    """

    __tablename__ = "act"

    seq: int = Field(sa_column=Column(Integer, primary_key=True, autoincrement=False))
    kind: str = Field(index=True)
    at: str
    actor: str
    via: str
    public: str = Field(sa_column=text_column())
    prev_hash: str
    hash: str
    mac: str


class AccountRow(Row, table=True):
    """How a person is known again; ``secret`` is the password's argon2id text, sealed.

    Sealed so that who owns the database but not the key puts no password of their own there.

    ``once`` says that the password is a one-time one, ``until`` how long it may be used.
    """

    __tablename__ = "account"

    person: str = Field(primary_key=True, foreign_key="person.id")
    secret: str = Field(sa_column=text_column())
    once: bool = Field(sa_column=Column(Boolean, nullable=False))
    until: datetime | None = Field(sa_column=_perhaps())
    failures: int
    locked_until: datetime | None = Field(sa_column=_perhaps())


class SessionRow(Row, table=True):
    """A session or a token of a person; ``digest`` is the SHA-256 of what the person holds."""

    __tablename__ = "session"
    __table_args__ = (UniqueConstraint("digest"), Index(None, "person"))

    id: str = Field(primary_key=True)
    kind: str
    person: str = Field(foreign_key="person.id")
    digest: str
    via: str
    made_at: datetime = Field(sa_column=moment_column())
    used_at: datetime = Field(sa_column=moment_column())
    ends_at: datetime = Field(sa_column=moment_column())
    ended_at: datetime | None = Field(sa_column=_perhaps())


class HandedInRow(Row, table=True):
    """A file that an author has handed in, until it is published, withdrawn or refused.

    ``reason`` is why it was refused, sealed.
    """

    __tablename__ = "handed_in"

    id: int | None = Field(default=None, primary_key=True)
    kind: str
    name: str = Field(index=True)
    version: int
    sha256: str
    body: str = Field(sa_column=text_column())
    by: str
    at: datetime = Field(sa_column=moment_column())
    done_by: str | None = None
    done_at: datetime | None = Field(sa_column=_perhaps())
    outcome: str | None = None
    reason: str | None = Field(sa_column=Column(Text, nullable=True))


class ViewingRow(Row, table=True):
    """Somebody's request to read a case for some days, and what became of it.

    ``case_id`` is NULL until it is allowed: nothing tells before whether there is such a case.
    ``reason`` and ``answer`` are sealed with the deployment's key.
    """

    __tablename__ = "viewing"
    __table_args__ = (
        Index(None, "person", "until_day"),
        Index(None, "person", "asked_at"),
        Index(None, "decided_at", "asked_at"),
    )

    id: str = Field(primary_key=True)
    person: str = Field(foreign_key="person.id")
    ref: str
    case_id: str | None = Field(default=None, foreign_key="case_row.id")
    role: str
    post: str
    unit: str
    reason: str = Field(sa_column=text_column())
    asked_at: datetime = Field(sa_column=moment_column())
    decided_by: str | None = None
    decided_at: datetime | None = Field(sa_column=_perhaps())
    until_day: str | None = None
    answer: str = Field(sa_column=text_column())


OFFICE = Row.metadata.tables
"""All tables by name, those of this module among them."""
