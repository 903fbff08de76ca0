"""Where Alembic enters: it runs on the connection that ``storage.kernel.schema`` opened."""

from alembic import context

import storage.kernel.officetables
import storage.kernel.timetables  # noqa: F401 - the tables of both belong to Row as well
from storage.kernel.tables import Row

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Row.metadata,
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
