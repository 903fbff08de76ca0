"""Whenever a process dies, no message is lost and none doubled but what it was just sending."""

import tempfile
import threading
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from heyi.app.alerts.delivery import LEASE
from heyi.app.alerts.senders import Answer, Message
from tests.builders.errand_office import Doomed, Errands, Killed, at, errands, template
from tests.effort import examples

OPENED = at("2026-06-01 09:00")
PART = at("2026-06-08 09:00")
ERRANDS = 4
ADDRESSES = {"wang": ("a", "b"), "zhou": ("c",)}
PAIRS = ERRANDS * 3 + ERRANDS
"""Each errand tells both runners at 70 %; the head of the minimum that is over, at one address."""


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A database in which messages are owed."""
    folder = tmp_path_factory.mktemp("crashes")
    with errands(template(folder), _folder(folder)) as office:
        for person, urls in ADDRESSES.items():
            for url in urls:
                office.address(person, url)
        office.address("li", "d")
        for n in range(ERRANDS):
            office.ask(f"errand {n}", now=OPENED)
        office.sweep(PART)
        file = office.store._db.url.database
    return Path(str(file))


def _folder(folder: Path) -> Path:
    made = folder / "made"
    made.mkdir()
    return made


class Outside:
    """What arrives at the other end: it fails now and then, and the sender may die around it."""

    def __init__(self, failures: list[bool]) -> None:
        self.arrived: Counter[tuple[str, str]] = Counter()
        self.failures = list(failures)
        self.step: Callable[[], None] = lambda: None
        self.lock = threading.Lock()

    def answer(self, url: str, message: Message) -> Answer:
        self.step()
        with self.lock:
            if self.failures and self.failures.pop():
                return Answer(outcome="retry", reason="busy")
            self.arrived[url, message.uid] += 1
        self.step()
        return Answer(outcome="sent")


def lived(office: Errands, outside: Outside, deaths: list[int]) -> None:
    """Deliver with deaths, then in peace until nothing can be left."""
    now = PART
    for steps in deaths:
        deliveries, store = office.deliveries(), Doomed(office.store, steps=steps)
        deliveries.store, outside.step = store, store.step  # type: ignore[assignment]
        with suppress(Killed):
            while deliveries.deliver(now).more:
                pass
        # What it had claimed is free again when its lease is over.
        now += LEASE
    outside.step = lambda: None
    for _ in range(20):
        office.deliver(now)
        now += timedelta(hours=1)


@settings(max_examples=examples(everyday=12, full=40), deadline=None)
@given(
    deaths=st.lists(st.integers(0, 60), max_size=6),
    failures=st.lists(st.booleans(), max_size=12),
)
def test_none_is_lost_and_none_doubled_but_what_was_in_flight(made, deaths, failures):
    outside = Outside(failures)
    with tempfile.TemporaryDirectory() as folder, errands(made, Path(folder)) as office:
        office.post.answer = outside.answer
        lived(office, outside, deaths)

        assert office.rows("sent") == PAIRS
        assert office.rows("owed") == office.rows("dead") == 0
        assert office.alerts() == {"sent": ERRANDS * 3}
    assert len(outside.arrived) == PAIRS
    assert outside.arrived.total() - PAIRS <= len(deaths)


def test_deliverers_side_by_side_send_each_message_once(made, tmp_path):
    outside = Outside([])
    with errands(made, tmp_path) as office:
        office.post.answer = outside.answer
        threads = [threading.Thread(target=office.deliver, args=(PART,)) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

        assert office.rows("sent") == PAIRS
    assert len(outside.arrived) == PAIRS
    assert set(outside.arrived.values()) == {1}
