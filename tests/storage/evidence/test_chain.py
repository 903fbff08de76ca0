"""Whatever is changed behind our back is found, with the case and the event named."""

import sqlite3
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import psycopg
import pytest
from sqlalchemy import text
from sqlalchemy.engine import make_url

from engine.case.values import Case
from storage.cases.digest import event_hash
from storage.kernel.errors import CaseNotFound
from storage.kernel.records import Finding
from storage.work import Store
from tests.builders.stored_steps import (
    AT,
    MASTER,
    UNITS,
    WORKFLOW,
    moment,
    moved,
    opening,
    run,
    save,
)


def three_events(store: Store) -> Case:
    """Keep a case with three events and return it."""
    first = opening({"topic": "a", "secret": "s"}, number="7号", runs=[run()])
    second = moved(first.after, fields={"note": "n"}, links={"parts": ["p"]})
    return save(store, first, second, moved(second.after, "end", state="done", outcome="good"))


def tamper(url: str, sql: str) -> None:
    """Change rows as the owner of the database could: with the triggers out of the way."""
    if url.startswith("sqlite"):
        with sqlite3.connect(make_url(url).database or "") as file:
            triggers = file.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
            for (name,) in triggers.fetchall():
                file.execute(f"DROP TRIGGER {name}")
            file.execute(sql)
        file.close()
        return
    with psycopg.connect(url) as server:
        server.execute("SET session_replication_role = replica")
        server.execute(sql.encode())


def findings(store: Store, case: str | None = None) -> Sequence[Finding]:
    """Return what a check of the store says."""
    with store.read() as work:
        return work.chain.verify(case)


def test_an_untouched_store_has_no_findings(store: Store):
    case = three_events(store)
    save(store, opening())

    assert findings(store) == findings(store, case.id) == ()


@pytest.mark.parametrize("seq", [1, 2, 3])
@pytest.mark.parametrize(
    "change",
    [
        ("kind", "'amended'"),
        ("at", "'2026-03-02T02:00:01Z'"),
        ("occurred_at", "'2020-01-01T00:00:00Z'"),
        ("actor", "'eve'"),
        ("public", "replace(public, 'trigger', 'tripper')"),
        ("sealed", "replace(sealed, 'e', 'f') || ' '"),
        ("hash", "'00'"),
    ],
)
def test_any_column_of_any_event_changed_is_found(
    store: Store, url: str, seq: int, change: tuple[str, str]
):
    case = three_events(store)
    save(store, opening())

    tamper(
        url, f"UPDATE event SET {' = '.join(change)} WHERE case_id = '{case.id}' AND seq = {seq}"
    )

    found = findings(store)
    assert found
    assert {one.case for one in found} == {case.id}
    assert found[0] == Finding(case=case.id, number="7号", seq=seq, kind="chain")
    assert str(found[0]) == f"case '7号', event {seq}: chain"


def test_a_hash_made_to_fit_is_found_at_the_next_event(store: Store, url: str):
    case = three_events(store)
    row = _event(store, case.id, 2) | {"actor": "eve"}
    forged = event_hash(row["prev_hash"], row)
    tamper(url, f"UPDATE event SET actor = 'eve', hash = '{forged}' WHERE seq = 2")

    found = findings(store)

    assert [(one.seq, one.kind, one.name) for one in found] == [(3, "chain", "prev_hash")]


def _event(store: Store, case: str, seq: int) -> dict[str, Any]:
    with store.read() as work:
        query = text("SELECT * FROM event WHERE case_id = :case AND seq = :seq")
        rows = work._transaction.connection.execute(query, {"case": case, "seq": seq})
        return dict(rows.mappings().one())


@pytest.mark.parametrize(
    ("seqs", "missing"), [((1,), 1), ((2,), 2), ((3,), 3), ((1, 2), 1), ((2, 3), 2), ((1, 2, 3), 1)]
)
def test_events_taken_away_are_a_gap(store: Store, url: str, seqs, missing: int):
    case = three_events(store)

    tamper(url, f"DELETE FROM event WHERE seq IN ({', '.join(map(str, seqs))})")

    found = findings(store, case.id)
    assert (found[0].seq, found[0].kind) == (missing, "gap")


def test_two_events_that_changed_places_are_found(store: Store, url: str):
    three_events(store)
    # By way of 0: both databases check the key row by row.
    for old, new in ((2, 0), (3, 2), (0, 3)):
        tamper(url, f"UPDATE event SET seq = {new} WHERE seq = {old}")

    assert {one.seq for one in findings(store)} == {2, 3}


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("state", "'asked'"),
        ("outcome", "'bad'"),
        ("number", "'8号'"),
        ("unit", "'south'"),
        ("final", "false"),
        ("body", "replace(body, 'topic', 'tonic')"),
        ("body", "'no json'"),
        ("body", "'[]'"),
    ],
)
def test_a_row_that_says_other_than_its_events_is_found(
    store: Store, url: str, column: str, value: str
):
    three_events(store)

    tamper(url, f"UPDATE case_row SET {column} = {value}")

    found = findings(store)
    assert [(one.seq, one.kind, one.name) for one in found] == [(0, "derived", column)]


