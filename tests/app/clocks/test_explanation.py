"""Why a clock is due when it is, as a reader is told; without a database."""

from dataclasses import replace
from typing import Any

import pytest

from engine.case.values import Actor, Event, Plain
from engine.facts.facts import Facts
from heyi.app.cases.sight import Seen
from heyi.app.clocks.errors import ClockNotFound
from heyi.app.clocks.explanation import clock_view, find_clock
from tests.builders.club_worlds import GARDENER, MONDAY, variant_of, world
from tests.builders.daily_cases import DAY, Way
from tests.builders.plain_views import plain
from tests.builders.toy_workflows import toy

LENGTH: dict[str, Any] = {"within": "30 days", "starts": ["asked"]}
LABEL: dict[str, Any] = {"label": {"zh": "答复期限", "en": "answer"}}
RESTS: dict[str, Any] = {"pauses": {"in": ["lid"]}}


def seen_of(way: Way, *, days: float = 0, actor: Actor = GARDENER) -> Seen:
    facts = Facts(way.workflow, way.case, way.world, now=way.now + DAY * days, actor=actor.id)
    return Seen(case=way.case, workflow=way.workflow, facts=facts, actor=actor, world=way.world)


def told(way: Way, word: str = "c", *, days: float = 0, **more: Any) -> Any:
    actor, events = more.pop("actor", GARDENER), more.pop("events", ())
    seen = seen_of(way, days=days, actor=actor)
    return plain(clock_view(seen, events, word, **{"lang": "zh", **more}))


def test_a_clock_is_found_by_its_name_and_by_either_label():
    seen = seen_of(Way(**LENGTH, **LABEL))

    assert {find_clock(seen, word).name for word in ("c", "答复期限", "answer")} == {"c"}


def test_an_unknown_clock_is_told_with_what_there_is():
    with pytest.raises(ClockNotFound) as refused:
        told(Way(**LENGTH, **LABEL), "d")

    assert refused.value.known == ("答复期限 (c)",)
    assert "there is: 答复期限 (c)" in str(refused.value)


def test_a_label_that_two_clocks_share_names_both():
    workflow = toy(clocks={name: {**LENGTH, **LABEL} for name in ("c", "d")})
    case = variant_of(workflow)
    facts = Facts(workflow, case, world(), now=MONDAY)
    seen = Seen(case=case, workflow=workflow, facts=facts, actor=GARDENER, world=world())

    with pytest.raises(ClockNotFound) as refused:
        find_clock(seen, "answer")

    assert refused.value.known == ("答复期限 (c)", "答复期限 (d)")


def test_a_clock_that_never_ran_says_what_would_start_it():
    view = told(Way(within="3 days", starts=["grown"]))

    assert (view["started"], view["armed"], view["runs"]) == (False, False, [])
    assert "grown" in view["starts"]


def test_a_clock_that_waits_for_its_day_says_so():
    assert told(Way(within="3 days", starts=["asked"], runs_from="on"))["armed"]


def test_of_several_runs_the_open_one_that_is_due_first_is_told():
    rows = [{"due_on": "2026-05-04"}, {"due_on": "2026-03-04"}, {"due_on": "2026-03-03"}]
    clock: Any = {"each": "rows", "due": "item.due_on", "met": "item.done_on", "starts": ["asked"]}
    way = Way(given={"rows": rows}, stops="none", **clock)
    way.amends(rows=[*rows[:2], {**rows[2], "done_on": "2026-03-03"}])

    assert told(way)["item"] == 2
    assert told(way, item=3)["ended"] == "met"
    assert [one["item"] for one in told(way)["runs"]] == [1, 2, 3]
    assert told(way, item=1)["sum"] == "约定日 05-04；遇休息日顺延 → 05-06"


def test_of_ended_runs_the_newest_is_told():
    way = Way(**LENGTH, again="restart").does("again", "end")

    assert told(way)["run"] == 2
    assert told(way, run=1)["ended"] == "restarted"


@pytest.mark.parametrize(("wanted", "says"), [({"item": 4}, "c item 4"), ({"run": 9}, "c run 9")])
def test_a_run_that_there_is_not_is_told_with_those_there_are(wanted, says):
    with pytest.raises(ClockNotFound) as refused:
        told(Way(**LENGTH), **wanted)

    assert refused.value.name == says
    assert refused.value.known == ("run 1",)


def test_runs_of_items_are_named_with_their_item():
    clock: Any = {"each": "rows", "due": "item.due_on", "starts": ["asked"], "stops": "none"}
    way = Way(given={"rows": [{"due_on": "2026-03-04"}]}, **clock)

    with pytest.raises(ClockNotFound) as refused:
        told(way, item=2)

    assert refused.value.known == ("item 1, run 1",)


def test_every_day_is_in_the_plain_data():
    view = told(Way(**LENGTH))

    assert len(view["days"]) == 31
    assert view["days"][0]["day"] == "2026-03-02"
    assert view["days"][-1]["kind"] == "due"
    assert (view["count"], view["need"], view["so_far_text"]) == (30, 30, "0日")


def test_moments_are_plain_too():
    view = told(Way(within="3 hours", starts=["asked"]), days=1 / 24)

    assert view["due_text"] == "2026-03-02 13:00"
    assert [one["at"] for one in view["moments"]] == ["2026-03-02T02:00:00Z", view["due"]]
    assert view["so_far_text"] == "1小时"


RULES: list[dict[str, Any]] = [
    {"if": "n > 5", "within": "3 days"},
    {"within": "4 days", "from": "2027-01-01", "until": "2027-12-31"},
    {"within": "5 days"},
]


