"""Settings of a file that contradict one another, one at a time."""

import json
from typing import Any

import pytest

from engine.case.text import NOTHING
from engine.language.words import parse_span
from tests.builders.toy_workflows import END, codes_of, field, one_move, problems_of, toy

N = {
    "n": field("integer"),
    "t": field("text"),
    "d": field("decimal"),
    "ok": field("boolean"),
    "on": field("date"),
}
LABEL = {"zh": "文字", "en": "label"}
ROWS = {
    "rows": {
        "type": "list",
        "of": {"x": {"type": "text"}, "n": {"type": "integer", "optional": True}},
    }
}


@pytest.mark.parametrize(
    "number",
    [
        "{unit}",
        "{seq} {x}",
        "{seq:x}",
        "{seq:99999999d}",
        "{seq",
        "seq}",
        "{seq}{unit.title}",
        "{seq}{0}",
        "{{seq}}",
        "{seq!r}",
    ],
)
def test_a_number_that_cannot_count_is_refused(number):
    assert codes_of(number=number) == ["HY103"]


@pytest.mark.parametrize("number", ["{seq}", "{unit}议字〔{year}〕{seq:04}号", "A-{seq:09}"])
def test_a_number_that_counts_is_accepted(number):
    assert codes_of(number=number) == []


@pytest.mark.parametrize(
    ("parts", "code"),
    [
        pytest.param({"number": {"format": "{seq}", "drawn": {"move": "fly"}}}, "HY201", id="a number drawn by no move"),
        pytest.param({"states": one_move(cosign=["nobody"])}, "HY201", id="a signature of nobody"),
        pytest.param({"states": one_move(propose=["nobody"])}, "HY201", id="a proposal by nobody"),
        pytest.param({"states": {"asked": {"assignee": "nobody"}}}, "HY201", id="an assignee who is nobody"),
        pytest.param({"states": {"asked": {"amends": {"by": "gardener", "fields": ["x"]}}}}, "HY201", id="an amendment of nothing"),
        pytest.param({"states": {"asked": {"amends": {"by": "nobody"}}}}, "HY201", id="an amendment by nobody"),
        pytest.param({"fields": N, "states": {"asked": {"amends": {"by": "gardener", "adds": ["n"]}}}}, "HY203", id="adding to what is no list"),
        pytest.param({"states": {"asked": {"amends": {"by": "gardener", "adds": ["x"]}}}}, "HY201", id="adding to nothing"),
        pytest.param({"fields": ROWS, "states": {"asked": {"amends": {"by": "gardener", "fields": [{"rows": ["z"]}]}}}}, "HY305", id="amending no column"),
        pytest.param({"fields": ROWS, "states": {"asked": {"amends": {"by": "gardener", "edits": {"x": ["z"]}}}}}, "HY201", id="editing no list"),
        pytest.param({"fields": ROWS, "states": one_move(edits={"rows": ["z"]})}, "HY305", id="editing no column"),
        pytest.param({"states": {"asked": {"on": {"go": {"to": "done"}}}}}, "HY102", id="a move by nobody at all"),
        pytest.param({"states": one_move(opens={"workflow": "toy", "as": "x"})}, "HY201", id="opening under no link"),
        pytest.param({"links": {"x": {"workflow": "toy"}}, "states": one_move(opens={"workflow": "toy", "as": "x", "each": "y"})}, None, id="opening for each of nothing"),
        pytest.param({"states": one_move(publishes={"catalogue": "c", "put": {"code": "x"}, "drop": "y"})}, "HY203", id="put and drop at once"),
        pytest.param({"states": one_move(erases=["x"])}, "HY201", id="erasing nothing"),
        pytest.param({"states": one_move(delivers=["x"])}, "HY201", id="delivering nothing"),
        pytest.param({"groups": {"g": {"states": ["nowhere"]}}}, "HY201", id="a group of nothing"),
        pytest.param({"overlays": {"asked": {"over": ["asked"]}}}, None, id="an overlay over itself"),
        pytest.param({"roles": {"gardener": {"in_case": "n.x"}}, "fields": N}, None, id="a column of what has none"),
        pytest.param({"roles": {"gardener": {"in_case": "rows.z"}}, "fields": ROWS}, "HY201", id="a person in no column"),
        pytest.param({"fields": {"n": {"type": "integer", "seal": "nowhere"}}}, "HY201", id="sealed until nowhere"),
        pytest.param({"sealed": {"when": "1 == 1", "to": ["nobody"]}}, "HY201", id="sealed to nobody"),
        pytest.param({"readers": {"public": "nobody"}}, "HY201", id="read by nobody"),
        pytest.param({"clocks": {"c": {"within": "5 days", "starts": ["asked"], "rules": [{"within": "3 days", "at_least": "2 days"}]}}}, "HY203", id="a rule with two lengths"),
        pytest.param({"clocks": {"c": {"starts": ["asked"], "rules": [{"if": "true"}]}}}, "HY203", id="a rule without a length"),
        pytest.param({"clocks": {"c": {"within": "5 days", "starts": ["asked"], "rules": [{"pauses": {"in": ["nowhere"]}}]}}}, "HY201", id="a rule that pauses nowhere"),
        pytest.param({"states": one_move(extends={"c": "never"}), "clocks": {"c": {"within": "5 days", "starts": ["asked"], "extend": {"at_most": "2 days"}}}}, "HY201", id="an extension to no field"),
        pytest.param({"clocks": {"c": {"starts": ["asked"], "extend": {"at_most": "2 days"}, "rules": [{"within": "5 hours"}]}}}, "HY203", id="hours that inherit an extension"),
        pytest.param({"clocks": {"c": {"starts": ["asked"], "pauses": {"in": ["asked"], "each": "2 working days"}, "rules": [{"within": "5 hours"}]}}}, "HY203", id="hours that inherit a limit in working days"),
        pytest.param({"clocks": {"c": {"within": "p", "starts": ["asked"]}}, "params": {"p": {"value": "q"}}}, "HY203", id="a param that is another name"),
        pytest.param({"fields": N, "states": one_move(sets={"n": "=n" + " + n" * 700})}, "HY308", id="an expression too long"),
        pytest.param({"fields": N, "facts": {"n": {"is": "1"}}}, "HY202", id="a fact called like a field"),
        pytest.param({"opened_at": "own"}, "HY202", id="cases at a level called own"),
        pytest.param({"opened_at": ["garden", "own"]}, "HY202", id="own among levels"),
        pytest.param({"recurs": {"r": {"on": "mondays", "each": "own"}}}, "HY202", id="one for each unit called own"),
        *(
            pytest.param({"roles": {"gardener": {"level": "garden"}, "own": own}, "fields": {"x": {"type": "person"}}}, code, id=f"a post {wrong}")
            for wrong, code, own in (
                ("of no role", "HY201", {"level": "garden", "post": "digger", "in_case": "x"}),
                ("at another level", "HY203", {"level": "region", "post": "gardener", "in_case": "x"}),
                ("at no level", "HY203", {"post": "gardener", "in_case": "x"}),
                ("of all who hold it", "HY203", {"level": "garden", "post": "gardener"}),
                ("that bars others", "HY203", {"level": "garden", "post": "gardener", "in_case": "x", "never": "x"}),
                ("of itself", "HY203", {"level": "garden", "post": "own", "in_case": "x"}),
            )
        ),
        pytest.param({"roles": {"gardener": {"level": "own", "reach": "below"}}}, "HY203", id="at the own unit and below it"),
        pytest.param({"fields": {"n": field("integer", seal="done")}}, "HY102", id="sealed to nobody"),
        pytest.param({"fields": {"n": field("integer", seal_to=["nobody"])}}, "HY201", id="hidden from all but nobody"),
        pytest.param({"fields": {"rows": field("list", of={"x": field("text", seal_to=["head"])})}}, "HY203", id="a column of its own secrecy"),
        pytest.param({"fields": {"rows": field("list", of={"x": field("text", seal="done", seal_to=["head"])})}}, "HY203", id="a column under seal"),
        pytest.param({"fields": ROWS, "facts": {"x": {"is": "sum(rows.map(r, r.x)) > 0"}}}, "HY304", id="a fact that fails on a made-up case"),
        pytest.param({"states": one_move(when="latest([1, 2]) == 'x'")}, "HY304", id="a guard that fails on a made-up case"),
    ],
)  # fmt: skip
def test_one_contradiction_is_one_problem(parts, code):
    found = codes_of(**parts)

    assert set(found) == ({code} if code else set(found))
    assert found[1:] == [] or code is None


