"""Cases as they are saved, loaded, listed, and refused."""

from dataclasses import replace

import pytest

from engine.case.fold import fold
from engine.case.values import Case, Data, Signal, Tell
from storage.kernel.errors import (
    CaseNotFound,
    DuplicateCase,
    IdempotencyMismatch,
    IdempotencyTaken,
    StaleCase,
    StorageFailed,
    TextRefused,
    UnknownReference,
)
from storage.kernel.records import CaseQuery, Granted, Once
from storage.work import Store
from tests.builders.stored_steps import (
    AT,
    VAULTS,
    WORKFLOW,
    ZONE,
    later,
    load,
    moved,
    opening,
    run,
    save,
)

FULL: Data = {
    "topic": "棚",
    "amount": 3,
    "items": [{"a": 1.5, "b": None}],
    "secret": "王",
    "note": "x",
}


def test_a_case_comes_back_as_it_was_saved(store: Store):
    step = opening(FULL, number="北店〔2026〕0001号", runs=[run()], links={"parts": ["p1"]})

    save(store, step)

    assert load(store, step.after.id) == step.after
    assert load(store, "北店〔2026〕0001号") == step.after


def test_a_moved_case_comes_back_and_is_the_fold_of_its_events(store: Store):
    first = opening(FULL)
    second = moved(first.after, fields={"secret": "李", "topic": "桩"}, state="granted")

    case = save(store, first, second)

    with store.read() as work:
        assert work.cases.load(case.id) == case
        assert fold(work.cases.events(case.id)) == case
        assert work.cases.events(case.id) == (first.event, second.event)


def test_sealed_fields_stand_nowhere_in_clear(store: Store, url: str):
    case = save(store, opening({"secret": "难以忽略的名字", "topic": "看得见"}))

    with store.read() as work:
        found = work.cases._found(case.id)
        stored = work._transaction.all(work._transaction.sql.keys, {"case_id": case.id})

    assert "看得见" in found[3]
    assert "难以忽略的名字" not in str((*found, stored))


def test_an_unknown_case_is_not_found(store: Store):
    with store.read() as work, pytest.raises(CaseNotFound, match="no case '北店1号'"):
        work.cases.load("北店1号")


def test_events_of_an_unknown_case_are_none(store: Store):
    with store.read() as work:
        assert work.cases.events("nobody") == ()


def test_a_stale_save_loses_and_leaves_nothing(store: Store):
    case = save(store, opening(FULL))
    save(store, moved(case, fields={"topic": "first"}))
    late = moved(case, fields={"topic": "second"}, effects=[Tell(roles=("chief",))])

    with pytest.raises(StaleCase, match="has moved on from revision 1"):
        save(store, late)

    with store.read() as work:
        assert work.cases.load(case.id).fields["topic"] == "first"
        assert len(work.cases.events(case.id)) == 2
        assert work.alerts.of(case.id) == ()


def test_moving_a_case_that_was_never_kept_is_not_found(store: Store):
    with pytest.raises(CaseNotFound):
        save(store, moved(opening().after))


def test_an_error_in_the_block_keeps_nothing(store: Store):
    step = opening(FULL)

    def halted() -> None:
        with store.write() as work:
            work.cases.save(step, vaults=VAULTS, zone=ZONE)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        halted()

    with pytest.raises(CaseNotFound):
        load(store, step.after.id)


def test_two_steps_of_one_case_in_one_transaction_are_chained(store: Store):
    first = opening(FULL)

    case = save(store, first, moved(first.after, state="granted"))

    with store.read() as work:
        assert work.chain.verify() == ()
        assert work.cases.load(case.id).revision == 2


def test_a_number_belongs_to_one_case(store: Store):
    save(store, opening(number="1号"))

    with pytest.raises(DuplicateCase) as refused:
        save(store, opening(number="1号"))

    assert refused.value.of == "number"


def test_a_unique_key_belongs_to_one_case(store: Store):
    save(store, opening(unique=("number", "2026")))

    with pytest.raises(DuplicateCase) as refused:
        save(store, opening(unique=("number", "2026")))

    assert refused.value.of == "unique key"


def test_a_case_keeps_its_unique_key_and_may_change_or_lose_it(store: Store):
    case = save(store, opening(unique=("north", "2026")))

    case = save(store, moved(case, unique=("north", "2026")))
    case = save(store, moved(case, unique=("north", "2027")))
    save(store, opening(unique=("north", "2026")))
    save(store, moved(case, unique=None))

    save(store, opening(unique=("north", "2027")))


def test_an_id_belongs_to_one_case(store: Store):
    case = save(store, opening())

    with pytest.raises(DuplicateCase) as refused:
        save(store, opening(case=case.id))

    assert refused.value.of == "id"


@pytest.mark.parametrize(
    "step",
    [
        pytest.param(opening(unit="nowhere"), id="a unit that is not kept"),
        pytest.param(opening(version=9), id="a version that is not published"),
    ],
)
def test_a_case_cannot_name_what_is_not_kept(store: Store, step):
    with pytest.raises(UnknownReference):
        save(store, step)


