"""Alerts and dead letters are told in pages: together the whole list, each once."""

import pytest

from heyi.app.alerts.models import AlertView, DeadLetter
from heyi.app.alerts.views import dead_letters, own_alerts
from heyi.app.cursors import CursorWrong
from tests.builders.errand_office import at, errands, template

OPENED = at("2026-06-01 09:00")
PART = at("2026-06-08 09:00")


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    return template(tmp_path_factory.mktemp("errands"))


@pytest.fixture
def office(made, tmp_path):
    with errands(made, tmp_path) as found:
        yield found


@pytest.mark.parametrize("limit", [1, 2, 3, 50])
def test_pages_of_alerts_make_up_the_whole_list_each_once(office, limit):
    for errand in ("milk", "bread", "eggs"):
        case = office.ask(errand, now=OPENED)
        office.move(case, "call", now=OPENED)
    office.sweep(PART)
    view = office.deliveries()

    def read(person, size):
        after, found = "", list[AlertView]()
        while True:
            page = own_alerts(view, person, now=PART, lang="zh", limit=size, after=after)
            assert len(page.items) <= size
            found += page.items
            if page.next is None:
                return [one.uid for one in found]
            after = page.next

    for person, count in (("li", 3), ("wang", 3)):
        whole = own_alerts(view, person, now=PART, lang="zh", limit=50)
        assert len(whole.items) >= count
        assert read(person, limit) == [one.uid for one in whole.items]


@pytest.mark.parametrize("limit", [1, 2, 50])
def test_pages_of_dead_letters_make_up_the_whole_list_each_once(office, limit):
    for address in "abc":
        office.address("wang", address)
    office.post.says("dead", "token:93000")
    office.ask("buy milk", now=OPENED)
    office.sweep(PART)
    office.deliver(PART)
    view = office.deliveries()
    whole = dead_letters(view, now=PART, lang="zh", limit=50)

    after, found = "", list[DeadLetter]()
    while True:
        page = dead_letters(view, now=PART, lang="zh", limit=limit, after=after)
        found += page.dead
        if page.next is None:
            break
        after = page.next

    assert found == list(whole.dead)
    assert len(found) == 3


@pytest.mark.parametrize("place", ["x", "1.2", "-1", "1.", "²", "9" * 19])
def test_a_place_that_is_none_is_refused(office, place):
    with pytest.raises(CursorWrong):
        own_alerts(office.deliveries(), "wang", now=PART, lang="zh", limit=9, after=place)
