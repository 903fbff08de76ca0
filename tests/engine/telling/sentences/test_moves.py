"""Transitions, clocks, tables and people as sentences."""

import pytest

from engine.telling.sentences.clocks import Clocks
from engine.telling.sentences.moves import Moves
from engine.telling.sentences.people import People
from engine.telling.sentences.tables import Tables
from engine.telling.sentences.tongue import Tongue
from engine.time.units import TimeUnit
from tests.builders.toy_workflows import toy
from tests.engine.telling.sentences.condition_workflow import label
from tests.engine.telling.sentences.move_workflow import TOY


def said(state, trigger, lang="zh"):
    return Moves(TOY, lang).said(TOY.branches[state, trigger][0])


def test_a_move_says_when_who_may_do_what_and_where_it_leads():
    told = said("asked", "grow")

    assert told.lead == (
        "已填写地块，且（已种，或“大小、形状”超过3）时，园丁或会长可以“栽种”，并经会长共同签署"
        "（畦长可以提议），案件进入“已栽”。"
    )
    assert told.conditions == (
        ("已填写地块", "law#1"), ("已种，或“大小、形状”超过3", ""),
    )  # fmt: skip
    assert not told.listed


def test_the_same_in_english():
    assert said("asked", "grow", "en").lead == (
        "If “plot” is given, and (it is planted, or “size, shape” is more than 3), the gardener or "
        "the head may “plant”, signed by the head too (the bed keeper may propose it); the case "
        "goes to “grown”."
    )


def test_a_move_says_what_it_brings_about():
    assert said("asked", "grow").follows == (
        "“种类”记为“甲”", "“日期”记为今日", "“已种”记为是", "此后由“园丁”所指的人经办",
        "告知会长、任何人", "另立案件：“另案”（“行”每项一件）", "另立案件：“另案”", "出具“通知”",
        "送达“通知”", "开始计算“答复期”（限5个工作日）", "开始计算“逐行”（到日期为止）",
        "开始计算“办理期”（限4日）", "开始计算“分情形”",
    )  # fmt: skip


def test_three_conditions_are_listed_under_the_sentence():
    told = said("asked", "tick")

    assert told.listed
    assert told.lead == "下列3项都具备时，系统（期限到时）可以“tick”，环节不变："
    assert said("asked", "tick", "en").lead == (
        "If all 3 of these hold, the system (when a clock says so) may “tick”; the state stays:"
    )


def test_two_long_conditions_are_listed_too():
    assert said("asked", "long").lead == "下列2项都具备时，关联案件可以“长”，环节不变："
    assert said("asked", "long", "en").lead.startswith("If both of these hold, a linked case may")


def test_one_condition_is_never_a_list():
    assert not said("asked", "alone").listed


def test_data_is_said_by_how_it_is_given():
    assert said("asked", "grow").data == ("须填：地块、“大小、形状”",)
    assert said("asked", "grow", "en").data == ("must be given: plot, “size, shape”",)
    assert said("asked", "tick").data == ("登记一项或多项：行", "逐项修改：行的“种植日”")
    assert said("asked", "tick", "en").data[1] == "changed entry by entry: “planted” of rows"
    assert said("asked", "end").data == ("适用日期：2026-01-01至",)


def test_an_opening_is_known_by_where_it_leads():
    moves = Moves(TOY, "zh")

    assert moves.said(TOY.openings[0]).lead == "任何人可以“已提出”，案件立在“已提出”。"
    assert moves.said(TOY.openings[0]).data == ("须填：地块", "可填：“大小、形状”、种类")


def test_the_end_of_a_case_names_the_outcome_of_the_move():
    told = said("asked", "end")

    assert told.lead == "成员可以“了结”，案件以“完成”办结（负面）。"
    assert said("asked", "end", "en").lead == (
        "A member may “end”; the case ends as “done” (negative)."
    )
    assert told.follows == (
        "“另案”随之办理“end”", "并入“对应案件”", "销毁“密语”", "开始计算“善后”（限2日）",
    )  # fmt: skip


def test_leaving_an_end_is_a_reopening():
    assert said("done", "redo").lead == "会长可以“重做”，案件重开，进入“已提出”。"
    assert "is reopened into “asked”" in said("done", "redo", "en").lead


def test_an_overlay_goes_back():
    assert said("over", "home").lead == "任何人可以“home”，回到原来的环节。"


def test_rows_of_catalogues_are_put_and_ended():
    from tests.builders.shelves import FILES, folder

    workflow = toy(
        shelf=folder(FILES),
        fields={"what": {"type": "item", "of": "plants"}},
        states={
            "asked": {
                "on": {
                    "put": {"to": "stay", "by": "anyone",
                            "publishes": {"catalogue": "plants", "put": {"code": "x"}}},
                    "drop": {"to": "done", "by": "anyone",
                             "publishes": {"catalogue": "plants", "drop": "x"}},
                }
            }
        },
    )  # fmt: skip
    moves = Moves(workflow, "zh")

    told = [moves.said(workflow.branches["asked", name][0]).follows for name in ("put", "drop")]

    assert told == [("清单“plants”更新一条",), ("清单“plants”停用一条",)]