def test_a_request_is_granted_once_and_answered_again(store: Store):
    step, once = opening(), Once(key="k1", request_hash="h1")

    with store.write() as work:
        assert work.requests.granted(once) is None
        work.cases.save(step, vaults=VAULTS, zone=ZONE, once=once)

    with store.write() as work:
        assert work.requests.granted(once) == Granted(case=step.after.id, seq=1)
        with pytest.raises(IdempotencyMismatch):
            work.requests.granted(replace(once, request_hash="h2"))
    with pytest.raises(IdempotencyTaken), store.write() as work:
        work.cases.save(opening(), vaults=VAULTS, zone=ZONE, once=once)


def test_half_of_a_surrogate_pair_is_refused_before_anything_is_kept(store: Store):
    step = opening({"topic": "a\ud800"})

    with pytest.raises(TextRefused, match="half of a surrogate pair"):
        save(store, step)


def test_a_number_with_a_nul_is_refused(store: Store):
    with pytest.raises(TextRefused, match="NUL"):
        save(store, opening(number="1\0"))


def test_lists_are_newest_first_and_paged_without_gap_or_double(store: Store):
    cases = [save(store, opening(at=later(AT, minutes=n // 2))) for n in range(7)]
    query = CaseQuery(limit=3)
    seen = []

    with store.read() as work:
        while page := work.cases.list(query):
            seen += [one.id for one in page]
            query = replace(query, after=page[-1].cursor)

    assert sorted(seen) == sorted(case.id for case in cases)
    assert seen == sorted(seen, key=lambda one: _opened(cases, one), reverse=True)


def _opened(cases: list[Case], case: str) -> tuple[str, str]:
    return next((one.opened_at, one.id) for one in cases if one.id == case)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        pytest.param(CaseQuery(), {"a", "b", "c"}, id="all"),
        pytest.param(CaseQuery(units=("south",)), {"b"}, id="by unit"),
        pytest.param(CaseQuery(units=("south", "north")), {"a", "b", "c"}, id="by units"),
        pytest.param(CaseQuery(states=("done",)), {"c"}, id="by state"),
        pytest.param(CaseQuery(final=True), {"c"}, id="final ones"),
        pytest.param(CaseQuery(final=False), {"a", "b"}, id="open ones"),
        pytest.param(CaseQuery(workflow="other"), set(), id="of another workflow"),
        pytest.param(CaseQuery(workflow=WORKFLOW, limit=1), {"c"}, id="only so many"),
    ],
)
def test_a_list_holds_what_was_asked_for(store: Store, query: CaseQuery, found: set[str]):
    save(store, opening(case="a"))
    save(store, opening(case="b", unit="south"))
    save(store, opening(case="c", state="done", outcome="positive", at=later(AT, days=1)))

    with store.read() as work:
        assert {one.id for one in work.cases.list(query)} == found


def test_a_summary_and_a_linked_case_tell_no_fields(store: Store):
    case = save(store, opening(FULL, number="7号", at="2026-03-02T17:00:00Z"))

    with store.read() as work:
        summary = work.cases.summary("7号")
        linked = work.cases.linked([case.id, "gone"], zone=ZONE)
        with pytest.raises(CaseNotFound):
            work.cases.summary("8号")

    assert (summary.id, summary.state, summary.final) == (case.id, "asked", False)
    assert linked[case.id].opened_on == "2026-03-03"
    assert linked.keys() == {case.id}


def test_those_to_be_told_are_owed_an_alert_each(store: Store):
    case = save(store, opening(effects=[Tell(roles=("chief", "clerk"), persons=("bob",))]))

    with store.read() as work:
        owed = work.alerts.of(case.id)
        assert [(one.role, one.person) for one in owed] == [
            ("chief", None),
            ("clerk", None),
            (None, "bob"),
        ]
        assert work.alerts.to("bob") == owed[2:]
        assert work.alerts.of(case.id, after_seq=1) == ()


def test_what_is_owed_to_other_cases_is_left_to_the_services(store: Store):
    case = save(store, opening(effects=[Signal(cases=("other",), trigger="go", data={})]))

    with store.read() as work:
        assert work.alerts.of(case.id) == ()
        assert work.chain.verify() == ()


def test_links_come_and_go_with_the_case(store: Store):
    case = save(store, opening(links={"parts": ["p1", "p2"]}))

    save(store, moved(case, links={"parts": ["p2"], "whole": ["w"]}))

    with store.read() as work:
        assert work.cases.load(case.id).links == {"parts": ("p2",), "whole": ("w",)}
        assert work.chain.verify(case.id) == ()


def test_a_reader_changes_nothing(store: Store):
    step = opening()

    with pytest.raises(StorageFailed), store.read() as work:
        work.cases.save(step, vaults=VAULTS, zone=ZONE)

    with pytest.raises(CaseNotFound):
        load(store, step.after.id)
