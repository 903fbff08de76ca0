"""What an alert says: in both languages, in plain words, and nothing of the case itself."""

from dataclasses import fields
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.case.text import Text
from heyi.app.alerts.texts import Notice, due_text, message, rung_text
from tests.builders.errand_office import at, errands, template

ZONE = ZoneInfo("Asia/Shanghai")
OPENED = at("2026-06-01 09:00")


def notice(**more) -> Notice:
    given_: dict = {
        "uid": "0123456789abcdef" * 4, "case": "c0ffee00-1", "number": "园跑〔2026〕001号",
        "clock": Text("跑腿期限", "errand time"), "rung": "due - 1 working day", "due": "2026-06-11", **more,
    }  # fmt: skip
    return Notice(**given_)


def told(lang="zh", base_url="https://heyi.example", **more) -> list[str]:
    return message(notice(**more), lang=lang, base_url=base_url, zone=ZONE).text.splitlines()


def test_a_message_in_chinese():
    assert told() == [
        "【heyi 和议】预警 园跑〔2026〕001号",
        "期限：跑腿期限",
        "到期日：2026-06-11",
        "情况：还有1个工作日到期",
        "请办：在到期前办理；已办理的请登记",
        "https://heyi.example/cases/c0ffee00-1",
        "标识 0123456789abcdef",
    ]


def test_a_message_in_english():
    assert told("en") == [
        "【heyi 和议】alert 园跑〔2026〕001号",
        "clock: errand time",
        "due: 2026-06-11",
        "now: 1 working day left until it is due",
        "please: act before it is due; record what is done",
        "https://heyi.example/cases/c0ffee00-1",
        "id 0123456789abcdef",
    ]


def test_a_message_in_both_has_chinese_first_and_one_link():
    lines = told("both")

    assert lines.index("期限：跑腿期限") < lines.index("clock: errand time")
    assert sum("https://" in line for line in lines) == 1


def test_without_a_base_url_there_is_no_link():
    assert not any("http" in line for line in told(base_url=""))


def test_a_base_url_may_end_with_a_slash():
    assert "https://heyi.example/x/cases/c0ffee00-1" in told(base_url="https://heyi.example/x/")


@pytest.mark.parametrize(
    ("rung", "zh", "en"),
    [
        ("start", "期限开始计算", "the clock has started"),
        ("70%", "期限已过70%", "70% of the time is over"),
        ("day 20", "已到第20天", "day 20 has come"),
        ("due - 1 working day", "还有1个工作日到期", "1 working day left until it is due"),
        ("due - 2 hours", "还有2小时到期", "2 hours left until it is due"),
        ("due", "已到期", "it is due"),
        ("due + 3 working days", "3个工作日前已到期", "it was due 3 working days ago"),
        ("due + 15 minutes", "15分钟前已到期", "it was due 15 minutes ago"),
        ("due + 1 month", "1个月前已到期", "it was due 1 month ago"),
        ("whatever", "whatever", "whatever"),
    ],
)
def test_a_rung_in_plain_words(rung, zh, en):
    assert rung_text(notice(rung=rung), "zh") == zh
    assert rung_text(notice(rung=rung), "en") == en


@pytest.mark.parametrize(
    ("rung", "zh", "en"),
    [
        ("due", "最短期限已满", "the minimum is over"),
        ("due - 2 days", "还有2天期满", "2 days left until the minimum is over"),
        ("due + 2 days", "2天前已期满", "the minimum was over 2 days ago"),
    ],
)
def test_a_minimum_is_over_not_overdue(rung, zh, en):
    assert rung_text(notice(rung=rung, minimum=True), "zh") == zh
    assert rung_text(notice(rung=rung, minimum=True), "en") == en


