"""What must never change refuses to, even from raw SQL."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from storage.kernel.database import open_database
from storage.work import Store
from tests.builders.stored_steps import moved, opening, save


@pytest.mark.parametrize("table", ["event", "workflow_version"])
@pytest.mark.parametrize(
    "change",
    [
        pytest.param("DELETE FROM {table}", id="delete"),
        pytest.param("UPDATE {table} SET {column} = 'x'", id="update"),
        pytest.param("UPDATE {table} SET {column} = {column}", id="update to the same"),
    ],
)
def test_rows_that_never_change_refuse_to(store: Store, url: str, table: str, change: str):
    save(store, opening())
    column = {"event": "actor", "workflow_version": "body"}[table]

    _refused(url, change.format(table=table, column=column), f"{table} is append only")


def test_an_event_cannot_be_replaced(store: Store, url: str):
    case = save(store, opening())
    verb = "REPLACE" if url.startswith("sqlite") else "INSERT"
    columns = "case_id, seq, kind, at, occurred_at, actor, public, sealed, prev_hash, hash"
    values = f"'{case.id}', 1, 'opened', '', '', 'eve', '{{}}', '{{}}', '', ''"
    ending = "" if verb == "REPLACE" else " ON CONFLICT (case_id, seq) DO UPDATE SET actor = 'eve'"

    _refused(url, f"{verb} INTO event ({columns}) VALUES ({values}){ending}", "append only")


def test_events_cannot_be_truncated(store: Store, url: str):
    save(store, opening())
    if url.startswith("sqlite"):
        return  # SQLite has no TRUNCATE; a DELETE without a condition is refused above

    _refused(url, "TRUNCATE event", "event is append only")


def test_refused_changes_leave_the_history_whole(store: Store, url: str):
    first = opening()
    case = save(store, first, moved(first.after))

    _refused(url, "DELETE FROM event WHERE seq = 2", "append only")

    with store.read() as work:
        assert [event.seq for event in work.cases.events(case.id)] == [1, 2]
        assert work.chain.verify() == ()


def _refused(url: str, sql: str, message: str) -> None:
    db = open_database(url)
    with db.connect() as connection, pytest.raises(DBAPIError, match=message):
        connection.execute(text(sql))
    db.dispose()
