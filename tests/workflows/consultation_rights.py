"""What may never happen in a consultation, read off the law and the plan and not off the file.

Each check looks at the last granted step of a path and says what is wrong with it.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any

from engine.case.values import Case
from tests.workflows.consultation_answers import MATTERS
from tests.workflows.consultation_walks import BACK, RULES, Granted, Path
from tests.workflows.meeting_law import DEMANDS, NEW_LAW, OLD_LAW

FORMS = {
    "on_the_spot": 0, "residents_meeting": 10, "reps_meeting": 5, "online": 3, "door_to_door": 3,
    "budget": 3, "council": 3, "hearing": 3, "talk": 3, "coordination": 3, "four_party": 3,
}  # fmt: skip
"""Whole days between the notice and the session (B.2, B.5)."""
OPEN_CALLS = {"online", "door_to_door", "budget"}
"""Forms in which opinions are collected: nobody meets."""
FORUMS = {
    "rm": 10,
    "rr": 5,
    "vm": 10,
    "vr": 0,
    "xz": 0,
    "ow_ordinary": 15,
    "ow_major": 15,
    "ow_279": 0,
}
"""Whole days between the notice and the deciding meeting (B.2), under the law of 2026."""
POSTED, WINDOW, OPEN_DAYS = 15, 7, 7
INTO_NOTICED = {"notify", "reconvene", "renotify"}
ONWARD = {"deciding", "published", "implementing"}
"""Where nobody's right is touched without consent."""
VOTED = {"deciding", "published"}
KEPT = {"calm", "resume", "reject_objection"}
"""Moves that lead back to where the case was."""
MINE = {"drop", "stop"}
"""How a demanded topic may end: its meeting said no, or the street or a court ordered it."""
AWAY = {"not_accepted", "referred", "converted", "merged", "withdrawn", "terminated", "suspended"}


def _days(first: date, last: date) -> int:
    """Return the whole days between two days, neither counted."""
    return (last - first).days - 1


def _list(case: Case, name: str) -> list[Mapping[str, Any]]:
    found: Any = case.fields.get(name, [])
    return list(found)


def _entered(one: Granted, state: str) -> bool:
    """Tell whether a case came into a state by this step, and not back from an overlay."""
    before = one.before
    came = before is None or before.state != state or one.trigger in INTO_NOTICED
    return bool(one.trigger) and one.after.state == state and came and one.trigger not in BACK


# --- 1: rosters


def roster(path: Path) -> list[str]:
    """Every affected group is on the roster before a notice, and there before the talks."""
    last = path[-1]
    groups = {row["group"] for row in last.rows("impact")}
    invited = {row["group"] for row in last.rows("attendance") if row["invited"] > 0}
    there = {row["group"] for row in last.rows("attendance") if row.get("present", 0) > 0}
    open_call = last.after.fields.get("form") in OPEN_CALLS
    found: list[str] = []
    if _entered(last, "noticed"):
        found += [f"{last.trigger}: not invited: {one}" for one in sorted(groups - invited)]
        found += [] if groups else [f"{last.trigger}: nobody is affected"]
    met = _entered(last, "in_session") and not open_call
    if met or _entered(last, "opinion_formed"):
        found += [f"{last.trigger}: not there: {one}" for one in sorted(groups - there)]
    return found


# --- 2: consent


def unconsented(case: Case) -> list[str]:
    """Return the groups whose written consent is needed and missing."""
    rows = _list(case, "impact")
    return [row["group"] for row in rows if row["consent_needed"] and not row.get("consent_given")]


def consent(path: Path) -> list[str]:
    """Nothing is voted on, posted or carried out against a right without written consent."""
    last = path[-1]
    onward = any(_entered(last, state) for state in ONWARD) and last.trigger not in KEPT
    return [f"{last.trigger}: {one}" for one in unconsented(last.after) if onward]


# --- 3: dissent


def _words(case: Case) -> list[tuple[str, str]]:
    return [(row["group"], row["words"]) for row in _list(case, "dissents")]


def dissent(path: Path) -> list[str]:
    """A majority goes on with its dissent; nobody changes a word; a close answers it."""
    last = path[-1]
    found: list[str] = []
    left = any(_entered(last, s) for s in ("opinion_formed", "legal_review", "party_study", *VOTED))
    if left and last.trigger not in KEPT and last.after.fields.get("result") == "majority":
        found += [] if any(words.strip() for _g, words in _words(last.after)) else ["no dissent"]
    before = last.before
    if before is not None and before.state != "in_session" and last.step.event.kind != "corrected":
        found += ["changed words"] if _words(before) != _words(last.after) else []
    if _entered(last, "closed"):
        found += [f"unanswered: {d['words']}" for d in last.rows("dissents") if not d.get("answer")]
    return found


# --- 4: demands


def _lawful(case: Case, day: date) -> bool:
    """Tell whether the demand on file must be met by the law of a day."""
    names = ("demand_for", "demand_body", "demand_valid", "demand_of")
    if any(name not in case.fields for name in names):
        return False
    forum, body, valid, of = (case.fields[name] for name in names)
    law = OLD_LAW if day < NEW_LAW else NEW_LAW
    shares = [s for f, b, s, since in DEMANDS if (f, b, since) == (forum, body, law)]
    return any(share.least(int(str(of))) <= int(str(valid)) for share in shares)


def _open_matter(case: Case) -> bool:
    row: Mapping[str, Any] = MATTERS.get(str(case.fields.get("matter")), {})
    return row.get("class") not in {"F", "G"}


