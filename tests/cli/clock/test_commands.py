"""``heyi clock explain``, as a handler uses it."""

import pytest

from tests.builders.shelves import SHIPPED
from tests.cli.clock_commands import FIRST, REPAIR, ask, do, explain
from tests.cli.runner import Heyi


@pytest.fixture
def repair(heyi: Heyi) -> Heyi:
    """An office with one repair that waited for parts from 12 to 18 May."""
    ask(heyi, "2026-04-28 10:00")
    do(heyi, "wait", "2026-05-12 10:00")
    do(heyi, "go_on", "2026-05-18 10:00")
    return heyi


def test_a_due_day_is_explained_from_the_sum_to_the_single_day(repair):
    told = explain(repair)

    assert told.code == 0, told.err
    assert "04-28 + 30日 = 05-28；暂停6日 → 06-03" in told.out
    assert "到期  2026-06-03（周三）" in told.out
    assert "2026-05-13 – 05-18" in told.out
    assert "暂停，不计" in told.out
    assert "节假日（劳动节）5日" in told.out
    assert "第30日" in told.out
    assert "地方  《报修规则》4.2  [rules#4.2]" in told.out
    assert "2026-05-12（等待配件） → 2026-05-18，顺延6日" in told.out
    assert "· 未响  2026-05-25 00:00  期限过70%时" in told.out
    assert "到期后3个工作日  办理“修好”" in told.out


def test_the_explanation_is_complete_in_english(repair):
    told = explain(repair, "time for the repair", "--lang", "en").out

    assert "04-28 + 30 days = 05-28; paused 6 days → 06-03" in told
    assert "2026-06-03 (Wed)" in told
    assert "running, 16 days counted so far" in told
    assert "days off count too: Labour Day 5, weekend 1" in told
    assert "not rung  2026-05-25 00:00  at 70% of the time" in told


def test_the_plain_explanation_holds_every_day(repair):
    view = explain(repair, "duration", "--json").json

    assert len(view["days"]) == 37
    assert [one["kind"] for one in view["days"]].count("paused") == 6
    assert view["days"][-1] | {"kind": "due", "count": 30} == view["days"][-1]
    assert (view["due"], view["computed"], view["agrees"]) == ("2026-06-03", "2026-06-03", True)
    assert view["rule"]["rule"] == 3


def test_a_clock_of_hours_is_told_by_its_moments(repair):
    told = explain(repair, "回电").out

    assert "到期  2026-04-28 12:00" in told
    assert "已逾期" in told
    assert "系统默认，非法定" in told
    assert "2026-04-28 12:00  到期  已计120分钟" in told


def test_a_clock_of_working_days_leaves_days_off_out(heyi):
    ask(heyi, "2026-04-30 10:00", "-d", "urgent=true")

    told = explain(heyi, at="2026-05-06 10:00").out

    assert "法定  《报修规则》第14条" in told
    assert "2026-05-01 – 05-05" in told
    assert "节假日（劳动节），不计" in told
    assert "情形：紧急的，限3个工作日" in told


def test_a_make_up_working_day_is_named(heyi):
    ask(heyi, "2026-05-07 10:00", "-d", "urgent=true")

    told = explain(heyi).out

    assert "调休上班（劳动节）" in told
    assert "周末，不计" in told


def test_a_due_day_on_a_day_off_is_moved_on(heyi):
    ask(heyi, "2026-05-21 10:00")

    told = explain(heyi, at="2026-05-22 10:00").out

    assert "= 06-20；遇休息日顺延 → 06-22" in told
    assert "节假日（端午节），顺延" in told


def test_a_pause_in_the_days_of_the_shift_leaves_what_was_left_of_it(heyi):
    ask(heyi, "2026-05-21 10:00")
    do(heyi, "wait", "2026-06-21 10:00")
    do(heyi, "go_on", "2026-06-24 10:00")

    told = explain(heyi, at="2026-06-24 11:00").out

    assert "= 06-20；遇休息日顺延 → 06-22；暂停3日 → 06-25" in told
    assert "2026-06-21          第31日    节假日（端午节），顺延" in told


def test_a_clock_that_rests_says_when_it_would_be_due(heyi):
    ask(heyi, "2026-04-28 10:00")
    do(heyi, "wait", "2026-05-12 10:00")

    told = explain(heyi, at="2026-05-14 10:00").out
    english = explain(heyi, "duration", "--lang", "en", at="2026-05-14 10:00").out
    call = heyi("case", "show", FIRST, "--at", "2026-05-14 10:00").out

    assert "此刻恢复则 2026-06-01 到期；最多停到 2026-06-01，其后 2026-06-17 到期" in told
    assert "2026-05-12（等待配件） → 未恢复，最多20日" in told
    assert "not resumed, at most 20 days" in english
    assert "维修期限: 到期 2026-05-28  已暂停" in call


