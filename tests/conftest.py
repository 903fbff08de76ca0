"""What every test shares: Hypothesis' profiles, plans compiled once, and what is not measured."""

import gc
import os
from collections.abc import Generator
from pathlib import Path
from typing import Any

import pytest
from coverage import Coverage
from hypothesis import is_hypothesis_test, settings

from tests import without
from tests.builders import compiled_once

collect_ignore_glob = without.install()

# Compiled plans are many objects that live long: looking through them for garbage again and again
# costs a tenth of the whole run.
gc.set_threshold(50_000, 20, 100)

# Wall time on a busy machine says nothing about a rule, so no deadline. The everyday run and the
# full one are the same on every machine; the deep one looks further each time.
settings.register_profile("everyday", max_examples=15, deadline=None, derandomize=True)
settings.register_profile("full", max_examples=50, deadline=None, derandomize=True)
settings.register_profile("deep", max_examples=2000, deadline=None, print_blob=True)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "everyday"))

UNMEASURED = Path(__file__).parent / "workflows"
"""Tests of the shipped files, not of the code: branch coverage would double what they cost."""


class Measure:
    """Coverage, if it is measured at all, let go while a test runs that is not for the code."""

    def __init__(self) -> None:
        self.held: Coverage | None = None

    @property
    def on(self) -> bool:
        """Whether what runs now is measured."""
        return Coverage.current() is not None

    def turn(self, *, on: bool) -> None:
        """Go on measuring, or let go."""
        if on and self.held is not None:
            self.held.start()
            self.held = None
        elif not on and (running := Coverage.current()) is not None:
            running.stop()
            self.held = running


_measure = Measure()
compiled_once.install(lambda: _measure.on)


def pytest_itemcollected(item: pytest.Item) -> None:
    """Mark the tests of the shipped files, and what `make deep` tries harder."""
    if UNMEASURED in item.path.parents:
        item.add_marker(pytest.mark.unmeasured)
    if is_hypothesis_test(getattr(item, "obj", None)):
        item.add_marker(pytest.mark.more)


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, Any, Any]:
    """Measure the coverage of a test and its fixtures, unless it is marked ``unmeasured``."""
    _measure.turn(on=item.get_closest_marker("unmeasured") is None)
    return (yield)


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtestloop() -> Generator[None, Any, Any]:
    """Leave coverage as it was found."""
    result = yield
    _measure.turn(on=True)
    return result
