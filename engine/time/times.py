"""Converts moments and days to text and back: one form, in UTC, ending in ``Z``."""

from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

FIRST = datetime.min.replace(tzinfo=UTC)
LAST = datetime.max.replace(microsecond=0, tzinfo=UTC)
_SECONDS_END = len("YYYY-MM-DDTHH:MM:SS")


def moment_text(moment: datetime) -> str:
    """Return an aware moment as ``YYYY-MM-DDTHH:MM:SSZ``, cut to whole seconds.

    One width, so that moments sort as text in the order of time.

    Raises:
        ValueError: the moment names no zone.
    """
    if moment.tzinfo is None:
        message = f"'{moment}' names no zone; give an aware moment"
        raise ValueError(message)
    return _utc_text(moment if moment.tzinfo is UTC else moment.astimezone(UTC))


# In a storm the same few moments come again and again. In UTC: elsewhere the two hours that
# one wall clock hour may mean are equal to a cache.
@lru_cache(maxsize=4096)
def _utc_text(moment: datetime) -> str:
    # What stands behind the seconds of an ISO text is its zone.
    return moment.isoformat(timespec="seconds")[:_SECONDS_END] + "Z"


def parse_moment(text: str) -> datetime:
    """Return the aware moment that ``moment_text`` wrote."""
    return datetime.fromisoformat(text.removesuffix("Z")).replace(tzinfo=UTC)


def later(moment: datetime, span: timedelta) -> datetime:
    """Return the moment that lies a span behind an aware one; before it for a negative span.

    Beyond the years 1 to 9999 the first or last moment there is.
    """
    try:
        found = moment + span
    except OverflowError:
        return LAST if span > timedelta() else FIRST
    return min(max(found, FIRST), LAST)


def on_the_wall(moment: datetime, zone: ZoneInfo) -> datetime:
    """Return what clocks on the wall show in a zone at an aware moment.

    Where that would lie outside the years 1 to 9999, what they show first or last within.
    """
    try:
        return moment.astimezone(zone)
    except OverflowError:
        end = FIRST if moment.year == FIRST.year else LAST
        return end.replace(tzinfo=zone)


def start_of(day: date, zone: ZoneInfo) -> datetime:
    """Return 00:00 of a day in a zone, as an aware moment.

    Where DST skips midnight, the first moment of the day that exists stands in. At the ends of
    the calendar ("no end": 9999-12-31) the first or last moment there is.
    """
    return at_time(day, time.min, zone)


def at_time(day: date, hour: time, zone: ZoneInfo) -> datetime:
    """Return the moment at which clocks on the wall show a time of a day, in UTC.

    What holds of ``start_of`` holds here, of any time.
    """
    try:
        return datetime.combine(day, hour, tzinfo=zone).astimezone(UTC)
    except OverflowError:
        return FIRST if day.year == 1 else LAST


def end_of(day: date, zone: ZoneInfo) -> datetime:
    """Return 24:00 of a day: 00:00 of the next one, which no longer belongs to it."""
    return LAST if day == date.max else start_of(day + timedelta(days=1), zone)
