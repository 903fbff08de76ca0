"""Turns of speech about clocks, in both languages."""

from dataclasses import replace
from typing import Any

import pytest

from engine.clocks.explained import Explanation
from engine.clocks.explaining import explain
from engine.compiling.plan import Ladder
from engine.language.clocks import RungDef
from engine.telling.sentences.ladders import rung_words
from engine.telling.sentences.tongue import Tongue
from engine.time.units import TimeUnit
from heyi.app.cases.clockwords import amount, paper_words, sum_words, told_by, when
from tests.builders.club_worlds import ZONE
from tests.builders.daily_cases import Way
from tests.builders.toy_workflows import field, toy

ZH, EN = Tongue("zh"), Tongue("en")
LENGTH: dict[str, Any] = {"within": "30 days", "starts": ["asked"]}
RESTS: dict[str, Any] = {"pauses": {"in": ["lid"]}}


def explained(way: Way, **more: Any) -> Explanation:
    return explain(
        replace(way.case.runs[-1], **more), clock=way.workflow.clocks["c"], workflow=way.workflow,
        calendar=way.world.calendar, zone=ZONE, now=way.now,
    )  # fmt: skip


def summed(way: Way, tongue: Tongue = ZH) -> str:
    return sum_words(explained(way).counted, tongue, ZONE)


def test_sums_in_both_languages():
    way = Way(**LENGTH, **RESTS).does("cover").does("lift", days=6)

    assert summed(way) == "03-02 + 30日 = 04-01；暂停6日 → 04-07"
    assert summed(way, EN) == "03-02 + 30 days = 04-01; paused 6 days → 04-07"


def test_the_sum_of_a_pause_that_goes_on():
    capped: Any = {"pauses": {"in": ["lid"], "each": "5 days"}}

    assert summed(Way(**LENGTH, **RESTS).does("cover")).endswith("；自03-03起暂停，尚未恢复")
    assert summed(Way(**LENGTH, **capped).does("cover")).endswith(
        "；暂停至多5日 → 04-06；遇休息日顺延 → 04-07"
    )


def test_the_sum_of_an_extension_names_years_where_they_differ():
    way = Way(**LENGTH)
    run = replace(way.case.runs[0], changes=(("extend", "2027-01-03"),))
    way.case = replace(way.case, runs=(run,))

    assert summed(way) == (
        "2026-03-02 + 30日 = 2026-04-01；延长277日 → 2027-01-03；遇休息日顺延 → 2027-01-04"
    )


def test_the_sum_of_a_run_resumed_on_a_weekend():
    way = Way(within="4 working days", starts=["asked"], **RESTS)

    way.does("cover", days=4).does("lift")

    assert summed(way).endswith(" = 03-06；暂停0个工作日 → 03-06；不早于恢复之日 → 03-09")


@pytest.mark.parametrize(
    ("n", "unit", "zh", "en"),
    [
        (6, "days", "6日", "6 days"),
        (5400, "seconds", "1小时30分钟", "1 hour 30 minutes"),
        (0, "seconds", "0秒", "0 s"),
        (61, "seconds", "1分钟1秒", "1 minute 1 s"),
    ],
)
def test_lengths_in_words(n, unit, zh, en):
    assert (amount(n, TimeUnit(unit), ZH), amount(n, TimeUnit(unit), EN)) == (zh, en)


@pytest.mark.parametrize(
    ("at", "zh", "en"),
    [
        ("start", "起算时", "at the start"),
        ("70%", "期限过70%时", "at 70% of the time"),
        ("day 20", "第20日", "on day 20"),
        ("due", "到期时", "when due"),
        ("due - 1 working day", "到期前1个工作日", "1 working day before it is due"),
        ("due + 3 days", "到期后3日", "3 days after it was due"),
    ],
)
def test_where_a_rung_stands_in_words(at, zh, en):
    assert (rung_words(at, ZH), rung_words(at, EN)) == (zh, en)


@pytest.mark.parametrize(
    ("source", "class_", "zh", "en"),
    [
        ("law#14", "statutory", "《园艺法》第14条", "园艺法, art. 14"),
        ("law#25-26", "statutory", "《园艺法》第25–26条", "园艺法, art. 25–26"),
        ("law#3.2", "local", "《园艺法》3.2", "园艺法 3.2"),
        ("law#", "local", "《园艺法》", "园艺法"),
        ("design#", "internal", "系统默认，非法定", "a default of this system, not law"),
        (None, "commitment", "系统默认，非法定", "a default of this system, not law"),
        (None, "statutory", "未注明依据", "no source is given"),
    ],
)
def test_what_a_clock_rests_on_in_words(source, class_, zh, en):
    given: Any = {"class": class_, **({"source": source} if source else {})}
    found = explained(Way(**LENGTH, **given, file={"sources": {"law": {"title": "园艺法"}}}))

    assert (paper_words(found, ZH), paper_words(found, EN)) == (zh, en)


def test_a_level_beyond_the_ladder_names_nobody():
    ladder = Ladder(levels=(("head",),))
    workflow = toy(fields={"n": field("integer")})

    assert told_by(RungDef(at="due", level=2), ladder, workflow, ZH) == []
    assert told_by(RungDef(at="due", tell=("assignee",), level=1), ladder, workflow, ZH) == [
        "经办人", "head",
    ]  # fmt: skip


def test_moments_are_shown_as_the_office_s_clock_does():
    assert when("2026-03-02T02:00:00Z", ZONE) == "2026-03-02 10:00"
    assert when("2026-03-02", ZONE) == "2026-03-02"
