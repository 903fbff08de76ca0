"""Defines the tables of time: open runs, alerts, deliveries, absences, calendars, rounds.

A partial index holds only what waits, so that looking for work costs what waits and not what
is kept.
"""

from datetime import datetime

from sqlalchemy import Boolean, Column, Index, UniqueConstraint, text
from sqlmodel import Field

from storage.kernel.columns import UtcDateTime
from storage.kernel.tables import Row, moment_column, text_column


def _perhaps() -> Column[datetime]:
    return Column(UtcDateTime, nullable=True)


def _partial(column: str, where: str) -> Index:
    """Return an index of the rows for which ``where`` holds."""
    return Index(None, column, sqlite_where=text(where), postgresql_where=text(where))


class ClockRunRow(Row, table=True):
    """An open run of a clock, found by when it wants attention: an index, never the truth.

    ``due_at`` is NULL while the run rests without end, ``next_at`` where no rung is left or
    the run rests; ``lease`` says which sweep has claimed it, until ``lease_until``.
    """

    __tablename__ = "clock_run"
    __table_args__ = (
        _partial("next_at", "next_at IS NOT NULL"),
        _partial("lease", "lease IS NOT NULL"),
    )

    case_id: str = Field(primary_key=True, foreign_key="case_row.id")
    clock: str = Field(primary_key=True)
    item: int = Field(primary_key=True)
    seq: int = Field(primary_key=True)
    due_at: datetime | None = Field(sa_column=Column(UtcDateTime, nullable=True, index=True))
    next_at: datetime | None = Field(sa_column=_perhaps())
    lease: str | None = None
    lease_until: datetime | None = Field(sa_column=_perhaps())


class AlertRow(Row, table=True):
    """One message owed to a person, or to the holders of a role: what has to go out.

    ``uid`` is made from what the message is about, so none is owed twice. Without person and
    role nobody was found to tell; an operator sees to those.
    """

    __tablename__ = "alert"
    __table_args__ = (
        UniqueConstraint("uid"),
        _partial("role", "role IS NOT NULL"),
        _partial("send_at", "state = 'owed'"),
    )

    id: int | None = Field(default=None, primary_key=True)
    uid: str
    case_id: str | None = Field(default=None, foreign_key="case_row.id", index=True)
    seq: int | None = None
    kind: str
    role: str | None = None
    person: str | None = Field(default=None, index=True)
    at: datetime = Field(sa_column=moment_column())
    send_at: datetime = Field(sa_column=moment_column())
    clock: str | None = None
    item: int | None = None
    run: int | None = None
    rung: str | None = None
    mark: str | None = None
    level: int | None = None
    due: str | None = None
    provisional: bool = Field(sa_column=Column(Boolean, nullable=False))
    day: str | None = None
    state: str
    lease: str | None = None
    lease_until: datetime | None = Field(sa_column=_perhaps())


class AddressRow(Row, table=True):
    """Where somebody, or a unit, is reached outside; ``url`` is sealed, for it is personal.

    ``blind`` is a digest of all of it that only the deployment can make: an address is kept
    once.
    """

    __tablename__ = "address"
    __table_args__ = (UniqueConstraint("blind"), Index(None, "owner_kind", "owner"))

    id: str = Field(primary_key=True)
    owner_kind: str
    owner: str
    kind: str
    url: str = Field(sa_column=text_column())
    blind: str


class DeliveryRow(Row, table=True):
    """One alert on its way to one address. An address may be dropped; what went out stays."""

    __tablename__ = "delivery"
    __table_args__ = (UniqueConstraint("alert", "address"), _partial("try_at", "state = 'owed'"))

    id: int | None = Field(default=None, primary_key=True)
    alert: str = Field(foreign_key="alert.uid")
    address: str = Field(index=True)
    state: str
    attempts: int
    try_at: datetime = Field(sa_column=moment_column())
    lease: str | None = None
    lease_until: datetime | None = Field(sa_column=_perhaps())
    error: str | None = None


class AbsenceRow(Row, table=True):
    """Somebody is away, from a day to a day, both counted; perhaps with a substitute."""

    __tablename__ = "absence"
    # Ids are not used again: dropping one twice must not drop another's.
    __table_args__ = ({"sqlite_autoincrement": True},)

    id: int | None = Field(default=None, primary_key=True)
    person: str = Field(foreign_key="person.id", index=True)
    from_day: str
    until_day: str = Field(index=True)
    substitute: str | None = Field(default=None, foreign_key="person.id")


class CalendarRow(Row, table=True):
    """A calendar as it was announced, a version each."""

    __tablename__ = "calendar"

    name: str = Field(primary_key=True)
    version: int = Field(primary_key=True)
    body: str = Field(sa_column=text_column())
    loaded_at: datetime = Field(sa_column=moment_column())


class RoundRow(Row, table=True):
    """One time that a scheduled round has run: proof that it still does."""

    __tablename__ = "round"
    __table_args__ = (Index(None, "name", "started_at"),)

    id: int | None = Field(default=None, primary_key=True)
    name: str
    by: str
    started_at: datetime = Field(sa_column=moment_column())
    ended_at: datetime | None = Field(sa_column=_perhaps())
    ok: bool | None = Field(default=None, sa_column=Column(Boolean, nullable=True))
    note: str


TABLES = Row.metadata.tables
"""All tables by name, those of ``storage.kernel.tables`` among them."""
