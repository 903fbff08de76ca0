"""Where Alembic enters: it runs on the connection that ``storage.schema`` opened."""

from alembic import context

import storage.timetables  # noqa: F401 - its tables belong to Row as well
from storage.tables import Row

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Row.metadata,
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
