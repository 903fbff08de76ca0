"""Pauses, extensions, rungs, ladders and what recurs, as sentences."""

import pytest

from engine.telling.sentences.ladders import Ladders
from engine.telling.sentences.moves import Moves
from engine.telling.sentences.recurring import Recurring
from tests.builders.toy_workflows import END, field, toy
from tests.engine.telling.sentences.condition_workflow import label

RUNGS = [
    {"at": "start", "tell": ["gardener", "head"]},
    {"at": "70%", "tell": ["assignee"], "says": label("快到了", "nearly due")},
    {"at": "day 20", "level": 1},
    {"at": "due - 1 working day", "tell": ["assignee"], "level": 2},
    {"at": "due", "mark": "overdue"},
    {"at": "due", "mark": "ripe"},
    {"at": "due + 3 days", "propose": "go"},
    {"at": "due + 10 working days", "fire": "lapse", "source": "law#3"},
]
CLOCKS = {
    "term": {
        "within": "30 days", "starts": ["asked"], "ladder": "slow",
        "pauses": {"in": ["held", "all"], "each": "60 days", "all": "longest", "source": "law#1"},
        "extend": {"at_most": "30 days", "times": 2},
        "rungs": [{"at": "due", "tell": ["gardener"]}],
    },
    "plain": {"within": "5 days", "starts": ["asked"], "pauses": "none"},
    "once": {"within": "5 days", "starts": ["asked"], "pauses": {"in": ["held"]},
             "extend": {"at_most": "2 days", "source": "law#2"}},
    "rows": {"each": "rows", "due": "item.on", "starts": ["asked"],
             "rungs": [{"at": "due", "tell": ["item.who"]}]},
}  # fmt: skip
TOY = toy(
    params={"longest": {"value": "90 days"}},
    roles={
        "gardener": {"level": "garden", "label": label("园丁", "gardener")},
        "head": {"level": "region", "label": label("会长", "head")},
    },
    chain=["gardener", "head"],
    fields={
        "topic": field("text", label=label("题目", "topic")),
        "kind": field("choice", options={"a": label("甲", "A")}, label=label("种类", "kind")),
        "n": field("integer", label=label("数目", "number")),
        "new": field("date", label=label("延至", "new day")),
        "rows": field("list", of={"on": {"type": "date"}, "who": {"type": "person", "label": label("责任人", "who")}}),
    },
    clocks=CLOCKS,
    ladders={
        "slow": {"quiet": {"from": "22:00", "until": "08:05"}, "rungs": RUNGS},
        "own": {"levels": [["head", "gardener"]], "catch_up": "each", "rungs": [{"at": "due", "level": 1}, {"at": "due", "tell": ["item.who"]}]},
        "brief": {"catch_up": "skip"},
    },
    groups={"all": {"states": ["asked"], "on": {"lapse": {"to": "stay", "by": "clock", "label": label("失效", "lapse")}}}},
    states={
        "asked": {
            "label": label("已提出", "asked"),
            "on": {
                "go": {"to": "done", "by": "gardener"},
                "more": {"to": "stay", "by": "gardener", "asks": ["new"], "extends": {"term": "new"}},
            },
        },
        "held": {"label": label("搁置", "held"), "on": {"go": {"to": "done", "by": "gardener"}}},
        "done": END,
    },
    opening=[{"to": "asked", "by": ["anyone", "clock"], "may": ["topic", "kind", "n"]}],
    recurs={
        "daily": {"on": "every day", "each": "garden"},
        "worked": {"on": "every working day", "each": "garden"},
        "first": {"on": "first working day", "at": "08:30", "each": "garden", "with": {"topic": "巡查", "kind": "a", "n": 3}},
        "weekly": {"on": "mondays and thursdays", "each": "garden"},
        "monthly": {"on": "days 1 and 16", "each": "garden"},
        "yearly": {"on": "01-15 and 07-15", "each": "garden"},
    },
)  # fmt: skip