def test_what_is_sent_late_does_not_say_that_there_is_time_left():
    lines = told(rung="due - 1 working day", over=True)

    assert "情况：已到期" in lines
    assert "请办：尽快办理，并登记办理情况" in lines


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize(
    ("more", "zh", "en"),
    [
        ({"provisional": True}, "预计", "provisional"),
        ({"item": 2}, "第2项", "item 2"),
        ({"level": 3}, "第3级", "level 3"),
        ({"refused": True}, "未能自动办理", "could not be done automatically"),
        ({"acted": True}, "已按规定自动办理", "done automatically"),
        ({"says": Text("抓紧", "hurry")}, "请办：抓紧", "please: hurry"),
        ({"minimum": True, "rung": "due"}, "可以办理下一步了", "next step may be taken"),
        ({"minimum": True, "rung": "70%"}, "期满之前不能", "must wait"),
        ({"number": ""}, "未编号案件 c0ffee00", "case c0ffee00"),
        ({"kind": "tell"}, "新的进展", "moved on"),
        ({"kind": "tell", "why": "voided"}, "签名已作废", "signature is void"),
        ({"kind": "digest", "lines": (Text("今日到期1项：x", "due today: 1 (x)"),)}, "今日到期1项", "due today: 1"),
        ({"due": "2026-05-12T11:55:00Z"}, "2026-05-12 19:55", "2026-05-12 19:55"),
    ],
)  # fmt: skip
def test_what_else_is_known_is_said(lang, more, zh, en):
    assert (en if lang == "en" else zh) in "\n".join(told(lang, **more))


def test_a_message_always_has_the_keyword_that_robots_ask_for():
    assert all("和议" in told(lang)[0] for lang in ("zh", "en", "both"))


def test_the_link_of_a_digest_leads_to_the_door():
    assert "https://heyi.example" in told(kind="digest", case="", number="")


def test_no_due_day_is_no_due_day():
    assert due_text("", ZONE) == ""


def test_a_notice_has_no_place_for_what_a_case_holds():
    assert {one.name for one in fields(Notice)} == {
        "uid", "kind", "case", "number", "clock", "item", "minimum", "rung", "over", "due",
        "level", "provisional", "refused", "acted", "lines", "says", "why", "unit", "workflow",
        "foreign",
    }  # fmt: skip


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    return template(tmp_path_factory.mktemp("texts"))


@settings(max_examples=15, deadline=None)
@given(secret=st.text("甲乙丙丁戊己庚辛", min_size=4, max_size=12))
def test_nothing_of_a_case_but_its_number_leaves_the_office(made, tmp_path_factory, secret):
    with errands(made, tmp_path_factory.mktemp("office")) as office:
        office.address("plot", "robot", of="unit")
        for person in ("wang", "zhou", "li"):
            office.address(person, person)
        case = office.ask(f"事由{secret}", who=f"人名{secret}", now=OPENED)
        office.move(case, "call", now=OPENED)
        for day in ("06-08", "06-10", "06-12", "06-16", "06-27"):
            office.sweep(at(f"2026-{day} 09:00"))
            office.deliver(at(f"2026-{day} 09:00"), lang="both")
        sent = [(url, message.text) for url, message in office.post.sent]

    assert len(sent) > 8
    for url, text in sent:
        # Of a robot's readers nobody knows who they are.
        assert ("园跑〔2026〕001号" in text) == ("robot" not in url)
        assert (case in text) == ("robot" not in url)
        for hidden in (secret, "姓名", "wang", "zhou", "li的", "{who}"):
            assert hidden not in text


def test_a_rung_may_say_what_quotes_no_fact(made, tmp_path):
    with errands(made, tmp_path) as office:
        office.address("wang", "a")
        office.ask("milk", who="Mr Wu", now=OPENED)
        for day in ("06-08", "06-10"):
            office.sweep(at(f"2026-{day} 09:00"))
            office.deliver(at(f"2026-{day} 09:00"))
        sent = "\n".join(message.text for _url, message in office.post.sent)

    assert "请办：抓紧跑" in sent
    assert "请办：在到期前办理" in sent
    assert "Wu" not in sent
