"""Sealed values open for us, nowhere else, and never again once their key is destroyed."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text

from engine.case.fold import fold
from engine.case.values import Case, Erase
from storage.kernel.errors import MasterKeyRefused, SealBroken
from storage.kernel.vaults import DataKey, MasterKey, generation_of, new_key
from storage.work import Store
from tests.builders.stored_steps import MASTER, load, moved, opening, save

VALUES = {"set": {"secret": "王小明 · 𠮷"}}


def key(**other: object) -> DataKey:
    """Return a data key for one case and vault, or for what is given instead."""
    known = {"case": "c1", "vault": "personal", "generation": 1}
    return DataKey(b"k" * 32, **{**known, **other})  # type: ignore[arg-type]


def test_what_is_sealed_opens_at_its_place():
    assert key().open(key().seal(VALUES, place="event:1"), place="event:1") == VALUES


@pytest.mark.parametrize(
    ("other", "place"),
    [
        pytest.param({"case": "c2"}, "event:1", id="another case"),
        pytest.param({"vault": "confidential"}, "event:1", id="another vault"),
        pytest.param({"generation": 2}, "event:1", id="another generation"),
        pytest.param({}, "event:2", id="another event"),
        pytest.param({}, "row:1", id="the row"),
    ],
)
def test_what_is_sealed_opens_nowhere_else(other: dict[str, object], place: str):
    sealed = key().seal(VALUES, place="event:1")

    with pytest.raises(SealBroken):
        key(**other).open(sealed, place=place)


@given(place=st.integers(0, 10_000), flip=st.integers(1, 127))
def test_any_changed_character_is_noticed(place: int, flip: int):
    sealed = key().seal(VALUES, place="event:1")
    at = place % len(sealed)
    changed = sealed[:at] + chr(ord(sealed[at]) ^ flip) + sealed[at + 1 :]

    # Base64's last character may carry bits that mean nothing: then nothing was changed.
    try:
        opened = key().open(changed, place="event:1")
    except SealBroken:
        return
    assert opened == VALUES


def test_a_seal_tells_its_generation_and_survives_mangling():
    assert generation_of(key(generation=258).seal(VALUES, place="row:1")) == 258
    assert generation_of("!") == generation_of("abc") == 0


def test_two_seals_of_one_value_differ():
    assert key().seal(VALUES, place="event:1") != key().seal(VALUES, place="event:1")


def test_a_wrapped_key_opens_only_with_its_master_and_for_its_case():
    master, known = MasterKey(MASTER), {"case": "c1", "vault": "personal", "generation": 1}
    wrapped = master.wrap(new_key(), **known)  # type: ignore[arg-type]

    master.unwrap(wrapped, **known)  # type: ignore[arg-type]
    for unwrapper, about in (
        (MasterKey(bytes(32)), known),
        (master, {**known, "case": "c2"}),
        (master, {**known, "vault": "other"}),
    ):
        with pytest.raises(SealBroken):
            unwrapper.unwrap(wrapped, **about)  # type: ignore[arg-type]


@pytest.mark.parametrize("length", [0, 16, 31, 33])
def test_a_master_key_of_another_length_is_refused(length: int):
    with pytest.raises(MasterKeyRefused, match=f"has {length} bytes; it needs 32"):
        MasterKey(bytes(length))


def test_unique_keys_are_blinded_alike_and_apart():
    master = MasterKey(MASTER)

    assert master.blind(("a", "b")) == master.blind(("a", "b"))
    assert len({master.blind(parts) for parts in (("a", "b"), ("ab",), ("a", "b", ""), ())}) == 4
    assert MasterKey(bytes(32)).blind(("a", "b")) != master.blind(("a", "b"))


def test_another_deployments_key_opens_nothing_and_says_so(store: Store, url: str):
    case = save(store, opening({"secret": "s", "topic": "t"}))

    with (
        Store(url, bytes(32)) as stranger,
        stranger.read() as work,
        pytest.raises(SealBroken, match="the deployment's key is another one"),
    ):
        work.cases.load(case.id)


def erased(store: Store) -> Case:
    """Keep a case whose note was destroyed and whose other sealed fields were not."""
    case = save(store, opening({"topic": "t", "secret": "s", "note": "n1"}))
    case = save(store, moved(case, fields={"note": "n2"}))
    return save(
        store, moved(case, "erase", erased=["note"], effects=[Erase(vault="confidential/note")])
    )


def test_a_destroyed_vault_reads_as_nothing_and_the_chain_still_verifies(store: Store):
    case = erased(store)

    with store.read() as work:
        events = work.cases.events(case.id)
        assert work.cases.load(case.id) == case
        assert work.chain.verify() == ()
        assert fold(events) == case
    assert case.erased == {"note"}
    assert dict(case.fields) == {"topic": "t", "secret": "s"}
    assert [event.sealed.get("confidential/note") for event in events] == [None, None, None]
    assert events[0].sealed["personal"] == {"set": {"secret": "s"}}


def test_a_destroyed_vault_can_be_written_again_with_a_new_key(store: Store):
    case = save(store, moved(erased(store), fields={"note": "n3"}))

    with store.read() as work:
        assert work.cases.load(case.id).fields["note"] == "n3"
        assert work.chain.verify() == ()
        notes = [e.sealed.get("confidential/note") for e in work.cases.events(case.id)]
    assert notes == [None, None, None, {"set": {"note": "n3"}}]
    assert case.erased == frozenset()


def test_a_key_destroyed_outside_a_step_erases_without_breaking(store: Store):
    case = save(store, opening({"topic": "t", "secret": "s"}))

    with store.write() as work:
        work._keys.destroy(case.id, "personal", at="2026-03-03T00:00:00.000000Z")

    with store.read() as work:
        assert dict(work.cases.load(case.id).fields) == {"topic": "t"}
        assert work.chain.verify() == ()


def test_other_cases_keep_their_keys(store: Store):
    safe = save(store, opening({"note": "mine"}))

    erased(store)

    assert load(store, safe.id).fields["note"] == "mine"


def test_a_destroyed_key_stays_in_no_byte_of_the_files(store: Store, url: str):
    if not url.startswith("sqlite"):
        return  # PostgreSQL's operator vacuums and lets old backups go; nothing here can
    case = save(store, opening({"note": "n", "secret": "s"}))
    with store.read() as work:
        keys = text("SELECT vault, wrapped FROM case_key")
        wrapped = dict(work._transaction.connection.execute(keys).tuples().all())

    save(store, moved(case, "erase", erased=["note"], effects=[Erase(vault="confidential/note")]))

    folder = Path(url.removeprefix("sqlite:///")).parent
    kept = b"".join(file.read_bytes() for file in folder.glob("heyi.db*"))
    assert wrapped["personal"].encode() in kept
    assert wrapped["confidential/note"].encode() not in kept
