"""No file can lower the law's numbers: the tables are the pack's, and the guards must read them."""

from typing import Any

import pytest

from tests.engine.checking.promises.patched_files import broken, found_in

EASY: dict[str, Any] = {"lawful": True, "quorum": "> 1/10", "majority": "> 1/10"}
NO_GUARD = [{"that": "called", "otherwise": {"zh": "未通知", "en": "not called"}}]
LOWERED: dict[str, tuple[dict[str, Any], str]] = {
    "the table of meetings is written anew": (
        {"tables.forum_rule": {"hit": "first", "gives": {"quorum": "share"}, "rules": [
            {"id": "ours", "then": {"quorum": "> 1/10"}}]}},
        "HY202",
    ),
    "the table of demands is written anew": (
        {"tables.demand_rule": {"hit": "first", "gives": {"share": "share"}, "rules": [
            {"id": "ours", "then": {"share": "> 1/2"}}]}},
        "HY202",
    ),
    "a second table claims to be the law": (
        {"tables.ours": {
            "hit": "first", "means": "meeting_law", "label": {"zh": "本地", "en": "ours"},
            "gives": {"lawful": "boolean", "quorum": "share", "majority": "share"},
            "rules": [{"id": "ours", "then": EASY, "source": "design#"}]}},
        "LR14",
    ),
    "the pack is not used": ({"uses": ["common", "danger", "forums"]}, "HY301"),
    "the quorum is a number of the file": (
        {"facts.quorate.is": "meets('> 1/10', present, eligible)"}, "LR14",
    ),
    "the quorum is asked of nobody": ({"facts.quorate.is": "present > 0"}, "LR14"),
    "the quorum counts those present": (
        {"facts.quorate.is": "forum_rule.lawful && meets(forum_rule.quorum, present, present)"},
        "LR14",
    ),
    "the majority is a number of the file": (
        {"facts.carried.is": "meets('> 1/3', votes_for, present)"}, "LR14",
    ),
    "a majority of those present stands for all": (
        {"facts.carried.is": (
            "forum_rule.lawful && meets(forum_rule.majority, votes_for, present)")},
        "LR14",
    ),
    "an unlawful meeting decides": (
        {"facts.carried.is": (
            "meets(forum_rule.majority, votes_for, forum_rule.by_all ? eligible : present)")},
        "LR14",
    ),
    "the vote is opened without a quorum": (
        {"states.decision_pending.on.open_vote.when": NO_GUARD}, "LR14",
    ),
    "the notice has a length of its own": ({"clocks.meeting_notice.at_least": "5 days"}, "LR13"),
    "the notice follows half the law": (
        {"clocks.meeting_notice.at_least": {"n": "=forum_rule.notice_days / 2", "unit": "days"}},
        "HY302",
    ),
    "a demand needs more than the law says": (
        {"facts.mandatory.is": (
            "demanded && demand_rule.lawful && meets('>= 1/5', demand_valid, demand_of)")},
        "LR18",
    ),
    "a demand is for the chair to weigh": (
        {"facts.mandatory.is": "demanded && filled.scope"}, "LR18",
    ),
}  # fmt: skip


@pytest.mark.parametrize("way", LOWERED)
def test_a_file_that_lowers_the_law_is_refused(way: str):
    change, code = LOWERED[way]

    assert code in broken("consultation", change), way


def test_more_than_the_law_asks_is_no_breach():
    change = {
        "facts.quorate.is": (
            "forum_rule.lawful && meets(forum_rule.quorum, present, eligible)"
            " && meets('>= 3/4', present, eligible)"
        ),
        "clocks.meeting_notice.at_least": {"n": "=forum_rule.notice_days + 5", "unit": "days"},
    }

    assert broken("consultation", change) == set()


def test_the_finding_names_the_rule_and_the_article():
    found = found_in("consultation", {"facts.carried.is": "votes_for > 0"})

    said = [one for one in found if one.code == "LR14"]
    assert said
    assert all("jwh2025#27" in one.words.zh for one in said)