def passing(way: Way) -> Way:
    """Put the run under the last rule, whatever rule it was started under."""
    way.case = replace(way.case, runs=tuple(replace(run, rule=3) for run in way.case.runs))
    return way


def test_the_rule_and_why_those_before_it_did_not_apply_are_in_words():
    view = told(passing(Way(rules=RULES, starts=["asked"], given={"n": 6})))

    assert view["rule"] == {"rule": 3, "says": view["rule"]["says"], "masked": False}
    assert [one["why_text"] for one in view["passed"]] == [
        "开始计算时条件不成立", "起算日不在其施行期内（2027-01-01 – 2027-12-31）",
    ]  # fmt: skip


def test_a_condition_over_what_one_may_not_read_is_masked():
    file = {"sealed": {"when": "ok", "to": ["gardener"]}}
    way = passing(Way(rules=RULES, starts=["asked"], given={"n": 6, "ok": True}, file=file))

    first = told(way, actor=Actor(id="lu"))["passed"][0]
    known = told(way)["passed"][0]

    assert (first["masked"], first["says"], first["why_text"]) == (True, "3日", "＊＊＊")
    assert not known["masked"]
    assert "＊" not in known["why_text"]


def test_the_length_is_that_which_the_run_was_started_with():
    file = {"params": {"term": {"value": "2 days", "label": {"zh": "期长"}}}}
    changed = Way(within="term", starts=["asked"], params={"term": "9 days"}, file=file)
    same = Way(within="term", starts=["asked"], file=file)

    assert told(changed)["rule"]["says"] == "限2日（参数“期长”） = 9日"
    assert told(same)["rule"]["says"] == "限2日（参数“期长”）"
    assert told(Way(within="0 days", starts=["asked"]))["rule"]["says"] == "限当日"


def test_a_pause_names_the_state_that_began_it():
    way = Way(**LENGTH, **RESTS).does("cover")
    at = way.case.moved_at
    moved = Event(
        case="", seq=2, kind="moved", at=at, occurred_at=at, actor="", public={"to": "lid"}
    )

    assert told(way, events=[moved])["pauses"][0]["state"] == "lid"
    assert told(way, events=[replace(moved, public={"to": "done"})])["pauses"][0]["state"] == ""
    assert told(way)["pauses"][0]["state"] == ""


def test_a_pause_of_a_short_clock_names_its_state_by_the_moment():
    way = Way(within="9 hours", starts=["asked"], **RESTS).does("cover", days=1 / 24)
    at = way.case.moved_at
    moved = Event(
        case="", seq=2, kind="moved", at=at, occurred_at=at, actor="", public={"to": "lid"}
    )

    pause = told(way, events=[moved], days=1 / 48)["pauses"][0]

    assert (pause["state"], pause["given_text"]) == ("lid", "30分钟")


def test_a_cap_that_cut_a_pause_is_in_words():
    pauses = {"in": ["lid"], "each": "5 days", "all": "6 working days"}
    way = Way(**LENGTH, pauses=pauses).does("cover").does("lift", days=9)

    assert told(way)["pauses"][0]["cap"] == "5日"


def test_the_ladder_is_in_words():
    rungs = [
        {"at": "70%", "tell": ["gardener"]}, {"at": "due", "level": 2, "mark": "late"},
        {"at": "due + 1 day", "propose": "go"},
    ]  # fmt: skip
    file = {"chain": ["gardener", "head"]}

    told_rungs = told(Way(**LENGTH, rungs=rungs, file=file))["rungs"]

    assert [(one["says"], one["tells"], one["does"]) for one in told_rungs] == [
        ("期限过70%时", ["gardener"], ""), ("到期时", ["head"], ""), ("到期后1日", [], "go"),
    ]  # fmt: skip
    assert told_rungs[1]["moment_text"] == "2026-04-02 00:00"


@pytest.mark.parametrize("within", ["term", {"n": "=params.days", "unit": "days"}])
def test_a_length_that_a_profile_sets_rests_on_the_profiles_paper(within: Any):
    file = {
        "params": {"term": {"value": "2 days", "source": "own#1"}, "days": {"value": 2}},
        "sources": {"own": {"title": "园规"}},
    }
    way = Way(within=within, starts=["asked"], params={"term": "9 days", "days": 9}, file=file)
    way.world = replace(way.world, bases=dict.fromkeys(("term", "days"), ("省规", "7")))

    view = told(way)

    assert (view["n"], view["source"], view["is_law"]) == (9, "省规#7", True)
    assert "省规" in view["source_text"]
    assert told(Way(within=within, starts=["asked"], file=file))["source"] in {"own#1", ""}


@pytest.mark.parametrize("within", ["term", {"n": "=params.days", "unit": "days"}])
def test_what_a_profile_says_since_is_not_why_a_running_clock_is_due(within: Any):
    file = {
        "params": {"term": {"value": "2 days", "source": "own#1"}, "days": {"value": 2}},
        "sources": {"own": {"title": "园规"}},
    }
    way = Way(within=within, starts=["asked"], file=file)
    before = told(way)
    later: dict[str, Plain] = {"term": "9 days", "days": 9}
    way.world = replace(
        way.world, params=later, bases=dict.fromkeys(later, ("省规", "")), profile="club@1"
    )

    assert told(way) == before
    assert before["n"] == 2


def test_a_paper_without_an_article_is_named_alone():
    file = {"params": {"term": {"value": "2 days"}}}
    way = Way(within="term", starts=["asked"], params={"term": "9 days"}, file=file)
    way.world = replace(way.world, bases={"term": ("省规", "")})

    assert (told(way)["source"], told(way)["source_text"]) == ("省规", "《省规》")
