"""Published workflows, versioned lists, counts, and the index of clocks."""

from datetime import date

import pytest

from engine.case.values import Publish
from storage.kernel.errors import CatalogueNotFound, WorkflowVersionTaken, WorkflowVersionUnknown
from storage.kernel.records import CountQuery
from storage.work import Store
from tests.builders.stored_steps import AT, WORKFLOW, later, moment, moved, opening, run, save

NOW = moment(AT)
DAY = date(2026, 3, 2)


def test_a_published_version_never_changes(store: Store):
    with store.write() as work:
        assert work.workflows.publish("rent", 1, body='{"a": "甲"}', at=NOW)
        assert not work.workflows.publish("rent", 1, body='{"a": "甲"}', at=NOW)

    with pytest.raises(WorkflowVersionTaken, match="raise its version"), store.write() as work:
        work.workflows.publish("rent", 1, body='{"a": "乙"}', at=NOW)


def test_a_version_is_loaded_by_number_or_the_newest(store: Store):
    with store.write() as work:
        for version in (1, 3, 2):
            work.workflows.publish("rent", version, body=f"{version}", at=NOW)

    with store.read() as work:
        assert work.workflows.load("rent", version=2).body == "2"
        newest = work.workflows.load("rent")
        assert (newest.version, newest.published_at) == (3, NOW)
        assert work.workflows.latest("nothing") == 0
        assert work.workflows.list() == ((WORKFLOW, 1), ("rent", 1), ("rent", 2), ("rent", 3))
        with pytest.raises(WorkflowVersionUnknown, match="'rent' version 4 is not published"):
            work.workflows.load("rent", version=4)
        with pytest.raises(WorkflowVersionUnknown):
            work.workflows.load("nothing")


def test_every_version_of_a_list_can_be_read(store: Store):
    first = {"a": {"name": "甲"}, "b": {"name": "乙"}}
    second = {"a": {"name": "甲二"}, "c": {"name": "丙"}}
    with store.write() as work:
        assert work.catalogues.load("goods", first, at=NOW) == 1
        assert work.catalogues.load("goods", first, at=moment(later(AT, days=1))) == 1
        assert work.catalogues.load("goods", second, at=moment(later(AT, days=2))) == 2

    with store.read() as work:
        goods = work.catalogues
        assert goods.rows("goods", version=1).keys() == {"a", "b"}
        assert goods.rows("goods") == {
            "a": {"name": "甲二", "code": "a"},
            "c": {"name": "丙", "code": "c"},
        }
        assert [goods.version_at("goods", moment(later(AT, days=n))) for n in (-1, 0, 1, 2)] == [
            *(0, 1, 1, 2),
        ]
        assert [one.version for one in goods.editions("goods")] == [1, 2]
        assert goods.names() == ("goods",)


def test_an_empty_list_is_a_list(store: Store):
    with store.write() as work:
        assert work.catalogues.load("empty", {}, at=NOW) == 1
        assert work.catalogues.load("empty", {}, at=NOW) == 1

    with store.read() as work:
        assert work.catalogues.rows("empty") == {}


@pytest.mark.parametrize("version", [0, 2, -1])
def test_a_version_that_is_not_there_is_not_found(store: Store, version: int):
    with store.write() as work:
        work.catalogues.load("goods", {}, at=NOW)

    with store.read() as work:
        with pytest.raises(CatalogueNotFound):
            work.catalogues.rows("goods", version=version)
        with pytest.raises(CatalogueNotFound):
            work.catalogues.rows("nothing")


def test_a_case_publishes_rows_and_ends_them(store: Store):
    put = Publish(catalogue="goods", row={"code": "g1", "name": "棚", "payer": "x"})
    case = save(store, opening(effects=[put]))
    change = Publish(catalogue="goods", row={"code": "g1", "payer": "y"})
    case = save(store, moved(case, effects=[change]))
    drop = Publish(catalogue="goods", row={"code": "g1"}, drop=True)

    case = save(store, moved(case, at=later(AT, days=10), effects=[drop]))

    with store.read() as work:
        versions = [work.catalogues.rows("goods", version=n)["g1"] for n in (1, 2, 3)]
        assert {one.case for one in work.catalogues.editions("goods")} == {case.id}
    first = {"from": "2026-03-02", "code": "g1", "name": "棚", "payer": "x"}
    assert versions == [
        first,
        {**first, "payer": "y"},
        {**first, "payer": "y", "until": "2026-03-11"},
    ]


