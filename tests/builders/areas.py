"""Areas of the application around the use cases of a test."""

from collections import Counter
from contextlib import nullcontext
from datetime import datetime, timedelta

from heyi.app.alerts.delivery import Deliveries
from heyi.app.cases.casework import Casework
from heyi.app.clocks.clocks import Clocks


def clocks_of(cases: Casework) -> Clocks:
    """Return the use cases of clocks; no sweep is noted."""
    return Clocks(
        lambda: cases, library=cases.library, zone=cases.zone, reading=cases.store.read,
        noted=lambda _by, _now: nullcontext(Counter()), base_url="https://heyi.example",
    )  # fmt: skip


def deliveries_of(cases: Casework, now: datetime) -> Deliveries:
    """Return what sends messages, without anybody to send by."""
    return Deliveries(cases, {}, clock=lambda: now, jitter=lambda: 0.0)


def bad_weather(now: datetime) -> str:
    """Return an announcement that moves what is due in the next weeks: nobody works."""
    days = [(now + timedelta(days=n)).date() for n in range(40)]
    off = "".join(f'      "{day:%m-%d}": 雪\n' for day in days if day.year == now.year)
    head = f"calendar: cn\nannounced_through: {now.year}-12-31\nyears:\n  {now.year}:\n"
    return f"{head}    off:\n{off}"
