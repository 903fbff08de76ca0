"""Conditions as clauses: made from the labels, in both languages, never wrong about ``not``."""

import pytest

from engine.compiling.plan import Line
from engine.telling.sentences.conditions import Conditions
from tests.builders.toy_workflows import END, toy
from tests.engine.telling.sentences.condition_workflow import PARTS, TOY

CASES = [
    ("paid", "已付款", "the fee is paid"),
    ("!paid", "未付款", "the fee is not paid"),
    ("paid == false", "未付款", "the fee is not paid"),
    ("paid != false", "已付款", "the fee is paid"),
    ("mixed", "“混栽或间作”", "“mixed or alternating” applies"),
    ("!mixed", "并非“混栽或间作”", "“mixed or alternating” does not apply"),
    ("!shady", "并非背阴", "“shady” does not apply"),
    ("!ready", "并非准备好", "no plot is ready"),
    ("!reached", "数量未达到要求", "there are no full rows"),
    ("!must", "无须浇水", "a gardener need not water"),
    ("agree", "双方同意", "“both agree” applies"),
    ("kind == 'tree'", "种类为“树”", "“kind” is “tree”"),
    ("'tree' != kind", "种类不是“树”", "“kind” is not “tree”"),
    ("kind in ['tree', 'herb']", "种类为“树”或“草”", "“kind” is “tree” or “herb”"),
    ("!(kind in ['tree', 'herb'])", "种类不是“树”、“草”", "“kind” is none of “tree”, “herb”"),
    ("'wet' in tags", "标记包含“湿”", "“tags” contains “wet”"),
    ("!('wet' in tags)", "标记不含“湿”", "“tags” does not contain “wet”"),
    ("plants > 0", "株数超过0", "there are plants"),
    ("plants == 0", "株数为0", "there are no plants"),
    ("0 < plants", "株数超过0", "there are plants"),
    ("!(plants < 3)", "株数不少于3", "“plants” is at least 3"),
    ("visits <= 2", "到访次数不超过2次", "“number of visits” is at most 2"),
    ("visits == 0", "到访次数为0次", "“number of visits” is 0"),
    ("people >= 5", "到场人数不少于5人", "“number of people” is at least 5"),
    ("open_beds == 0", "没有未满的畦", "there are no open beds"),
    ("open_beds >= 1", "有未满的畦", "there are open beds"),
    ("size(beds) > 0", "有畦", "there are beds"),
    ("size(beds) == 0", "没有畦", "there are no beds"),
    ("size(beds) <= 3", "畦不超过3项", "the number of entries in “beds” is at most 3"),
    ("size(address) == 0", "没有地址", "the list “address” is empty"),
    ("size(address) != 0", "有地址", "the list “address” is not empty"),
    ("size(empty) < 1", "没有未种的畦", "the list “not planted yet” is empty"),
    ("filled.note", "已填写说明", "“note” is given"),
    ("!filled.note", "未填写说明", "“note” is not given"),
    ("documents.receipt.issued", "已出具“回执”", "“receipt” is issued"),
    ("!documents.receipt.delivered", "未送达“回执”", "“receipt” is not delivered"),
    ("clocks.rest.elapsed", "静置期已满15日", "“rest” has run 15 days"),
    ("!clocks.rest.elapsed", "静置期未满15日", "“rest” has not yet run 15 days"),
    ("clocks.odd.elapsed", "浮动期限已满", "“odd” has run its full time"),
    ("clocks.reply.overdue", "答复期限已过（2个工作日）", "“reply” (2 working days) is over"),
    ("!clocks.reply.running", "答复期限没有在计算", "“reply” is not running"),
    ("clocks.reply.met", "答复期限内已办到", "“reply” is met"),
    ("taken.go == 0", "“办结”尚未办理过", "“finish” was never done"),
    ("taken.go > 0", "“办结”已办理过", "“finish” was done before"),
    ("taken.go < 2", "“办结”办理不到2次", "“finish” was done fewer than 2 times"),
    (
        "taken.again >= 2",
        "“再来”（含“又来”）已办理2次以上（含）",
        "“again” (or “once more”) was done at least 2 times",
    ),
    ("twin.final", "对应案件已办结", "“twin case” is closed"),
    ("!twin.final", "对应案件未办结", "“twin case” is not closed"),
    ("size(links.twins) > 0", "有相关案件", "there are twin cases"),
    ("today > to_on", "今日晚于结束日", "today is after “last day”"),
    ("!(today > to_on)", "今日不晚于结束日", "today is not after “last day”"),
    ("from_on == '2026-01-01'", "开始日就是2026-01-01", "“first day” is 2026-01-01"),
    (
        "days_between(from_on, to_on) <= 15",
        "开始日到结束日不超过15日",
        "the number of days from “first day” to “last day” is at most 15 days",
    ),
    (
        "working_days(today, from_on) >= params.most",
        "今日到开始日的工作日数不少于上限（7）",
        "the number of working days from today to “first day” is at least “limit” (7)",
    ),
    ("note != before.note", "说明与办理前的说明不同", "“note” differs from “note” before the move"),
    (
        "note == before.note",
        "说明与办理前的说明相同",
        "“note” is the same as “note” before the move",
    ),
    ("state == 'asked'", "环节为“已提出”", "the state is “asked”"),
    ("owner.title == note", "所属的名称与说明相同", "the name of “owner” is the same as “note”"),
    ("grade.class == 'A'", "等级为“A”", "“grade” is “A”"),
    ("plants + 2 > visits", "株数 + 2超过到访次数", "“plants” + 2 is more than “number of visits”"),
    ("(plants) > 4", "株数超过4", "“plants” is more than 4"),
    (
        "meets('>= 2/3', plants, visits)",
        "株数达到到访次数的2/3以上（含）",
        "“plants” amounts to at least 2/3 of “number of visits”",
    ),
    (
        "!meets('> 1/2', plants, visits)",
        "株数未达到到访次数的超过1/2",
        "“plants” does not amount to more than 1/2 of “number of visits”",
    ),
    ("paid && shady", "已付款，且背阴", "the fee is paid, and “shady” applies"),
    ("!(paid && shady)", "未付款，或并非背阴", "the fee is not paid, or “shady” does not apply"),
    (
        "paid && (shady || mixed)",
        "已付款，且（背阴，或“混栽或间作”）",
        "the fee is paid, and (“shady” applies, or “mixed or alternating” applies)",
    ),
    ("(paid)", "已付款", "the fee is paid"),
    ("true", "总是", "always"),
    ("!true", "从不", "never"),
    ("unnamed", "已付款，且种类为“树”", "the fee is paid, and “kind” is “tree”"),
    (
        "paid ? shady ? paid : !paid : shady",
        "已付款的，背阴的，已付款；否则未付款；否则背阴",
        "if the fee is paid, if “shady” applies, the fee is paid; else the fee is not paid; else “shady” applies",
    ),
    (
        "paid ? shady : !shady",
        "已付款的，背阴；否则并非背阴",
        "if the fee is paid, “shady” applies; else “shady” does not apply",
    ),
]
ROUGH = [
    ("note in tags", "标记包含说明", "“tags” contains “note”"),
    ("bare", "bare", "“bare” applies"),
    ("grade.good", "等级的“good”为“是”", "“good” of “grade” is yes"),
    ("!grade.good", "等级的“good”为“否”", "“good” of “grade” is no"),
    ("macro", "“beds.exists(b, b.full)”成立", "“beds.exists(b, b.full)” holds"),
    ("!macro", "“beds.exists(b, b.full)”不成立", "not “beds.exists(b, b.full)”"),
    ("owner.level == 'top'", "所属的层级为top", "the level of “owner” is top"),
    ("note == 'x'", "说明为x", "“note” is x"),
    ("taken.mute == 0", "“mute”尚未办理过", "“mute” was never done"),
    ("note.size() > 3", "“note.size()”超过3", "“note.size()” is more than 3"),
    ("note in ['a']", "说明为“a”", "“note” is “a”"),
    ("'q' in note.split()", "“'q' in note.split()”成立", "“'q' in note.split()” holds"),
]