def demand(path: Path) -> list[str]:
    """A lawful demand on an open matter is neither refused nor sent away nor let lie.

    Once verified (C03) it stands, whatever the law says of later demands.
    """
    last = path[-1]
    case = last.before
    if case is None or case.state in {"not_accepted", "suspended", *AWAY}:
        return []
    stands = case.taken.get("must_convene", 0) > 0 or _lawful(case, last.day)
    if not stands or not _open_matter(case):
        return []
    found = []
    if last.after.state in AWAY and last.trigger not in MINE:
        found += [f"{last.trigger}: into {last.after.state}"]
    if last.trigger == "announce_withdrawal":
        found += ["announced as withdrawn"]
    return found + _let_lie(path)


def _let_lie(path: Path) -> list[str]:
    verified = [n for n, one in enumerate(path) if one.trigger == "must_convene"]
    if not verified:
        return []
    after = path[verified[-1] :]
    called = any(one.trigger in {"notify", "call_meeting", *MINE} for one in after)
    if called or RULES.is_final(after[-1].after.state):
        return []
    runs = [run for run in after[-1].after.runs if run.clock == "convene"]
    due = [run.due for run in after[0].after.runs if run.clock == "convene"][-1:]
    waits = [run for run in runs if run.ended is None and not run.paused and not run.changes]
    return [] if [run.due for run in waits] == due else ["the meeting is owed by no day"]


# --- 5: the party's study


def study(path: Path) -> list[str]:
    """A study is written down: it ends nothing, and asks for a second review once at most."""
    last = path[-1]
    case = last.before
    found = ["a second re-check"] if last.after.taken.get("ask_recheck", 0) > 1 else []
    if case is None or "party_study" not in {case.state, *case.stack}:
        return found
    on = {"party_study", "decision_pending", "urgent", "suspended"}
    by_order = last.trigger in {"stop", "end_in_danger"} and last.after.state == "terminated"
    recheck = last.trigger == "ask_recheck" and last.after.state == "legal_review"
    if last.after.state not in on and not by_order and not recheck:
        found += [f"{last.trigger}: from the study into {last.after.state}"]
    return found


# --- 6: posting, objections, notices


def posting(path: Path) -> list[str]:
    """15 whole days of posting before a close, 7 for objections, each answered."""
    last = path[-1]
    posted = [one.day for one in path if _entered(one, "published") and one.trigger not in KEPT]
    found: list[str] = []
    if _entered(last, "closed") and (not posted or _days(posted[-1], last.day) < POSTED):
        found += ["closed while it must be posted"]
    if _entered(last, "implementing"):
        if not posted or _days(posted[-1], last.day) < WINDOW:
            found += ["carried out while objections may come"]
        open_ = [
            o for o in last.rows("objections") if not (o.get("answer") and o.get("answered_on"))
        ]
        found += [f"carried out with an objection unanswered: {one['words']}" for one in open_]
    return found


def _special(one: Granted) -> bool:
    """Tell whether a special reason is written down for the very day of this meeting."""
    fields = one.after.fields
    day = fields.get("meeting_on" if one.after.state == "deciding" else "session_on")
    return bool(fields.get("special_reason")) and fields.get("special_for") == day


def _signed(path: Path, triggers: set[str]) -> int | None:
    """Return the place of the last of these moves, of its proposal where it was signed."""
    places = [n for n, one in enumerate(path) if one.trigger in triggers]
    return places[-1] if places else None


def notice(path: Path) -> list[str]:
    """No session and no vote before the whole days of its notice, but for a written reason."""
    last = path[-1]
    fields: Mapping[str, Any] = last.after.fields
    if _entered(last, "in_session"):
        since, days = _signed(path, INTO_NOTICED), FORMS[fields["form"]]
    elif last.trigger == "form_opinion" and fields["form"] in OPEN_CALLS:
        since, days = _signed(path, {"open_session"}), OPEN_DAYS
    elif _entered(last, "deciding"):
        since = _signed(path, {"call_meeting", "fail_quorum"})
        days = 0 if fields["forum"] == "rm" and last.day < NEW_LAW else FORUMS[fields["forum"]]
    else:
        return []
    if since is None:
        return ["no notice"]
    if last.trigger == "form_opinion":
        return [] if _days(path[since].day, last.day) >= days else ["opinions were cut short"]
    short = days > 0 and _days(path[since].day, last.day) < days
    return ["the notice is too short"] if short and not _special(last) else []


CHECKS: Mapping[str, Callable[[Path], list[str]]] = {
    "roster": roster, "consent": consent, "dissent": dissent, "demand": demand, "study": study,
    "posting": posting, "notice": notice,
}  # fmt: skip
"""The properties of issue 7, by name."""


# --- 1 again: what a file says

REGISTRATION = re.compile(
    r"户籍|户口|落户|常住|暂住|居住证|居住年限|本地人|外地|外来|流动人口|原住"
    r"|hukou|huji|registered (resident|household)|household regist|residence (permit|book)|domicile",
    re.IGNORECASE,
)


def _said(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for name, inner in value.items():
            yield str(name)
            yield from _said(inner)
    elif isinstance(value, list):
        for one in value:
            yield from _said(one)
    elif isinstance(value, str):
        yield value


def of_registration(file: Mapping[str, Any]) -> list[str]:
    """Return every name, label and expression of a file that speaks of registration."""
    parts = (
        "fields",
        "facts",
        "tables",
        "states",
        "groups",
        "opening",
        "params",
        "roles",
        "clocks",
    )
    return [
        words for part in parts for words in _said(file.get(part, {})) if REGISTRATION.search(words)
    ]
