"""Nobody is kept off a roster, no vote removes a right, no demand is lost; whatever is tried.

The properties are tried on seeded walks of everybody; each is shown not to be empty, and every
mutilation of the file that breaks it is found out.
"""

from collections import Counter
from collections.abc import Iterator
from random import Random
from typing import Any

import pytest

from engine.case.errors import MoveRefused
from engine.case.values import Case, Move
from engine.step.take import take_step
from heyi.app.cases.casework import Casework
from tests.builders.printing_office import printed, text_of
from tests.builders.shelves import SHIPPED
from tests.effort import seldom
from tests.workflows.admission_office import moment
from tests.workflows.consultation_answers import GROUPS, answers
from tests.workflows.consultation_mutants import MUTANTS, Mutant, change, mutilated
from tests.workflows.consultation_rights import CHECKS, of_registration, unconsented
from tests.workflows.consultation_walks import LI, RULES, Path, walk, world
from tests.workflows.meeting_law import NEW_LAW, case
from tests.workflows.scenario_player import Cast, plain, scripts

WALKS = 160
"""How many walks are tried: the same ones on every machine."""
LOOK = 400
"""How many walks a search tries on a mutilated file before it gives up."""
Stands = dict[str, list[Path]]


@pytest.fixture(scope="module")
def paths() -> list[Path]:
    """The path after each granted step of each walk."""
    return [path for seed in range(WALKS) for path in walk(RULES, Random(seed))]


@pytest.fixture(scope="module")
def stands(paths: list[Path]) -> Stands:
    """Cases by the state they came to: where a search on a mutilated file goes on from."""
    found: Stands = {}
    for path in paths:
        found.setdefault(path[-1].after.state, []).append(path)
    return {state: Random(state).sample(there, len(there)) for state, there in found.items()}


def wrongs(name: str, found: Iterator[Path] | list[Path]) -> list[tuple[str, list[str]]]:
    """Return what a check says of each path, with its last few moves."""
    return [
        (wrong, [one.trigger or one.step.event.kind for one in path[-5:]])
        for path in found
        for wrong in CHECKS[name](path)
    ]


@pytest.mark.parametrize("name", CHECKS)
def test_whatever_is_tried_it_holds(name: str, paths: list[Path]):
    assert wrongs(name, paths) == []


@pytest.mark.slow
@pytest.mark.parametrize("block", range(20))
def test_it_holds_in_many_more_walks(block: int):
    seeds = range(10_000 + 200 * block, 10_200 + 200 * block)
    found = [path for seed in seeds for path in walk(RULES, Random(seed))]

    assert {name: wrongs(name, found) for name in CHECKS} == {name: [] for name in CHECKS}


def test_the_walks_come_to_every_stage_and_to_what_the_properties_are_about(paths: list[Path]):
    met = Counter(path[-1].trigger for path in paths)
    states = {path[-1].after.state for path in paths}
    last = [path[-1] for path in paths]
    needed = [
        one for one in last
        if one.trigger in {"publish", "adopt"} and any(r["consent_needed"] for r in one.rows("impact"))
    ]  # fmt: skip
    majority = [
        one for one in last if one.trigger == "adopt" and one.after.fields["result"] == "majority"
    ]
    demanded = [
        one for one in last if one.trigger == "adopt" and one.after.taken.get("must_convene")
    ]
    objected = [one for one in last if one.trigger == "implement" and one.rows("objections")]

    assert states == set(RULES.definition.states)
    assert all(
        met[one] for one in ("notify", "reconvene", "renotify", "close", "ask_recheck", "suspend")
    )
    assert all((needed, majority, demanded, objected))


def granted(start: Case, move: Move) -> bool:
    """Tell whether a move is granted on the new law's first day, or refused by its guard alone."""
    try:
        take_step(RULES, start, move, now=moment(NEW_LAW), world=world(Random(0)))
    except MoveRefused as refused:
        codes = {one.code for one in refused.reasons}
        if codes != {"move.guard"}:
            raise AssertionError(codes) from refused
        return False
    return True


