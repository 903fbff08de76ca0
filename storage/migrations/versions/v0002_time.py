"""Time: when runs want attention, alerts that go out, addresses, absences, calendars, rounds.

Why so: a sweep must find what is owed by one short look at an index, claim it so that no
other sweep takes it too, and keep a rung without touching what a case has sealed. Alerts
become what has to go out, each once; those of before stay readable and are moot, so that an
upgrade does not send old news. Of runs that were open before nobody knows the next rung: the
first sweep looks at every one of them.
"""

from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op
from sqlalchemy.schema import SchemaItem

from storage.kernel.columns import UtcDateTime

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

EVER = datetime(1970, 1, 1, tzinfo=UTC)
"""Before everything: what is planned for then comes first."""


def upgrade() -> None:
    """Change the tables of cases, runs and alerts, keeping their rows; make the new ones."""
    _cases()
    _runs()
    _alerts()
    _delivery()
    _absences()
    _rounds()


def _cases() -> None:
    # A default, for SQLite adds no column without; the table is not copied, for others
    # refer to it.
    sealed = sa.Column("sealed_revision", sa.Integer, nullable=False, server_default="0")
    op.add_column("case_row", sealed)
    op.execute("UPDATE case_row SET sealed_revision = revision")
    # Every event so far was caused by somebody.
    op.execute(
        "UPDATE case_row SET body = substr(body, 1, length(body) - 1) "
        "|| ',\"acted\":' || revision || '}' WHERE body LIKE '{%}'"
    )


def _runs() -> None:
    with op.batch_alter_table("clock_run") as table:
        table.alter_column("due_at", existing_type=UtcDateTime(), nullable=True)
        for column in (_moment("next_at"), _str("lease"), _moment("lease_until")):
            table.add_column(column)
    runs = sa.table("clock_run", sa.column("next_at", UtcDateTime))
    op.execute(runs.update().values(next_at=EVER))
    _partial("clock_run", "next_at", "next_at IS NOT NULL")
    _partial("clock_run", "lease", "lease IS NOT NULL")


def _alerts() -> None:
    op.drop_index("ix_alert_role", "alert")
    with op.batch_alter_table("alert") as table:
        table.alter_column("case_id", existing_type=sa.String(), nullable=True)
        table.alter_column("seq", existing_type=sa.Integer(), nullable=True)
        for name in ("uid", "clock", "rung", "mark", "due", "day", "state", "lease"):
            table.add_column(_str(name))
        for name in ("item", "run", "level"):
            table.add_column(_int(name))
        table.add_column(_moment("send_at"))
        table.add_column(_moment("lease_until"))
        table.add_column(sa.Column("provisional", sa.Boolean, nullable=True))
    op.execute(
        "UPDATE alert SET uid = '0001:' || id, send_at = at, state = 'moot', provisional = false"
    )
    with op.batch_alter_table("alert") as table:
        table.alter_column("uid", existing_type=sa.String(), nullable=False)
        table.alter_column("state", existing_type=sa.String(), nullable=False)
        table.alter_column("send_at", existing_type=UtcDateTime(), nullable=False)
        table.alter_column("provisional", existing_type=sa.Boolean(), nullable=False)
        table.create_unique_constraint("uq_alert_uid", ["uid"])
    _partial("alert", "role", "role IS NOT NULL")
    _partial("alert", "send_at", "state = 'owed'")


def _delivery() -> None:
    op.create_table(
        "address",
        *(_str("id", null=False), _str("owner_kind", null=False), _str("owner", null=False)),
        *(_str("kind", null=False), sa.Column("url", sa.Text, nullable=False)),
        _str("blind", null=False),
        sa.PrimaryKeyConstraint("id", name="pk_address"),
        sa.UniqueConstraint("blind", name="uq_address_blind"),
    )
    op.create_index("ix_address_owner_kind_owner", "address", ["owner_kind", "owner"])
    op.create_table(
        "delivery",
        *(sa.Column("id", sa.Integer, nullable=False), _str("alert", null=False)),
        *(_str("address", null=False), _str("state", null=False), _int("attempts", null=False)),
        *(_moment("try_at", null=False), _str("lease"), _moment("lease_until"), _str("error")),
        sa.PrimaryKeyConstraint("id", name="pk_delivery"),
        sa.UniqueConstraint("alert", "address", name="uq_delivery_alert_address"),
        _ref("delivery", "alert", "alert.uid"),
    )
    op.create_index("ix_delivery_address", "delivery", ["address"])
    _partial("delivery", "try_at", "state = 'owed'")


def _absences() -> None:
    op.create_table(
        "absence",
        *(sa.Column("id", sa.Integer, nullable=False), _str("person", null=False)),
        *(_str("from_day", null=False), _str("until_day", null=False), _str("substitute")),
        sa.PrimaryKeyConstraint("id", name="pk_absence"),
        _ref("absence", "person", "person.id"),
        _ref("absence", "substitute", "person.id"),
        sqlite_autoincrement=True,
    )
    for column in ("person", "until_day"):
        op.create_index(f"ix_absence_{column}", "absence", [column])


def _rounds() -> None:
    op.create_table(
        "calendar",
        *(_str("name", null=False), _int("version", null=False)),
        *(sa.Column("body", sa.Text, nullable=False), _moment("loaded_at", null=False)),
        sa.PrimaryKeyConstraint("name", "version", name="pk_calendar"),
    )
    op.create_table(
        "round",
        *(sa.Column("id", sa.Integer, nullable=False), _str("name", null=False)),
        *(_str("by", null=False), _moment("started_at", null=False), _moment("ended_at")),
        *(sa.Column("ok", sa.Boolean, nullable=True), _str("note", null=False)),
        sa.PrimaryKeyConstraint("id", name="pk_round"),
    )
    op.create_index("ix_round_name_started_at", "round", ["name", "started_at"])


def _str(name: str, *, null: bool = True) -> sa.Column[str]:
    return sa.Column(name, sa.String, nullable=null)


def _int(name: str, *, null: bool = True) -> sa.Column[int]:
    return sa.Column(name, sa.Integer, nullable=null, autoincrement=False)


def _moment(name: str, *, null: bool = True) -> sa.Column[datetime]:
    return sa.Column(name, UtcDateTime, nullable=null)


def _ref(table: str, column: str, target: str) -> SchemaItem:
    return sa.ForeignKeyConstraint([column], [target], name=f"fk_{table}_{column}")


def _partial(table: str, column: str, where: str) -> None:
    op.create_index(
        f"ix_{table}_{column}",
        table,
        [column],
        sqlite_where=sa.text(where),
        postgresql_where=sa.text(where),
    )
