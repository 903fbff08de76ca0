"""Where a run counts from and how far: days in the data, params, rules, the items of a list."""

from typing import Any

import pytest

from tests.builders.daily_cases import Way


def test_a_run_may_count_from_a_day_in_the_data():
    way = Way(within="2 working days", starts=["asked"], runs_from="on", given={"on": "2026-04-30"})

    assert way.runs == [("2026-05-07", None)]


def test_a_run_waits_for_the_day_it_counts_from():
    way = Way(within="5 days", starts=["asked"], runs_from="on")
    assert way.runs == []

    assert way.amends(on="2026-03-20").case.runs[0].anchor == "2026-03-20"


def test_a_moment_counts_from_its_day_in_the_office_s_zone():
    way = Way(
        within="5 days", starts=["asked"], runs_from="at", given={"at": "2026-03-01T16:30:00Z"}
    )

    assert way.case.runs[0].anchor == "2026-03-02"


def test_minutes_count_from_a_moment_and_not_from_a_day():
    exact = Way(
        within="30 minutes", starts=["asked"], runs_from="at", given={"at": "2026-03-02 23:50"}
    )
    vague = Way(within="30 minutes", starts=["asked"], runs_from="on", given={"on": "2026-03-02"})

    assert exact.runs == [("2026-03-02T16:20:00Z", None)]
    assert vague.runs == []


def test_a_run_is_planned_anew_when_its_day_is_changed():
    way = Way(within="5 days", starts=["asked"], runs_from="on", given={"on": "2026-03-03"})

    way.amends(on="2026-04-30")

    assert [(r.seq, r.anchor, r.raw, r.due) for r in way.case.runs] == [
        (1, "2026-04-30", "2026-05-05", "2026-05-06")
    ]


def test_a_run_whose_day_is_taken_away_keeps_what_it_had():
    way = Way(within="5 days", starts=["asked"], runs_from="on", given={"on": "2026-03-03"})

    assert way.amends(on=None).case.runs[0].anchor == "2026-03-03"


def test_a_run_is_not_planned_anew_by_other_data():
    way = Way(within={"n": "=n", "unit": "days"}, starts=["asked"], given={"n": 3})

    assert way.amends(n=30).runs == [("2026-03-05", None)]


def test_a_date_in_the_data_is_due_and_follows_the_data():
    way = Way(due="on", starts=["asked"], given={"on": "2026-05-02"})
    assert (way.runs, way.case.runs[0].kind) == ([("2026-05-06", None)], "due")

    assert way.amends(on="2026-05-09").runs == [("2026-05-09", None)]


@pytest.mark.parametrize(
    ("params", "due"), [({}, "2026-03-04"), ({"term": "9 days"}, "2026-03-11"), ({"term": "1 month"}, "2026-04-02")]
)  # fmt: skip
def test_a_length_may_be_a_param_that_an_office_changes(params, due):
    file = {"params": {"term": {"value": "2 days"}}}

    assert Way(within="term", starts=["asked"], params=params, file=file).runs == [(due, None)]


@pytest.mark.parametrize(("n", "runs"), [(0, [("2026-03-02", None)]), (3, [("2026-03-05", None)])])
def test_a_length_may_be_computed(n, runs):
    assert Way(within={"n": "=n", "unit": "days"}, starts=["asked"], given={"n": n}).runs == runs


@pytest.mark.parametrize("given", [{}, {"n": -1}])
def test_a_length_that_is_unknown_or_negative_keeps_the_clock_waiting(given):
    assert Way(within={"n": "=n", "unit": "days"}, starts=["asked"], given=given).runs == []


RULES = [
    {"if": "n > 5", "within": "9 days"},
    {
        "if": "n > 2",
        "within": "6 days",
        "runs_from": "on",
        "from": "2026-01-01",
        "until": "2026-12-31",
    },
    {"if": "n > 1", "at_least": "1 day"},
    {"if": "n == 1", "due": "on"},
]


