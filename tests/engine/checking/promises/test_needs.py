"""What a move needs, and what is known of a made-up case whose guard must be shut."""

import pytest

from tests.builders.toy_workflows import field, one_move
from tests.engine.checking.promises.toy_packs import breaches, says
from tests.engine.checking.promises.toy_parts import FLAG, NOTE, WHY, refusing

REFUSAL = {"for": {"to_outcome": "negative"}, "needs": {"asks": "reason", "issues": "remedies"}}


@pytest.mark.parametrize(
    "move",
    [
        pytest.param({"asks": ["why"], "issues": ["note"]}, id="asked for"),
        pytest.param({"sets": {"code": "late"}, "issues": ["note"]}, id="set"),
    ],
)
def test_a_refusal_with_reason_and_remedies_keeps_its_promise(move):
    assert says(REFUSAL, **refusing(**move)) == []


def test_a_refusal_without_a_reason_is_named_with_its_way():
    assert says(REFUSAL, **refusing(issues=["note"])) == [
        "'refuse' asks for no field that means: reason; the way: open1 → refuse"
    ]


def test_a_refusal_without_remedies_is_named():
    found = says(REFUSAL, **refusing(asks=["why"]))

    assert found == ["'refuse' issues no document that means: remedies; the way: open1 → refuse"]


def test_an_outcome_of_the_move_beats_that_of_its_state():
    states = one_move(outcome="negative")

    assert len(says(REFUSAL, fields={"why": WHY}, documents=NOTE, states=states)) == 1


def test_a_file_without_the_move_breaks_the_promise_unless_it_may_be_missing():
    assert says(REFUSAL) == ["the file has no move that this rule speaks of"]
    assert says({**REFUSAL, "must_exist": False}) == []


def test_a_breach_stands_at_the_move_with_the_promise_s_id_and_both_texts():
    (found,) = breaches(REFUSAL, **refusing(issues=["note"]))

    assert (found.code, found.severity) == ("T01", "error")
    assert found.words.zh.startswith("应当如此：“refuse”未要求填写")
    assert found.at.line == 1
    assert found.at.column > 1


def test_a_warning_is_a_warning():
    (found,) = breaches({**REFUSAL, "severity": "warning"}, **refusing(issues=["note"]))

    assert found.severity == "warning"


@pytest.mark.parametrize(
    ("move", "count"),
    [
        pytest.param({"tells": ["gardener"]}, 0, id="told"),
        pytest.param({"issues": ["note"]}, 0, id="a document addressed to them"),
        pytest.param({"tells": ["head"]}, 1, id="somebody else told"),
    ],
)
def test_who_must_be_informed_is_told_or_written_to(move, count):
    promise = {"for": {"to_outcome": "negative"}, "needs": {"informs": "asker"}}
    roles = {"gardener": {"level": "garden", "means": "asker"}, "head": {"level": "region"}}

    assert len(says(promise, roles=roles, **refusing(**move))) == count


def test_one_of_several_needs_is_enough_and_none_is_a_breach_of_all():
    promise = {
        "for": {"to_outcome": "negative"},
        "needs": {"any": [{"asks": "reason"}, {"issues": "remedies"}]},
    }

    assert says(promise, **refusing(issues=["note"])) == []
    assert says(promise, **refusing()) == [
        "'refuse' asks for no field that means: reason and "
        "issues no document that means: remedies; the way: open1 → refuse"
    ]


SHUT = {"for": {"to": "finals"}, "needs": {"shut_while": {"unset": "ready"}}}


@pytest.mark.parametrize(
    ("guard", "count"),
    [
        pytest.param(["ready"], 0, id="the flag"),
        pytest.param(["size(name) > 3 && ready"], 0, id="the flag and something unknown"),
        pytest.param(["sure"], 0, id="through a derived fact"),
        pytest.param(["size(name) > 3 || ready"], 1, id="another way in"),
        pytest.param(["size(name) > 3"], 1, id="something else"),
        pytest.param([], 1, id="no guard"),
    ],
)
def test_a_guard_is_shut_only_if_it_is_false_whatever_else_may_be(guard, count):
    fields = {"ready": FLAG, "name": field("text")}
    facts = {"sure": {"is": "ready && true", "label": {"zh": "确定", "en": "sure"}}}

    assert len(says(SHUT, fields=fields, facts=facts, states=one_move(when=guard))) == count


