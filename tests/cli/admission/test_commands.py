"""``heyi admission``: it never guesses."""

import itertools

import pytest

from heyi.app.library.likeness import alike
from tests.cli.runner import run

NAME = "占道经营整治"
PLEDGED = ("responsible_kind=community", "signs=pledge,deduction")
ASSISTS = (
    "responsible_kind=department", "verbs=publicise,persuade", "any_signs=no", "field_of=city",
    "official_power=no", "any_burdens=no", "law_says=assist",
)  # fmt: skip


def check(*arguments):
    told = run("admission", "check", *arguments, "--json")
    return told.code, told.json


def test_a_name_alone_gives_candidates_and_questions(bare):
    code, answer = check(NAME)

    assert code == 1
    assert not answer["decided"]
    assert answer["class"] is None
    assert answer["candidates"][0]["code"] == "IT-G16"
    questions = {question["name"]: question for question in answer["questions"]}
    assert {"responsible_kind", "any_signs", "official_power", "law_says"} <= questions.keys()
    assert questions["responsible_kind"]["options"][0] == {"value": "community", "label": "社区"}


def test_a_pledge_makes_it_forbidden_with_rule_source_and_redirect(bare):
    code, answer = check(NAME, *PLEDGED)

    assert code == 0
    assert (answer["class"], answer["rule"], answer["source"]) == ("F", "D4.2", "seed#4.4")
    assert answer["route"].startswith("不予准入")
    assert answer["remedy"]
    assert answer["questions"] == []


def test_the_same_name_with_another_body_and_publicity_only_is_assistance(bare):
    code, answer = check(NAME, *ASSISTS)

    assert code == 0
    assert answer["class"] == "A"
    assert "经费" in answer["provide"]


@pytest.mark.parametrize("left_out", [0, 2, 4, 5, 6])
def test_one_missing_answer_leaves_it_undecided(bare, left_out):
    rest = [answer for place, answer in enumerate(ASSISTS) if place != left_out]

    code, answer = check(NAME, *rest)

    asked = [question["name"] for question in answer["questions"]]
    decided = code == 0
    assert decided == answer["decided"]
    assert decided or ASSISTS[left_out].partition("=")[0] in asked


def test_asking_on_ends_with_a_decision(bare):
    given: list[str] = []
    for _ in range(20):
        code, answer = check("某新事项", *given)
        if code == 0:
            break
        question = answer["questions"][0]
        given.append(f"{question['name']}={question['options'][-1]['value']}")

    assert answer["decided"]
    assert answer["questions"] == []


@pytest.mark.parametrize(
    ("code", "letter", "rule"),
    [
        ("IT-F01", "F", "D4.2"), ("IT-G16", "G", "D4.3"), ("IT-X01", "X", "D4.4"),
        ("IT-A01", "A", "D4.5"), ("IT-S01", "S", "D4.5"), ("IT-P01", "P", "D4.8"),
        ("IT-N01", "N", "D4.4n"), ("IT-C01", "C", None),
    ],
)  # fmt: skip
def test_a_code_decides_at_once(bare, code, letter, rule):
    status, answer = check(code)

    assert status == 0
    assert (answer["class"], answer["rule"], answer["item"]["code"]) == (letter, rule, code)


def test_an_assistance_item_handed_down_with_a_pledge_is_forbidden(bare):
    _status, answer = check("IT-A01", *PLEDGED)

    assert answer["class"] == "F"


def test_every_row_of_the_catalogue_is_decided_by_its_code(bare):
    for row in itertools.islice(run("admission", "catalogue", "--json").json, 0, None, 15):
        status, answer = check(row["code"])

        assert (status, answer["class"]) == (0, row["class"])


def test_answers_may_come_from_a_file_and_by_labels(bare):
    (bare / "answers.yaml").write_text(
        "responsible_kind: 社区\nsigns: [pledge]\n", encoding="utf-8"
    )

    assert check(NAME, "--answers", "answers.yaml")[1]["class"] == "F"
    assert check(NAME, "signs=签责任书、责任状,扣分考核", "field_of=行政执法")[1]["class"] == "F"
    assert check(NAME, "signs=扣分考核、下指标", "哪些增负做法=app")[0] == 1
    assert check(NAME, "--answers", PLEDGED[0], PLEDGED[1])[1]["class"] == "F"


@pytest.mark.parametrize("answer", ["any_signs=maybe", "odd=1", "matched=IT-ZZ", "signs:=3"])
def test_an_answer_that_is_none_is_a_usage_error(bare, answer):
    told = run("admission", "check", NAME, answer)

    assert told.code == 2
    assert told.err


def test_two_files_of_answers_are_one_too_many(bare):
    assert run("admission", "check", NAME, "a.yaml", "b.yaml").code == 2


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_both_verdicts_are_told_in_words(bare, lang):
    undecided = run("admission", "check", NAME, "--lang", lang)
    decided = run("admission", "check", NAME, *PLEDGED, "--lang", lang)

    assert "? responsible_kind" in undecided.out
    assert "D4.2" in decided.out
    assert ("reject" in decided.out) == (lang == "en")


def test_the_catalogue_is_filtered_by_class_and_day(bare):
    forbidden = run("admission", "catalogue", "--class", "F", "--json").json

    assert {row["class"] for row in forbidden} == {"F"}
    assert run("admission", "catalogue", "--at", "2025-01-01", "--json").json == []
    assert "作为行政执法责任主体" in run("admission", "catalogue").out
    assert "responsible body" in run("admission", "catalogue", "--lang", "en").out
    assert run("admission", "catalogue", "--at", "soon").code == 2


def test_with_a_database_the_stored_catalogue_counts(heyi, office):
    from datetime import UTC, date, datetime

    from engine.case.values import Publish
    from heyi.bootstrap import read_key
    from storage.work import Store

    with (
        Store(f"sqlite:///{office}/heyi.db", read_key(office / "heyi.key")) as store,
        store.write() as work,
    ):
        work.catalogues.publish(
            Publish(catalogue="work_items", row={"code": "IT-NEW", "class": "X", "name": "新做法", "basis": "x", "active": True}),
            at=datetime(2026, 3, 2, tzinfo=UTC), day=date(2026, 3, 2),
        )  # fmt: skip

    told = heyi("admission", "check", "IT-NEW", "--json")

    assert told.json["class"] == "X"


def test_without_a_classification_there_is_nothing_to_ask(bare, monkeypatch):
    from heyi import bootstrap

    monkeypatch.setattr(bootstrap, "shipped_folder", lambda: bare)

    assert run("admission", "check", "x").code == 3


@pytest.mark.parametrize(
    ("asked", "name", "least", "most"),
    [
        pytest.param("占道经营整治", "占道经营、市容环卫执法", 0.5, 0.7, id="most pairs shared"),
        pytest.param("执法", "占道经营、市容环卫执法", 1, 1, id="inside"),
        pytest.param("one-vote veto", "One-Vote  veto!", 1, 1, id="case and signs"),
        pytest.param("veto of votes", "one-vote veto", 0.3, 0.4, id="words"),
        pytest.param("", "x", 0, 0, id="nothing asked"),
        pytest.param("！！", "x", 0, 0, id="only signs"),
        pytest.param("气", "燃气检查", 1, 1, id="one character"),
        pytest.param("天", "地", 0, 0, id="nothing shared"),
    ],
)
def test_likeness(asked, name, least, most):
    assert least <= alike(asked, name) <= most
