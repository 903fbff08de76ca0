"""A move, step by step: what is judged when, what is asked, and what refuses with which words."""

import pytest

from engine.case.values import Actor, Step
from tests.builders.club_worlds import (
    STRANGER,
    TIMER,
    fire,
    variant_of,
)  # fmt: skip
from tests.builders.refusals import codes, names, refused
from tests.builders.toy_workflows import field, guarded, one_move, toy

N = {"n": field("integer"), "m": field("integer"), "t": field("text")}


def test_a_granted_move_makes_one_event_and_one_revision():
    workflow = toy(fields=N, states=one_move(id="T1", asks=["n"], sets={"m": "=n + 1"}))
    case = variant_of(workflow)

    step: Step = fire(workflow, case, "go", data={"n": 1}, via="test")

    assert step.before == case
    assert (step.after.state, step.after.outcome, step.after.revision) == ("done", "positive", 2)
    assert step.after.fields == {"n": 1, "m": 2}
    assert step.after.taken == {"go": 1}
    assert (step.event.seq, step.event.kind, step.event.actor) == (2, "moved", "gao")
    told = {
        k: step.event.public[k]
        for k in ("trigger", "rule", "branch", "from", "to", "role", "given", "via")
    }
    assert told == {
        "trigger": "go", "rule": "T1", "branch": 0, "from": "asked", "to": "done", "role": "anyone",
        "given": ["n"], "via": "test",
    }  # fmt: skip


def test_a_refusal_leaves_the_case_as_it_was():
    workflow = guarded("n > 5", fields=N)
    case = variant_of(workflow, data={"n": 1})
    whole = repr(case)

    refused(lambda: fire(workflow, case, "go"))

    assert repr(case) == whole


def test_a_trigger_the_state_does_not_offer_names_what_it_offers():
    error = refused(lambda: fire(toy(), variant_of(toy()), "fly"))

    assert codes(error) == ["move.state"]
    assert error.allowed == ("go",)
    assert "'fly'" in error.reasons[0].words.en
    assert "go" in error.reasons[0].words.zh


def test_a_final_state_without_moves_offers_nothing():
    done = fire(toy(), variant_of(toy()), "go").after

    error = refused(lambda: fire(toy(), done, "go"))

    assert "现在可做：无" in error.reasons[0].words.zh
    assert "allowed now: nothing" in error.reasons[0].words.en


def test_a_move_may_be_named_by_its_rule():
    workflow = toy(states=one_move(id="T1, T2"))

    assert fire(workflow, variant_of(workflow), "T2").event.public["trigger"] == "go"


def test_a_rule_of_another_state_is_refused_under_the_name_of_its_trigger():
    states = {
        "asked": {"on": {"go": {"id": "T1", "to": "grown", "by": "anyone"}}},
        "grown": {"on": {"end": {"to": "done", "by": "anyone"}}},
    }
    workflow = toy(states=states)
    grown = fire(workflow, variant_of(workflow), "T1").after

    assert "'go'" in refused(lambda: fire(workflow, grown, "T1")).reasons[0].words.en


def test_without_the_role_nothing_else_is_told():
    workflow = toy(fields=N, states=one_move(by="head", asks=["m"], when="n > 5"))

    error = refused(lambda: fire(workflow, variant_of(workflow, data={"n": 1}), "go", STRANGER))

    assert codes(error) == ["move.role"]
    assert names(error) == [("head",)]


@pytest.mark.parametrize(
    ("by", "zh"),
    [("opener", "立案人"), ("clock", "系统期限"), ("link", "关联案件"), ("gardener", "园丁")],
)
def test_the_refusal_says_in_words_who_may(by, zh):
    workflow = toy(
        roles={"gardener": {"level": "garden", "label": {"zh": "园丁", "en": "gardener"}}},
        states=one_move(by=by),
    )

    error = refused(lambda: fire(workflow, variant_of(workflow), "go", Actor(id="x")))

    assert zh in error.reasons[0].words.zh


def test_a_clock_is_told_that_even_anyone_is_a_person():
    error = refused(lambda: fire(toy(), variant_of(toy()), "go", TIMER))

    assert "任何人" in error.reasons[0].words.zh


def test_what_anybody_may_open_a_calendar_may_open_too():
    assert variant_of(toy(), TIMER).opened_by == "clock"


def test_who_is_barred_is_told_that_and_no_more():
    workflow = toy(
        fields={"rival": field("person")}, roles={"gardener": {"level": "garden", "never": "rival"}},
        states=one_move(by="gardener", asks=["rival"]),
    )  # fmt: skip

    error = refused(lambda: fire(workflow, variant_of(workflow, data={"rival": "gao"}), "go"))

    assert codes(error) == ["move.barred"]