def test_a_tag_that_nothing_carries_is_a_breach_by_itself():
    assert says(SHUT) == ["nothing in 'fields' says means: ready"]


LISTS = {
    "plots": field("list", means="plots", of={
        "name": field("text"), "kind": field("choice", options={"sunny": {"zh": "晴"}}, means="k"),
        "size": field("integer", optional=True), "sure": field("boolean"),
        "photo": field("unit", optional=False),
    }),
    "keys": field("list", means="keys", of={"name": field("text")}),
    "tags": field("choice", means="tags", many=True, options={"old": {"zh": "旧"}}),
    "cost": field("money", means="cost"),
    "ends": field("date", means="ends"),
}  # fmt: skip


@pytest.mark.parametrize(
    ("known", "guard"),
    [
        pytest.param({"unset": "plots"}, "size(plots) > 0", id="an empty list"),
        pytest.param({"unset": "ends"}, "filled.ends", id="a day that is not filled"),
        pytest.param({"unset": "tags"}, "'old' in tags", id="several choices, none"),
        pytest.param({"given": {"tags": "old"}}, "!('old' in tags)", id="one of several choices"),
        pytest.param({"given": {"tags": ["old"]}}, "!('old' in tags)", id="choices as a list"),
        pytest.param({"given": {"cost": 3}}, "cost < 2.5", id="money from a whole number"),
        pytest.param({"on": "2026-01-05", "given": {"ends": "2026-01-04"}}, "ends > today", id="a day"),
        pytest.param({"params": True}, "params.most > 9", id="the params as written"),
        pytest.param({"items": {"plots": {"k": "sunny"}}}, "none_sunny", id="a column by its tag"),
        pytest.param({"items": {"plots": {}}, "unset": "keys"}, "no_key_missing", id="made-up items"),
        pytest.param({"items": {"plots": [{"k": "sunny"}, {}]}}, "size(plots) != 2", id="several items"),
        pytest.param({"running": "wait"}, "clocks.wait.elapsed", id="a clock that runs"),
        pytest.param({"overdue": "wait"}, "!clocks.wait.overdue", id="a clock that is overdue"),
        pytest.param({"table": {"law": {"ok": [False]}}}, "rule.ok", id="what a table says"),
    ],
)  # fmt: skip
def test_what_is_known_of_a_made_up_case(known, guard):
    promise = {"for": {"to": "finals"}, "needs": {"shut_while": [known]}}
    label = {"label": {"zh": "事实", "en": "fact"}}
    facts = {
        "none_sunny": {"is": "!plots.exists(p, p.kind == 'sunny')", **label},
        "no_key_missing": {"is": "plots.all(p, keys.exists(k, k.name == p.name))", **label},
    }
    row = {"id": "r", "then": {"ok": True}}

    found = says(
        promise,
        fields=LISTS,
        facts=facts,
        params={"most": {"value": 4}},
        clocks={"wait": {"at_least": "3 days", "starts": ["asked"], "means": "wait"}},
        tables={"rule": {"hit": "first", "means": "law", "gives": {"ok": "boolean"}, "rules": [row]}},
        states=one_move(when=[guard]),
    )  # fmt: skip

    assert found == []


def test_params_are_unknown_unless_the_promise_takes_them_as_written():
    promise = {"for": {"to": "finals"}, "needs": {"shut_while": {"given": {"n": 5}}}}
    parts = {"fields": {"n": field("integer", means="n")}, "params": {"most": {"value": 4}}}

    found = says(promise, **parts, states=one_move(when="n <= params.most"))

    assert len(found) == 1
