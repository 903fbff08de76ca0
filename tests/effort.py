"""How hard a test tries: the everyday run tries some examples, the deep one at least all of them.

``HYPOTHESIS_PROFILE`` says which run it is: ``everyday`` (`make test`, `make quick`), ``full`` (the
first half of `make deep`: the numbers that a test is said to need) or ``deep`` (its second half).
"""

import os
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from _pytest.mark.structures import ParameterSet

EVERYDAY = os.environ.get("HYPOTHESIS_PROFILE", "everyday") == "everyday"

more = pytest.mark.more
"""Marks a test that tries less every day: `make deep` runs it in full."""


def examples(*, everyday: int, full: int) -> int:
    """Return how many examples a test tries; mark it with ``more``."""
    return everyday if EVERYDAY else full


def seldom(cases: Mapping[str, Any], *, every: int = 3) -> "list[ParameterSet]":
    """Return cases by id as parameters: each so-many-th is tried every day, the rest are ``slow``.

    For mutilated files: each shows that a search would find what the shipped file does not do, and
    each has to be compiled.
    """
    return [
        pytest.param(case, id=name, marks=[pytest.mark.slow] if place % every else [])
        for place, (name, case) in enumerate(cases.items())
    ]
