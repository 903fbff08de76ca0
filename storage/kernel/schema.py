"""Makes the tables and brings them up to date, by Alembic's migrations in this package."""

from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy.exc import DBAPIError

from storage.kernel.database import begin, open_database
from storage.kernel.errors import SchemaOutdated, StorageFailed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from alembic.config import Config
    from sqlalchemy import Connection, Engine

MIGRATIONS = Path(__file__).parents[1] / "migrations"


def upgrade(url: str, *, to: str = "head") -> None:
    """Bring the database at ``url`` to the newest tables; whole or not at all.

    A SQLite file is made if it is missing; its folder must exist. Twice does nothing more.

    Args:
        url: the database's.
        to: a version before the newest, as tests of migrations want it.

    Raises:
        StorageFailed: the database cannot be reached, or refuses.
    """
    # Alembic costs most of a second: only who upgrades pays for it.
    from alembic import command  # noqa: PLC0415

    with _opened(url) as db, db.connect() as connection:
        connection.begin()
        cursor = connection.connection.cursor()
        begin(cursor, dialect=connection.dialect.name, writing=True)
        cursor.close()
        command.upgrade(_config(connection), to)
        connection.commit()


def current(url: str) -> str | None:
    """Return the version of the tables at ``url``, or None where there are none."""
    from alembic.runtime.migration import MigrationContext  # noqa: PLC0415 - as above

    with _opened(url) as db, db.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


@contextmanager
def _opened(url: str) -> "Iterator[Engine]":
    """Yield the database, disposed of afterwards; turn the driver's errors into ours."""
    db = open_database(url)
    try:
        yield db
    except DBAPIError as error:
        raise StorageFailed(str(error.orig).partition("\n")[0]) from error
    finally:
        db.dispose()


def newest() -> str:
    """Return the version that this code expects."""
    from alembic.script import ScriptDirectory  # noqa: PLC0415 - as above

    return ScriptDirectory(str(MIGRATIONS)).get_heads()[0]


def check(url: str) -> None:
    """Refuse to go on with tables of another version.

    Raises:
        SchemaOutdated: they are missing, older or newer.
    """
    found, wanted = current(url), newest()
    if found != wanted:
        raise SchemaOutdated(found, wanted=wanted)


def _config(connection: "Connection") -> "Config":
    from alembic.config import Config  # noqa: PLC0415 - as above

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config
