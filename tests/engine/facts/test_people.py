"""People whom data name: registered by id, others numbered in the case, two of a name two."""

from typing import Any

import pytest
from hypothesis import strategies as st

from engine.facts.given import Given, Ways, read_data
from engine.facts.roles import people_at
from tests.builders.club_worlds import facts_of, world
from tests.builders.toy_workflows import toy

NAMES = st.sampled_from(["张某", "王某", "李四"])
PEOPLE = {"li4": "李四", "zhao": "赵敏", "zhao2": "赵敏", "sun": "sun"}


def person(of: str | None, **more: Any) -> dict[str, Any]:
    return {"type": "person", "privacy": "personal", **({"of": of} if of else {}), **more}


WORKFLOW = toy(
    roles={"party": {"in_case": "parties.who"}},
    fields={
        "parties": {
            "type": "list",
            "privacy": "personal",
            "of": {"who": person("any"), "side": {"type": "text", "optional": True}},
        },
        "duties": {
            "type": "list",
            "privacy": "personal",
            "of": {
                "owed": person("any"),
                "watched": {**person("any"), "many": True, "optional": True},
            },
        },
        "mediator": person("office"),
        "expert": person("outside"),
        "guests": person("any", many=True),
        "old": person(None),
        "open_name": person("any", privacy="public"),
        "reporter": person("any", privacy="sealed", seal_to=["party"]),
        "informer": person("any", privacy="sealed", seal_to=["party"]),
    },
)
WHOLE = Ways(
    whole=frozenset(WORKFLOW.fields),
    adds=frozenset(["parties", "duties"]),
    edits={"parties": frozenset(["who", "side"])},
)


def read(data: dict[str, Any], **fields: Any) -> Given:
    return read_data(data, WHOLE, facts_of(WORKFLOW, fields=fields, at=world(people=PEOPLE)))


def kept(data: dict[str, Any], **fields: Any) -> dict[str, Any]:
    found = read(data, **fields)
    assert found.reasons.found == []
    return dict(found.fields)


def refused(data: dict[str, Any], **fields: Any) -> str:
    found = read(data, **fields).reasons.found
    assert [one.code for one in found] == ["move.field"]
    assert found[0].words.en
    return found[0].words.zh + "\n" + found[0].words.en


@pytest.mark.parametrize("named", ["li4", "李四", {"id": "li4"}, {"name": "李四"}, " li4 "])
def test_somebody_of_the_office_is_kept_by_id_however_named(named):
    assert kept({"mediator": named})["mediator"] == "li4"


def test_two_of_one_name_in_the_office_are_refused_naming_both_ids():
    told = refused({"mediator": "赵敏"})

    assert "zhao（赵敏）、zhao2（赵敏）" in told
    assert "zhao (赵敏), zhao2 (赵敏)" in told


def test_nobody_of_the_office_is_refused_with_whom_it_may_be():
    told = refused({"mediator": "li5"})

    assert "没有登记“li5”，是否 li4（李四）" in told
    assert "did you mean li4 (李四)?" in told
    assert refused({"mediator": "xyz"}).startswith("“mediator”") or "没有登记“xyz”" in refused(
        {"mediator": "xyz"}
    )


@pytest.mark.parametrize(
    "odd",
    [
        "#1",
        {"id": "#1", "name": "张某"},
        "",
        3,
        {},
        {"who": "x"},
        {"id": 3},
        {"id": "", "name": ""},
        ["li4"],
    ],
)
def test_what_names_nobody_registered_is_refused(odd):
    assert refused({"mediator": odd}, expert={"id": "#1", "name": "张某"})


@pytest.mark.parametrize(
    "odd",
    [
        "",
        "a\u202eb",
        "#1",
        "#",
        {"id": "#1"},
        {"id": "li4"},
        {"id": "#"},
        {"name": "#2"},
        {"name": 3},
    ],
)
def test_what_names_nobody_outside_is_refused(odd):
    assert refused({"expert": odd})


def test_an_unknown_id_is_refused_where_either_may_stand():
    assert "没有登记“li5”" in refused({"guests": [{"id": "li5"}]})


def test_who_is_not_registered_is_numbered_in_the_case():
    found = kept({"parties": [{"who": "张某"}, {"who": "li4"}, {"who": "王某"}], "expert": "刘某"})

    assert found["parties"] == [
        {"who": {"id": "#1", "name": "张某"}}, {"who": "li4"}, {"who": {"id": "#2", "name": "王某"}},
    ]  # fmt: skip
    assert found["expert"] == {"id": "#3", "name": "刘某"}


def test_two_of_one_name_in_a_list_are_two_and_a_third_added_is_another():
    both = kept({"parties": [{"who": "张某"}, {"who": "张某"}]})
    three = kept({"parties": {"who": "张某"}}, **both)

    assert [row["who"]["id"] for row in three["parties"]] == ["#1", "#2", "#3"]


