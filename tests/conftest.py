"""What every test shares: Hypothesis' profiles, plans compiled once, and what is not measured."""

import gc
import os
from collections import Counter
from collections.abc import Generator
from functools import wraps
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

MANY = 60
"""A test with so many cases is measured in part."""
MEASURED = 12
"""So many examples of a property are measured: the rest run through the same lines."""


class Measure:
    """Coverage, if it is measured at all, let go while a test runs that is not for the code."""

    def __init__(self) -> None:
        self.held: Coverage | None = None
        self.examples = 0

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

    def begin(self, *, on: bool) -> None:
        """Begin a test, measured or not."""
        self.examples = 0
        self.turn(on=on)

    def example(self) -> None:
        """Count an example of a property; the first ones reach what all of them reach."""
        self.examples += 1
        if self.examples > MEASURED:
            self.turn(on=False)


_measure = Measure()
compiled_once.install(lambda: _measure.on)


def _count_examples(test: Any) -> None:
    """Let the examples of a property be counted, once for each function."""
    inner = test.hypothesis.inner_test
    if hasattr(inner, "counted"):
        return

    @wraps(inner)
    def counted(*given: Any, **more: Any) -> Any:
        _measure.example()
        return inner(*given, **more)

    counted.counted = True  # type: ignore[attr-defined]
    test.hypothesis.inner_test = counted


def pytest_itemcollected(item: pytest.Item) -> None:
    """Mark the tests of the shipped files, and what `make deep` tries harder."""
    if UNMEASURED in item.path.parents:
        item.add_marker(pytest.mark.unmeasured)
    if is_hypothesis_test(getattr(item, "obj", None)):
        item.add_marker(pytest.mark.more)
        _count_examples(item.obj)  # type: ignore[attr-defined]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Measure each third of a test's many cases: what one example of a pack reaches, others do."""
    seen: Counter[str] = Counter()
    alike = Counter(_test_of(item) for item in items)
    for item in items:
        name = _test_of(item)
        if alike[name] >= MANY and seen[name] % 3:
            item.add_marker(pytest.mark.unmeasured)
        seen[name] += 1


def _test_of(item: pytest.Item) -> str:
    return item.nodeid.partition("[")[0]


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, Any, Any]:
    """Measure the coverage of a test and its fixtures, unless it is marked ``unmeasured``."""
    _measure.begin(on=item.get_closest_marker("unmeasured") is None)
    return (yield)


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtestloop() -> Generator[None, Any, Any]:
    """Leave coverage as it was found."""
    result = yield
    _measure.turn(on=True)
    return result
