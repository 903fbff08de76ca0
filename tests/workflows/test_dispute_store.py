"""Disputes on a real store: merges and their undoing keep every date; rounds come by the calendar."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from random import Random

import pytest

from engine.case.errors import MoveRefused
from engine.case.values import Case
from heyi.app.cases.casework import Casework
from heyi.app.clocks.recurring import Recurring
from storage.kernel.records import CaseQuery
from tests.workflows.admission_office import moment
from tests.workflows.dispute_walks import DAY, NUMBER
from tests.workflows.scenario_player import Cast, scripts


@pytest.fixture
def office(cast: Cast) -> Iterator[Casework]:
    """The use cases on a store with the people of the author tests."""
    script = next(one for one in scripts() if one.rule.workflow == "dispute")
    with cast.rehearsal.stage(script.rule, script.scenario) as cases:
        yield cases


def _open(cases: Casework, day: date, seen: date) -> str:
    data = {"source": "hotline", "place": "2号楼", "facts_text": "漏水"}
    step = cases.open(
        "dispute",
        unit="heshun",
        person="zhou",
        data=data,
        now=moment(day),
        occurred_at=moment(seen),
    )
    return step.after.id


@pytest.mark.parametrize("seed", range(6))
def test_the_earliest_day_and_every_source_are_kept_however_often_cases_merge_and_part(
    office: Casework, seed: int
):
    draw, day = Random(seed), DAY + timedelta(days=20)
    cases = [_open(office, day, DAY + timedelta(days=draw.randrange(20))) for _ in range(4)]
    least = {one: str(_case(office, one).fields["received_on"]) for one in cases}
    own = dict(least)

    merged = parted = 0
    for _ in range(30):
        day += timedelta(days=draw.choice([0, 1]))
        one = draw.choice(cases)
        if _case(office, one).state == "merged":
            office.move(
                one, person="sun", trigger="separate", data={"reason": "另一户"}, now=moment(day)
            )
            parted += 1
        else:
            other = draw.choice(cases)
            number = _case(office, other).number
            data = {"master": number, "reason": "同一漏水"}
            try:
                office.move(one, person="zhou", trigger="merge", data=data, now=moment(day))
            except MoveRefused:
                continue
            least[other] = min(least[other], least[one])
            sources = _case(office, other).fields["sources"]
            assert {row["received_on"] for row in sources} >= {own[one]}  # type: ignore[index, union-attr, call-overload]
            merged += 1
        assert {c: _case(office, c).fields["received_on"] for c in cases} == least

    assert merged
    assert parted


def _case(cases: Casework, ref: str) -> Case:
    with cases.store.read() as work:
        return work.cases.load(ref)


def test_a_merge_into_a_closed_case_changes_neither(office: Casework):
    first, second = (_open(office, DAY, DAY) for _ in range(2))
    office.move(first, person="zhou", trigger="merge", now=moment(DAY),
                data={"master": _case(office, second).number, "reason": "同一事"})  # fmt: skip
    before = [_case(office, one) for one in (first, second)]

    with pytest.raises(MoveRefused):
        office.move(second, person="zhou", trigger="merge", now=moment(DAY),
                    data={"master": NUMBER, "reason": "同一事"})  # fmt: skip

    assert [_case(office, one) for one in (first, second)] == before


# --- rounds by the calendar


def _ring(cases: Casework, day: date) -> None:
    recurring = Recurring(cases)
    recurring.open(recurring.owed(moment(day)), now=moment(day))


def _rounds(cases: Casework, since: date, until: date) -> Counter[tuple[str, str]]:
    """Ring every day and count the rounds that were opened, by unit and occasion."""
    _ring(cases, since - timedelta(days=1))
    with cases.store.read() as work:
        old = {case.id for case in work.cases.list(CaseQuery(workflow="screening_round"))}
    for n in range((until - since).days + 1):
        _ring(cases, since + timedelta(days=n))
    with cases.store.read() as work:
        found = [
            case.id for case in work.cases.list(CaseQuery(workflow="screening_round", limit=200))
        ]
        new = [work.cases.load(one) for one in found if one not in old]
    return Counter((case.unit, str(case.fields["occasion"])) for case in new)


def test_a_community_has_two_rounds_a_month_and_a_street_one(office: Casework):
    found = _rounds(office, date(2026, 5, 1), date(2026, 5, 31))

    assert found == {("heshun", "regular"): 2, ("jie", "regular"): 1}


def test_before_festivals_and_in_the_seasons_a_community_has_extra_rounds(office: Casework):
    found = _rounds(office, date(2026, 1, 1), date(2026, 12, 31))

    assert found == {
        ("heshun", "regular"): 24, ("jie", "regular"): 12, ("heshun", "festival"): 4,
        ("heshun", "irrigation"): 3, ("heshun", "heating"): 3,
    }  # fmt: skip
