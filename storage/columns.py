"""Column types that behave alike on SQLite and PostgreSQL."""

from datetime import UTC, datetime
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
        if value is None:
            return None
        moment = datetime.fromisoformat(value) if isinstance(value, str) else value
        return moment.astimezone(UTC)


def fixed(moment: datetime) -> str:
    """Return an aware moment as text that is always as long: text order is order in time."""
    return moment.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"


def stamp(moment: str) -> str:
    """Return a plain moment (``…Z``) as text of fixed width, which both databases take."""
    return fixed(datetime.fromisoformat(moment))