@pytest.mark.parametrize(
    ("parts", "code"),
    [
        ({"fields": {"k": {"type": "choice", "options": ["a", "b"]}}}, "HY103"),
        ({"ladders": {"l": {"rungs": [{"at": "noon"}]}}}, "HY103"),
        (
            {"states": {"final": {"lable": {}, "on": {"go": {"to": "done", "by": "anyone"}}}}},
            "HY101",
        ),
        (
            {
                "states": {
                    "final": {
                        "label": {"zh": "x", "zn": "y"},
                        "on": {"go": {"to": "done", "by": "anyone"}},
                    }
                }
            },
            "HY101",
        ),
        (
            {"states": {"label": {"finl": True, "on": {"go": {"to": "done", "by": "anyone"}}}}},
            "HY101",
        ),
    ],
)
def test_a_part_of_the_wrong_shape_is_one_problem(parts, code):
    assert codes_of(**parts) == [code]


def test_a_problem_of_a_group_s_move_is_noted_once_though_many_states_offer_it():
    states: dict[str, Any] = {"asked": {}, "second": {}, "third": {}}
    groups = {
        "g": {
            "states": "all open",
            "on": {"go": {"to": "done", "by": "nobody", "when": "x > 1"}},
            "amends": {"by": "nobody"},
        }
    }

    assert sorted(codes_of(states=states, groups=groups)) == ["HY201", "HY201", "HY301"]


