"""Files handed in may be refused, with a reason.

Why so: the second person looks and may say no; the author must read why.
"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add how a file ended, and why."""
    op.add_column("handed_in", sa.Column("outcome", sa.String, nullable=True))
    op.add_column("handed_in", sa.Column("reason", sa.Text, nullable=True))
