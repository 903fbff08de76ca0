"""``heyi case``: what people type, and what they read."""

import json
import os
import re
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.runner import DAY, NUMBER, opening

ROOT = Path(__file__).resolve().parents[3]


def show(heyi, *more):
    return heyi("case", "show", NUMBER, "--json", *more).json


def test_an_opening_prints_number_and_state(heyi):
    told = heyi("case", "open", "hall", *opening("棋赛", 8), "--at", DAY)

    assert told.code == 0
    assert "和顺社区借〔2026〕002号" in told.out
    assert "已申请" in told.out


def test_a_move_prints_where_the_case_stands(heyi):
    told = heyi("case", "do", NUMBER, "decline", "--as", "wang")

    assert "未借出 (declined)" in told.out
    assert "第2版" in told.out


def test_every_form_of_a_value_arrives(heyi, office):
    (office / "things.json").write_text('[{"what": "椅子"}]', encoding="utf-8")

    told = heyi(
        "case", "open", "hall", "--unit", "heshun", "--as", "wang", "--json",
        "-d", "purpose=a=b", "-d", "people:=12", "-d", "things=@things.json",
    )  # fmt: skip

    values = {name: field["value"] for name, field in told.json["fields"].items()}
    assert values == {"purpose": "a=b", "people": 12, "things": [{"what": "椅子"}]}


@pytest.mark.parametrize("name", ["data.json", "data.yaml"])
def test_a_data_file_gives_what_the_options_do_not(heyi, office, name):
    (office / name).write_text('{"purpose": "歌会", "people": 9}', encoding="utf-8")

    told = heyi(
        "case", "open", "hall", "--unit", "heshun", "--as", "wang",
        "--data", name, "-d", "people=10", "--json",
    )  # fmt: skip

    assert told.json["fields"]["purpose"]["value"] == "歌会"
    assert told.json["fields"]["people"]["value"] == 10


@pytest.mark.parametrize(
    "text",
    ["[1]", "{", "a: &x 1\nb: *x\n", "\t:", '{"a": 1}{', '{"1": 2', "[" * 5000],
    ids=["list", "open", "alias", "tab", "two", "cut", "deep"],
)
@pytest.mark.parametrize("name", ["data.json", "data.yaml"])
def test_a_data_file_that_is_no_mapping_is_refused(heyi, office, name, text):
    (office / name).write_text(text, encoding="utf-8")

    told = heyi("case", "do", NUMBER, "lend", "--as", "wang", "--data", name)

    assert told.code == 2


def test_naughty_text_survives_byte_for_byte(heyi):
    text = "Ω≈ç√ 𠮷··田 \"'$(x) \u202e \x1b[31m %s {0} \u0000"[:-1]

    told = heyi("case", "open", "hall", *opening(text, 3), "--json")

    assert told.json["fields"]["purpose"]["value"] == text


def test_escape_sequences_do_not_reach_the_terminal(heyi):
    number = heyi("case", "open", "hall", *opening("\x1b[31mred", 3), "--json").json["number"]

    told = heyi("case", "show", number)

    assert "\x1b" not in told.out
    assert "\\x1b[31mred" in told.out


def test_without_a_trigger_it_lists_what_is_possible_and_why_not_the_rest(heyi):
    told = heyi("case", "do", NUMBER, "--as", "wang", "--json")

    offers = {offer["trigger"]: offer for offer in told.json["offers"]}
    assert told.code == 0
    assert offers["decline"]["open"]
    assert not offers["lend"]["open"]
    assert "fee" in offers["lend"]["reasons"][0]["text"]
    assert [field["name"] for field in told.json["amends"]] == ["fee"]


def test_offers_are_told_in_words_too(heyi):
    told = heyi("case", "do", NUMBER, "--as", "zhao", "--lang", "en")

    assert "may not be done now" in told.out
    assert "decline" in told.out
    assert "keeper" in told.out


def test_the_listing_names_what_a_move_asks_for(heyi):
    told = heyi("case", "do", NUMBER, "--as", "wang")

    assert "✓ decline" in told.out
    assert "fee  费用 (整数)" in told.out


def test_a_cosigned_move_waits_and_is_signed(heyi):
    proposed = heyi("case", "do", NUMBER, "waive", "--as", "wang")
    listed = heyi("case", "do", NUMBER, "--as", "li")
    shown = re.findall(r"--sign --text ([0-9a-f]{16})", listed.out)
    blind = heyi("case", "do", NUMBER, "waive", "--sign", "--as", "li")
    other = heyi("case", "do", NUMBER, "waive", "--sign", "--text", "0" * 16, "--as", "li")
    signed = heyi("case", "do", NUMBER, "waive", "--sign", "--text", *shown, "--as", "li", "--json")

    assert "chair" in proposed.out
    assert (blind.code, other.code) == (6, 5)
    assert "请先查看待签内容" in blind.err
    assert signed.json["state"] == "lent"


def test_a_reader_without_right_sees_neither_a_value_nor_that_there_is_one(heyi):
    heyi("case", "open", "hall", *opening("棋赛", 8, "-d", "phone=13900000000"), "--at", DAY)
    number = "和顺社区借〔2026〕002号"

    for reading in ("show", "history"):
        for who in ([], ["--as", "zhao"]):
            for layout in ([], ["--json"]):
                told = heyi("case", reading, number, *who, *layout)
                assert "13900000000" not in told.out
                assert "电话" not in told.out
                assert "棋赛" in told.out
        assert "13900000000" in heyi("case", reading, number, "--as", "wang").out