def test_a_group_may_hold_groups_and_repeat_states():
    workflow = toy(
        states={"asked": {}, "second": {}},
        groups={
            "one": {"states": ["asked"]},
            "two": {
                "states": ["one", "second", "asked"],
                "on": {"go": {"to": "done", "by": "anyone"}},
            },
        },
    )

    assert workflow.triggers == {"asked": ("go",), "second": ("go",), "done": ()}


def test_a_wrong_fact_is_one_problem_however_often_it_is_used():
    assert codes_of(
        facts={"x": {"is": "nobody + 1"}, "y": {"is": "x + 1"}}, states=one_move(when="y > 1")
    ) == ["HY301"]


def test_facts_may_use_one_another_in_any_order_and_a_column_may_be_called_like_a_fact():
    workflow = toy(
        fields={"rows": {"type": "list", "of": {"hours": {"type": "integer"}}}},
        facts={"twice": {"is": "hours * 2"}, "hours": {"is": "sum(rows.map(r, r.hours))"}},
    )

    assert list(workflow.facts) == ["hours", "twice"]


@pytest.mark.parametrize(
    "when",
    [
        "n > 1",
        ["n > 1"],
        {"that": "n > 1"},
        [{"that": "n > 1"}],
        ["n > 1", {"that": "n < 9", "otherwise": LABEL}],
    ],
)
def test_a_guard_may_be_written_as_one_text_one_line_or_a_list(when):
    assert codes_of(fields=N, states=one_move(when=when)) == []
    wrong = json.loads(json.dumps(when).replace("n >", "m >"))
    assert codes_of(fields=N, states=one_move(when=wrong)) == ["HY301"]


