"""The office itself: its acts, accounts, sessions and tokens, files that authors hand in.

Why so: who changed posts, lists or calendars must be as hard to hide as what happened in a
case, so acts are append only as events are. Of passwords and tokens only what opens nothing
is kept: an argon2id text, a SHA-256.
"""

from datetime import datetime

import sqlalchemy as sa
from alembic import op

from storage.kernel.columns import UtcDateTime

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables, then the triggers that guard acts."""
    _acts()
    _accounts()
    op.create_table(
        "handed_in",
        *(sa.Column("id", sa.Integer, nullable=False), _str("kind"), _str("name")),
        *(_int("version"), _str("sha256"), sa.Column("body", sa.Text, nullable=False)),
        *(_str("by"), _moment("at"), _str("done_by", null=True), _moment("done_at", null=True)),
        sa.PrimaryKeyConstraint("id", name="pk_handed_in"),
    )
    op.create_index("ix_handed_in_name", "handed_in", ["name"])


def _acts() -> None:
    op.create_table(
        "act",
        *(_int("seq"), _str("kind"), _str("at"), _str("actor"), _str("via")),
        *(sa.Column("public", sa.Text, nullable=False), _str("prev_hash")),
        *(_str("hash"), _str("mac")),
        sa.PrimaryKeyConstraint("seq", name="pk_act"),
    )
    op.create_index("ix_act_kind", "act", ["kind"])
    if op.get_bind().dialect.name == "sqlite":
        for verb in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER act_no_{verb.lower()} BEFORE {verb} ON act "
                f"BEGIN SELECT RAISE(ABORT, 'act is append only'); END"
            )
        return
    op.execute(
        "CREATE FUNCTION act_refuse() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'act is append only'; END $$"
    )
    op.execute(
        "CREATE TRIGGER act_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON act "
        "FOR EACH STATEMENT EXECUTE FUNCTION act_refuse()"
    )


def _accounts() -> None:
    op.create_table(
        "account",
        *(_str("person"), sa.Column("secret", sa.Text, nullable=False)),
        *(sa.Column("once", sa.Boolean, nullable=False), _moment("until", null=True)),
        *(_int("failures"), _moment("locked_until", null=True)),
        sa.PrimaryKeyConstraint("person", name="pk_account"),
        sa.ForeignKeyConstraint(["person"], ["person.id"], name="fk_account_person"),
    )
    op.create_table(
        "session",
        *(_str("id"), _str("kind"), _str("person"), _str("digest"), _str("via")),
        *(_moment("made_at"), _moment("used_at"), _moment("ends_at")),
        _moment("ended_at", null=True),
        sa.PrimaryKeyConstraint("id", name="pk_session"),
        sa.UniqueConstraint("digest", name="uq_session_digest"),
        sa.ForeignKeyConstraint(["person"], ["person.id"], name="fk_session_person"),
    )
    op.create_index("ix_session_person", "session", ["person"])


def _str(name: str, *, null: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.String, nullable=null)


def _int(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.Integer, nullable=False, autoincrement=False)


def _moment(name: str, *, null: bool = False) -> sa.Column[datetime]:
    return sa.Column(name, UtcDateTime, nullable=null)
