"""The outbox: each message is owed once, claimed once at a time, and never lost silently."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine.case.values import Tell
from storage.kernel.errors import TextRefused
from storage.kernel.timerecords import Alert
from storage.work import Store
from tests.builders.stored_steps import AT, alert, later, load, moment, opening, run, rung, save

NOW = moment(AT)
FIVE = timedelta(minutes=5)


def owing(store: Store, *alerts_: object) -> tuple[Alert, ...]:
    """Keep a case with a rung that owes these, and return what is owed."""
    case = save(store, opening(runs=[run()]))
    with store.write() as work:
        work.cases.save_all([rung(case, effects=alerts_)])  # type: ignore[arg-type]
        return work.alerts.of(case.id)


def claim(store: Store, lease: str = "a", *, at: str = AT, limit: int = 100) -> list[str | None]:
    """Claim for five minutes and return the persons."""
    with store.write() as work:
        until = moment(at) + FIVE
        found = work.alerts.claim_owed(moment(at), limit=limit, lease=lease, until=until)
    return [one.person for one in found]


def test_an_alert_comes_back_as_it_was_owed(store: Store):
    night = "2026-03-02T23:30:00Z"
    (found,) = owing(
        store,
        alert("term", "ann", item=2, run=3, rung="due", mark="red", level=2, send_at=night),
    )

    assert (found.kind, found.person, found.role, found.state) == ("rung", "ann", None, "owed")
    assert (found.clock, found.item, found.run, found.rung) == ("term", 2, 3, "due")
    assert (found.mark, found.level, found.due) == ("red", 2, "2026-03-09")
    assert (found.at, found.send_at) == (NOW, moment(night))
    assert found.provisional is False
    assert len(found.uid) == 64


def test_whom_nobody_was_found_for_is_kept_for_the_operator(store: Store):
    (found,) = owing(store, alert("term"))

    with store.read() as work:
        assert work.alerts.unheard() == (found,)
        assert work.alerts.unheard(limit=0) == ()
    assert found.person is None
    with store.write() as work:
        work.alerts.settle(found.uid, "moot")
        assert work.alerts.unheard() == ()


def test_the_same_alert_is_owed_once_however_often_it_is_made(store: Store):
    first = alert("term", "ann")
    owed = owing(store, first, first, replace(first, persons=("ann", "bob")))
    case = owed[0].case
    assert case is not None

    with store.write() as work:
        work.cases.save_all([rung(load(store, case), effects=[first])])

    with store.read() as work:
        assert [one.person for one in work.alerts.of(case)] == ["ann", "bob"]


RUNGS = st.builds(
    alert,
    st.sampled_from(["a", "b"]),
    st.sampled_from(["ann", "bob"]),
    item=st.integers(0, 1),
    run=st.integers(1, 2),
    place=st.integers(0, 1),
    at=st.sampled_from([AT, later(AT, hours=1)]),
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rungs=st.lists(RUNGS, max_size=12))
def test_alerts_are_told_apart_by_run_rung_moment_and_person(store: Store, rungs):
    found = owing(store, *rungs)

    wanted = {(one.clock, one.item, one.run, one.place, one.at, one.persons) for one in rungs}
    assert len({one.uid for one in found}) == len(found) == len(wanted)


def test_alerts_of_two_cases_are_told_apart(store: Store):
    first, second = owing(store, alert("term", "ann")), owing(store, alert("term", "ann"))

    assert first[0].uid != second[0].uid
    with store.read() as work:
        assert work.alerts.to("ann") == (*second, *first)
        both = {first[0].uid: first[0], second[0].uid: second[0]}
        assert work.alerts.by_uid([*both, "unknown"]) == both


def test_a_digest_is_owed_once_a_person_and_day(store: Store):
    with store.write() as work:
        days = ("2026-03-02", "2026-03-02", "2026-03-03")
        kept = [work.alerts.digest("ann", day=day, at=NOW, send_at=NOW) for day in days]
        assert work.alerts.digest("bob", day=days[0], at=NOW, send_at=NOW)
        found = work.alerts.to("ann")

    assert kept == [True, False, True]
    assert [(one.kind, one.case, one.day) for one in found] == [
        ("digest", None, "2026-03-03"),
        ("digest", None, "2026-03-02"),
    ]


def test_a_digest_with_a_nul_is_refused(store: Store):
    with pytest.raises(TextRefused), store.write() as work:
        work.alerts.digest("a\0", day="2026-03-02", at=NOW, send_at=NOW)


def test_what_may_go_out_is_claimed_in_order_and_once(store: Store):
    owing(
        store,
        alert("term", "late", send_at=later(AT, minutes=2)),
        alert("term", "soon", send_at=later(AT, minutes=1)),
        alert("term", "night", send_at=later(AT, hours=9)),
    )

    assert claim(store, "a", at=later(AT, minutes=2)) == ["soon", "late"]
    assert claim(store, "b", at=later(AT, minutes=3)) == []
    assert claim(store, "c", at=later(AT, minutes=7), limit=1) == ["soon"]


def test_what_was_released_is_claimed_again_and_what_is_settled_never(store: Store):
    owed = owing(store, alert("term", "ann", "bob", "cid"))
    claim(store, "a")

    with store.write() as work:
        assert work.alerts.settle(owed[0].uid, "sent")
        assert not work.alerts.settle("unknown", "sent")
        assert work.alerts.release("a") == 2
        assert work.alerts.counts() == {"owed": 2, "sent": 1}

    assert claim(store, "b") == ["bob", "cid"]


def test_those_a_move_tells_wait_to_go_out_too(store: Store):
    save(store, opening(effects=[Tell(roles=("chief",), persons=("bob",))]))

    with store.write() as work:
        found = work.alerts.claim_owed(NOW, limit=9, lease="a", until=NOW + FIVE)

    assert [(one.kind, one.role, one.person) for one in found] == [
        ("tell", "chief", None),
        ("tell", None, "bob"),
    ]
