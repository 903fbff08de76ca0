"""Answers to everything that a consultation may ask: mostly what is right, often not."""

from collections.abc import Mapping, Sequence
from datetime import date
from random import Random
from typing import Any

from tests.builders.shelves import SHIPPED, rows
from tests.workflows.admission_office import day_after

MASTER = "00000000-0000-4000-8000-000000000002"
MATTERS = {code: {**row, "from": "2018-01-01"} for code, row in rows(SHIPPED)["matters"].items()}
OPEN = [code for code, row in sorted(MATTERS.items()) if row["class"] not in {"F", "G"}]
BARRED = [code for code in sorted(MATTERS) if code not in OPEN]
GROUPS = (
    "车主", "租户", "没有户籍的务工人员", "非本地户籍居民", "驻区单位", "newcomers without hukou",
)  # fmt: skip
"""Groups under any name: nothing may hang on what they are called."""


def answers(draw: Random, day: date, fields: Mapping[str, Any]) -> dict[str, Any]:
    """Draw something for every field that a move may ask: mostly what is right, often not."""
    impact = fields.get("impact") if draw.random() < 0.6 else None
    impact = impact or _impact(draw)
    today = day_after(day, 0)
    forum, basis = draw.choice(
        [("rm", "adults"), ("rm", "households"), ("rr", "members"), ("rr", "members"),
         ("ow_major", "owners"), ("ow_279", "owners"), ("vr", "members"), ("rr", "adults")]
    )  # fmt: skip
    drawn = {
        "topic": "车棚充电位", "matter": draw.choice([draw.choice(OPEN)] * 9 + [draw.choice(BARRED)]),
        "location": "和顺小区", "channel": draw.choice(["counter", "counter", "delegated"]),
        "proposers": [{"person": "zhao"}], "scope": "全体使用人", "grade": draw.choice(["deep", "immediate"]),
        **_demand(draw, day), **_ends(draw, today), **_session(draw, day, impact), **_vote(draw, day),
        "impact": impact, "attendance": _attendance(draw, impact), "forum": forum, "basis": basis,
        "roster_checked": draw.random() < 0.9, "edited": _columns(draw, today),
        "objections": [{"words": draw.choice(["太吵", "收费过高"]), "received_on": today}],
        "lines": [{"what": "安装", "owner": "heshun", "government": draw.random() < 0.1, "due_on": day_after(day, 20)}],
    }  # fmt: skip
    return {**drawn, **_favourable(draw, day, drawn)} if draw.random() < 0.6 else drawn


def _favourable(draw: Random, day: date, drawn: Mapping[str, Any]) -> dict[str, Any]:
    """Return answers with which a consultation goes on, among what was drawn."""
    impact = drawn["impact"] or [
        {"group": "租户", "burden": "收费", "minority": False, "consent_needed": False}
    ]
    dissents = [{"group": row["group"], "words": "收费过高"} for row in impact]
    there = [{"group": row["group"], "invited": 6, "present": 5} for row in impact]
    return {
        "impact": impact, "attendance": there, "matter": OPEN[0], "form": "council",
        "session_on": day_after(day, draw.choice([4, 4, 4, 3])), "roster_checked": True, "signatures": [{"who": "代表", "signed": True}],
        "dissents": dissents, "forum": "rr", "basis": "members", "meeting_on": day_after(day, 6),
        "present": 28, "votes_for": 28, "is_convention": False, "owners_vote": "none",
    }  # fmt: skip


def _impact(draw: Random) -> list[dict[str, Any]]:
    rows_ = []
    for group in draw.sample(GROUPS, draw.choice([0, 1, 2, 2, 3])):
        row = {
            "group": group,
            "burden": "收费",
            "minority": draw.random() < 0.3,
            "consent_needed": draw.random() < 0.3,
        }
        given = draw.choice([None, True, True, False])
        rows_.append(row if given is None else {**row, "consent_given": given})
    return rows_  # fmt: skip