# --- 1: rosters


@pytest.mark.parametrize("group", [*GROUPS, "群体甲", "a", "户"])
@pytest.mark.parametrize("invited", [None, 0])
def test_no_notice_goes_out_while_a_group_has_nobody_invited(group: str, invited: int | None):
    start = case("planning", NEW_LAW, channel="counter", proposers=[{"person": "zhao"}])
    others = {"group": "业主", "burden": "收费", "minority": False, "consent_needed": False}
    row: dict[str, Any] = {"group": "业主", "invited": 6}
    data = {**_notice(), "impact": [others, {**others, "group": group}]}

    def notified(*rows: dict[str, Any]) -> bool:
        move = Move(actor=LI, trigger="notify", data={**data, "attendance": [row, *rows]})
        return granted(start, move)

    named = [] if invited is None else [{"group": group, "invited": invited}]
    assert not notified(*named)
    assert notified({"group": group, "invited": 1})


def _notice() -> dict[str, Any]:
    values = answers(Random(1), NEW_LAW, {})
    names = ("agenda", "place", "notice_channels", "facilitator", "recorder")
    return {
        **{name: values[name] for name in names},
        "form": "council", "session_on": "2026-01-06", "roster_checked": True,
    }  # fmt: skip


READ = ("consultation", "joint_consultation", "participatory_budget", "forums", "common")


@pytest.mark.parametrize("name", READ)
def test_no_field_fact_table_or_guard_speaks_of_registration(name: str):
    assert of_registration(plain(SHIPPED / f"{name}.yaml")) == []


def test_nor_does_the_law_of_meetings_and_no_column_is_about_where_somebody_comes_from():
    pack = plain(SHIPPED / "packs" / "community_law.yaml")
    columns = {"impact": {"group", "burden", "minority", "compensation", "consent_needed", "consent_given"},
               "attendance": {"group", "invited", "present"}}  # fmt: skip

    assert of_registration(pack) == []
    for name, allowed in columns.items():
        assert set(RULES.fields[name].of or {}) == allowed


@pytest.mark.parametrize(
    "mutate",
    [
        change(
            "fields", "attendance", "of", "hukou", type="boolean", label={"zh": "本", "en": "l"}
        ),
        change("fields", "roster_checked", label={"zh": "户籍居民名册已核对", "en": "checked"}),
        change("facts", "counted", **{"is": "attendance.filter(a, a.group != '外来人口')"}),
    ],
    ids=["a column", "a label", "a fact"],
)
def test_a_file_that_asks_for_registration_is_found_out(mutate: Any):
    file = plain(SHIPPED / "consultation.yaml")
    mutate(file)

    assert of_registration(file)


# --- 2: consent


@pytest.mark.parametrize("given", [None, False, True])
@pytest.mark.parametrize(
    ("state", "trigger"),
    [("legal_review", "to_study"), ("legal_review", "publish"), ("deciding", "adopt")],
)
@pytest.mark.parametrize("votes", [16, 30])
def test_a_right_is_touched_with_written_consent_and_not_by_any_vote(
    state: str, trigger: str, given: bool | None, votes: int
):
    row = {"group": "一楼住户", "burden": "出让地面", "minority": True, "consent_needed": True}
    impact: list[Any] = [row if given is None else {**row, "consent_given": given}]
    result = "agreed" if trigger == "publish" else "majority"
    start = case(
        state, NEW_LAW, impact=impact, reviewed=True, result=result, money=False, duties=False,
        is_convention=False, owners_vote="none", dissents=[{"group": "一楼住户", "words": "不同意"}],
        forum="rr", basis="members", eligible=30, present=30, channel="counter", proposal="方案",
    )  # fmt: skip
    data: dict[str, Any] = {"forum": "rr", "basis": "members"} if trigger == "to_study" else {}
    data |= {"votes_for": votes} if trigger == "adopt" else {}
    move = Move(actor=LI, trigger=trigger, data=data)

    assert granted(start, move) is (not unconsented(start))


