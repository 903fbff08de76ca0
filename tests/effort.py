"""How hard a test tries: the everyday run tries some examples, the deep one at least all of them.

``HYPOTHESIS_PROFILE`` says which run it is: ``everyday`` (`make test`, `make quick`), ``full`` (the
first half of `make deep`: the numbers that a test is said to need) or ``deep`` (its second half).
"""

import os

import pytest

EVERYDAY = os.environ.get("HYPOTHESIS_PROFILE", "everyday") == "everyday"

more = pytest.mark.more
"""Marks a test that tries less every day: `make deep` runs it in full."""


def examples(*, everyday: int, full: int) -> int:
    """Return how many examples a test tries; mark it with ``more``."""
    return everyday if EVERYDAY else full


def some(cases: list, *, every: int) -> list:
    """Return each so-many-th case every day, all of them in full; mark the test with ``more``."""
    return cases[::every] if EVERYDAY else cases
