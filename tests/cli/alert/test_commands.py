"""``heyi alert``: what people read of alerts, what operators do with those that fail."""

import re

import pytest

from tests.builders.demo_data import take_mark_away
from tests.builders.robot_server import hosting
from tests.cli.alert_commands import EVE, PART, add, ask_errand, sweep_and_deliver
from tests.cli.runner import opening

SECRET = "SECgeheim"


@pytest.fixture
def desk(heyi, office):
    """The office with an errand that was asked for on 1 June."""
    ask_errand(heyi, office)
    return heyi


@pytest.fixture
def robots():
    with hosting() as host:
        yield host


def test_an_alert_is_read_in_heyi_whatever_else(desk):
    sweep_and_deliver(desk, PART)

    rows = desk("alert", "list", "--as", "wang", "--at", PART, "--json").json
    told = desk("alert", "list", "--as", "wang", "--at", PART)

    assert [row["rung"] for row in rows] == ["70%"]
    assert rows[0]["number"] == "和顺社区跑〔2026〕001号"
    assert rows[0]["due"] == "2026-06-11"
    assert not rows[0]["settled"]
    assert "期限已过70%" in told.out
    assert "吴先生" not in told.out


def test_an_alert_that_was_answered_says_so(desk):
    sweep_and_deliver(desk, PART)
    desk("case", "do", "跑〔2026〕001号", "done", "--as", "wang", "--at", PART)
    case = desk("alert", "list", "--as", "wang", "--json").json[0]["number"]
    desk("case", "do", case, "done", "--as", "wang", "--at", EVE)

    assert desk("alert", "list", "--as", "wang", "--json").json[0]["settled"]
    assert "已办" in desk("alert", "list", "--as", "wang").out
    assert "settled" in desk("alert", "list", "--as", "wang", "--lang", "en").out


def test_alerts_of_others_are_not_read_outside_demo_data(desk, office):
    take_mark_away(office / "heyi.db")

    assert desk("alert", "list", "--as", "wang").code == 4
    assert desk("alert", "ics", "--as", "wang").code == 4


def test_nobody_unknown_has_alerts(desk):
    assert desk("alert", "list", "--as", "nobody").code == 3


def test_an_alert_is_sent_to_a_robot_and_what_it_refuses_is_replayed(desk, robots, monkeypatch):
    monkeypatch.setenv("HEYI_BASE_URL", "https://heyi.example")
    add(
        desk, "person", "wang", f"{robots.url}/robot?access_token=T\n{SECRET}", "--kind", "dingtalk"
    )
    robots.says({"errcode": 310000, "errmsg": "sign not match"})

    counts = sweep_and_deliver(desk, PART)
    dead = desk("alert", "dead", "--json").json["dead"]
    robots.says({"errcode": 0})
    assert desk("alert", "replay", str(dead[0]["id"]), "--at", PART).code == 0
    again = desk("alert", "deliver", "--at", PART)

    assert counts["dead"] == 1
    assert dead[0]["error"] == "signature:310000"
    assert "签名不对" in dead[0]["reason"]
    assert "发出1" in again.out
    text = robots.asked[-1].body["text"]["content"]
    assert re.search(r"https://heyi\.example/cases/[0-9a-f-]{36}", text)
    assert "吴先生" not in text
    assert desk("alert", "dead", "--json").json == {"dead": [], "nobody": []}


def test_dead_letters_are_shown_to_people(desk, robots):
    robots.says({"errcode": 93000})
    add(desk, "person", "wang", f"{robots.url}/send?key=geheim", "--kind", "wecom")
    sweep_and_deliver(desk, PART)

    told = desk("alert", "dead")

    assert "地址无效" in told.out
    assert "geheim" not in told.out
    assert "no such robot" in desk("alert", "dead", "--lang", "en").out


def test_alerts_for_nobody_are_shown_to_operators(desk):
    desk("person", "unpost", "wang", "runner@heshun")
    desk("person", "unpost", "li", "head@heshun")

    sweep_and_deliver(desk, PART)

    assert len(desk("alert", "dead", "--json").json["nobody"]) > 0
    assert "没有人接收" in desk("alert", "dead").out


def test_a_replay_wants_one_or_all(desk):
    assert desk("alert", "replay").code == 2
    assert desk("alert", "replay", "7", "--all").code == 2
    assert desk("alert", "replay", "7").code == 3
    assert desk("alert", "replay", "--all").code == 0


def test_delivery_tells_what_it_did(desk):
    desk("clock", "sweep", "--at", PART)

    assert "仅站内2" in desk("alert", "deliver", "--at", PART).out
    assert "0 sent" in desk("alert", "deliver", "--at", PART, "--lang", "en").out


def test_an_address_is_tried(desk, robots):
    robots.says({"code": 0})
    address = add(desk, "unit", "heshun", f"{robots.url}/hook/x", "--kind", "feishu")

    assert desk("alert", "test", address).code == 0
    assert "试发" in robots.asked[0].body["content"]["text"]
    robots.says({"code": 19024})
    told = desk("alert", "test", address)

    assert told.code == 1
    assert "关键词" in told.err
    assert desk("alert", "test", "nothing").code == 3


def test_the_hall_has_no_ladder_and_no_alert(heyi):
    heyi("case", "open", "hall", *opening("x", 3), "--at", "2026-06-01 09:00")

    assert sweep_and_deliver(heyi, "2026-07-01 09:00").get("alerts", 0) == 0