# --- 3: dissent


@pytest.fixture
def cases(cast: Cast) -> Iterator[Casework]:
    """The use cases, with the people of the author tests."""
    script = next(one for one in scripts() if one.rule.workflow == "consultation")
    with cast.rehearsal.stage(script.rule, script.scenario) as found:
        yield found


DISSENT = [
    "每月两角太贵，租户付不起",
    "噪声——夜里十一点以后、以及清晨，都睡不着",
    "反对；理由见附页（三）第2条",
]


def test_dissent_is_in_the_case_and_on_the_opinion_word_for_word(cases: Casework):
    ref = _opinion(cases, [{"group": "租户", "words": words} for words in DISSENT])

    with cases.store.read() as work:
        kept: Any = work.cases.load(ref).fields["dissents"]
    text = text_of(printed(cases, ref, "opinion", person="li", now=moment(NEW_LAW)).pdf)

    assert [row["words"] for row in kept] == DISSENT
    assert [words for words in DISSENT if words not in text] == []


def _opinion(cases: Casework, dissents: list[dict[str, str]]) -> str:
    values = answers(Random(1), NEW_LAW, {})
    row = {"group": "租户", "burden": "收费", "minority": False, "consent_needed": False}
    topic = {"topic": "充电", "matter": "CM-EBIKE", "location": "和顺小区", "channel": "counter"}
    start: dict[str, Any] = {**topic, "proposers": [{"person": "zhao"}]}
    ref = cases.open(
        "consultation", unit="heshun", person="zhao", data=start, now=moment(NEW_LAW), entry="C01"
    ).after.id
    there = [{"group": "租户", "invited": 6, "present": 5}]
    notice = {**_notice(), "impact": [row], "attendance": there, "special_reason": "临时"}
    notice |= {name: NEW_LAW.isoformat() for name in ("session_on", "special_for")}
    session = ("minutes", "proposal", "duties", "owners_vote")
    formed = {name: values[name] for name in session} | {
        "signatures": [{"who": "代表", "signed": True}], "result": "majority", "money": False,
        "is_convention": False, "owners_vote": "none", "dissents": dissents,
    }  # fmt: skip
    moves: list[tuple[str, str, dict[str, Any]]] = [
        ("wang", "screen", {}), ("wang", "grade_it", {"grade": "deep"}),
        ("li", "accept", {"scope": "全体"}), ("dang", "accept", {}), ("li", "notify", notice),
        ("qian", "open_session", {}), ("qian", "form_opinion", formed), ("ji", "form_opinion", {}),
    ]  # fmt: skip
    for person, trigger, data in moves:
        kind = (
            "sign" if (person, trigger) in {("dang", "accept"), ("ji", "form_opinion")} else "fire"
        )
        shown = cases.shown_hash(ref, trigger) if kind == "sign" else ""
        cases.move(
            ref, person=person, trigger=trigger, data=data, now=moment(NEW_LAW), kind=kind,
            hash=shown,
        )  # fmt: skip
    return ref


# --- mutants


@pytest.mark.parametrize("mutant", seldom(MUTANTS))
def test_a_file_that_breaks_a_property_is_found_out(mutant: Mutant, stands: Stands):
    workflow = mutilated("consultation", mutant.mutate)
    begins: list[Path] = [path for state in mutant.states for path in stands[state]]

    def breaks(seed: int) -> bool:
        start = begins[seed % len(begins)]
        draw = Random(seed)
        found = walk(workflow, draw, start=start, wishes=25, keen=mutant.keen, later=mutant.later)
        return any(CHECKS[mutant.breaks](path) for path in found)

    assert any(breaks(seed) for seed in range(LOOK))
