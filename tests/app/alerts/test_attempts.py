"""Messages that fail: tried again, listed, replayed, given up."""

from itertools import pairwise

import pytest

from heyi.app.alerts.attempts import RATED, TRIES, backoff
from heyi.app.alerts.delivery import LEASE
from heyi.app.alerts.senders import Answer
from tests.builders.errand_office import at, errands, later, template

OPENED = at("2026-06-01 09:00")
PART = at("2026-06-08 09:00")


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    return template(tmp_path_factory.mktemp("errands"))


@pytest.fixture
def office(made, tmp_path):
    with errands(made, tmp_path) as found:
        yield found


def one_owed(office):
    """Owe one message: two runners and a head, one of whom has an address."""
    office.address("wang", "a")
    office.ask("buy milk", now=OPENED)
    office.sweep(PART)


def test_a_failure_is_tried_again_after_longer_and_longer_waits(office):
    one_owed(office)
    office.post.says("retry", "busy")
    now, tries = PART, []

    while office.rows("dead") == 0:
        before = len(office.post.sent)
        office.deliver(now)
        if len(office.post.sent) > before:
            tries.append(now)
        now = later(now, seconds=30)
        assert now < later(PART, days=2)

    assert len(tries) == TRIES
    waits = [(b - a).total_seconds() for a, b in pairwise(tries)]
    assert waits == [60 * 3**n for n in range(TRIES - 1)]
    assert sum(waits) < 24 * 3600


def test_jitter_adds_a_quarter_at_most(office):
    one_owed(office)
    office.post.says("retry", "busy")
    office.deliver(PART, jitter=lambda: 0.999)

    with office.store.read() as work:
        found = work.deliveries.listed("owed")[0]

    assert 74 < (found.try_at - PART).total_seconds() < 75


def test_being_too_fast_is_no_failure(office):
    one_owed(office)
    office.post.says("retry", "rate:130101", wait=600)
    now = PART
    for _ in range(RATED - 1):
        office.deliver(now)
        now = later(now, seconds=600)
    assert office.rows("dead") == 0
    office.deliver(now)

    assert office.rows("dead") == 1


def test_a_robot_that_was_too_fast_is_left_alone_for_the_round(office):
    office.address("wang", "a")
    for n in range(5):
        office.ask(f"errand {n}", now=OPENED)
    office.sweep(PART)
    office.post.says("retry", "rate:130101", wait=600)

    office.deliver(PART)

    assert len(office.post.sent) == 1
    assert office.rows("owed") == 5


def test_what_cannot_pass_is_listed_and_replayed(office):
    one_owed(office)
    office.post.says("dead", "signature:310000")
    assert office.deliver(PART).dead == 1
    with office.store.write() as work:
        found = work.deliveries.listed("dead")[0]
        work.deliveries.replay(found.id, at=PART)
    office.post.says("sent")

    office.deliver(PART)

    assert found.error == "signature:310000"
    assert office.rows("sent") == 1


def test_a_kind_that_nothing_sends_is_dead(office):
    office.address("wang", "a", kind="pigeon")
    office.ask("buy milk", now=OPENED)
    office.sweep(PART)

    office.deliver(PART)

    with office.store.read() as work:
        assert work.deliveries.listed("dead")[0].error == "kind"


def test_a_message_whose_process_dies_each_time_is_given_up(office):
    one_owed(office)
    now = PART
    for _ in range(TRIES):
        with office.store.write() as work:
            for one in work.alerts.claim_owed(now, limit=9, lease="x", until=now):
                addresses = [a.id for a in work.addresses.of("person", one.person or "")]
                work.deliveries.put(one.uid, addresses)
                work.alerts.settle(one.uid, "sent")
            work.deliveries.claim(now, limit=9, lease="x", until=now)

    office.deliver(now)

    with office.store.read() as work:
        assert work.deliveries.listed("dead")[0].error == "lost"


def test_a_claim_that_takes_too_long_leaves_the_rest_to_others(office):
    office.address("wang", "a")
    for n in range(5):
        office.ask(f"errand {n}", now=OPENED)
    office.sweep(PART)
    ticks = iter(range(0, 100_000, 200))
    slow = office.deliveries(elapsed=lambda: next(ticks))
    slow.deliver(PART)

    assert len(office.post.sent) < 5
    office.deliver(later(PART, seconds=LEASE.total_seconds() + 1))

    assert len(office.post.sent) == 5
    assert office.rows("sent") == 5


def test_a_broken_address_is_listed_and_holds_up_nobody(office):
    office.address("wang", "a")
    office.address("zhou", "z")
    office.ask("buy milk", now=OPENED)
    office.sweep(PART)
    office.deliver(at("2026-06-01 09:00"))
    import sqlite3

    with sqlite3.connect(office.store._db.url.database or "") as raw:
        raw.execute("UPDATE address SET url = 'AAAA' WHERE owner = 'wang'")
    raw.close()

    office.deliver(PART)

    assert [url for url, _message in office.post.sent] == ["z"]
    with office.store.read() as work:
        assert work.deliveries.listed("dead")[0].error == "broken"


def test_an_address_that_was_dropped_gets_nothing(office):
    address = office.address("wang", "a")
    office.post.says("retry", "busy")
    office.ask("buy milk", now=OPENED)
    office.sweep(PART)
    office.deliver(PART)
    with office.store.write() as work:
        work.addresses.drop(address)

    office.deliver(later(PART, minutes=5))

    assert len(office.post.sent) == 1


def test_leases_are_counted_from_the_clock_where_a_round_has_taken_long(office):
    one_owed(office)
    late = later(PART, hours=1)
    office.post.answer = lambda _url, _message: (_rival(), Answer(outcome="sent"))[1]

    def _rival():
        with office.store.write() as work:
            assert not work.deliveries.claim(
                later(PART, minutes=30), limit=9, lease="y", until=late
            )

    office.deliveries(now=later(PART, minutes=30)).deliver(PART)

    assert len(office.post.sent) == 1


def test_waits_grow_by_three():
    assert [backoff(n) for n in range(1, 5)] == [60, 180, 540, 1620]
