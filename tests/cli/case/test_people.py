"""People in cases, from the command line: registered or numbered, shown by name, sent by name."""

import json
from typing import Any

import pytest

AT = ["--at", "2026-03-02 10:00"]
LABEL = {"label": {"zh": "物", "en": "thing"}}
ROW = {"type": "list", **LABEL, "of": {"who": {"type": "person", "of": "any", **LABEL}}}
DONE = {"final": True, "outcome": "positive", **LABEL}
READERS = {"public": "anyone", "internal": ["keeper", "party"]}


def child(**parts: Any) -> dict[str, Any]:
    return {
        "format": 1, "workflow": "talk", "version": 1, "title": LABEL["label"], "opened_at": "community", "calendar": "cn",
        "readers": READERS, "fields": {"guests": ROW, "told": {"type": "person", **LABEL}},
        "roles": {"keeper": {"level": "community", **LABEL}, "party": {"in_case": "guests.who", **LABEL}},
        "opening": {"to": "open", "by": ["keeper", "link"], "may": ["guests", "told"], **LABEL},
        "states": {"open": {**LABEL, "on": {"end": {"to": "done", "by": "keeper", **LABEL}}}, "done": DONE}, **parts,
    }  # fmt: skip


QUARREL: dict[str, Any] = {
    **child(), "workflow": "quarrel",
    "fields": {
        "parties": ROW,
        "owed": ROW,
        "clerk": {"type": "person", "of": "office", **LABEL},
        "first": {"type": "person", "of": "any", **LABEL},
    },
    "roles": {
        "keeper": {"level": "community", **LABEL},
        "party": {"in_case": "parties.who", "recorded_by": ["keeper"], **LABEL},
    },
    "links": {"talk": {"workflow": "talk", **LABEL}},
    "opening": {"to": "open", "by": "keeper", "asks": ["parties"], "may": ["clerk"], **LABEL},
    "states": {
        "open": {
            **LABEL,
            "on": {
                "owe": {"to": "stay", "by": "keeper", "adds": ["owed"], **LABEL},
                "name": {"to": "stay", "by": "keeper", "asks": ["clerk"], "assigns": "clerk", **LABEL},
                "agree": {"to": "stay", "by": "party", "sets": {"first": "=parties[0].who"}, **LABEL},
                "talk": {"to": "done", "by": "keeper", "opens": {"workflow": "talk", "as": "talk", "with": {"guests": "parties", "told": "=parties[1].who"}}, **LABEL},
            },
        },
        "done": DONE,
    },
}  # fmt: skip


@pytest.fixture
def quarrel(heyi, office) -> str:
    """The id of a case with two parties of one name and one who is registered."""
    for file in (child(), QUARREL):
        (office / f"{file['workflow']}.yaml").write_text(json.dumps(file), encoding="utf-8")
    here = ["--unit", "heshun", "--as", "wang", *AT]
    assert heyi("case", "open", "talk.yaml", *here).code == 0
    rows = json.dumps([{"who": "张某"}, {"who": "张某"}, {"who": "zhao"}])
    opened = heyi("case", "open", "quarrel.yaml", "-d", f"parties:={rows}", *here, "--json")
    assert opened.code == 0, opened.err
    return str(opened.json["id"])


def do(heyi, case: str, move: str, *more: str) -> Any:
    return heyi("case", "do", case, move, "--as", "wang", "--at", "2026-03-02 11:00", *more)


def fields(heyi, case: str) -> Any:
    return heyi("case", "show", case, "--as", "wang", "--json", *AT).json["fields"]


def test_two_of_one_name_are_two_and_are_shown_by_name(heyi, quarrel):
    found = fields(heyi, quarrel)["parties"]
    lines = heyi("case", "show", quarrel, "--as", "wang", "--lang", "zh", *AT).out

    assert [one["who"] for one in found["value"]] == [
        {"id": "#1", "name": "张某"}, {"id": "#2", "name": "张某"}, "zhao",
    ]  # fmt: skip
    assert "#1" not in lines
    assert "张某" in lines


def test_a_name_that_two_bear_asks_for_a_number_and_takes_it(heyi, quarrel):
    refused = do(heyi, quarrel, "owe", "-d", 'owed:={"who": "张某"}', "--lang", "zh")
    granted = do(heyi, quarrel, "owe", "-d", 'owed:={"who": "#2"}')

    assert refused.code == 6
    assert "#1、#2" in refused.err
    assert granted.code == 0
    assert fields(heyi, quarrel)["owed"]["value"] == [{"who": {"id": "#2", "name": "张某"}}]


@pytest.mark.parametrize(("typed", "code"), [("wang", 0), ("王", 0), ("wnag", 6), ("张某", 6)])
def test_an_officer_is_named_by_id_or_name_and_kept_by_id(heyi, quarrel, typed, code):
    told = do(heyi, quarrel, "name", "-d", f"clerk={typed}", "--lang", "zh")
    lines = heyi("case", "show", quarrel, "--as", "wang", "--lang", "zh", *AT).out

    assert told.code == code
    if code:
        assert f"没有登记“{typed}”" in told.err
        assert ("是否 wang（王）" in told.err) is (typed == "wnag")
    else:
        assert fields(heyi, quarrel)["clerk"]["value"] == "wang"
        assert "经办  王" in lines


def test_a_history_and_an_offer_show_names_and_their_json_ids_too(heyi, quarrel):
    do(heyi, quarrel, "agree", "--for", "zhao")
    lines = heyi("case", "history", quarrel, "--as", "wang", "--lang", "zh", *AT).out
    told = heyi("case", "history", quarrel, "--as", "wang", "--json", *AT).json
    offers = heyi("case", "do", quarrel, "--as", "wang", "--lang", "zh", *AT)

    assert "  王  " in lines
    assert "wang" not in lines
    assert told[0]["actor"] == "wang"
    assert told[0]["people"] == {"wang": "王"}
    assert offers.out.splitlines()[0].endswith("王")


def test_a_party_who_is_not_registered_is_recorded_for_by_number(heyi, quarrel):
    told = do(heyi, quarrel, "agree", "--for", "#1")
    nobody = do(heyi, quarrel, "agree", "--for", "张某")
    found = fields(heyi, quarrel)

    assert told.code == 0, told.err
    assert nobody.code == 4
    assert found["first"]["value"] == {"id": "#1", "name": "张某"}


def test_another_case_gets_people_by_name_and_numbers_them_anew(heyi, quarrel):
    do(heyi, quarrel, "owe", "-d", 'owed:={"who": "刘某"}')
    told = do(heyi, quarrel, "talk", "--json")
    assert told.code == 0, told.err
    other = told.json["links"]["talk"][0]["id"]

    assert fields(heyi, other)["guests"]["value"] == [
        {"who": {"id": "#1", "name": "张某"}}, {"who": {"id": "#2", "name": "张某"}}, {"who": "zhao"},
    ]  # fmt: skip
    assert fields(heyi, other)["told"]["value"] == "张某"
