"""Any text comes back byte for byte: from fields, sealed fields, histories and lists."""

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine.case.ids import unseen, wrong_id, wrong_name
from engine.case.values import Data, Unit
from storage.kernel.errors import IdRefused, TextRefused
from storage.kernel.records import Person
from storage.work import Store
from tests.builders.stored_steps import load, moment, opening, save

HOSTILE: list[str] = json.loads(
    (Path(__file__).parent / "hostile_texts.json").read_text(encoding="utf-8")
)
TEXT = st.text(st.characters(exclude_categories=["Cs"]))
PLAIN = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | TEXT,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXT, inner, max_size=4),
    max_leaves=8,
)
# Each example is a case of its own; nothing of one shows in another.
SHARED_STORE = settings(suppress_health_check=[HealthCheck.function_scoped_fixture])


def test_the_corpus_holds_what_it_promises():
    joined = "".join(HOSTILE)

    assert len(set(HOSTILE)) == len(HOSTILE) > 200
    assert {"\0", "·", "𠮷", "\u202e", "'", "\\"} <= set(joined)


def test_every_hostile_text_survives_in_clear_and_sealed(store: Store):
    for text in HOSTILE:
        fields: Data = {"topic": text, "list": [text, {text: text}], "secret": text, "note": [text]}
        step = opening(fields)

        save(store, step)

        with store.read() as work:
            assert dict(work.cases.load(step.after.id).fields) == fields
            assert work.cases.events(step.after.id) == (step.event,)
    with store.read() as work:
        assert work.chain.verify() == ()


@SHARED_STORE
@given(topic=PLAIN, secret=PLAIN)
def test_any_plain_value_survives_in_clear_and_sealed(store: Store, topic, secret):
    step = opening({"topic": topic, "secret": secret})

    save(store, step)

    assert load(store, step.after.id) == step.after


@SHARED_STORE
@given(text=TEXT)
def test_any_text_survives_in_a_list_and_a_workflow(store: Store, text: str):
    at = moment("2026-03-02T02:00:00Z")

    with store.write() as work:
        work.catalogues.load("goods", {"g1": {"name": text}}, at=at)

    with store.read() as work:
        assert work.catalogues.rows("goods")["g1"] == {"code": "g1", "name": text}


def test_every_hostile_name_survives_or_is_refused_before_anything_is_kept(store: Store):
    for place, text in enumerate(HOSTILE):
        unit = Unit(id=f"u{place}", level="branch", title=text)
        person = Person(id=f"p{place}", display_name=text)
        if unseen(text) is not None:
            with pytest.raises(IdRefused), store.write() as work:
                work.units.put(unit)
        else:
            with store.write() as work:
                work.units.put(unit)
            with store.read() as work:
                assert work.units.get(unit.id) == unit
        if wrong_name(text) is not None:
            with pytest.raises(IdRefused), store.write() as work:
                work.people.put(person)
        else:
            with store.write() as work:
                work.people.put(person)
            with store.read() as work:
                assert work.people.get(person.id) == person


def test_every_hostile_id_is_refused_or_kept_as_it_is(store: Store):
    for text in HOSTILE:
        unit, person = Unit(id=text, level="branch", title="x"), Person(id=text, display_name="x")
        if wrong_id(text) is not None:
            with pytest.raises(IdRefused), store.write() as work:
                work.units.put(unit)
            with pytest.raises(IdRefused), store.write() as work:
                work.people.put(person)
            continue
        with store.write() as work:
            work.units.put(unit)
            work.people.put(person)
        with store.read() as work:
            assert (work.units.get(text), work.people.get(text)) == (unit, person)


@pytest.mark.parametrize("text", ["\ud800", "a\udfffb", "\udc00\ud800"])
def test_half_a_character_is_refused_everywhere(store: Store, text: str):
    hurt: list[Data] = [{"topic": text}, {"secret": text}, {text: 1}, {"topic": [{"a": text}]}]
    for fields in hurt:
        with pytest.raises(TextRefused):
            save(store, opening(fields))
    with pytest.raises(TextRefused), store.write() as work:
        work.units.put(Unit(id="u", level=text, title="x"))
    with pytest.raises(TextRefused), store.write() as work:
        work.workflows.publish("w", 1, body=text, at=moment("2026-03-02T02:00:00Z"))
