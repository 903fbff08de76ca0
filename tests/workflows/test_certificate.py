"""The kinds of certificate that are not to be issued: none is, on no way; each is told where to go."""

import json
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from itertools import product
from typing import Any

import pytest

from engine.case.errors import MoveRefused
from engine.case.values import Actor, Case, Move, Unit, World
from engine.compiling.build import workflow_from_definition
from engine.compiling.plan import Workflow
from engine.facts.facts import Facts
from engine.language.model import WorkflowDef
from engine.step.take import open_case, take_step
from tests.builders.registered import EVERYBODY
from tests.builders.shelves import SHIPPED, folder, national, rows, shipped
from tests.workflows.scenario_player import ZONE

NOW = datetime(2026, 3, 2, 2, tzinfo=UTC)
ITEMS = rows(SHIPPED)["work_items"]
BARRED = sorted(code for code, row in ITEMS.items() if row["class"] == "N")
LAWFUL = sorted(code for code, row in ITEMS.items() if row["class"] == "C")
RULES = shipped("certificate")
UNITS = {"heshun": Unit(id="heshun", level="community", title="和顺社区")}
WORLD = World(
    people=EVERYBODY,
    calendar=national(),
    zone=ZONE,
    units=UNITS,
    catalogues={"work_items": ITEMS},
    next_seq=1,
)
POSTS = tuple((role, "heshun") for role in sorted(RULES.definition.roles))
PEOPLE = tuple(Actor(id=name, posts=POSTS) for name in ("yi", "er"))
"""Two people with every post: what may be done, they may do and sign."""
ANSWERS: tuple[Mapping[str, str], ...] = tuple(
    {**kind, "verified": verified, "basis_kind": basis}
    for kind, verified, basis in product(
        (
            {"on_list": "yes", "kind": "barred"},
            {"on_list": "yes", "kind": LAWFUL[0]},
            {"on_list": "no", "kind": "barred"},
            {"on_list": "no"},
        ),
        ("yes", "no"),
        ("law", "other"),
    )
)
"""What may be answered; ``barred`` stands for the code that is tried."""
GIVEN: Mapping[str, Any] = {
    "purpose": "办事", "wanted_by": "某单位", "kind_name": "证明", "basis_on": "2026-03-02",
    "basis_kind": "law", "basis_text": "某法第1条", "verified": "yes", "statement": "属实",
    "where_to": "某机关", "reason": "不应出具", "reply_on": "2026-03-02",
}  # fmt: skip


def opened() -> Case:
    """Return a case that somebody opened for himself."""
    data = {name: GIVEN[name] for name in ("purpose", "wanted_by", "kind_name")}
    move = Move(actor=PEOPLE[0], trigger="CT01a", data=data)
    return open_case(RULES, case_id="a", unit="heshun", move=move, now=NOW, world=WORLD).after


def fire(case: Case, trigger: str, **more: Any) -> Case:
    """Make a move with whatever it takes, by somebody who holds every post."""
    takes = {name for b in RULES.branches[case.state, trigger] for name in b.accepts}
    data = {name: value for name, value in {**GIVEN, **more}.items() if name in takes}
    move = Move(actor=PEOPLE[0], trigger=trigger, data=data)
    return take_step(RULES, case, move, now=NOW, world=WORLD).after


def moves(case: Case, rules: Workflow, code: str) -> Iterator[Move]:
    """Yield every move worth trying: fired, signed, amended, corrected, with every answer."""
    for answer in ANSWERS:
        data = {**GIVEN, **answer} | ({"kind": code} if answer.get("kind") == "barred" else {})
        for trigger in rules.triggers.get(case.state, ()):
            takes = {name for b in rules.branches[case.state, trigger] for name in b.accepts}
            brings = {name: value for name, value in data.items() if name in takes}
            yield Move(actor=PEOPLE[0], trigger=trigger, data=brings)
        changed = {"on_list": data["on_list"], "kind": data.get("kind")}
        yield Move(actor=PEOPLE[0], kind="amend", data=changed)
        yield Move(actor=PEOPLE[0], kind="correct", data=changed, reason="更正")
    for one in case.proposals:
        yield Move(actor=PEOPLE[1], kind="sign", trigger=one.trigger, hash=one.hash)


def reached(rules: Workflow, code: str = BARRED[0]) -> tuple[list[Case], list[Case]]:
    """Return every case that can be come to, and those just stamped.

    A kind may still be corrected once the paper is out, so a stamped case is judged as it was
    when it was stamped.
    """
    start = opened()
    found, left = {sign(start): start}, [start]
    stamped = []
    while left:
        case = left.pop()
        for move in moves(case, rules, code):
            try:
                after = take_step(rules, case, move, now=NOW, world=WORLD).after
            except MoveRefused:
                continue
            if "certificate" in after.documents and "certificate" not in case.documents:
                stamped.append(after)
            if sign(after) not in found:
                found[sign(after)] = after
                left.append(after)
    return list(found.values()), stamped


def weakened(*path: str | int) -> Workflow:
    """Return the workflow without the part at this place."""
    plain = RULES.definition.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    part: Any = plain
    for step in path[:-1]:
        part = part[step]
    del part[path[-1]]
    return workflow_from_definition(WorkflowDef.model_validate(plain), shelf=folder(SHIPPED))


def sign(case: Case) -> str:
    """Return what makes two cases the same here."""
    proposed = [(one.trigger, dict(one.data)) for one in case.proposals]
    issued = sorted(case.documents)
    return json.dumps([case.state, dict(case.fields), proposed, issued], sort_keys=True)


def test_twenty_kinds_are_not_to_be_issued():
    assert len(BARRED) == 20


@pytest.mark.parametrize("code", BARRED)
def test_a_kind_not_to_be_issued_is_refused_with_who_verifies_it(code: str):
    checked = fire(opened(), "check", on_list="yes", kind=code)

    for trigger in ("issue", "ask_basis", "refuse"):
        with pytest.raises(MoveRefused) as refused:
            fire(checked, trigger)
        assert {one.code for one in refused.value.reasons} == {"move.guard"}
    facts = Facts(RULES, checked, WORLD, now=NOW)
    assert facts.get("verifier") == ITEMS[code]["verified_by"]
    assert fire(checked, "guide").state == "refused_with_guide"


def test_whatever_is_tried_no_barred_kind_is_ever_issued():
    cases, stamped = reached(RULES)

    assert {case.state for case in cases} == set(RULES.definition.states)
    assert stamped
    assert {case.fields.get("kind") for case in stamped} & set(BARRED) == set()


@pytest.mark.parametrize("state", ["checking", "basis_asked"])
def test_the_search_finds_a_file_that_would_issue_one(state: str):
    rules = weakened("states", state, "on", "issue", 0, "when", 0)

    _cases, stamped = reached(rules)

    assert BARRED[0] in {case.fields.get("kind") for case in stamped}


def test_nothing_is_issued_unverified_or_without_basis_and_words():
    _cases, stamped = reached(RULES)

    assert {case.fields["verified"] for case in stamped} == {"yes"}
    wanted = {"purpose", "wanted_by", "basis_text", "statement"}
    assert all(wanted <= case.fields.keys() for case in stamped)


def test_every_way_to_a_certificate_takes_two_signatures():
    branches = [b for ways in RULES.branches.values() for b in ways]

    stamped = [b for b in branches if "certificate" in b.definition.issues]

    assert [(b.by, b.cosign) for b in stamped] == [(("handler",), ("chair",))] * 2