@pytest.mark.parametrize(("source", "zh", "en"), [*CASES, *ROUGH], ids=lambda text: text)
def test_a_condition_is_said_with_the_labels(source, zh, en):
    said = [Conditions(TOY, lang).phrase(source).text for lang in ("zh", "en")]

    assert said == [zh, en]


@pytest.mark.parametrize("source", [case[0] for case in ROUGH])
def test_what_has_no_label_is_known_to_read_badly(source):
    assert Conditions(TOY, "zh").phrase(source).rough


@pytest.mark.parametrize("source", [case[0] for case in CASES])
def test_what_is_said_with_labels_alone_reads_well(source):
    assert not Conditions(TOY, "zh").phrase(source).rough


@pytest.mark.parametrize("source", [case[0] for case in (*CASES, *ROUGH)])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_condition_and_its_contrary_are_never_the_same_words(source, lang):
    conditions = Conditions(TOY, lang)

    assert conditions.phrase(source).text != conditions.phrase(f"!({source})").text


@pytest.mark.parametrize("source", [case[0] for case in CASES if "?" not in case[0]])
def test_twice_not_is_not_said(source):
    conditions = Conditions(TOY, "zh")

    assert conditions.phrase(f"!(!({source}))").text == conditions.phrase(source).text


def line_of(source, **more):
    workflow = toy(
        **{
            **PARTS,
            "states": {
                "asked": {
                    "on": {
                        "again": {"to": "stay", "by": "anyone"},
                        "go": {"to": "done", "by": "anyone", "when": [{"that": source, **more}]},
                    }
                },
                "done": END,
            },
        }
    )
    line: Line = workflow.branches["asked", "go"][0].guard[0]
    return workflow, line


