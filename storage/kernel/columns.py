"""Column types that behave alike on SQLite and PostgreSQL."""

from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import DateTime, Dialect, String
from sqlalchemy.types import TypeDecorator, TypeEngine


class UtcDateTime(TypeDecorator[datetime]):
    """A moment in UTC: ``timestamptz`` on PostgreSQL, text of fixed width on SQLite.

    SQLite drops zones, so a naive value is refused instead of guessed.
    """

    impl = DateTime
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Choose the column's type."""
        if dialect.name == "sqlite":
            return dialect.type_descriptor(String(27))
        return dialect.type_descriptor(DateTime(timezone=True))

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> Any:  # noqa: ANN401 - the driver's own type
        """Bring an aware moment to UTC; naive ones are a programmer's slip."""
        if value is None:
            return None
        if value.tzinfo is None:
            message = f"naive moment {value.isoformat()}; give an aware one"
            raise ValueError(message)
        return fixed(value) if dialect.name == "sqlite" else value.astimezone(UTC)

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:  # noqa: ANN401, ARG002 - the driver's own type, SQLAlchemy's signature
        """Give back an aware moment in UTC."""
        return None if value is None else aware(value)


def fixed(moment: datetime) -> str:
    """Return an aware moment as text that is always as long: text order is order in time."""
    return _utc_text(moment.astimezone(UTC))


@lru_cache(maxsize=4096)
def stamp(moment: str) -> str:
    """Return a plain moment (``…Z``) as text of fixed width, which both databases take."""
    return fixed(datetime.fromisoformat(moment))


# In a storm the same few moments come again and again. In UTC: elsewhere the two hours that
# one wall clock hour may mean are equal to a cache.
@lru_cache(maxsize=4096)
def _utc_text(moment: datetime) -> str:
    return moment.replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"


def aware(stored: Any) -> datetime:  # noqa: ANN401 - the driver's own type
    """Return a stored moment, as the driver gave it, as an aware one in UTC."""
    moment = datetime.fromisoformat(stored) if isinstance(stored, str) else stored
    return moment.astimezone(UTC)
