"""Moments and days as text and back: one form everywhere, in UTC, ending in ``Z``."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo


def moment_text(moment: datetime) -> str:
    """Return an aware moment as ``YYYY-MM-DDTHH:MM:SSZ``, cut to whole seconds.

    One width, so that moments sort as text in the order of time.

    Raises:
        ValueError: the moment names no zone.
    """
    if moment.tzinfo is None:
        message = f"'{moment}' names no zone; give an aware moment"
        raise ValueError(message)
    return moment.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="seconds") + "Z"


def parse_moment(text: str) -> datetime:
    """Return the aware moment that ``moment_text`` wrote."""
    return datetime.fromisoformat(text.removesuffix("Z")).replace(tzinfo=UTC)


def start_of(day: date, zone: ZoneInfo) -> datetime:
    """Return 00:00 of a day in a zone, as an aware moment.

    Where DST skips midnight, the first moment of the day that exists stands in.
    """
    return datetime.combine(day, time.min, tzinfo=zone).astimezone(UTC)


def end_of(day: date, zone: ZoneInfo) -> datetime:
    """Return 24:00 of a day: 00:00 of the next one, which no longer belongs to it."""
    return start_of(day + timedelta(days=1), zone)