@pytest.mark.parametrize(
    ("name", "zh", "en"),
    [
        (
            "term",
            (
                "在“搁置”或“all”期间暂停，每次最长60日，合计最长90日（依据law#1）",
                "到期之前可以延长，合计最多30日，最多2次",
                "到期时提醒园丁",
                "催办按阶梯“slow”",
            ),
            (
                "rests in “held” or “all”, at most 60 days each time, at most 90 days in all (source: law#1)",
                "may be extended before it is due, by at most 30 days in all, at most 2 times",
                "when due: tells the gardener",
                "reminds by ladder “slow”",
            ),
        ),
        ("plain", (), ()),
        (
            "once",
            ("在“搁置”期间暂停", "到期之前可以延长，合计最多2日，最多1次（依据law#2）"),
            (
                "rests in “held”",
                "may be extended before it is due, by at most 2 days in all, once (source: law#2)",
            ),
        ),
        ("rows", ("到期时提醒“责任人”",), ("when due: tells “who”",)),
    ],
)
def test_a_clock_says_how_it_rests_how_far_it_goes_and_how_it_reminds(name, zh, en):
    clock = TOY.clocks[name]

    assert Ladders(TOY, "zh").of(clock, clock.variants[0]) == zh
    assert Ladders(TOY, "en").of(clock, clock.variants[0]) == en


def test_a_ladder_says_each_rung_and_its_quiet_hours():
    assert Ladders(TOY, "zh").named("slow") == (
        "起算时提醒园丁和会长",
        "期限过70%时提醒经办人，内容为“快到了”",
        "第20日提醒园丁（第1级）",
        "到期前1个工作日提醒经办人和会长（第2级）",
        "到期时标为逾期，提醒经办人",
        "到期时标为“ripe”，提醒经办人",
        "到期后3日提议“go”",
        "到期后10个工作日自动办理“失效”（依据law#3）",
        "22:00至08:05不发提醒，顺延到08:05",
        "停机后每人只补发最近一级",
    )


def test_the_same_in_english():
    assert Ladders(TOY, "en").named("slow") == (
        "at the start: tells the gardener and the head",
        "at 70% of the time: tells the assignee, saying “nearly due”",
        "on day 20: tells the gardener (level 1)",
        "1 working day before it is due: tells the assignee and the head (level 2)",
        "when due: marked overdue, tells the assignee",
        "when due: marked “ripe”, tells the assignee",
        "3 days after it was due: proposes “go”",
        "10 working days after it was due: does “lapse” (source: law#3)",
        "no alerts from 22:00 to 08:05: they wait until 08:05",
        "after downtime each person gets the newest alone",
    )


def test_a_ladder_may_have_levels_of_its_own_and_make_up_for_all_or_nothing():
    ladders = Ladders(TOY, "zh")

    assert ladders.named("own") == (
        "到期时提醒会长或园丁（第1级）", "到期时提醒“who”", "停机后逐级补发",
    )  # fmt: skip
    assert ladders.named("brief") == ("停机后只发最近一级",)


def test_a_move_says_which_clock_it_extends():
    branch = TOY.branches["asked", "more"][0]

    assert "“term”延长到“延至”" in Moves(TOY, "zh").said(branch).follows
    assert "“term” is extended to “new day”" in Moves(TOY, "en").said(branch).follows


@pytest.mark.parametrize(
    ("name", "zh", "en"),
    [
        ("daily", "每天09:00在每个“garden”级单位立案一件", "every day at 09:00 a case is opened at every unit of level “garden”"),
        ("worked", "每个工作日09:00在每个“garden”级单位立案一件", "every working day at 09:00 a case is opened at every unit of level “garden”"),
        (
            "first",
            "每月第一个工作日08:30在每个“garden”级单位立案一件，题目为“巡查”、种类为“甲”、数目为3",
            "on the first working day of each month at 08:30 a case is opened at every unit of level “garden”, with “巡查” as topic, “A” as kind, 3 as number",
        ),
        ("weekly", "每周一、四09:00在每个“garden”级单位立案一件", "on mondays and thursdays at 09:00 a case is opened at every unit of level “garden”"),
        ("monthly", "每月1日、16日09:00在每个“garden”级单位立案一件", "on days 1 and 16 of each month at 09:00 a case is opened at every unit of level “garden”"),
        ("yearly", "每年1月15日、7月15日09:00在每个“garden”级单位立案一件", "each year on 01-15 and 07-15 at 09:00 a case is opened at every unit of level “garden”"),
    ],
)  # fmt: skip
def test_what_recurs_says_when_where_and_with_what(name, zh, en):
    assert Recurring(TOY, "zh").said(name) == zh
    assert Recurring(TOY, "en").said(name) == en
