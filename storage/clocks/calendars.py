"""Stores calendars as they were announced: versions that never change."""

from datetime import datetime

from sqlalchemy import insert, select

from storage.kernel.errors import CalendarTaken
from storage.kernel.marks import draw_mark, mark_of
from storage.kernel.texts import checked
from storage.kernel.timerecords import LoadedCalendar
from storage.kernel.timetables import TABLES
from storage.kernel.transaction import Transaction

_TABLE = TABLES["calendar"]
_CALENDAR = _TABLE.c
_MARK = "calendars"


class Calendars:
    """Loaded calendars by name and version, as opaque texts."""

    def __init__(self, transaction: Transaction) -> None:
        """Work inside this transaction."""
        self._transaction = transaction

    def put(self, name: str, version: int, *, body: str, loaded_at: datetime) -> bool:
        """Keep a version; return whether it is new. The same text again does nothing.

        Raises:
            CalendarTaken: the version is kept with another text.
            TextRefused: name or text cannot stand in a column.
        """
        checked(body, what=f"calendar '{checked(name, what='the name of a calendar')}'")
        self._transaction.serialize(f"calendar:{name}")
        one = (_CALENDAR.name == name, _CALENDAR.version == version)
        found = self._transaction.connection.scalar(select(_CALENDAR.body).where(*one))
        if found is not None:
            if found != body:
                raise CalendarTaken(name, version=version)
            return False
        values = {"name": name, "version": version, "body": body, "loaded_at": loaded_at}
        self._transaction.connection.execute(insert(_TABLE).values(values))
        draw_mark(self._transaction, _MARK)
        return True

    def newest(self, name: str) -> LoadedCalendar | None:
        """Return the highest version, or None where none is kept."""
        query = select(_TABLE).where(_CALENDAR.name == name).order_by(_CALENDAR.version.desc())
        row = self._transaction.connection.execute(query.limit(1)).first()
        return None if row is None else LoadedCalendar(**row._mapping)

    def names(self) -> tuple[str, ...]:
        """Return the names of all calendars kept, sorted."""
        query = select(_CALENDAR.name).distinct().order_by(_CALENDAR.name)
        return tuple(self._transaction.connection.scalars(query))

    def mark(self) -> str:
        """Return a text that differs after every change; "" before the first."""
        return mark_of(self._transaction, _MARK)
