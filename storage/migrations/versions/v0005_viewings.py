"""Requests to read a case for some days.

Why so: whom no file lists as a reader, as auditors, reads by a request with a reason, for some
days. It stands on the reader's side, as posts and absences do: nothing is written beside a case.
"""

import sqlalchemy as sa
from alembic import op

from storage.kernel.columns import UtcDateTime

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table."""
    texts = ("role", "post", "unit")
    op.create_table(
        "viewing",
        *(sa.Column(name, sa.String, nullable=False) for name in ("id", "person", "ref")),
        sa.Column("case_id", sa.String, nullable=True),
        *(sa.Column(name, sa.String, nullable=False) for name in texts),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("reason", "answer")),
        sa.Column("asked_at", UtcDateTime, nullable=False),
        sa.Column("decided_by", sa.String, nullable=True),
        sa.Column("decided_at", UtcDateTime, nullable=True),
        sa.Column("until_day", sa.String, nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_viewing"),
        sa.ForeignKeyConstraint(["person"], ["person.id"], name="fk_viewing_person"),
        sa.ForeignKeyConstraint(["case_id"], ["case_row.id"], name="fk_viewing_case_id"),
    )
    op.create_index("ix_viewing_person_until_day", "viewing", ["person", "until_day"])
    op.create_index("ix_viewing_person_asked_at", "viewing", ["person", "asked_at"])
    op.create_index("ix_viewing_decided_at_asked_at", "viewing", ["decided_at", "asked_at"])