def test_history_tells_when_it_happened_and_when_it_was_entered(heyi):
    heyi(
        "case", "do", NUMBER, "decline", "--as", "wang",
        "--occurred-at", "2026-03-03 09:00", "--at", "2026-03-04 15:00",
    )  # fmt: skip

    told = heyi("case", "history", NUMBER)
    event = heyi("case", "history", NUMBER, "--json").json[-1]

    assert "2026-03-03 09:00" in told.out
    assert "登记于 2026-03-04 15:00" in told.out
    assert event["occurred_at"] == "2026-03-03T01:00:00Z"
    assert event["label"] == "婉拒"


def test_the_door_and_the_systems_user_are_in_the_history(heyi):
    event = heyi("case", "history", NUMBER, "--as", "wang", "--json").json[0]

    assert event["via"].startswith("cli:")
    assert event["actor"] == "wang"
    assert heyi("case", "history", NUMBER, "--json").json[0]["actor"] == "＊＊＊"


def test_a_correction_keeps_the_old_value_in_the_history(heyi):
    heyi("case", "do", NUMBER, "--amend", "-d", "fee=5", "--as", "wang")

    told = heyi("case", "correct", NUMBER, "-d", "fee=6", "--reason", "写错", "--as", "wang")

    history = heyi("case", "history", NUMBER, "--as", "wang", "--json").json
    assert told.code == 0
    assert [e["changes"]["fee"]["value"] for e in history[1:]] == [5, 6]
    assert history[-1]["reason"] == "写错"
    assert show(heyi)["fields"]["fee"]["value"] == 6


def test_the_same_key_is_granted_once(heyi):
    first = heyi("case", "open", "hall", *opening("棋赛", 8, "--key", "k1"), "--json").json
    again = heyi("case", "open", "hall", *opening("棋赛", 8, "--key", "k1"), "--json").json

    assert first["id"] == again["id"]
    assert len(heyi("case", "list", "--json").json) == 2


def test_show_tells_clocks_with_their_due_day(heyi):
    told = heyi("case", "show", NUMBER, "--at", "2026-03-03 10:00")
    later = heyi("case", "show", NUMBER, "--at", "2026-03-09 10:00", "--lang", "en")

    assert "期限 答复: 到期 2026-03-04  在计" in told.out
    assert "overdue" in later.out


def test_a_list_is_filtered_and_paged(heyi):
    for n in (1, 2):
        opened = heyi(
            "case", "open", "hall", *opening("棋赛", n), "--at", f"2026-03-0{n + 2} 10:00"
        )
        assert opened.code == 0
    heyi("case", "do", NUMBER, "decline", "--as", "wang")

    def numbers(*more):
        return [one["number"][-4:-1] for one in heyi("case", "list", "--json", *more).json]

    assert numbers() == ["003", "002", "001"]
    assert numbers("--open") == ["003", "002"]
    assert numbers("--state", "declined") == ["001"]
    assert numbers("--limit", "1") == ["003"]
    assert numbers("--after", "和顺社区借〔2026〕003号", "--limit", "1") == ["002"]
    assert numbers("--workflow", "mediation") == []
    assert "未借出" in heyi("case", "list", "--final").out


def test_verify_names_case_and_event_of_a_changed_byte(heyi, office):
    connection = sqlite3.connect(office / "heyi.db")
    triggers = connection.execute("SELECT name FROM sqlite_master WHERE type='trigger'").fetchall()
    for (name,) in triggers:
        connection.execute(f'DROP TRIGGER "{name}"')
    connection.execute("UPDATE event SET actor = 'li' WHERE seq = 1")
    connection.commit()
    connection.close()

    told = heyi("case", "verify")
    one = heyi("case", "verify", NUMBER, "--json")

    assert told.code == one.code == 1
    assert NUMBER in told.out
    assert "第1个事件" in told.out
    assert one.json["findings"][0]["event"] == 1
    assert one.json["findings"][0]["number"] == NUMBER


def test_verify_says_when_all_is_well(heyi):
    assert heyi("case", "verify", "--lang", "en").out.startswith("verified 1 cases")
    assert heyi("case", "verify", NUMBER, "--json").json["verified"]


def test_of_two_processes_moving_one_case_one_wins_and_one_ends_with_5(office):
    program = "from heyi.cli.main import main\nmain()"
    command = [
        sys.executable, "-c", program,
        "case", "do", NUMBER, "decline", "--as", "wang", "--revision", "1",
    ]  # fmt: skip
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}

    racers = [
        subprocess.Popen(
            command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        for _ in range(2)
    ]
    told = [racer.communicate(timeout=60) for racer in racers]

    assert sorted(racer.returncode for racer in racers) == [0, 5], told


def test_a_file_of_a_published_version_may_not_change(heyi, office):
    text = (Path(__file__).parents[1] / "hall.yaml").read_text(encoding="utf-8")
    (office / "hall.yaml").write_text(text.replace("<= 60", "<= 70"), encoding="utf-8")

    told = heyi("case", "open", "hall.yaml", *opening("棋赛", 8))

    assert told.code == 5


def test_json_is_the_same_in_both_languages_but_for_labels(heyi):
    zh, en = show(heyi), show(heyi, "--lang", "en")

    assert zh["state_label"] == "已申请"
    assert en["state_label"] == "asked"
    assert {**zh["fields"]["people"], "label": ""} == {**en["fields"]["people"], "label": ""}
    json.dumps(zh)
