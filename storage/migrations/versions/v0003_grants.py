"""Grants and reading acts: who may know which case, and who read it.

Why so: a list must find a reader's cases by one ordered range of an index a grant, and the
single look must ask the same rows. What is written beside the cases there are, only the
application can tell, for it alone reads rules and sealed fields: it fills the table after the
upgrade, and until then nobody but the office itself finds these cases.
"""

import sqlalchemy as sa
from alembic import op

from storage.kernel.columns import UtcDateTime

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "case_grant",
        sa.Column("word", sa.String, nullable=False),
        sa.Column("case_id", sa.String, nullable=False),
        sa.Column("opened_at", UtcDateTime, nullable=False),
        sa.PrimaryKeyConstraint("word", "case_id", name="pk_case_grant"),
        sa.ForeignKeyConstraint(["case_id"], ["case_row.id"], name="fk_case_grant_case_id"),
    )
    op.create_index("ix_case_grant_case_id", "case_grant", ["case_id"])
    columns = ["word", "opened_at", "case_id"]
    op.create_index("ix_case_grant_word_opened_at_case_id", "case_grant", columns)
    op.create_table(
        "reading",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("case_id", sa.String, nullable=False),
        sa.Column("person", sa.String, nullable=False),
        sa.Column("at", UtcDateTime, nullable=False),
        sa.Column("what", sa.String, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_reading"),
        sa.ForeignKeyConstraint(["case_id"], ["case_row.id"], name="fk_reading_case_id"),
    )
    op.create_index("ix_reading_case_id_id", "reading", ["case_id", "id"])
