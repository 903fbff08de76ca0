"""The tables: what migrations make is what the code expects; errors at the border."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext

from storage.kernel import schema
from storage.kernel.columns import UtcDateTime, stamp
from storage.kernel.database import open_database
from storage.kernel.errors import DatabaseRefused, SchemaOutdated, StorageBusy, StorageFailed
from storage.kernel.tables import Row
from storage.work import Store
from tests.builders import no_fsync
from tests.builders.stored_steps import MASTER, opening, save


def test_migrations_make_the_tables_that_the_code_expects(url: str):
    db = open_database(url)
    with db.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})

        assert compare_metadata(context, Row.metadata) == []
    db.dispose()


def test_upgrading_twice_changes_nothing(url: str, store: Store):
    case = save(store, opening())

    schema.upgrade(url)

    schema.check(url)
    with store.read() as work:
        assert work.cases.load(case.id) == case


def test_missing_tables_are_named_with_the_version_wanted(tmp_path: Path):
    with pytest.raises(SchemaOutdated, match=r"at version none, expected \d{4}"):
        schema.check(f"sqlite:///{tmp_path}/new.db")


def test_every_migration_says_what_it_changed():
    for file in (schema.MIGRATIONS / "versions").glob("v*.py"):
        assert file.read_text(encoding="utf-8").startswith('"""')


@pytest.mark.parametrize("wrong", ["", "nonsense", "mysql://x/y", "oracle://x"])
def test_a_url_that_cannot_be_used_is_refused(wrong: str):
    with pytest.raises(DatabaseRefused, match="give sqlite:///FILE or postgresql://"):
        Store(wrong, MASTER)


def test_a_file_that_cannot_be_opened_is_a_failure_of_storage(tmp_path: Path):
    with (
        Store(f"sqlite:///{tmp_path}/no/such/folder.db", MASTER) as store,
        pytest.raises(StorageFailed, match="unable to open database file"),
        store.read(),
    ):
        pass


def test_a_missing_table_is_a_failure_of_storage(tmp_path: Path):
    with (
        Store(f"sqlite:///{tmp_path}/empty.db", MASTER) as store,
        pytest.raises(StorageFailed, match="no such table"),
        store.read() as work,
    ):
        work.cases.load("x")


def test_a_second_writer_that_waited_too_long_may_try_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("storage.kernel.database._PRAGMAS", ("PRAGMA busy_timeout = 0",))
    url = f"sqlite:///{tmp_path}/busy.db"
    with (
        Store(url, MASTER) as one,
        Store(url, MASTER) as two,
        one.write(),
        pytest.raises(StorageBusy, match="database is locked"),
        two.write(),
    ):
        pass


@pytest.mark.parametrize(("lasting", "synchronous"), [(True, 2), (False, 0)])
def test_a_sqlite_file_is_kept_as_safely_as_promised(url: str, lasting: bool, synchronous: int):
    if not url.startswith("sqlite"):
        return  # these are SQLite's own settings
    wanted = {
        "journal_mode": "wal", "synchronous": synchronous, "foreign_keys": 1, "secure_delete": 1,
    }  # fmt: skip

    with Store(url, MASTER, lasting=lasting) as store, store.write() as work:
        connection = work._transaction.connection
        found = {name: connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in wanted}

    assert found == wanted


def test_what_is_stored_lasts_where_nobody_says_otherwise():
    assert no_fsync.PROMISED == {"Store": True, "open_database": True}


def test_naive_moments_are_refused_and_others_brought_to_utc(url: str):
    dialect = open_database(url).dialect
    column = UtcDateTime()

    with pytest.raises(ValueError, match="naive moment"):
        column.process_bind_param(datetime(2026, 3, 2), dialect)  # noqa: DTZ001 - the subject
    assert column.process_bind_param(None, dialect) is None
    assert column.process_result_value(None, dialect) is None


def test_moments_of_any_precision_are_kept_in_the_order_of_time():
    moments = ["2026-03-02T02:00:00Z", "2026-03-02T02:00:00.5Z", "2026-03-02T02:00:01Z"]

    assert sorted(map(stamp, moments)) == [stamp(one) for one in moments]
    assert stamp("2026-03-02T10:00:00+08:00") == "2026-03-02T02:00:00.000000Z"
    assert datetime.fromisoformat(stamp(moments[1])).tzinfo == UTC


def test_a_database_that_cannot_be_reached_is_said_in_our_words(tmp_path):
    with pytest.raises(StorageFailed):
        schema.upgrade(f"sqlite:///{tmp_path}/no/folder/x.db")