def test_another_field_means_the_one_of_that_name_again_and_again():
    party = kept({"parties": [{"who": "张某"}, {"who": "王某"}]})
    owed = kept(
        {"duties": [{"owed": "张某"}, {"owed": "张某", "watched": ["王某", "王某", "#1"]}]}, **party
    )

    assert [row["owed"]["id"] for row in owed["duties"]] == ["#1", "#1"]
    assert [one["id"] for one in owed["duties"][1]["watched"]] == ["#2", "#1"]


def test_a_name_that_two_have_is_refused_naming_both_and_their_number_is_taken():
    both = kept({"parties": [{"who": "张某"}, {"who": "张某"}]})

    assert "#1、#2" in refused({"duties": [{"owed": "张某"}]}, **both)
    assert kept({"duties": [{"owed": "#2"}]}, **both)["duties"][0]["owed"] == {
        "id": "#2",
        "name": "张某",
    }


def test_a_registered_name_is_chosen_when_entered():
    told = refused({"parties": [{"who": "李四"}]})
    assert "li4（李四）" in told
    assert "{name: 李四}" in told

    other = kept({"parties": [{"who": {"name": "李四"}}]})
    assert other["parties"][0]["who"] == {"id": "#1", "name": "李四"}
    assert "#1、li4" in refused({"duties": [{"owed": "李四"}]}, **other)


def test_a_list_given_anew_keeps_the_numbers_of_those_who_stay():
    both = kept({"parties": [{"who": "张某"}, {"who": "王某"}, {"who": "张某"}]})
    again = kept({"parties": [{"who": "王某"}, {"who": "张某"}, {"who": "孙某"}]}, **both)

    assert [row["who"]["id"] for row in again["parties"]] == ["#2", "#1", "#4"]


def test_an_item_that_is_edited_keeps_its_person_or_gets_another():
    both = kept({"parties": [{"who": "张某"}, {"who": "王某"}]})

    assert kept({"parties": {"2": {"who": "王某", "side": "x"}}}, **both)["parties"][1] == {
        "who": {"id": "#2", "name": "王某"}, "side": "x",
    }  # fmt: skip
    assert kept({"parties": {"2": {"side": "y"}}}, **both)["parties"][1]["who"]["id"] == "#2"
    assert kept({"parties": {"2": {"who": "张某"}}}, **both)["parties"][1]["who"]["id"] == "#3"


def test_one_more_of_a_known_name_and_a_name_mended_may_be_said():
    party = kept({"parties": [{"who": "张某"}]})

    assert kept({"expert": {"id": "#", "name": "张某"}}, **party)["expert"]["id"] == "#2"
    mended = kept({"parties": [{"who": {"id": "#1", "name": "张三"}}]}, **party)
    assert mended["parties"][0]["who"] == {"id": "#1", "name": "张三"}


def test_marks_of_another_case_are_one_person_here():
    mark = {"id": "#7:other", "name": "张某"}
    found = kept(
        {
            "parties": [{"who": mark}, {"who": {"id": "#8:other", "name": "张某"}}],
            "duties": [{"owed": mark}],
        }
    )

    assert [row["who"]["id"] for row in found["parties"]] == ["#1", "#2"]
    assert found["duties"][0]["owed"]["id"] == "#1"


def test_old_plain_texts_still_read_and_mean_the_same_person():
    found = kept(
        {"duties": [{"owed": "王五"}], "parties": [{"who": "王五"}]}, parties=[{"who": "王五"}]
    )

    assert found["duties"][0]["owed"] == "王五"
    assert found["parties"][0]["who"] == "王五"
    assert people_at("parties.who", facts_of(WORKFLOW, fields=found)) == ["王五"]
    assert kept({"old": "anything at all"})["old"] == "anything at all"


def test_a_number_never_tells_that_a_name_stands_in_a_hidden_field():
    hidden = kept({"reporter": "张某", "informer": "张某"})
    found = kept({"parties": [{"who": "张某"}]}, **hidden)

    assert (hidden["reporter"]["id"], hidden["informer"]["id"]) == ("#reporter.1", "#informer.1")
    assert found["parties"][0]["who"]["id"] == "#1"
    assert "#reporter.1" in refused({"expert": "#reporter.1"}, **hidden)
    assert kept({"reporter": "#reporter.1"}, **hidden)["reporter"]["name"] == "张某"


def test_a_name_of_a_higher_class_is_not_known_in_a_lower():
    party = kept({"parties": [{"who": "张某"}]})

    assert kept({"open_name": "张某"}, **party)["open_name"]["id"] == "#2"
    assert refused({"open_name": "#1"}, **party) == refused({"open_name": "#1"}).replace("x", "x")


def test_a_field_emptied_and_a_field_refused_settle_nobody():
    facts = facts_of(
        WORKFLOW, fields={"expert": {"id": "#1", "name": "张某"}}, at=world(people=PEOPLE)
    )
    found = read_data({"expert": None, "parties": "x"}, WHOLE, facts, clear=True)

    assert "expert" not in found.fields
    assert len(found.reasons.found) == 1
