"""Addresses stay sealed; each alert goes to each address once, until it arrives or is given up."""

from datetime import timedelta

import pytest
from sqlalchemy import text

from engine.case.errors import StorageError
from storage.alerts.deliveries import GONE
from storage.kernel.errors import AddressBroken
from storage.kernel.timerecords import Delivery
from storage.work import Store, Work
from tests.builders.stored_steps import AT, MASTER, alert, later, moment, opening, save

NOW = moment(AT)
FIVE = timedelta(minutes=5)
URL = "dingtalk://secret-token@phone-13800001111"


@pytest.fixture
def owed(store: Store) -> tuple[str, str]:
    """The uid of an owed alert, and the id of an address of its receiver."""
    case = save(store, opening(effects=[alert("term", "ann")]))
    with store.write() as work:
        address = work.addresses.put("person", "ann", "dingtalk", URL)
        return work.alerts.of(case.id)[0].uid, address


def claim(work: Work, lease: str = "a", *, at: str = AT) -> tuple[Delivery, ...]:
    """Claim for five minutes."""
    return work.deliveries.claim(moment(at), limit=9, lease=lease, until=moment(at) + FIVE)


def test_an_address_comes_back_in_clear_and_stands_sealed(store: Store, url: str):
    with store.write() as work:
        found = work.addresses.put("person", "ann", "dingtalk", URL)

    with store.read() as work:
        (address,) = work.addresses.of("person", "ann")
        assert work.addresses.by_id([found, "unknown"]) == {found: address}
        stored = work._transaction.connection.execute(text("SELECT * FROM address")).all()
    assert (address.id, address.kind, address.url) == (found, "dingtalk", URL)
    assert "token" not in f"{stored}{address!r}"


def test_an_address_is_kept_once(store: Store):
    with store.write() as work:
        first = work.addresses.put("person", "ann", "dingtalk", URL)

        assert work.addresses.put("person", "ann", "dingtalk", URL) == first
        others = [
            work.addresses.put("person", "bob", "dingtalk", URL),
            work.addresses.put("unit", "ann", "dingtalk", URL),
            work.addresses.put("person", "ann", "mail", URL),
            work.addresses.put("person", "ann", "dingtalk", URL + "1"),
        ]

    assert len({first, *others}) == 5
    with store.read() as work:
        assert {one.id for one in work.addresses.of("person", "ann")} == {first, *others[2:]}


def test_an_address_moved_to_another_owner_does_not_open_and_is_not_told(store: Store, owed):
    with store.write() as work:
        change = text("UPDATE address SET owner = 'eve'")
        work._transaction.connection.execute(change)

    with store.read() as work, pytest.raises(AddressBroken) as refused:
        work.addresses.of("person", "eve")

    assert refused.value.owner == "eve"
    assert "token" not in str(refused.value)


def test_another_deployment_s_key_opens_no_address(store: Store, owed, url: str):
    with (
        Store(url, bytes(reversed(MASTER))) as other,
        other.read() as work,
        pytest.raises(AddressBroken),
    ):
        work.addresses.of("person", "ann")


def test_a_url_that_cannot_be_kept_is_not_told(store: Store):
    with pytest.raises((StorageError, UnicodeEncodeError)) as refused, store.write() as work:
        work.addresses.put("person", "ann", "mail", "secret\ud800")

    assert isinstance(refused.value, StorageError)
    assert "secret" not in str(refused.value)


def test_an_alert_goes_to_each_address_once(store: Store, owed: tuple[str, str]):
    alert_, address = owed

    with store.write() as work:
        other = work.addresses.put("person", "ann", "mail", "mailto:a")
        assert work.deliveries.put(alert_, [address, address, other]) == 2
        assert work.deliveries.put(alert_, [other, address]) == 0
        assert work.deliveries.put("unknown", [address]) == 0
        found = work.deliveries.of(alert_)

    assert [(one.address, one.state, one.attempts) for one in found] == [
        (address, "owed", 0),
        (other, "owed", 0),
    ]
    assert {one.try_at for one in found} == {NOW}


