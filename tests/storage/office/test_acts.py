"""The office's chain: append only, and every change of it is noticed, on both databases."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from storage.kernel.database import open_database
from storage.kernel.errors import TextRefused
from storage.work import Store
from tests.builders.stored_steps import AT, MASTER, moment

NOW = moment(AT)
OTHER_KEY = bytes(31) + b"x"


def record(store: Store, *kinds: str, actor: str = "ann") -> None:
    for kind in kinds:
        with store.write() as work:
            work.acts.record(kind, at=NOW, actor=actor, via="test", public={"unit": "甲"})


def wrong(store: Store) -> list[tuple[int, str]]:
    with store.read() as work:
        return [(one.seq, one.kind) for one in work.acts.verify()[1]]


def by_force(url: str, *statements: str) -> None:
    """Change the database as its owner could: the triggers taken away first."""
    db = open_database(url)
    with db.begin() as connection:
        if url.startswith("sqlite"):
            for verb in ("update", "delete"):
                connection.execute(text(f"DROP TRIGGER IF EXISTS act_no_{verb}"))
        else:
            connection.execute(text("DROP TRIGGER IF EXISTS act_no_change ON act"))
        for statement in statements:
            connection.execute(text(statement))
    db.dispose()


def test_acts_are_kept_in_order_and_found_again(store: Store):
    record(store, "unit.put", "post.given", "post.taken", actor="ann")
    record(store, "posting", actor="bob")

    with store.read() as work:
        kept = work.acts.list()
        assert [(one.seq, one.kind, one.actor) for one in kept] == [
            (4, "posting", "bob"), (3, "post.taken", "ann"), (2, "post.given", "ann"),
            (1, "unit.put", "ann"),
        ]  # fmt: skip
        assert kept[0].public == {"unit": "甲"}
        assert kept[0].at == AT
        assert [one.seq for one in work.acts.list(kind="post")] == [3, 2]
        assert [one.seq for one in work.acts.list(actor="bob")] == [4]
        assert [one.seq for one in work.acts.list(before=3, limit=1)] == [2]
        assert work.acts.verify() == (4, ())


def test_an_office_without_acts_is_whole(store: Store):
    with store.read() as work:
        assert work.acts.verify() == (0, ())
        assert work.acts.first() is None
        assert not work.acts.any()


def test_an_act_that_is_not_kept_leaves_nothing(store: Store):
    with pytest.raises(TextRefused):
        record(store, "unit.put", actor="a\0")

    with store.read() as work:
        assert work.acts.verify() == (0, ())


@pytest.mark.parametrize("change", ["DELETE FROM act", "UPDATE act SET actor = 'eve'"])
def test_acts_refuse_to_change(store: Store, url: str, change: str):
    record(store, "unit.put")
    db = open_database(url)

    with db.connect() as connection, pytest.raises(DBAPIError, match="act is append only"):
        connection.execute(text(change))
    db.dispose()


@pytest.mark.parametrize("column", ["kind", "at", "actor", "via", "public", "prev_hash", "hash"])
def test_a_changed_act_is_noticed(store: Store, url: str, column: str):
    record(store, *"abcd")

    by_force(url, f"UPDATE act SET {column} = '\"x\"' WHERE seq = 2")

    assert (2, "chain") in wrong(store)


def test_a_mac_of_another_key_is_noticed(store: Store, url: str):
    record(store, "demo.marked", "b")
    with Store(url, OTHER_KEY) as other:
        assert wrong(other) == [(1, "seal"), (2, "seal"), (3, "gap")]
        with other.read() as work:
            assert work.acts.first() is None


def test_a_first_act_that_was_changed_is_not_believed(store: Store, url: str):
    record(store, "founded")
    with store.read() as work:
        first = work.acts.first()
    assert first is not None
    assert first.kind == "founded"

    by_force(url, "UPDATE act SET kind = 'demo.marked' WHERE seq = 1")

    with store.read() as work:
        assert work.acts.first() is None
        assert work.acts.any()


@pytest.mark.parametrize(
    ("change", "found"),
    [
        pytest.param("DELETE FROM act WHERE seq = 1", (1, "gap"), id="the first"),
        pytest.param("DELETE FROM act WHERE seq = 2", (2, "gap"), id="a middle one"),
        pytest.param("DELETE FROM act WHERE seq IN (2, 3)", (3, "gap"), id="two"),
        pytest.param("DELETE FROM act WHERE seq = 4", (4, "gap"), id="the last"),
        pytest.param("DELETE FROM act", (1, "gap"), id="all"),
        pytest.param("DELETE FROM mark WHERE name = 'acts'", (5, "gap"), id="the mark"),
    ],
)
def test_a_removed_act_is_noticed(store: Store, url: str, change: str, found: tuple[int, str]):
    record(store, *"abcd")

    by_force(url, change)

    assert found in wrong(store)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(first=st.integers(1, 5), second=st.integers(1, 5))
def test_acts_in_another_order_are_noticed(sqlite_template, tmp_path_factory, first, second):
    file = tmp_path_factory.mktemp("order") / "heyi.db"
    file.write_bytes(sqlite_template.read_bytes())
    url = f"sqlite:///{file}"
    with Store(url, MASTER) as store:
        record(store, *"abcde")
        by_force(
            url,
            f"UPDATE act SET seq = 99 WHERE seq = {first}",
            f"UPDATE act SET seq = {first} WHERE seq = {second}",
            f"UPDATE act SET seq = {second} WHERE seq = 99",
        )

        assert bool(wrong(store)) == (first != second)


def test_two_writers_make_one_chain(store: Store, other: Store):
    record(store, "a")
    record(other, "b")
    with store.write() as work:
        work.acts.record("c", at=NOW + timedelta(1), actor="", via="release", public={})

    with other.read() as work:
        assert [one.kind for one in work.acts.list()] == ["c", "b", "a"]
        assert work.acts.verify() == (3, ())