@pytest.mark.parametrize(
    ("name", "begins", "runs", "ends"),
    [
        ("wait", "进入“已提出”时开始计算", ["至少1个月"], "离开该环节即停止"),
        ("term", "进入“已栽”时开始计算", ["限5个工作日（参数“期限参数”）"], "进入“完成”时停止"),
        (
            "row",
            "进入“已栽”时开始计算，须人与园丁相同；“行”逐项计算",
            ["到日期为止"],
            "填写“种植日”即为办到；办结时停止",
        ),
        (
            "made",
            "办理“栽种”时开始计算；再次发生时重新起算",
            ["限4日（参数“日数参数”）"],
            "办理“tick”时停止",
        ),
        (
            "law",
            "办理“tick”时开始计算",
            ["自末日起，至少规则所定的日数"],
            "已种即为办到；离开环节也不停止",
        ),
        (
            "cases",
            "进入“已栽”时开始计算",
            ["已种的，限当日", "其他情形，限“大小、形状”小时"],
            "离开该环节即停止",
        ),
        ("late", "进入“完成”或办理“了结”时开始计算", ["限2日"], "办结时停止"),
    ],
)
def test_a_clock_says_when_it_starts_how_long_it_runs_and_what_ends_it(name, begins, runs, ends):
    clocks, clock = Clocks(TOY, "zh"), TOY.clocks[name]

    assert clocks.begins(clock) == begins
    assert [clocks.runs(clock, case) for case in clock.variants] == runs
    assert clocks.ends(clock) == ends


def test_a_clock_in_english():
    clocks = Clocks(TOY, "en")

    assert (
        clocks.begins(TOY.clocks["late"]) == "starts when “done” is entered or when “end” is done"
    )
    assert [clocks.runs(TOY.clocks["cases"], case) for case in TOY.clocks["cases"].variants] == [
        "if it is planted: within the same day", "otherwise: within “size, shape” hours",
    ]  # fmt: skip
    assert clocks.runs(TOY.clocks["law"], TOY.clocks["law"].variants[0]) == (
        "at least the days that “law” gives, counted from “last day”"
    )


def test_a_table_says_its_policy_and_each_rule():
    tables, table = Tables(TOY, "zh"), TOY.tables["law"]

    assert tables.policy(table) == "自上而下，以第一条符合的规则为准"
    assert [tables.rule(table, rule) for rule in table.rules] == [
        "种类为“甲”，且已种的，days为3；share为2/3以上（含）；says为好（自2026-01-01起）",
        "已种，或已填写地块的，days为0；share为全部；note为地块（至2026-12-31止）",
        "其余情形，share为超过1/2；days为1",
    ]


def test_a_table_in_english():
    tables, table = Tables(TOY, "en"), TOY.tables["law"]

    assert tables.rule(table, table.rules[0]) == (
        "if “kind” is “A”, and it is planted: days is 3; share is at least 2/3; says is good "
        "(from 2026-01-01)"
    )


@pytest.mark.parametrize(
    ("role", "zh"),
    [
        ("gardener", ""),
        ("member", "本案“园丁”所指的人；“行·人”所指的人除外；可由园丁代为登记"),
        ("below", "本案所在单位以下的单位"),
        ("minding", "本案“园丁”所指的人；须有园丁岗位"),
        ("porter", "岗位在本案所在单位"),
        ("listed", "本案“种植人”所指的人"),
    ],
)
def test_a_role_says_whom_it_means(role, zh):
    assert People(TOY, "zh").meaning(role) == zh


def test_a_column_named_like_its_list_is_not_named_twice():
    workflow = toy(
        fields={"who": {"type": "list", "label": label("人", "who"),
                        "of": {"person": {"type": "person", "label": label("人", "who")}}}},
        roles={"one": {"in_case": "who.person"}},
    )  # fmt: skip

    assert People(workflow, "zh").meaning("one") == "本案“人”所指的人"


@pytest.mark.parametrize("word", ["5 working days", "soon", "5 bananas"])
def test_only_a_length_of_time_is_said_as_one(word):
    told = Tongue("zh").value(word)

    assert told == ("5个工作日" if word == "5 working days" else word)


@pytest.mark.parametrize(("n", "en"), [(1, "1 day"), (2, "2 days")])
def test_one_day_is_not_several(n, en):
    assert Tongue("en").span(n, TimeUnit.DAYS) == en


def test_every_part_of_a_span_is_said():
    from engine.language.words import Span

    assert Tongue("zh").value(Span(n=2, unit=TimeUnit.HOURS)) == "2小时"
    assert Tongue("zh").value(True) == "是"