def test_a_delivery_is_claimed_once_and_counted_as_tried(store: Store, owed: tuple[str, str]):
    with store.write() as work:
        work.deliveries.put(owed[0], [owed[1]])
        assert claim(work, at="2026-03-02T01:59:59Z") == ()
        (found,) = claim(work)
        assert claim(work, "b") == ()

    assert (found.alert, found.address, found.attempts) == (*owed, 1)
    with store.write() as work:
        (again,) = claim(work, "b", at=later(AT, minutes=5))
    assert again.attempts == 2


def test_what_failed_is_tried_again_at_its_time(store: Store, owed: tuple[str, str]):
    with store.write() as work:
        work.deliveries.put(owed[0], [owed[1]])
        (found,) = claim(work)
        work.deliveries.retry(found.id, NOW + FIVE, "http.503")

        assert claim(work, "b", at=later(AT, minutes=4)) == ()
        (again,) = claim(work, "b", at=later(AT, minutes=5))

    assert (again.attempts, again.error) == (2, "http.503")


def test_what_was_sent_or_given_up_is_claimed_no_more(store: Store, owed: tuple[str, str]):
    alert_, address = owed
    with store.write() as work:
        other = work.addresses.put("person", "ann", "mail", "mailto:a")
        work.deliveries.put(alert_, [address, other])
        first, second = claim(work)
        work.deliveries.sent(first.id)
        work.deliveries.dead(second.id, "refused")

        assert claim(work, "b", at=later(AT, days=9)) == ()
        assert work.deliveries.counts() == {"dead": 1, "sent": 1}
        assert [one.id for one in work.deliveries.listed("sent")] == [first.id]
        (dead,) = work.deliveries.listed("dead")
        assert work.deliveries.listed("dead", limit=0) == ()

    assert (dead.id, dead.error) == (second.id, "refused")


def test_a_slow_sender_does_not_undo_what_another_has_ended(store: Store, owed: tuple[str, str]):
    with store.write() as work:
        work.deliveries.put(owed[0], [owed[1]])
        (found,) = claim(work)
        work.deliveries.sent(found.id)
        work.deliveries.retry(found.id, NOW, "http.503")
        work.deliveries.dead(found.id, "refused")

        (kept,) = work.deliveries.of(owed[0])

    assert (kept.state, kept.error) == ("sent", None)


@pytest.mark.parametrize("one", [True, False], ids=["one", "all"])
def test_the_dead_are_replayed(store: Store, owed: tuple[str, str], one: bool):
    with store.write() as work:
        work.deliveries.put(owed[0], [owed[1]])
        (found,) = claim(work)
        work.deliveries.dead(found.id, "refused")

        assert work.deliveries.replay(found.id + 1, at=NOW) == 0
        assert work.deliveries.replay(found.id if one else None, at=NOW + FIVE) == 1
        assert work.deliveries.replay(at=NOW) == 0
        assert claim(work, "b") == ()
        (again,) = claim(work, "b", at=later(AT, minutes=5))

    assert (again.attempts, again.error) == (1, None)


def test_what_is_owed_to_an_address_that_is_dropped_is_given_up_for_good(
    store: Store, owed: tuple[str, str]
):
    with store.write() as work:
        work.deliveries.put(owed[0], [owed[1]])

        assert work.addresses.drop(owed[1])
        assert not work.addresses.drop(owed[1])

        (dead,) = work.deliveries.listed("dead")
        assert dead.error == GONE
        assert work.deliveries.replay(at=NOW) == 0
        assert work.addresses.of("person", "ann") == ()


def test_the_ids_of_an_owners_addresses_are_told_unopened(store):
    with store.write() as work:
        one = work.addresses.put("person", "gao", "mail", "mailto://a")
        two = work.addresses.put("person", "gao", "robot", "https://b")
        work.addresses.put("unit", "gao", "mail", "mailto://c")

    with store.read() as work:
        assert work.addresses.ids_of("person", "gao") == (one, two)
        assert work.addresses.ids_of("person", "er") == ()