def test_a_pause_over_its_cap_says_what_was_given(heyi):
    ask(heyi, "2026-04-28 10:00")
    do(heyi, "wait", "2026-04-30 10:00")
    do(heyi, "go_on", "2026-05-25 10:00")

    chinese = explain(heyi, at="2026-05-28 10:00").out
    told = explain(heyi, "duration", "--lang", "en", at="2026-05-28 10:00").out

    assert "共25日，单次最多20日，顺延20日" in chinese
    assert "2026-04-29 – 04-30  第1–2日\n" in chinese
    assert "25 days; one pause at most 20 days: 20 days given" in told


def test_a_short_clock_that_rests_is_told_in_moments(heyi):
    ask(heyi, "2026-04-28 10:00")
    do(heyi, "wait", "2026-04-28 10:30")

    told = explain(heyi, "call", at="2026-04-28 11:00").out

    assert "此刻恢复则 2026-04-28 12:30 到期" in told
    assert "2026-04-28 10:30（等待配件） → 未恢复" in told
    assert "2026-04-28 10:30  暂停  已计30分钟" in told


def test_a_due_day_beyond_the_announced_days_is_marked(heyi):
    ask(heyi, "2026-12-15 10:00")

    told = explain(heyi, at="2026-12-16 10:00").out

    assert "2027-01-14（周四）（预计：节假日安排尚未公布）" in told
    assert "（未公布，暂定）" in told
    assert "到期 2027-01-14（预计）" in heyi("case", "show", FIRST, "--at", "2026-12-16 10:00").out


def test_a_clock_that_never_ran_says_what_starts_it(repair):
    told = explain(repair, "warranty")

    assert told.code == 0
    assert "没有开始计算" in told.out
    assert "进入“已办结”时开始计算" in told.out
    assert not explain(repair, "保修期", "--json").json["started"]


def test_a_minimum_and_a_run_that_ended(repair):
    do(repair, "finish", "2026-05-20 10:00")

    assert "2026-05-27（周三），当日24:00届满" in explain(repair, "warranty").out
    assert "届满日" in explain(repair, "warranty").out
    assert "已届满" in explain(repair, "warranty", at="2026-05-28 10:00").out
    assert "停止  2026-05-20 10:00" in explain(repair).out


def test_each_item_has_its_own_run(heyi):
    parts = 'parts:=[{"due_on": "2026-05-02"}, {"due_on": "2026-05-15"}]'
    ask(heyi, "2026-04-28 10:00", "-d", parts)

    told = explain(heyi, "到货", "--item", "1").out
    second = explain(heyi, "到货", "--item", "2", "--json").json

    assert "约定日 05-02；遇休息日顺延 → 05-06" in told
    assert "另有  --item 2 --run 1 (2026-05-15)" in told
    assert (second["item"], second["due"]) == (2, "2026-05-15")


def test_a_clock_or_run_that_there_is_not_ends_with_3_and_says_what_there_is(repair):
    clock, run = explain(repair, "nope"), explain(repair, "duration", "--run", "7")

    assert (clock.code, run.code) == (3, 3)
    assert "维修期限 (duration)" in clock.err
    assert "--run 1" in run.err
    assert "not_found.clock" in explain(repair, "nope", "--json").out
    assert repair("clock", "explain", "没有", "duration").code == 3


def test_a_condition_over_what_is_internal_is_masked_for_outsiders(repair):
    assert "第1种情形：2日（条件涉及您无权查看的内容）  ← ＊＊＊" in explain(repair).out
    assert "内部事项的，限2日" in explain(repair, "duration", "--as", "wang").out


def test_a_clock_that_waits_for_the_day_it_counts_from_says_so(heyi, office):
    text = REPAIR.read_text(encoding="utf-8")
    for old, new in (
        ("  warranty: {", "  warranty: {runs_from: came, "),
        ("starts: [done], stops", "starts: [asked], stops"),
        ("  secret:", "  came: {type: date, label: {zh: 来人日, en: came}}\n  secret:"),
        ("may: [urgent,", "may: [came, urgent,"),
    ):
        text = text.replace(old, new)
    (office / "repair.yaml").write_text(text, encoding="utf-8")
    ask(heyi, "2026-04-28 10:00", file="repair.yaml")

    told = explain(heyi, "warranty")

    assert "已触发，尚缺起算所需的内容" in told.out


def test_a_count_that_the_present_calendar_no_longer_gives_is_noticed(repair, office, monkeypatch):
    text = (SHIPPED / "calendars" / "cn.yaml").read_text(encoding="utf-8")
    (office / "own" / "calendars").mkdir(parents=True)
    (office / "own" / "calendars" / "cn.yaml").write_text(
        text.replace('"06-19": 端午节', '"06-03": 端午节, "06-19": 端午节'), encoding="utf-8"
    )
    monkeypatch.setenv("HEYI_WORKFLOWS", str(office / "own"))

    told = explain(repair)

    assert "注意：按现行日历应为 2026-06-04，案件存的是 2026-06-03" in told.out
    assert not explain(repair, "duration", "--json").json["agrees"]
