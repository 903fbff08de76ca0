"""A database that heyi 0.1.0 wrote, with cases in it, is brought up to date: no fold changes."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import MetaData, create_engine, select, text

from engine.case.codec import case_to_plain
from engine.case.fold import fold
from storage.kernel import schema
from storage.kernel.database import database_url
from storage.work import Store
from tests.builders.old_office import KEY, folds, lay_out
from tests.storage.conftest import Postgres

FIRST = "0002"
"""The newest tables that 0.1.0 knew."""


@pytest.fixture(params=["sqlite", "postgresql"])
def old(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of the database, as 0.1.0 left it."""
    url = lay_out(tmp_path / "old.db")
    if request.param == "sqlite":
        yield url
        return
    server: Postgres = request.getfixturevalue("postgres")
    name = server.create(template="template0")
    schema.upgrade(server.url(name), to=FIRST)
    _copy(url, server.url(name))
    yield server.url(name)
    server.drop(name)


def _copy(source: str, target: str) -> None:
    old, new = create_engine(source), create_engine(database_url(target))
    tables, theirs = MetaData(), MetaData()
    tables.reflect(old)
    theirs.reflect(new)
    with old.connect() as reading, new.begin() as writing:
        # Units refer to units, in no order that a copy would know.
        writing.execute(text("SET session_replication_role = replica"))
        for table in theirs.sorted_tables:
            rows = [
                dict(row) for row in reading.execute(select(tables.tables[table.name])).mappings()
            ]
            if table.name != "alembic_version" and rows:
                writing.execute(table.insert(), rows)
    old.dispose()
    new.dispose()


def test_every_fold_is_the_same_before_and_after(old: str):
    before = folds()
    schema.upgrade(old)

    with Store(old, KEY) as store, store.read() as work:
        for case, expected in before.items():
            folded = case_to_plain(fold(work.cases.events(case)))
            stored = case_to_plain(work.cases.load(case))
            for found in (folded, stored):
                assert {name: found[name] for name in expected} == expected
                # What 0.1.0 did not know yet says nothing.
                assert not any(found[name] for name in found.keys() - expected.keys())


def test_its_history_verifies_after_the_upgrade(old: str):
    schema.upgrade(old)

    with Store(old, KEY) as store, store.read() as work:
        assert work.chain.verify() == ()


def test_it_has_what_an_upgrade_can_break(tmp_path: Path):
    url, cases = lay_out(tmp_path / "old.db"), folds()

    assert schema.current(url) == FIRST
    assert len({case["workflow"] for case in cases.values()}) >= 6
    assert any(case["proposals"] for case in cases.values())
    assert any(case["state"] == "urgent" for case in cases.values())
    assert any(case["outcome"] for case in cases.values())
    runs = [run for case in cases.values() for run in case["runs"]]
    assert {"ended" in run for run in runs} == {True, False}
