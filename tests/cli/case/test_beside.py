"""``heyi case``: acts beside moves, as people type them."""

from tests.cli.runner import DAY, HALL, NUMBER, opening


def test_a_comment_is_shown_to_who_works_on_the_case(heyi):
    told = heyi("case", "comment", NUMBER, "打过电话，没有人接", "--as", "wang")

    assert told.code == 0
    assert "备注" in told.out
    assert "打过电话" in heyi("case", "history", NUMBER, "--as", "wang").out
    assert "打过电话" not in heyi("case", "history", NUMBER).out
    assert heyi("case", "comment", NUMBER, "x", "--as", "zhao").code == 4


def test_a_proposal_is_urged_and_withdrawn(heyi):
    heyi("case", "do", NUMBER, "waive", "--as", "wang")

    urged = heyi("case", "urge", NUMBER, "waive", "--as", "wang")
    again = heyi("case", "urge", NUMBER, "waive", "--as", "wang")
    back = heyi("case", "withdraw", NUMBER, "waive", "--reason", "写错", "--as", "wang", "--json")

    assert (urged.code, again.code) == (0, 6)
    assert "一天只能催一次" in again.err
    assert back.json["proposals"] == []


def test_a_case_that_no_state_gives_anybody_is_not_claimed(heyi):
    assert heyi("case", "claim", NUMBER, "--as", "wang").code in {0, 4}
    assert heyi("case", "accept", NUMBER, "--as", "wang").code == 6
    assert heyi("case", "return", NUMBER, "--reason", "x", "--as", "wang").code == 6
    assert heyi("case", "hand", NUMBER, "--to", "nobody", "--as", "wang").code in {4, 6}


def test_a_move_is_taken_back_by_who_made_it_once(heyi, office):
    ring = "      ring: {to: stay, by: [keeper], takes_back: {within: 1 working day}, label: {zh: 电话联系}}\n"
    text = HALL.read_text(encoding="utf-8").replace("workflow: hall", "workflow: calls")
    text = text.replace("借〔", "联〔")
    file = office / "calls.yaml"
    file.write_text(text.replace("      decline:", f"{ring}      decline:"), encoding="utf-8")
    opened = heyi("case", "open", str(file), *opening("读书会", 20), "--at", DAY, "--json")
    assert opened.code == 0, opened.err + opened.out
    number = opened.json["id"]
    heyi("case", "do", number, "ring", "--as", "wang", "--at", "2026-03-02 11:00")

    other = heyi("case", "take-back", number, "--as", "li", "--at", "2026-03-02 11:05")
    back = heyi("case", "take-back", number, "--as", "wang", "--at", "2026-03-03 17:00")
    again = heyi("case", "take-back", number, "--as", "wang", "--at", "2026-03-03 17:01")

    assert (other.code, back.code, again.code) == (4, 0, 6)
    assert "收回" in back.out
    assert "没有可以收回的办理" in again.err
    assert "收回" in heyi("case", "history", number, "--as", "wang").out
