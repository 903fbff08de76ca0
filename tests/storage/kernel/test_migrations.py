"""A database of the first tables is brought up to date with all that it holds."""

import json
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import MetaData, create_engine, inspect, select
from sqlalchemy.engine import Connection

from engine.case.values import Case, Tell
from storage.kernel import schema
from storage.kernel.database import database_url
from storage.kernel.errors import SchemaOutdated
from storage.kernel.records import Person
from storage.work import Store
from tests.builders.stored_steps import (
    AT,
    MASTER,
    UNITS,
    WORKFLOW,
    alert,
    later,
    load,
    moment,
    moved,
    opening,
    run,
    rung,
    save,
)
from tests.storage.conftest import Postgres

IN_ORDER = ("unit", "mark", "person", "post", "workflow_version", "catalogue_version",
            "catalogue_row", "number_counter", "case_row", "event", "clock_run", "idempotency",
            "case_key", "link", "alert")  # fmt: skip
"""The first tables, those that others refer to before these."""


@pytest.fixture(params=["sqlite", "postgresql"])
def first(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of an empty database with the first tables."""
    if request.param == "sqlite":
        url = f"sqlite:///{tmp_path}/first.db"
        schema.upgrade(url, to="0001")
        yield url
        return
    server: Postgres = request.getfixturevalue("postgres")
    name = server.create(template="template0")
    schema.upgrade(server.url(name), to="0001")
    yield server.url(name)
    server.drop(name)


@pytest.fixture
def filled(first: str, sqlite_template: Path, tmp_path: Path) -> tuple[str, Case, Case]:
    """Rows in a database of the first tables, as they were written then, and their cases."""
    newer = tmp_path / "newer.db"
    shutil.copy(sqlite_template, newer)
    with Store(f"sqlite:///{newer}", MASTER) as store:
        with store.write() as work:
            for unit in UNITS:
                work.units.put(unit)
            work.people.put(Person(id="ann", display_name="安"))
            work.people.give_post("ann", role="clerk", unit="north")
            work.workflows.publish(WORKFLOW, 1, body="{}", at=moment(AT))
        told = Tell(roles=("chief",), persons=("ann",))
        step = opening(
            {"topic": "棚，\"引\"", "secret": "王"}, number="7号", runs=[run()], effects=[told],
            links={"parts": ["p"]},
        )  # fmt: skip
        open_ = save(store, step, moved(step.after, fields={"note": "n"}))
        ended = save(store, opening(state="done", outcome="good"))
    source = create_engine(f"sqlite:///{newer}")
    target = create_engine(database_url(first))
    with source.connect() as old, target.begin() as new:
        _copy(old, new)
    source.dispose()
    target.dispose()
    return first, open_, ended


def _copy(old: Connection, new: Connection) -> None:
    """Copy rows without what the first tables did not know."""
    here, there = MetaData(), MetaData()
    here.reflect(old)
    there.reflect(new)
    for name in IN_ORDER:
        names = there.tables[name].columns.keys()
        rows = old.execute(select(*(here.tables[name].c[one] for one in names))).mappings()
        found = [_as_it_was(dict(row)) for row in rows if name != "mark"]
        if found:
            new.execute(there.tables[name].insert(), found)


def _as_it_was(row: dict[str, Any]) -> dict[str, Any]:
    if "role" in row and "at" in row:
        del row["id"]  # drawn by the database
    if "body" in row and "head" in row:
        body = json.loads(row["body"])
        del body["acted"]
        row["body"] = json.dumps(body, ensure_ascii=False, separators=(",", ":"))
    return row


def test_the_first_tables_are_refused_until_they_are_upgraded(first: str):
    with pytest.raises(SchemaOutdated, match=r"at version 0001, expected \d{4}"):
        schema.check(first)

    schema.upgrade(first)

    schema.check(first)


def test_cases_are_as_they_were_and_their_chain_holds(filled: tuple[str, Case, Case]):
    url, open_, ended = filled

    schema.upgrade(url)

    with Store(url, MASTER) as store, store.read() as work:
        assert work.chain.verify() == ()
        assert work.cases.load("7号") == open_
        assert work.cases.load_many([open_.id, ended.id]) == {open_.id: open_, ended.id: ended}
        assert open_.acted == open_.revision


def test_runs_keep_their_due_moments_and_wait_for_the_first_sweep(filled: tuple[str, Case, Case]):
    url, open_, _ = filled

    schema.upgrade(url)

    with Store(url, MASTER) as store:
        with store.read() as work:
            (kept,) = work.clocks.of(open_.id)
            assert kept.due_at == moment("2026-03-09T16:00:00Z")
            assert work.clocks.next_at() == datetime(1970, 1, 1, tzinfo=UTC)
        at = moment(AT)
        with store.write() as work:
            claims = work.clocks.claim(at, limit=9, lease="a", until=at + timedelta(minutes=5))
            step = rung(open_, open_.runs[0], effects=[alert("term", "ann")])
            assert [one.case for one in claims] == [open_.id]
            assert work.cases.save_all([step], lease="a") == []
        assert load(store, open_.id) == step.after
        with store.read() as work:
            assert work.chain.verify() == ()


def test_alerts_of_before_are_read_but_never_sent(filled: tuple[str, Case, Case]):
    url, open_, _ = filled

    schema.upgrade(url)

    with Store(url, MASTER) as store:
        with store.write() as work:
            alerts = work.alerts.of(open_.id)
            at = moment(later(AT, days=99))
            assert work.alerts.claim_owed(at, limit=9, lease="a", until=at) == ()
        save(store, opening(effects=[Tell(roles=(), persons=("ann",))]))
        with store.read() as work:
            assert len(work.alerts.to("ann")) == 2
    assert [(one.role, one.person, one.state) for one in alerts] == [
        ("chief", None, "moot"),
        (None, "ann", "moot"),
    ]
    assert {one.send_at for one in alerts} == {moment(AT)}


def test_posts_of_before_are_seen_by_those_who_look_for_receivers(filled: tuple[str, Case, Case]):
    url = filled[0]

    schema.upgrade(url)

    with Store(url, MASTER) as store, store.read() as work:
        day = moment(AT).date()
        assert work.people.office(day).posts == {("clerk", "north"): ("ann",)}


def test_upgraded_tables_are_the_same_as_new_ones(filled: tuple[str, Case, Case], url: str):
    if url.split(":", maxsplit=1)[0] != filled[0].split(":")[0]:
        return  # each database with its own kind
    schema.upgrade(filled[0])

    assert _shape(filled[0]) == _shape(url)


def _shape(url: str) -> dict[str, Any]:
    db = create_engine(database_url(url))
    found = inspect(db)
    shape = {
        name: (
            sorted((one["name"], str(one["type"]), one["nullable"]) for one in columns),
            found.get_pk_constraint(name)["name"],
            sorted(str(one["name"]) for one in found.get_foreign_keys(name)),
            sorted(str(one["name"]) for one in found.get_indexes(name)),
            sorted(str(one["name"]) for one in found.get_unique_constraints(name)),
        )
        for name in found.get_table_names()
        for columns in [found.get_columns(name)]
    }
    db.dispose()
    return shape