def _attendance(draw: Random, impact: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    found = []
    for row in impact:
        if draw.random() < 0.07:
            continue
        invited = 0 if draw.random() < 0.05 else 6
        one = {"group": row["group"], "invited": invited}
        present = draw.choice([None, 0, 3, 5, 6, 6, 6, 6, 6, 6])
        found.append(one if present is None else {**one, "present": min(present, invited)})
    return found


def _demand(draw: Random, day: date) -> dict[str, Any]:
    who, body = draw.choice([("rm", "adults"), ("rm", "reps"), ("rr", "reps"), ("rm", "groups")])
    return {
        "demand_for": who, "demand_body": body, "demand_valid": draw.choice([20, 34, 34, 100]),
        "demand_of": 100, "demand_verified_on": day_after(day, 0),
    }  # fmt: skip


def _ends(draw: Random, today: str) -> dict[str, Any]:
    sides = [("zhao", "applicant"), ("zhou", "respondent")]
    return {
        "reason": "理由", "reply_on": today, "reason_code": "other", "referred_to": "住建局",
        "referred_accepted_by": "王某", "street_unit": "jie", "master": MASTER, "order_paper": "决定.pdf",
        "disputants": [{"person": p, "side": s, "will": "agrees"} for p, s in sides],
        "reopen_why": "new_facts", "suspend_why": "appraisal", "evidence": "鉴定.pdf",
        "danger_kind": "other", "reports": [{"body": "公安110", "reported_at": f"{today}T01:00:00Z"}],
        "body_reply": "已处理", "review_why": "不服", "review_result": "重新审核", "referral_reply": "已办",
        "department_answer": draw.choice(["adopted", "unanswered"]), "department_reasons": "已研究",
        "satisfaction_asked": True, "supervisor_seen": True, "satisfaction": [{"score": 5}],
        "interested": [{"person": "zhou", "why": "亲属"}], "agrees_withdrawal": True,
    }  # fmt: skip


def _session(draw: Random, day: date, impact: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    dissent = [
        {"group": row["group"], "words": draw.choice(["不同意", "收费过高"])} for row in impact
    ]
    form = draw.choice(
        ["council"] * 4
        + ["hearing", "online", "on_the_spot", "residents_meeting", "reps_meeting", "four_party"]
    )
    seats = [
        {"seat": s, "body": s, "seated": True} for s in ("party", "committee", "owners", "property")
    ]
    return {
        "form": form, "agenda": "议程", "session_on": day_after(day, draw.choice([0, 3, 4, 4, 4, 6, 11])),
        "place": "议事厅", "notice_channels": ["board", "wechat"], "facilitator": "qian", "recorder": "ji",
        "special_reason": "临时停电", "seats": seats, "offline_way": "到社区填表", "eligibility_checked": True,
        "minutes": "记录.pdf", "signatures": [{"who": "代表", "signed": draw.random() < 0.95}],
        "result": draw.choice(["agreed", "agreed", "partial", "majority", "majority", "none"]),
        "proposal": draw.choice(["方案一", "方案二"]), "dissents": dissent[: draw.choice([0, 1, 2])],
        "opinions": [{"group": "租户", "words": "赞成"}], "money": draw.random() < 0.5,
        "duties": False, "is_convention": draw.random() < 0.1, "party_opinion": "同意",
        "owners_vote": draw.choice(["none"] * 6 + ["meeting", "ballot"]),
        "legal_opinion": "意见.pdf", "must_change": "收费标准",
    }  # fmt: skip


def _vote(draw: Random, day: date) -> dict[str, Any]:
    return {
        "meeting_on": day_after(day, draw.choice([0, 4, 6, 6, 11, 11, 16, 16])), "eligible": 30,
        "eligible_area": 3000, "roll_hash": "ab12", "rr_authorised": "授权.pdf",
        "present": draw.choice([28, 28, 30, 10]), "present_area": draw.choice([2800, 3000]),
        "votes_for": draw.choice([28, 28, 30, 3]), "votes_area": draw.choice([2800, 3000]),
        "about_person": False, "ballot": "secret",
    }  # fmt: skip


def _columns(draw: Random, today: str) -> dict[str, dict[str, Any]]:
    """Return what would be entered in a row of a list that can be edited."""
    return {
        "proposers": {"agrees_withdrawal": True},
        "attendance": {"present": draw.choice([0, 5, 6, 6])},
        "seats": {"seated": True},
        "impact": {"consent_given": draw.random() < 0.8, "compensation": "减免"},
        "objections": {"answer": "依据如下", "answered_on": today, "upheld": draw.random() < 0.2},
        "lines": {"done_on": today, "not_done_why": "天气", "note": "进展", "letter_sent": True},
        "dissents": {"answer": "已说明", "words": "没有意见", "group": "无"},
    }
