"""Who may know that a case exists: the single look, and the grants that lists ask for."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.case.values import Actor, Case, Proposal, Unit
from engine.facts.facts import Facts
from engine.facts.knowing import denial_of, granted, grants_of, keys_of, may_know
from tests.builders.club_worlds import (
    GARDENER,
    HEAD,
    ID,
    LINK,
    MONDAY,
    STRANGER,
    TIMER,
    facts_of,
    world,
)
from tests.builders.toy_workflows import toy
from tests.effort import examples

PERSON, UNIT = {"type": "person"}, {"type": "unit"}
PARTS: dict[str, Any] = {
    "fields": {
        "referee": PERSON, "club": UNIT, "bad": {"type": "boolean"}, "odd": {"type": "boolean"},
        "score": {"type": "integer"}, "friends": {"type": "person", "many": True},
        "helpers": {"type": "list", "of": {"person": PERSON, "unit": {"type": "unit", "optional": True}}},
    },
    "facts": {"alone": {"is": "helpers.filter(h, !has(h.unit)).map(h, h.person)"}},
    "roles": {
        "gardener": {"level": "garden", "never": "helpers.person"},
        "head": {"level": "region"},
        "bedder": {"level": "bed", "reach": "below", "never": ["friends", "referee"]},
        "porter": {"level": "own"},
        "referee": {"in_case": "referee", "never": "friends"},
        "helper": {"in_case": "helpers.person"},
        "alone": {"in_case": "alone", "level": "garden", "never": "friends"},
        "chosen": {"in_case": "referee", "level": "own"},
        "guest": {"in_case": "club", "never": "friends"},
        "helping": {"in_case": "helpers.unit", "never": ["referee", "friends"]},
        "minding": {"post": "gardener", "in_case": "referee", "level": "garden", "never": "helpers.person"},
        "host": {"in_case": "club", "level": "garden", "never": "referee"},
    },
}  # fmt: skip
OPEN = toy(**PARTS)
SEALED = toy(
    **PARTS,
    sealed={"when": "bad && score > 0", "to": ["head", "chosen"], "partly": ["helper", "guest", "bedder", "minding"]},
)  # fmt: skip
WHEN = "state == 'asked' || odd && taken.go > 0"
NAMED = toy(
    **PARTS,
    seen_by=["porter", {"role": "bedder", "when": WHEN}, "helping", {"role": "helping", "when": "bad"},
             {"role": "anyone", "when": "odd"}, {"role": "opener", "when": "score > 0"}, "guest", "host", "minding"],
    sealed={"when": "bad && score > 0", "to": ["head", {"role": "alone", "when": "odd"}], "partly": [{"role": "host", "when": WHEN}]},
)  # fmt: skip
NAMES = ("a", "b", "c/head@top", "c", "d%2Fhead@n")
PLACES = ("top", "n", "s", "n1", "n2", "s/1")
ROLES = (*PARTS["roles"], "lodger")


@st.composite
def _units(draw: st.DrawFn) -> dict[str, Unit]:
    """Return a tree of three levels, each place under one of those before it."""
    levels = dict(zip(PLACES, ("region", "garden", "garden", "bed", "bed", "bed"), strict=True))
    found = {}
    for place, (name, level) in enumerate(levels.items()):
        parent = draw(st.sampled_from(PLACES[:place])) if place else None
        found[name] = Unit(id=name, level=level, title=name, parent=parent)
    return found


@st.composite
def _fields(draw: st.DrawFn) -> dict[str, Any]:
    names, places, flag = st.sampled_from(NAMES), st.sampled_from(PLACES), st.booleans()
    helper = st.fixed_dictionaries({"person": names}, optional={"unit": places})
    return draw(
        st.fixed_dictionaries(
            {},
            optional={
                "referee": names, "club": places, "bad": flag, "odd": flag,
                "score": st.integers(0, 1), "friends": st.lists(names, max_size=2),
                "helpers": st.lists(helper, max_size=3),
            },
        )
    )  # fmt: skip


@st.composite
def _texts(draw: st.DrawFn) -> tuple[Proposal, ...]:
    names = st.sampled_from(NAMES)
    signed = draw(st.lists(st.tuples(st.just("head"), names), max_size=2))
    text = Proposal(
        trigger="go", branch=0, data={}, hash="", by=draw(names), needs=("head",), signed=tuple(signed)
    )  # fmt: skip
    return draw(st.sampled_from(((), (text,))))


def _cases() -> st.SearchStrategy[Case]:
    return st.builds(
        Case,
        id=st.just(ID), workflow=st.just("toy"), version=st.just(1), unit=st.sampled_from(PLACES),
        state=st.sampled_from(("", "asked", "done")), fields=_fields(), proposals=_texts(),
        opened_by=st.just("b"), taken=st.sampled_from(({}, {"go": 1})),
    )  # fmt: skip


POSTS = st.lists(st.tuples(st.sampled_from(ROLES), st.sampled_from(PLACES)), max_size=4).map(tuple)
ACTORS = st.builds(
    Actor,
    id=st.sampled_from(NAMES),
    posts=POSTS,
    lent=st.lists(
        st.builds(Actor, id=st.sampled_from(NAMES), posts=POSTS), max_size=2
    ).map(tuple),
    kind=st.sampled_from(("person", "person", "person", "link", "clock")),
)  # fmt: skip


@given(st.sampled_from((OPEN, SEALED, NAMED)), _units(), _cases(), ACTORS)
@settings(max_examples=examples(everyday=300, full=5000))
def test_the_grants_say_what_the_single_look_says(workflow, units, case, who):
    facts = Facts(workflow, case, world(units=units), now=MONDAY)

    assert granted(grants_of(facts), who) == may_know(who, facts)


class _Unread(dict[str, Any]):
    """What nothing may look into."""

    def __getitem__(self, key: str) -> Any:
        raise AssertionError(key)

    get = __getitem__  # type: ignore[assignment]


@given(_fields())
@settings(max_examples=examples(everyday=30, full=300))
def test_grants_read_no_day_no_counts_no_links_and_no_params(fields):
    unread = _Unread()
    bare = world(params=unread, counts=unread, linked=unread, catalogues=unread)
    facts = Facts(NAMED, facts_of(NAMED, fields=fields).case, bare, now=None)  # type: ignore[arg-type]
    known = facts_of(NAMED, fields=fields)

    assert grants_of(facts) == grants_of(known)


def test_what_is_written_beside_a_case():
    fields = {
        "referee": "gao", "club": "north", "friends": ["er"], "helpers": [{"person": "hua"}],
    }  # fmt: skip
    case = replace(facts_of(OPEN, fields=fields).case, opened_by="ke")

    assert grants_of(facts_of(OPEN, case)) == {
        "r:gardener@north", "-hua/gardener", "r:head@top", "r:bedder@rose", "-er/bedder",
        "-gao/bedder", "r:porter@north", "p:gao", "p:hua", "p:hua/alone@north",
        "p:gao/chosen@north", "p:gao/gardener@north", "u:north", "-er/@north", "r:host@north", "-gao/host", "p:ke",
    }  # fmt: skip


def test_a_sealed_case_is_known_to_those_it_is_sealed_to_and_to_who_opened_it():
    fields = {"bad": True, "score": 1, "referee": "gao", "helpers": [{"person": "hua"}]}
    case = replace(facts_of(SEALED, fields=fields).case, opened_by="ke")

    assert grants_of(facts_of(SEALED, case)) == {
        "r:head@top", "p:gao/chosen@north", "p:gao/gardener@north", "p:hua", "r:bedder@rose", "-gao/bedder", "p:ke",
    }  # fmt: skip


def test_while_it_cannot_be_known_whether_a_case_is_sealed_it_is():
    known = facts_of(SEALED, fields={"bad": True})

    assert not may_know(GARDENER, known)
    assert may_know(HEAD, known)
    assert may_know(GARDENER, facts_of(SEALED, fields={"bad": True, "score": 0}))


def test_who_signed_an_open_text_knows_its_case_but_not_a_sealed_one():
    text = Proposal(
        trigger="go", branch=0, data={}, hash="", by="gao", needs=("head",), signed=(("head", "ke"),)
    )  # fmt: skip
    for fields, known in (({}, True), ({"bad": True}, False)):
        case = replace(facts_of(SEALED, fields=fields).case, proposals=(text,))
        assert may_know(STRANGER, facts_of(SEALED, case)) is known
        assert granted(grants_of(facts_of(SEALED, case)), STRANGER) is known


def test_what_a_case_opened_by_the_clock_grants_to_nobody():
    case = replace(facts_of(OPEN).case, opened_by=TIMER.id)

    assert not {one for one in grants_of(facts_of(OPEN, case)) if one.startswith("p:")}


def test_the_keys_of_a_reader():
    who = Actor(id="li@home/1", posts=(("head", "to/p"),))

    assert keys_of(who) == {
        "*", "p:li%40home%2F1", "r:head@to%2Fp", "p:li%40home%2F1/head@to%2Fp", "u:to%2Fp",
    }  # fmt: skip
    assert keys_of(STRANGER) == {"*", "p:ke"}


@pytest.mark.parametrize("nobody", [LINK, TIMER])
def test_a_link_and_a_clock_bring_no_key_and_know_no_case(nobody):
    assert keys_of(nobody) == frozenset()
    assert not may_know(nobody, facts_of(OPEN))


@pytest.mark.parametrize(
    ("key", "denial"),
    [
        ("*", None), ("p:ke", None), ("r:head@top", "-ke/head"), ("p:ke/head@top", "-ke/head"),
        ("u:north", "-ke/@north"),
    ],
)  # fmt: skip
def test_what_takes_a_key_away(key, denial):
    assert denial_of(key, "ke") == denial


def test_an_id_that_looks_like_a_grant_opens_nothing():
    forged = facts_of(OPEN, fields={"referee": "hua/bedder@north"})

    assert not granted(grants_of(forged), Actor(id="hua", posts=(("bedder", "north"),)))
