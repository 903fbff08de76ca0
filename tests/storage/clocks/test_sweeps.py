"""The rungs of many cases, kept at once: whole, chained, and never too late."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import text

from engine.case.fold import fold
from engine.case.values import Case, Erase, Proposal, Step, Tell
from storage.kernel.errors import TextRefused
from storage.work import Store
from tests.builders.stored_steps import (
    VAULTS,
    ZONE,
    alert,
    load,
    moved,
    opening,
    rang,
    ring,
    run,
    rung,
    save,
)
from tests.storage.clocks.test_claims import DUE, claim, minutes

FIELDS = {"topic": "棚", "secret": "王", "note": "x"}


def test_many_cases_load_as_each_of_them_does(store: Store):
    cases = [save(store, opening({**FIELDS, "topic": str(n)}, runs=[run()])) for n in range(3)]

    with store.read() as work:
        found = work.cases.load_many([*(case.id for case in cases), cases[0].id, "nobody"])
        assert work.cases.load_many([]) == {}
        bare = work.cases.load_many([cases[0].id], sealed=False)

    assert found == {case.id: case for case in cases}
    assert bare[cases[0].id] == replace(cases[0], fields={"topic": "0"})


def test_a_rung_is_kept_whole_and_leaves_what_is_sealed_alone(store: Store):
    before = save(store, opening(FIELDS, runs=[run()]))
    sealed = _sealed(store, before.id)
    again = DUE + minutes(90)
    step = rang(before, next_at=again, effects=[alert("term", "ann", "bob")])
    claim(store, "a")

    assert ring(store, step, lease="a") == []

    with store.read() as work:
        events = work.cases.events(before.id)
        assert work.cases.load(before.id) == step.after == fold(events)
        assert events[-1] == step.event
        assert work.chain.verify() == ()
        assert [one.person for one in work.alerts.of(before.id)] == ["ann", "bob"]
        assert [one.next_at for one in work.clocks.of(before.id)] == [again]
    assert _sealed(store, before.id) == sealed
    assert step.after.acted == before.revision
    assert claim(store, "b", at=again) == [before.id]


@pytest.mark.parametrize("apart", [True, False], ids=["loaded before", "loaded with it"])
def test_a_rung_puts_nothing_sealed_in_clear(store: Store, apart: bool):
    old = Proposal(
        trigger="a", branch=0, data={"secret": "不可见的话"}, hash="h", by="ann",
        needs=("chief",), signed=(),
    )  # fmt: skip
    case = save(
        store, _proposing(save(store, opening({"phone": "不可见的号码"}, runs=[run()])), old)
    )

    with store.write() as work:
        loaded = case if apart else work.cases.load_many([case.id])[case.id]
        assert work.cases.save_all([rang(loaded)]) == []

    with store.read() as work:
        stored = [
            work._transaction.connection.execute(text(f"SELECT * FROM {table}")).all()
            for table in ("case_row", "event", "alert", "clock_run")
        ]
        assert work.cases.load(case.id).fields["phone"] == "不可见的号码"
        assert work.cases.load(case.id).proposals == (old,)
    assert "不可见" not in str(stored)


def test_after_a_rung_a_case_moves_on_and_seals_anew(store: Store):
    case = save(store, opening(FIELDS, runs=[run()]))
    step = rang(case)
    ring(store, step)

    case = save(store, moved(step.after, fields={"secret": "李"}))
    second = rang(case, place=1)
    ring(store, second)

    assert load(store, case.id) == second.after
    assert load(store, case.id).fields["secret"] == "李"
    with store.read() as work:
        assert work.chain.verify() == ()


def test_a_rung_and_a_move_in_one_transaction_are_chained(store: Store):
    case = save(store, opening(FIELDS, runs=[run()]))
    first = rang(case)
    second = moved(first.after, "grant", {"topic": "新"})
    third = rang(second.after, place=1)

    with store.write() as work:
        assert work.cases.load_many([case.id]) == {case.id: case}
        assert work.cases.save_all([first]) == []
        work.cases.save(second, vaults=VAULTS, zone=ZONE)
        assert work.cases.save_all([third]) == []

    assert load(store, case.id) == third.after
    with store.read() as work:
        assert work.chain.verify() == ()


def test_a_rung_may_propose_beside_what_was_proposed_before(store: Store):
    data = {"secret": "王", "topic": "t"}
    old = Proposal(
        trigger="a", branch=0, data=data, hash="h", by="ann", needs=("chief",), signed=()
    )
    new = replace(old, trigger="b", data={}, by="clock")
    case = save(store, _proposing(save(store, opening(FIELDS, runs=[run()])), old))
    both = [_plain(old, data), _plain(new, {})]

    assert ring(store, rung(case, proposals=both)) == []

    assert load(store, case.id).proposals == (old, new)


def _proposing(case: Case, proposal: Proposal) -> Step:
    """Return the step that proposes something with a sealed field, ``secret``."""
    step = moved(case)
    public = {name: value for name, value in proposal.data.items() if name != "secret"}
    event = replace(
        step.event,
        public={"patch": {"taken": {"grant": 1}, "proposals": [_plain(proposal, public)]}},
        sealed={"personal": {"data": {"a": {"secret": proposal.data["secret"]}}}},
    )
    return replace(step, after=replace(step.after, proposals=(proposal,)), event=event)


def _plain(proposal: Proposal, data: Mapping[str, Any]) -> dict[str, Any]:
    return {
        **{name: getattr(proposal, name) for name in ("trigger", "branch", "hash", "by")},
        "data": dict(data),
        "needs": list(proposal.needs),
        "signed": [],
        "on_behalf_of": None,
        "at": "",
    }


def test_a_case_that_moved_meanwhile_is_left_alone_and_said_so(store: Store):
    cases = [save(store, opening(FIELDS, runs=[run()])) for _ in range(3)]
    claim(store, "a")
    save(store, moved(cases[1], fields={"topic": "moved"}))

    left = ring(store, *(rang(case, effects=[alert("term", "ann")]) for case in cases), lease="a")

    assert left == [cases[1].id]
    with store.read() as work:
        assert len(work.cases.events(cases[1].id)) == 2
        assert work.alerts.of(cases[1].id) == ()
        assert len(work.alerts.to("ann")) == 2
        assert work.chain.verify() == ()


def test_who_lost_the_lease_changes_nothing(store: Store):
    case = save(store, opening(FIELDS, runs=[run()]))
    claim(store, "slow")
    claim(store, "quick", at=DUE + minutes(6))

    assert ring(store, rang(case, effects=[alert("term", "ann")]), lease="slow") == [case.id]

    assert load(store, case.id) == case
    assert ring(store, rang(case, effects=[alert("term", "ann")]), lease="quick") == []
    with store.read() as work:
        assert len(work.alerts.of(case.id)) == 1


def test_a_case_that_never_was_is_left_alone(store: Store):
    case = opening(runs=[run()]).after

    assert ring(store, rang(case)) == [case.id]


def test_a_case_is_rung_once_though_two_of_its_runs_were_claimed_apart(store: Store):
    case = save(store, opening(FIELDS, runs=[run("a"), run("b")]))
    assert claim(store, "one", limit=1) == claim(store, "two", limit=1) == [case.id]
    step = rang(case, effects=[alert("a", "ann")])

    assert ring(store, step, lease="one") == []
    assert ring(store, step, lease="two") == [case.id]


def test_a_replan_moves_the_index_and_needs_no_claim(store: Store):
    case = save(store, opening(FIELDS, runs=[run()]))
    step = rung(case, run(due="2026-03-12"), kind="replanned")

    assert ring(store, step) == []

    with store.read() as work:
        (found,) = work.clocks.of(case.id)
        assert found.due_at == DUE + timedelta(days=3)
        assert work.chain.verify() == ()


@pytest.mark.parametrize(
    ("make", "message"),
    [
        pytest.param(lambda case: [moved(case)], "use save", id="a move"),
        pytest.param(lambda _: [opening()], "use save", id="an opening"),
        pytest.param(lambda case: [rang(case), rang(case)], "one a case", id="two of one case"),
        pytest.param(
            lambda case: [rang(case, effects=[Erase(vault="personal")])], "owes", id="an erasure"
        ),
        pytest.param(lambda case: [rang(case, set={"topic": "x"})], "changes", id="a field"),
        pytest.param(lambda case: [rang(case, links={"parts": ["p"]})], "changes", id="a link"),
    ],
)
def test_a_batch_keeps_rungs_and_replans_only(
    store: Store, make: Callable[[Case], list[Step]], message: str
):
    case = save(store, opening(FIELDS, runs=[run()]))

    with pytest.raises(ValueError, match=message):
        ring(store, *make(case))

    assert load(store, case.id) == case


def test_a_text_that_cannot_be_kept_refuses_the_whole_batch(store: Store):
    cases = [save(store, opening(runs=[run()])) for _ in range(2)]

    with pytest.raises(TextRefused):
        ring(store, rang(cases[0]), rang(cases[1], assignee="\ud800"))

    assert load(store, cases[0].id) == cases[0]


def _sealed(store: Store, case: str) -> str:
    with store.read() as work:
        query = text("SELECT sealed FROM case_row WHERE id = :id")
        return str(work._transaction.connection.execute(query, {"id": case}).scalar_one())


def test_somebody_to_be_told_by_a_rung_is_owed_that_too(store: Store):
    case = save(store, opening(runs=[run()]))

    ring(store, rang(case, effects=[Tell(roles=("chief",))]))

    with store.read() as work:
        assert [one.role for one in work.alerts.of(case.id)] == ["chief"]
