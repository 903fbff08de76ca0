"""What every test shares: Hypothesis' profiles, plans compiled once, and no waiting for the disk."""

import gc
import os

import pytest
from hypothesis import is_hypothesis_test, settings

from tests import without
from tests.builders import compiled_once, no_fsync

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

no_fsync.install()
compiled_once.install()


def pytest_itemcollected(item: pytest.Item) -> None:
    """Mark what `make deep` tries harder."""
    if is_hypothesis_test(getattr(item, "obj", None)):
        item.add_marker(pytest.mark.more)