@pytest.mark.parametrize(
    ("sql", "name"),
    [
        ("DELETE FROM clock_run", "clock_run"),
        ("UPDATE clock_run SET item = 5", "clock_run"),
        ("DELETE FROM link", "link"),
        ("UPDATE link SET other_id = 'q'", "link"),
        ("UPDATE case_row SET sealed = '{}'", "body"),
        ("UPDATE case_row SET sealed = replace(sealed, 'A', 'B')", "body"),
    ],
)
def test_an_index_that_says_other_than_the_events_is_found(
    store: Store, url: str, sql: str, name: str
):
    three_events(store)

    tamper(url, sql)

    assert [(one.kind, one.name) for one in findings(store)] == [("derived", name)]


def test_a_row_set_back_to_an_earlier_revision_is_found(store: Store, url: str):
    three_events(store)

    tamper(url, "UPDATE case_row SET revision = 2")

    assert {(one.kind, one.name) for one in findings(store)} >= {("derived", "revision")}


def test_a_row_taken_away_or_unreadable_is_found(store: Store, url: str):
    case = three_events(store)

    tamper(url, f"DELETE FROM case_row WHERE id = '{case.id}'")

    assert [(one.case, one.kind, one.name) for one in findings(store)] == [
        (case.id, "derived", "row")
    ]


def test_a_moment_that_is_none_is_found(store: Store, url: str):
    case = three_events(store)
    if not url.startswith("sqlite"):
        return  # PostgreSQL's column takes moments only

    tamper(url, "UPDATE case_row SET opened_at = 'yesterday'")

    assert [(one.case, one.kind, one.name) for one in findings(store)] == [
        (case.id, "derived", "row")
    ]


def test_events_that_make_no_case_are_found_though_their_chain_holds(store: Store, url: str):
    case = save(store, opening(number="7号"))
    row = _event(store, case.id, 1) | {"public": '{"patch":[]}'}
    forged = event_hash(row["prev_hash"], row)
    tamper(url, f"UPDATE event SET public = '{row['public']}', hash = '{forged}'")
    tamper(url, f"UPDATE case_row SET head = '{forged}'")

    assert [str(one) for one in findings(store)] == ["case '7号', event 1: fold"]


def test_a_case_that_never_was_cannot_be_verified(store: Store):
    with pytest.raises(CaseNotFound):
        findings(store, "nobody")


def test_another_head_is_found(store: Store, url: str):
    three_events(store)

    tamper(url, "UPDATE case_row SET head = '00'")

    assert [(one.seq, one.name) for one in findings(store)] == [(3, "head")]


def test_a_sealed_part_moved_to_another_case_is_found(store: Store, url: str):
    case = three_events(store)
    three_events_of_other = save(store, opening({"secret": "t"}))
    tamper(
        url,
        "UPDATE case_key SET wrapped = (SELECT wrapped FROM case_key "
        f"WHERE case_id = '{three_events_of_other.id}') "
        f"WHERE case_id = '{case.id}' AND vault = 'personal'",
    )

    found = findings(store)

    assert (found[0].case, found[0].kind, found[0].name) == (case.id, "seal", "personal")


def test_a_flipped_byte_in_the_file_is_found_and_never_a_crash(
    sqlite_template: Path, tmp_path: Path
):
    file = tmp_path / "heyi.db"
    file.write_bytes(sqlite_template.read_bytes())
    with Store(f"sqlite:///{file}", MASTER) as store:
        with store.write() as work:
            for unit in UNITS:
                work.units.put(unit)
            work.workflows.publish(WORKFLOW, 1, body="{}", at=moment(AT))
        case = save(store, opening({"topic": "翻转之前"}, number="7号"))
        save(store, moved(case))
    with sqlite3.connect(file) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    whole = file.read_bytes()
    # Both copies: the event's and the row's; each once with an invalid byte.
    places = [at for at in range(len(whole)) if whole.startswith("翻转".encode(), at)]
    assert len(places) == 2
    seen = set()

    for at in places:
        file.write_bytes(whole[:at] + bytes([whole[at] ^ 0x80]) + whole[at + 1 :])
        with Store(f"sqlite:///{file}", MASTER) as store:
            found = findings(store)
        seen.add((found[0].case, found[0].seq, found[0].kind))

    assert seen == {(case.id, 1, "chain"), (case.id, 0, "derived")}
