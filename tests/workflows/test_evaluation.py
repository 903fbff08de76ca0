"""Neither side of an evaluation sees the other's answers, nor anybody else, until it is closed."""

import json
from collections.abc import Iterator
from datetime import date

import pytest

from engine.case.errors import MoveRefused
from heyi.app.cases.casework import Casework
from heyi.app.cases.history import history_view
from heyi.app.cases.views import case_view, look
from heyi.app.clocks.sweeps import Sweeps
from storage.kernel.errors import CaseNotFound
from tests.builders.plain_views import plain
from tests.workflows.admission_office import moment
from tests.workflows.scenario_player import Cast, scripts

DAY = date(2026, 3, 20)
OVER = moment(date(2026, 4, 4), 0)
OURS = {
    "funds_came": "late", "conditions_met": "partly", "beyond_list": "yes", "body_grade": 2,
    "body_words": "经费迟到两个月",
}  # fmt: skip
THEIRS = {"done_as_agreed": "partly", "community_grade": 3, "community_words": "人手不足"}
PEOPLE = ("li", "fang", "min", "ling", "zhao")


@pytest.fixture
def cases(cast: Cast) -> Iterator[Casework]:
    """The use cases, with the people of the author tests."""
    script = next(one for one in scripts() if one.rule.workflow == "evaluation")
    with cast.rehearsal.stage(script.rule, script.scenario) as found:
        yield found


@pytest.fixture
def opened(cases: Casework) -> str:
    """An evaluation that is open."""
    data = {"about": "宣传", "sender": "xf"}
    return cases.open(
        "evaluation", unit="heshun", person="li", data=data, now=moment(DAY), entry="V01"
    ).after.id


def sees(cases: Casework, case: str, person: str, names: dict[str, object]) -> set[str]:
    """Return which of these fields a person is shown, the case and its history taken together."""
    try:
        seen, events = look(cases, case, person=person, now=OVER)
    except CaseNotFound:
        return set()
    shown = case_view(seen, "zh").plain()["fields"]
    told = json.dumps(plain(history_view(seen, events, "zh")), ensure_ascii=False)
    return {
        name
        for name, value in names.items()
        if shown.get(name, {}).get("value") == value or (isinstance(value, str) and value in told)
    }


@pytest.mark.parametrize(
    ("trigger", "person", "answers"),
    [("community_answers", "li", OURS), ("body_answers", "fang", THEIRS)],
)
def test_an_answer_is_for_nobody_else_until_both_are_in(cases, opened, trigger, person, answers):
    cases.move(opened, person=person, trigger=trigger, data=answers, now=moment(DAY, 11))

    assert {one: sees(cases, opened, one, answers) for one in PEOPLE if one != person} == {
        one: set() for one in PEOPLE if one != person
    }
    assert answers.keys() <= sees(cases, opened, person, answers)


def test_once_both_are_in_each_side_sees_the_other(cases, opened):
    cases.move(opened, person="li", trigger="V03", data=OURS, now=moment(DAY, 11))
    cases.move(opened, person="fang", trigger="V04", data=THEIRS, now=moment(DAY, 12))

    assert sees(cases, opened, "fang", OURS) >= OURS.keys()
    assert sees(cases, opened, "li", THEIRS) >= THEIRS.keys()
    assert sees(cases, opened, "zhao", OURS | THEIRS) == set()


def test_when_the_window_ends_by_the_clock_the_one_answer_is_open(cases, opened):
    cases.move(opened, person="li", trigger="V03", data=OURS, now=moment(DAY, 11))

    Sweeps(cases).all(OVER)

    assert cases.see(opened, person="li", now=OVER).case.state == "closed"
    assert sees(cases, opened, "fang", OURS) >= OURS.keys()


@pytest.mark.parametrize(
    ("person", "other", "answer"),
    [("li", "fang", {"community_grade": 1}), ("fang", "li", {"body_grade": 5})],
)
def test_neither_side_can_correct_the_answers_of_the_other(cases, opened, person, other, answer):
    cases.move(opened, person="li", trigger="V03", data=OURS, now=moment(DAY, 11))
    if other == "fang":
        cases.move(opened, person="fang", trigger="V04", data=THEIRS, now=moment(DAY, 12))

    with pytest.raises(MoveRefused):
        cases.move(opened, person=person, kind="correct", data=answer, reason="更正",
                   now=moment(DAY, 13))  # fmt: skip


def test_nor_enter_them_in_its_place(cases, opened):
    for answer, value in THEIRS.items():
        with pytest.raises(MoveRefused):
            cases.move(opened, person="li", kind="correct", data={answer: value},
                       reason="更正", now=moment(DAY, 11))  # fmt: skip


def test_nothing_can_be_answered_any_more_once_it_is_closed(cases, opened):
    Sweeps(cases).all(OVER)

    assert cases.see(opened, person="li", now=OVER).workflow.triggers.get("closed", ()) == ()
