"""Which packs a file is held to, and what is said of a pack that is wrong."""

import json

import pytest

from engine.case.errors import DefinitionError
from engine.checking.build import (
    check_workflow,
    load_workflow,
)
from engine.checking.promises.packs import read_pack
from engine.compiling.build import workflow_from_definition
from tests.builders.shelves import SHIPPED, folder, shipped_names, texts
from tests.builders.toy_workflows import text_of
from tests.engine.checking.promises.patched_files import broken, found_in, plain
from tests.engine.checking.promises.toy_packs import SAYS, pack_text, shelf_of

NO_GO = {"never": {"to": "finals"}}


def codes(text, shelf):
    found = check_workflow(text, file="toy.yaml", shelf=shelf)[1]
    return [one.code for one in found if one.severity == "error"]


def test_a_file_of_a_kind_is_held_to_its_packs_without_using_them():
    assert "T01" in codes(text_of(kind="toys"), shelf_of(NO_GO))


@pytest.mark.parametrize("kind", [None, "others"])
def test_a_file_of_another_kind_is_not(kind):
    assert "T01" not in codes(text_of(kind=kind), shelf_of(NO_GO))


def test_a_file_that_uses_a_pack_keeps_its_promises_whatever_its_kind():
    text = text_of(kind="others", uses=["rules"])

    assert codes(text, shelf_of(NO_GO)).count("T01") == 1


def test_a_pack_that_is_used_and_of_the_kind_is_checked_once():
    text = text_of(kind="toys", uses=["rules"])

    assert codes(text, shelf_of(NO_GO)).count("T01") == 1


def test_a_pack_for_every_file_holds_without_a_kind():
    index = json.dumps({"format": 1, "everywhere": ["rules"]})
    shelf = texts(pack_kinds=index, pack_rules=pack_text(NO_GO))

    assert "T01" in codes(text_of(), shelf)


def test_without_an_index_only_the_packs_that_are_used_hold():
    shelf = texts(pack_rules=pack_text(NO_GO))

    assert "T01" not in codes(text_of(kind="toys"), shelf)
    assert "T01" in codes(text_of(kind="toys", uses=["rules"]), shelf)


def test_a_broken_promise_keeps_a_file_from_being_used():
    with pytest.raises(DefinitionError, match="T01"):
        load_workflow(text_of(kind="toys"), shelf=shelf_of(NO_GO))


def test_what_was_published_is_not_held_against_the_packs_of_today():
    rule = load_workflow(text_of(kind="toys")).definition

    assert workflow_from_definition(rule, shelf=shelf_of(NO_GO)).name == "toy"


def test_an_index_that_names_a_pack_which_is_not_there():
    shelf = texts(pack_kinds=json.dumps({"format": 1, "everywhere": "missing"}))

    assert codes(text_of(), shelf) == ["HY201"]


def test_an_index_that_is_wrong():
    assert codes(text_of(), texts(pack_kinds="format: 1\nkind: {}")) == ["HY101"]


@pytest.mark.parametrize(
    ("promise", "code", "at"),
    [
        pytest.param({"never": {}, "sayz": 1}, "HY101", '"sayz', id="an unknown key"),
        pytest.param({"never": {"too": 1}}, "HY101", '"too', id="an unknown key further in"),
        pytest.param({}, "HY103", '{"id', id="no form"),
        pytest.param({"words": ["("]}, "HY103", '"(', id="no regular expression"),
        pytest.param({"never": {"to_outcome": "sad"}}, "HY103", '"sad', id="no outcome"),
        pytest.param({"never": {}, "source": None}, "HY103", "null", id="no source"),
    ],
)
def test_a_promise_that_is_wrong_is_refused_at_its_place(promise, code, at):
    text = pack_text(promise)

    pack, problems = read_pack("rules.yaml", text)

    assert pack is None
    assert [one.code for one in problems] == [code]
    assert problems[0].at.column == 1 + text.rindex(at)


def test_a_pack_can_be_written_out_and_read_again():
    pack, _problems = read_pack("rules.yaml", pack_text(NO_GO, {"unique": ["unit"]}))

    assert pack is not None
    plain_pack = pack.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    assert type(pack).model_validate(plain_pack) == pack


def test_a_pack_that_is_wrong_is_a_problem_of_the_file():
    kinds = json.dumps({"format": 1, "kinds": {"toys": ["rules"]}})
    shelf = texts(pack_kinds=kinds, pack_rules=pack_text({"id": "T02", "says": SAYS}))

    assert codes(text_of(kind="toys"), shelf) == ["HY103"]


@pytest.mark.parametrize("name", shipped_names())
def test_a_shipped_file_keeps_every_promise(name):
    assert broken(name, {}) == set()


OWN_PACK = {
    "access_control": "admission", "dispute": "screening", "evaluation": "casework",
    "joint_consultation": "joint", "participatory_budget": "casework",
}  # fmt: skip
"""Which pack holds for a file, where it does not bear the file's name."""


@pytest.mark.parametrize("name", shipped_names())
def test_a_shipped_file_is_held_to_the_packs_of_its_kind_though_it_uses_none(name):
    shelf = folder(SHIPPED)
    asked = []

    def noting(kind, word):
        asked.append((kind, word))
        return shelf(kind, word)

    check_workflow((SHIPPED / f"{name}.yaml").read_text(encoding="utf-8"), shelf=noting)

    assert ("pack", "everywhere") in asked
    assert ("pack", OWN_PACK.get(name, name)) in asked


VERDICT = {"F": 1, "G": 2, "X": 3}
ADMITTING = ("A", "S", "E", "P", "listed", "none")


@pytest.mark.parametrize("new", ADMITTING)
@pytest.mark.parametrize("old", VERDICT)
def test_no_rule_that_bars_an_item_can_be_turned_to_another_class(old, new):
    change = {f"tables.verdict.rules.{VERDICT[old]}.then.class": new}

    assert broken("access_control", change) & {"LR19", "LR22"}


@pytest.mark.parametrize("old", VERDICT)
def test_no_rule_that_bars_an_item_can_be_left_out(old):
    change = {f"tables.verdict.rules.{VERDICT[old]}": None}

    assert broken("access_control", change) & {"LR19", "LR22"}


def test_an_admitting_rule_cannot_be_put_before_those_that_bar():
    rules = plain(SHIPPED / "access_control.yaml")["tables"]["verdict"]["rules"]
    moved = [rules[5], *rules[:5], *rules[6:]]

    assert "LR19" in broken("access_control", {"tables.verdict.rules": moved})


def test_a_breach_in_a_shipped_file_shows_the_rule_in_chinese_with_its_way():
    found = found_in("mediation", {"states.acceptance.on.end_as_refused.issues": []})

    assert [one.words.zh for one in found if one.code == "LR02"] == [
        "不予受理、对方拒绝、调解不成的，都出具告知救济途径的文书："
        "“end_as_refused”未出具 means: remedies 的文书；"
        "走法：M01 → review → end_as_refused（依据 pml#26）"
    ]
