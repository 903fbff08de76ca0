"""First tables: units and posts, published workflows, cases with events and keys, lists.

Why so: an event is append only, so triggers refuse UPDATE and DELETE (and TRUNCATE) on it,
and on published workflows as well; whatever else is kept of a case is derived from events
and may be made again.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.schema import SchemaItem

from storage.kernel.columns import UtcDateTime

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

FROZEN = ("event", "workflow_version")
"""Tables whose rows never change."""


def upgrade() -> None:
    """Make the tables, then the triggers that guard the frozen ones."""
    _people()
    _published()
    _cases()
    _of_cases()
    for table in FROZEN:
        if op.get_bind().dialect.name == "sqlite":
            _freeze_sqlite(table)
        else:
            _freeze_postgresql(table)


def _people() -> None:
    op.create_table(
        "unit",
        *(_str("id"), _str("level"), _str("title"), _str("parent_id", null=True)),
        sa.PrimaryKeyConstraint("id", name="pk_unit"),
        _ref("unit", "parent_id", "unit.id"),
    )
    _index("unit", "parent_id")
    op.create_table(
        "mark",
        *(_str("name"), _str("token")),
        sa.PrimaryKeyConstraint("name", name="pk_mark"),
    )
    op.create_table(
        "person",
        *(_str("id"), _str("display_name")),
        sa.PrimaryKeyConstraint("id", name="pk_person"),
    )
    op.create_table(
        "post",
        *(_str("person"), _str("role"), _str("unit")),
        sa.PrimaryKeyConstraint("person", "role", "unit", name="pk_post"),
        _ref("post", "person", "person.id"),
        _ref("post", "unit", "unit.id"),
    )
    _index("post", "unit")


def _published() -> None:
    op.create_table(
        "workflow_version",
        *(_str("name"), _int("version"), _str("sha256"), _text("body"), _moment("published_at")),
        sa.PrimaryKeyConstraint("name", "version", name="pk_workflow_version"),
    )
    op.create_table(
        "catalogue_version",
        *(_str("name"), _int("version"), _moment("at"), _str("case_id", null=True)),
        sa.PrimaryKeyConstraint("name", "version", name="pk_catalogue_version"),
    )
    op.create_table(
        "catalogue_row",
        *(_str("catalogue"), _str("code"), _int("version_from"), _text("body")),
        sa.PrimaryKeyConstraint("catalogue", "code", "version_from", name="pk_catalogue_row"),
    )
    op.create_table(
        "number_counter",
        *(_str("unit"), _str("workflow"), _int("year"), _int("last")),
        sa.PrimaryKeyConstraint("unit", "workflow", "year", name="pk_number_counter"),
    )


def _cases() -> None:
    op.create_table(
        "case_row",
        *(_str("id"), _str("workflow"), _int("version"), _str("unit"), _str("number", null=True)),
        *(_str("state"), sa.Column("final", sa.Boolean, nullable=False)),
        *(_str("outcome", null=True), _str("unique_key", null=True), _int("revision")),
        *(_str("head"), _moment("opened_at"), _moment("moved_at"), _text("body"), _text("sealed")),
        sa.PrimaryKeyConstraint("id", name="pk_case_row"),
        _ref("case_row", "unit", "unit.id"),
        sa.ForeignKeyConstraint(
            ["workflow", "version"],
            ["workflow_version.name", "workflow_version.version"],
            name="fk_case_row_workflow_version",
        ),
        sa.UniqueConstraint("number", name="uq_case_row_number"),
        sa.UniqueConstraint("workflow", "unique_key", name="uq_case_row_workflow_unique_key"),
    )
    _index("case_row", "opened_at", "id")
    _index("case_row", "unit", "opened_at", "id")
    _index("case_row", "workflow", "state")
    op.create_table(
        "event",
        *(_str("case_id"), _int("seq"), _str("kind"), _str("at"), _str("occurred_at")),
        *(_str("actor"), _text("public"), _text("sealed"), _str("prev_hash"), _str("hash")),
        sa.PrimaryKeyConstraint("case_id", "seq", name="pk_event"),
        _ref("event", "case_id", "case_row.id"),
    )


def _of_cases() -> None:
    op.create_table(
        "clock_run",
        *(_str("case_id"), _str("clock"), _int("item"), _int("seq"), _moment("due_at")),
        sa.PrimaryKeyConstraint("case_id", "clock", "item", "seq", name="pk_clock_run"),
        _ref("clock_run", "case_id", "case_row.id"),
    )
    _index("clock_run", "due_at")
    op.create_table(
        "idempotency",
        *(_str("key"), _str("case_id"), _int("seq"), _str("request_hash")),
        sa.PrimaryKeyConstraint("key", name="pk_idempotency"),
        _ref("idempotency", "case_id", "case_row.id"),
    )
    op.create_table(
        "case_key",
        *(_str("case_id"), _str("vault"), _int("generation"), _str("wrapped", null=True)),
        sa.Column("destroyed_at", UtcDateTime, nullable=True),
        sa.PrimaryKeyConstraint("case_id", "vault", "generation", name="pk_case_key"),
        _ref("case_key", "case_id", "case_row.id", deferred=True),
    )
    op.create_table(
        "link",
        *(_str("case_id"), _str("name"), _str("other_id")),
        sa.PrimaryKeyConstraint("case_id", "name", "other_id", name="pk_link"),
        _ref("link", "case_id", "case_row.id"),
    )
    _index("link", "other_id")
    op.create_table(
        "alert",
        *(sa.Column("id", sa.Integer, nullable=False), _str("case_id"), _int("seq")),
        *(_str("kind"), _str("role", null=True), _str("person", null=True), _moment("at")),
        sa.PrimaryKeyConstraint("id", name="pk_alert"),
        _ref("alert", "case_id", "case_row.id"),
    )
    for column in ("case_id", "person", "role"):
        _index("alert", column)


def _freeze_sqlite(table: str) -> None:
    for verb in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
            f"BEGIN SELECT RAISE(ABORT, '{table} is append only'); END"
        )


def _freeze_postgresql(table: str) -> None:
    op.execute(
        f"CREATE FUNCTION {table}_refuse() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{table} is append only'; END $$"
    )
    op.execute(
        f"CREATE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
        f"FOR EACH STATEMENT EXECUTE FUNCTION {table}_refuse()"
    )


def _str(name: str, *, null: bool = False) -> SchemaItem:
    return sa.Column(name, sa.String, nullable=null)


def _int(name: str) -> SchemaItem:
    return sa.Column(name, sa.Integer, nullable=False, autoincrement=False)


def _text(name: str) -> SchemaItem:
    return sa.Column(name, sa.Text, nullable=False)


def _moment(name: str) -> SchemaItem:
    return sa.Column(name, UtcDateTime, nullable=False)


def _ref(table: str, column: str, target: str, *, deferred: bool = False) -> SchemaItem:
    return sa.ForeignKeyConstraint(
        [column],
        [target],
        name=f"fk_{table}_{column}",
        deferrable=deferred or None,
        initially="DEFERRED" if deferred else None,
    )


def _index(table: str, *columns: str) -> None:
    op.create_index(f"ix_{table}_{'_'.join(columns)}", table, list(columns))