def test_the_words_of_a_refusal_stand_in_for_what_reads_badly():
    workflow, line = line_of(
        "grade.days > plants", otherwise={"zh": "至少{plants}株", "en": "{plants} at least"}
    )

    assert Conditions(workflow, "zh").line(line).text == "通过“至少〔株数〕株”一项检查"
    assert Conditions(workflow, "en").line(line).text == "the check “[plants] at least” is passed"


def test_without_such_words_it_is_said_as_well_as_it_can_be():
    workflow, line = line_of("grade.days > plants")

    assert Conditions(workflow, "zh").line(line).text == "等级的“days”超过株数"


def test_the_words_of_a_refusal_are_not_wanted_where_the_labels_do():
    workflow, line = line_of("paid", otherwise={"zh": "未付", "en": "not paid"})

    assert Conditions(workflow, "zh").line(line).text == "已付款"


@pytest.mark.parametrize(
    ("source", "zh"),
    [
        ("plus_days(today, 3)", "今日之后3日"),
        ("today", "今日"),
        ("latest(beds.map(b, b.name))", "“beds.map(b, b.name)”中最晚的"),
        ("'x'", "x"),
        ("beds.name", "名"),
        ("counts.nothing", "nothing"),
        ("elsewhere", "“elsewhere”"),
        ("owner.depth", "所属的depth"),
        ("beds.depth", "“depth”"),
        ("twin.opened_on", "对应案件的立案日"),
    ],
)
def test_a_value_is_said(source, zh):
    assert Conditions(TOY, "zh").value(source) == zh


def test_an_item_is_known_by_its_columns():
    conditions = Conditions(TOY, "zh", each="beds")

    assert conditions.value("item.name") == "名"
    assert conditions.value("it.full") == "full"
