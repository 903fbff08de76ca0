"""Defines the tables. They hold no rules: these are in the engine, checks in the repositories.

Columns beside ``body`` and ``sealed`` of a case are derived from its events; they are there
to be found by and compared with the fold, and are never the truth.
"""

from datetime import datetime
from typing import ClassVar

from sqlalchemy import (
    Boolean,
    Column,
    ForeignKeyConstraint,
    Index,
    MetaData,
    Text,
    UniqueConstraint,
)
from sqlmodel import Field, SQLModel

from storage.kernel.columns import UtcDateTime

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class Row(SQLModel):
    """The base of all tables, with its own SQLAlchemy metadata."""

    metadata: ClassVar[MetaData] = MetaData(naming_convention=NAMING)


def text_column() -> Column[str]:
    """Return a column for a long text."""
    return Column(Text, nullable=False)


def moment_column() -> Column[datetime]:
    """Return a column for a moment that is always known."""
    return Column(UtcDateTime, nullable=False)


class UnitRow(Row, table=True):
    """A place in the tree of units."""

    __tablename__ = "unit"

    id: str = Field(primary_key=True)
    level: str
    title: str
    parent_id: str | None = Field(default=None, foreign_key="unit.id", index=True)


class MarkRow(Row, table=True):
    """A token that is drawn anew with each change of what it is named after.

    Who keeps a copy of that in memory sees by one short look whether it still holds. A token,
    not a count: a change that was undone leaves none behind that could come again.
    """

    __tablename__ = "mark"

    name: str = Field(primary_key=True)
    token: str


class PersonRow(Row, table=True):
    """Somebody who may act. The name is read by id only: it stands in no index."""

    __tablename__ = "person"

    id: str = Field(primary_key=True)
    display_name: str


class PostRow(Row, table=True):
    """A role held at a unit."""

    __tablename__ = "post"

    person: str = Field(primary_key=True, foreign_key="person.id")
    role: str = Field(primary_key=True)
    unit: str = Field(primary_key=True, foreign_key="unit.id", index=True)


class WorkflowVersionRow(Row, table=True):
    """A published version; triggers refuse every change."""

    __tablename__ = "workflow_version"

    name: str = Field(primary_key=True)
    version: int = Field(primary_key=True)
    sha256: str
    body: str = Field(sa_column=text_column())
    published_at: datetime = Field(sa_column=moment_column())


class CaseRow(Row, table=True):
    """A case as its last event left it; ``head`` is the hash of that event.

    ``sealed`` is bound to ``sealed_revision``, which stays behind ``revision`` where later
    events left the sealed fields alone.
    """

    __tablename__ = "case_row"
    __table_args__ = (
        UniqueConstraint("number"),
        UniqueConstraint("workflow", "unique_key"),
        ForeignKeyConstraint(
            ["workflow", "version"], ["workflow_version.name", "workflow_version.version"]
        ),
        Index(None, "unit", "opened_at", "id"),
        Index(None, "workflow", "state"),
        Index(None, "opened_at", "id"),
    )

    id: str = Field(primary_key=True)
    workflow: str
    version: int
    unit: str = Field(foreign_key="unit.id")
    number: str | None = None
    state: str
    final: bool = Field(sa_column=Column(Boolean, nullable=False))
    outcome: str | None = None
    unique_key: str | None = None
    revision: int
    head: str
    opened_at: datetime = Field(sa_column=moment_column())
    moved_at: datetime = Field(sa_column=moment_column())
    body: str = Field(sa_column=text_column())
    sealed: str = Field(sa_column=text_column())
    sealed_revision: int


class EventRow(Row, table=True):
    """A fact that happened to a case; triggers refuse every change.

    ``at`` and ``occurred_at`` are kept as the engine wrote them, for the hash covers them.
    """

    __tablename__ = "event"

    case_id: str = Field(primary_key=True, foreign_key="case_row.id")
    seq: int = Field(primary_key=True)
    kind: str
    at: str
    occurred_at: str
    actor: str
    public: str = Field(sa_column=text_column())
    sealed: str = Field(sa_column=text_column())
    prev_hash: str
    hash: str


class NumberCounterRow(Row, table=True):
    """The last number drawn for a unit, workflow and year."""

    __tablename__ = "number_counter"

    unit: str = Field(primary_key=True)
    workflow: str = Field(primary_key=True)
    year: int = Field(primary_key=True)
    last: int


class IdempotencyRow(Row, table=True):
    """Which event a request's key led to."""

    __tablename__ = "idempotency"

    key: str = Field(primary_key=True)
    case_id: str = Field(foreign_key="case_row.id")
    seq: int
    request_hash: str


class CaseKeyRow(Row, table=True):
    """A data key of a case and vault, wrapped; NULL once it was destroyed.

    A vault that is written again after its key was destroyed gets the next generation.
    """

    __tablename__ = "case_key"
    __table_args__ = (
        # Deferred: a new case's row is written with what its keys have sealed already.
        ForeignKeyConstraint(["case_id"], ["case_row.id"], deferrable=True, initially="DEFERRED"),
    )

    case_id: str = Field(primary_key=True)
    vault: str = Field(primary_key=True)
    generation: int = Field(primary_key=True)
    wrapped: str | None = None
    destroyed_at: datetime | None = Field(
        default=None, sa_column=Column(UtcDateTime, nullable=True)
    )


class LinkRow(Row, table=True):
    """A case points to another one under a name of its workflow."""

    __tablename__ = "link"

    case_id: str = Field(primary_key=True, foreign_key="case_row.id")
    name: str = Field(primary_key=True)
    other_id: str = Field(primary_key=True, index=True)


class CaseGrantRow(Row, table=True):
    """Who may know a case: ``word`` is a grant or a denial, as the engine wrote it.

    Derived from the case. ``opened_at`` is the case's own, so that the cases of one grant are an
    ordered range.
    """

    __tablename__ = "case_grant"
    __table_args__ = (Index(None, "word", "opened_at", "case_id"),)

    word: str = Field(primary_key=True)
    case_id: str = Field(primary_key=True, foreign_key="case_row.id", index=True)
    opened_at: datetime = Field(sa_column=moment_column())


class ReadingRow(Row, table=True):
    """Somebody read a case that is sealed or confidential; ids count up."""

    __tablename__ = "reading"
    __table_args__ = (Index(None, "case_id", "id"),)

    id: int | None = Field(default=None, primary_key=True)
    case_id: str = Field(foreign_key="case_row.id")
    person: str
    at: datetime = Field(sa_column=moment_column())
    what: str


class CatalogueVersionRow(Row, table=True):
    """An edition of a catalogue, with the case that made it, if one did."""

    __tablename__ = "catalogue_version"

    name: str = Field(primary_key=True)
    version: int = Field(primary_key=True)
    at: datetime = Field(sa_column=moment_column())
    case_id: str | None = None


class CatalogueRowRow(Row, table=True):
    """A catalogue's row as it stands from one version on, until a later version has another."""

    __tablename__ = "catalogue_row"

    catalogue: str = Field(primary_key=True)
    code: str = Field(primary_key=True)
    version_from: int = Field(primary_key=True)
    body: str = Field(sa_column=text_column())