@pytest.mark.parametrize("when", [3, True, [3], [["n > 1"]], {"this": "n > 1"}])
def test_a_guard_that_is_none_of_these_is_refused(when):
    found = codes_of(fields=N, states=one_move(when=when))

    assert found
    assert set(found) <= {"HY101", "HY102", "HY103"}


def test_what_sets_no_field_is_refused_by_name_alone():
    assert codes_of(fields=N, states=one_move(sets={"beds": 3})) == ["HY201"]


@pytest.mark.parametrize("before", ["before.x", "before.x + 1"])
def test_a_fact_that_reads_itself_before_the_move_is_a_circle(before):
    assert codes_of(facts={"x": {"is": before}}) == ["HY306"]


def test_triggers_may_be_called_like_anything_of_the_machine_s_own():
    triggers = ["trigger", "state", "to_done", "is_asked", "may_go", "asked", "events", "initial"]
    workflow = toy(states={"asked": {"on": {t: {"to": "done", "by": "anyone"} for t in triggers}}})

    for trigger in triggers:
        found = workflow.machine.target("asked", trigger, below=None, grants=lambda _: True)
        assert found == (0, "done")


@pytest.mark.parametrize(
    ("text", "n", "unit"),
    [("5 working days", 5, "working_days"), ("1 day", 1, "days"), ("15 minutes", 15, "minutes"), ("1 hour", 1, "hours"),
     ("2 months", 2, "months"), ({"n": "=x", "unit": "days"}, "=x", "days"), ({"n": 3, "unit": "working_days"}, 3, "working_days"),
     ({"n": 1, "unit": "month"}, 1, "months")],
)  # fmt: skip
def test_a_length_of_time_is_a_number_and_a_unit(text, n, unit):
    span = parse_span(text)

    assert (span.n, span.unit) == (n, unit)
    assert parse_span(span) is span


@pytest.mark.parametrize(
    "value",
    ["5", "days", "5  days", "-5 days", "5 weeks", "123456 days", 5, None, [], {"n": 5}, {"n": True, "unit": "days"},
     {"n": "5", "unit": "days"}, {"n": 5, "unit": 3}, {"n": 5, "unit": "weeks"}, {"n": 5, "unit": "days", "x": 1}, {"n": 1.5, "unit": "days"}],
)  # fmt: skip
def test_what_is_no_length_of_time_is_refused(value):
    if value == "days":
        assert parse_span(value) == "days"  # A word alone is the name of a param.
    else:
        with pytest.raises(ValueError, match="a length of time is"):
            parse_span(value)


def test_a_final_state_may_be_entered_by_an_opening_and_hold_a_group_s_move():
    workflow = toy(
        states={"asked": {}, "done": {**END}},
        groups={"g": {"states": ["done"], "on": {"go": {"to": "asked", "by": "anyone"}}}},
    )

    assert workflow.triggers["done"] == ("go",)


def test_a_word_that_is_like_nothing_gets_no_hint():
    assert problems_of(fields=N, states=one_move(when="zebra > 1"))[0].hint == NOTHING


def test_what_would_be_right_is_said_in_both_languages():
    clocks = {"c": {"within": "2 days", "starts": ["asked"], "rungs": [{"at": "due - 1 workday"}]}}

    (problem,) = problems_of(clocks=clocks)

    assert problem.code == "HY103"
    assert "due - 1 working day" in problem.words.zh
    assert "due - 1 working day" in problem.words.en


@pytest.mark.parametrize(
    "parts",
    [
        pytest.param({"opened_at": "garden"}, id="one level"),
        pytest.param({"opened_at": ["garden", "region"]}, id="several levels"),
        pytest.param({"roles": {"own": {"level": "own"}}}, id="a role may be called as it likes"),
        pytest.param({"fields": {"n": field("integer", seal_to=["head"])}}, id="hidden for good"),
    ],
)
def test_where_cases_live_and_who_reads_may_be_said_so(parts):
    assert codes_of(**parts) == []