def test_roles_are_judged_before_the_data_of_the_move():
    workflow = toy(
        fields={"rival": field("person")}, roles={"gardener": {"level": "garden", "never": "rival"}},
        states=one_move(by="gardener", asks=["rival"]),
    )  # fmt: skip
    case = variant_of(workflow)

    assert fire(workflow, case, "go", data={"rival": "gao"}).after.state == "done"


def test_guards_are_judged_on_the_data_of_the_move():
    workflow = toy(fields=N, states=one_move(asks=["n"], when="n > before.n"))
    case = variant_of(workflow, data={"n": 1})

    assert fire(workflow, case, "go", data={"n": 2}).after.fields == {"n": 2}
    assert codes(refused(lambda: fire(workflow, case, "go", data={"n": 1}))) == ["move.guard"]


def test_every_reason_is_given_to_who_has_the_role():
    workflow = toy(fields=N, states=one_move(asks=["n", "t"], when=["m > 5", "m > 6"]))

    error = refused(
        lambda: fire(workflow, variant_of(workflow, data={"m": 1}), "go", data={"t": 3, "x": 1})
    )

    assert codes(error) == ["move.field", "move.field", "move.guard", "move.guard", "move.missing"]
    assert names(error) == [("t",), ("x",), ("m",), ("m",), ("n",)]


def test_a_guard_on_an_unset_field_names_it():
    workflow = guarded("n > 5", fields=N)

    reason = refused(lambda: fire(workflow, variant_of(workflow), "go")).reasons[0]

    assert (reason.code, reason.names) == ("move.guard", ("n",))
    assert "“某项”（n）" in reason.words.zh
    assert "not known yet: 'thing' (n)" in reason.words.en


def test_a_guard_on_a_fact_names_the_fields_the_fact_lacks():
    workflow = guarded("twice > 5", fields=N, facts={"twice": {"is": "n * 2 + m"}})

    assert names(refused(lambda: fire(workflow, variant_of(workflow), "go"))) == [("m", "n")]


def test_what_the_file_says_otherwise_is_what_is_read():
    when = [
        {"that": "n > 5", "otherwise": {"zh": "现有{n}", "en": "there are {n}"}, "source": "law#3"}
    ]
    workflow = guarded(when, fields=N, sources={"law": {"title": "法"}})

    known = refused(lambda: fire(workflow, variant_of(workflow, data={"n": 1}), "go")).reasons[0]
    unset = refused(lambda: fire(workflow, variant_of(workflow), "go")).reasons[0]

    assert (known.words.zh, known.words.en, known.source) == ("现有1", "there are 1", "law#3")
    zh = unset.words.zh
    assert ("现有" in zh, "“某项”（n）" in zh, unset.names) == (False, True, ("n",))


def test_without_words_of_the_file_the_refusal_says_what_was_read():
    reason = refused(
        lambda: fire(
            guarded("n > 5", fields=N), variant_of(guarded("n > 5", fields=N), data={"n": 1}), "go"
        )
    ).reasons[0]

    assert reason.words.zh == "条件未满足，涉及：“某项”（n）"
    assert reason.words.en == "does not hold; it reads: 'thing' (n)"


def test_sets_read_the_same_facts():
    workflow = toy(fields=N, states=one_move(sets={"n": "=m", "m": "=n"}))

    assert fire(workflow, variant_of(workflow, data={"n": 1, "m": 2}), "go").after.fields == {
        "n": 2,
        "m": 1,
    }


def test_sets_that_cannot_be_known_refuse_and_name_what_is_missing():
    workflow = toy(fields=N, states=one_move(sets={"n": "=m", "t": "x"}))

    error = refused(lambda: fire(workflow, variant_of(workflow), "go"))

    assert (codes(error), names(error)) == (["move.guard"], [("m",)])


def test_what_sets_lack_is_labelled_in_the_language_of_the_sentence():
    workflow = toy(fields=N, states=one_move(sets={"n": "=m"}))

    words = refused(lambda: fire(workflow, variant_of(workflow), "go")).reasons[0].words

    assert words.zh.startswith("无法确定“n”，尚缺：“")
    assert words.en.startswith("cannot set 'n'; not known: '")
    assert words.en.isascii()


def test_sets_that_go_wrong_say_what_went_wrong():
    workflow = toy(fields=N, states=one_move(sets={"n": "=n % 0"}))

    error = refused(lambda: fire(workflow, variant_of(workflow, data={"n": 1}), "go"))

    assert "modulus by zero" in error.reasons[0].words.zh