@pytest.mark.parametrize(
    ("given", "found"),
    [
        pytest.param({"n": 6}, (1, "within", "2026-03-11"), id="the first that holds"),
        pytest.param(
            {"n": 3, "on": "2026-03-05"}, (2, "within", "2026-03-11"), id="with a day of its own"
        ),
        pytest.param({"n": 2}, (3, "at_least", "2026-03-03"), id="another kind"),
        pytest.param({"n": 1, "on": "2026-05-02"}, (4, "due", "2026-05-06"), id="a date"),
        pytest.param({"n": 3}, None, id="its day is not known yet"),
        pytest.param(
            {"n": 3, "on": "2025-12-31"}, (3, "at_least", "2026-03-03"), id="before its law"
        ),
        pytest.param(
            {"n": 3, "on": "2027-01-01"}, (3, "at_least", "2026-03-03"), id="after its law"
        ),
        pytest.param({"n": 0}, None, id="no rule holds"),
        pytest.param({}, None, id="it cannot be known which rule holds"),
    ],
)
def test_the_first_rule_that_holds_plans_the_run(given, found):
    runs = Way(starts=["asked"], rules=RULES, given=given).case.runs

    assert [(r.rule, r.kind, r.due) for r in runs] == ([] if found is None else [found])


def test_the_rule_of_a_run_is_frozen():
    way = Way(starts=["asked"], rules=RULES, given={"n": 3, "on": "2026-03-05"})

    way.amends(n=9).amends(on="2026-03-06")

    assert [(r.rule, r.due) for r in way.case.runs] == [(2, "2026-03-12")]


EACH: dict[str, Any] = {
    "each": "rows",
    "due": "item.due_on",
    "met": "item.done_on",
    "starts": ["asked"],
    "stops": "finals",
}
ONE, TWO = {"due_on": "2026-03-04"}, {"due_on": "2026-03-06"}


def test_every_item_has_a_run_of_its_own_and_later_items_get_theirs():
    way = Way(given={"rows": [ONE]}, **EACH)
    assert [(r.item, r.due) for r in way.case.runs] == [(1, "2026-03-04")]

    way.amends(rows=[ONE, TWO])

    assert [(r.item, r.due, r.ended) for r in way.case.runs] == [
        (1, "2026-03-04", None),
        (2, "2026-03-06", None),
    ]


def test_an_item_is_met_when_its_column_is_filled():
    way = Way(given={"rows": [ONE, TWO]}, **EACH)

    way.amends(rows=[ONE, {**TWO, "done_on": "2026-03-05"}])

    assert [r.ended for r in way.case.runs] == [None, "met"]
    assert [
        r.ended for r in way.amends(rows=[ONE, {**TWO, "done_on": "2026-03-05"}]).case.runs
    ] == [None, "met"]


def test_an_item_done_before_its_clock_starts_owes_nothing():
    assert Way(given={"rows": [{**ONE, "done_on": "2026-03-01"}]}, **EACH).runs == []


def test_an_item_s_run_follows_the_item_s_date_and_may_be_asked_by_an_expression():
    way = Way(
        given={"rows": [ONE]}, **{**EACH, "met": "has(item.done_on) && item.done_on > '2026'"}
    )

    way.amends(rows=[{"due_on": "2026-03-09"}])
    assert way.runs == [("2026-03-09", None)]

    assert way.amends(rows=[{"due_on": "2026-03-09", "done_on": "2026-03-05"}]).runs == [
        ("2026-03-09", "met")
    ]


def test_an_item_that_is_taken_out_leaves_its_run_as_it_was():
    way = Way(given={"rows": [ONE, TWO]}, **EACH).amends(rows=[ONE])

    assert way.runs == [("2026-03-04", None), ("2026-03-06", None)]


def test_a_rule_that_is_not_law_on_the_day_leaves_it_to_the_next():
    rules = [{"within": "4 days", "until": "2020-12-31"}, {"within": "5 days"}]

    way = Way(rules=rules, starts=["asked"])

    assert [(run.n, run.rule) for run in way.case.runs] == [(5, 2)]
