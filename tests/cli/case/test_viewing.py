"""``heyi case request``: asked, allowed, declined, as people type them."""

import pytest

from tests.cli.runner import DAY, NUMBER


@pytest.fixture
def auditor(heyi):
    """Zhao, who holds an auditor's post from now on."""
    assert heyi("person", "post", "zhao", "auditor@heshun").code == 0
    return "zhao"


def field(heyi, person: str, at: str) -> bool:
    told = heyi("case", "show", NUMBER, "--as", person, "--at", at, "--json")
    return "phone" in told.json["fields"]


def test_a_case_is_read_on_request_for_its_days(heyi, auditor):
    heyi("case", "do", NUMBER, "--set", "fee=1", "--as", "wang", "--at", DAY)
    asked = heyi(
        "case",
        "request",
        NUMBER,
        "--reason",
        "核查三月借用",
        "--as",
        auditor,
        "--at",
        DAY,
        "--json",
    )
    assert asked.code == 0
    which = asked.json["id"]

    waiting = heyi("case", "requests", "--as", "li", "--at", DAY)
    assert waiting.code == 0
    assert (which in waiting.out, "核查三月借用" in waiting.out, "待批" in waiting.out) == (
        True,
    ) * 3
    assert which not in heyi("case", "requests", "--as", "wang", "--at", DAY).out

    told = heyi("case", "allow", which, "--answer", "勿外传", "--as", "li", "--at", DAY)
    assert told.code == 0
    assert "可查阅至2026-03-03" in told.out

    own = heyi("case", "requests", "--own", "--as", auditor, "--at", DAY, "--lang", "en")
    assert "may be read until 2026-03-03" in own.out
    assert "勿外传" in own.out
    assert heyi("case", "allow", which, "--as", "li", "--at", DAY).code == 5


def test_a_request_is_declined_with_a_reason(heyi, auditor):
    asked = heyi("case", "request", NUMBER, "--reason", "x", "--as", auditor, "--json")
    which = asked.json["id"]

    assert heyi("case", "decline", which, "--answer", " ", "--as", "li").code == 2
    told = heyi("case", "decline", which, "--answer", "与职责无关", "--as", "li")
    assert told.code == 0
    assert "未批准" in told.out
    rows = heyi("case", "requests", "--own", "--as", auditor, "--json").json
    assert (rows["items"][0]["state"], rows["next"]) == ("declined", None)


def test_a_case_that_is_not_there_is_asked_for_alike(heyi, auditor):
    told = heyi("case", "request", "无此〔2026〕9号", "--reason", "x", "--as", auditor)

    assert told.code == 0
    assert "待批" in told.out
    assert heyi("case", "allow", "no-such", "--as", "li").code == 3
    assert heyi("case", "request", NUMBER, "--reason", " ", "--as", auditor).code == 2


def test_who_opened_a_case_has_its_receipt(heyi):
    told = heyi("case", "receipt", NUMBER, "--as", "wang")

    assert told.code == 0
    assert NUMBER in told.out
    assert "答复" in told.out
    assert "读书会" not in told.out
    assert heyi("case", "receipt", NUMBER, "--as", "li").code == 3