def test_a_row_put_again_after_its_end_begins_anew(store: Store):
    with store.write() as work:
        row = {"code": "g1", "name": "棚", "from": "2025-01-01", "until": "2025-12-31"}
        work.catalogues.load("goods", {"g1": row}, at=NOW)
        again = Publish(catalogue="goods", row={"code": "g1", "name": "桩"})
        work.catalogues.publish(again, at=NOW, day=DAY)

        assert work.catalogues.rows("goods")["g1"] == {
            "from": "2026-03-02",
            "code": "g1",
            "name": "桩",
        }


def test_a_row_that_was_never_there_can_be_dropped(store: Store):
    with store.write() as work:
        gone = Publish(catalogue="goods", row={"code": "g9"}, drop=True)
        work.catalogues.publish(gone, at=NOW, day=DAY)

        assert work.catalogues.rows("goods")["g9"] == {"code": "g9", "until": "2026-03-01"}


@pytest.fixture
def counted(store: Store) -> Store:
    """A store with four cases: three of g1, two of them granted, one long ago."""
    for item, volume, granted in (("g1", 2, 0), ("g1", "1.5", -400), ("g1", 4, None), ("g2", 8, 0)):
        start = later(AT, days=granted or 0)
        fields = {"item": item, "volume": volume, "secret": "s", "flag": True, "n": 1}
        case = save(store, opening(fields, at=start))
        if granted is not None:
            save(store, moved(case, "grant"))
        save(store, opening({"topic": '"item":"g1"'}, at=later(AT, days=-900)))
    return store


@pytest.mark.parametrize(
    ("query", "value"),
    [
        pytest.param({"where": {"item": "g1"}}, 3, id="cases that fit"),
        pytest.param({"where": {"item": "g1"}, "taken": "grant"}, 2, id="that took a trigger"),
        pytest.param({"where": {"item": "g1"}, "taken": "deny"}, 0, id="none took it"),
        pytest.param(
            {"where": {"item": "g1"}, "taken": "grant", "since": NOW}, 1, id="since a moment"
        ),
        pytest.param({"since": NOW}, 3, id="opened since"),
        pytest.param({"where": {"item": "g1"}, "sum": "volume"}, 7.5, id="a sum with decimals"),
        pytest.param({"where": {"item": "g2"}, "sum": "volume"}, 8, id="a sum of integers"),
        pytest.param({"sum": "topic"}, 0, id="no numbers, no sum"),
        pytest.param({"where": {"flag": True, "n": 1.0}}, 4, id="by flag and number"),
        pytest.param({"where": {"n": 2}}, 0, id="by another number"),
        pytest.param({"where": {"unit": "north", "item": "g1"}}, 3, id="of the unit they live at"),
        pytest.param({"where": {"unit": "elsewhere", "item": "g1"}}, 0, id="of another unit"),
        pytest.param({"where": {"secret": "s"}}, 0, id="never by what is sealed"),
        pytest.param({"where": {"nothing": None}}, 0, id="unset is not null"),
        pytest.param({}, 8, id="all"),
    ],
)
def test_counts_count_what_was_asked(counted: Store, query, value: float):
    with counted.read() as work:
        assert work.counts.value(CountQuery(workflow=WORKFLOW, **query)) == value
        assert work.counts.value(CountQuery(workflow="other", **query)) == 0


def test_the_index_follows_the_runs_of_a_case(store: Store):
    case = save(store, opening(runs=[run("a"), run("b")]))
    ended = run("a", ended="stopped", ended_at=AT)

    case = save(store, moved(case, runs=[ended, run("b", due="2026-04-01"), run("a", seq=2)]))

    with store.read() as work:
        found = {(one.clock, one.seq): one.due_at for one in work.clocks.of(case.id)}
        assert work.chain.verify() == ()
    assert found == {
        ("b", 1): moment("2026-04-01T16:00:00Z"),
        ("a", 2): moment("2026-03-09T16:00:00Z"),
    }
