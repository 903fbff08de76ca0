"""Decides how often a message is tried, and how long it waits in between."""

from heyi.app.alerts.senders import Answer
from storage.kernel.timerecords import Delivery

TRIES = 8
"""How often a message is tried; with ``backoff`` that takes most of a day."""
RATED = 100
"""How often one that was only too fast is tried."""
_FIRST = 60
_GROWTH = 3
_JITTER = 4


def backoff(attempts: int) -> int:
    """Return the seconds after the ``attempts``-th failed attempt (from 1), before jitter.

    One minute, then three times as long each time: the eighth attempt is about 18 hours after
    the first.
    """
    seconds: int = _FIRST * _GROWTH ** (attempts - 1)
    return seconds


def is_rated(reason: str | None) -> bool:
    """Tell whether a message was only sent too fast, which is no failure of the address."""
    return (reason or "").partition(":")[0] == "rate"


def may_again(one: Delivery, answer: Answer) -> bool:
    """Tell whether a failed message may be tried once more.

    One failure of another kind between many that were too fast is not the last.
    """
    if is_rated(answer.reason) or is_rated(one.error):
        return one.attempts < RATED
    return one.attempts < TRIES


def wait_before(one: Delivery, answer: Answer, *, jitter: float) -> float:
    """Return the seconds until the next attempt.

    Args:
        one: the delivery, this attempt counted.
        answer: what became of it.
        jitter: ``0 ≤ x < 1``: up to a quarter is added, so that not all come back at once.
    """
    least = _FIRST if is_rated(answer.reason) else backoff(min(one.attempts, TRIES))
    return max(answer.wait, least) * (1 + jitter / _JITTER)
