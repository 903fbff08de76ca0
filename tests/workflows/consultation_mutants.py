"""Mutilations of consultation.yaml, each of which breaks a property and must be found out."""

import copy
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from engine.checking.build import load_workflow
from engine.compiling.plan import Workflow
from engine.language.load import ShelfKind
from tests.builders.shelves import SHIPPED, folder
from tests.workflows.consultation_walks import LATER
from tests.workflows.scenario_player import plain, yaml_of

File = dict[str, Any]
Mutate = Callable[[File], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Mutant:
    """A mutilation, the property that it breaks, and where a search for that begins.

    Attributes:
        breaks: the name of the check.
        mutate: changes the file.
        states: a search goes on from cases that stand there; from fresh ones where empty.
        keen: triggers that the search tries more often.
        later: days that may go by between two wishes of the search.
    """

    breaks: str
    mutate: Mutate
    states: tuple[str, ...] = ()
    keen: Collection[str] = ()
    later: Sequence[int] = LATER


def mutilated(name: str, mutate: Mutate) -> Workflow:
    """Return a shipped file mutilated; packs are kept out, some would refuse it at once."""
    whole = plain(SHIPPED / f"{name}.yaml")
    file = copy.deepcopy(whole)
    mutate(file)
    assert file != whole, "this mutilation changes nothing"
    tables = plain(SHIPPED / "packs" / "community_law.yaml")

    def shelf(kind: ShelfKind, one: str) -> tuple[str, str] | None:
        if kind == "pack" and one != tables["pack"]:
            return None
        return folder(SHIPPED)(kind, one)

    return load_workflow(yaml_of(file), file="mutant.yaml", shelf=shelf)


def branches(file: File, trigger: str) -> Iterator[dict[str, Any]]:
    """Yield every branch of a trigger, in states and groups."""
    found = [
        part["on"][trigger]
        for section in ("states", "groups")
        for part in file.get(section, {}).values()
        if trigger in part.get("on", {})
    ]
    assert found, f"no move '{trigger}'"
    for ways in found:
        yield from ways if isinstance(ways, list) else [ways]


def without(trigger: str, words: str) -> Mutate:
    """Drop the lines of a trigger's guards that hold these words."""

    def mutate(file: File) -> None:
        for way in branches(file, trigger):
            if isinstance(way.get("when"), list):
                way["when"] = [one for one in way["when"] if words not in one["that"]]
            elif words in way.get("when", ""):
                del way["when"], way["otherwise"]

    return mutate


def fact(name: str, is_: str) -> Mutate:
    """Let a fact mean something else."""

    def mutate(file: File) -> None:
        assert name in file["facts"], name
        file["facts"][name]["is"] = is_

    return mutate


def change(*path: str | int, **keys: Any) -> Mutate:
    """Set keys somewhere in the file; None takes one out."""

    def mutate(file: File) -> None:
        here: Any = file
        for one in path:
            here = here[one] if isinstance(one, int) else here.setdefault(one, {})
        for key, value in keys.items():
            if value is None:
                here.pop(key)
            else:
                here[key] = value

    return mutate


def both(*mutations: Mutate) -> Mutate:
    """Return several mutilations as one."""

    def mutate(file: File) -> None:
        for one in mutations:
            one(file)

    return mutate


def _rule(table: str, rule: str, **then: Any) -> Mutate:
    def mutate(file: File) -> None:
        found = next(one for one in file["tables"][table]["rules"] if one["id"] == rule)
        found["then"] |= then

    return mutate


def _group_name(file: File) -> None:
    is_ = file["facts"]["missing_groups"]["is"]
    file["facts"]["missing_groups"]["is"] = is_.replace(
        "i, !", "i, !i.group.contains('户籍') && !", 1
    )


def _outvoted_right(file: File) -> None:
    is_ = file["facts"]["unconsented"]["is"]
    file["facts"]["unconsented"]["is"] = f"result == 'majority' ? [] : {is_}"


IMPACT = "impact.filter(i, i.consent_needed && !(has(i.consent_given) && i.consent_given))"
DEMANDED = "!mandatory"
MUTANTS: dict[str, Mutant] = {
    # --- rosters
    **{
        f"{trigger} without the roster": Mutant(
            breaks="roster", mutate=without(trigger, "missing_groups"), states=states, keen=keen
        )
        for trigger, states, keen in (
            ("notify", ("planning",), ["notify"]),
            ("reconvene", ("noticed",), ["reconvene"]),
            ("renotify", ("in_session",), ["renotify", "adjourn"]),
        )
    },
    "a group with an odd name is passed over": Mutant(
        breaks="roster", mutate=_group_name, states=("planning",), keen=["notify"]
    ),
    "nobody invited is enough": Mutant(
        breaks="roster", states=("planning",), keen=["notify"],
        mutate=fact("missing_groups", "impact.filter(i, !attendance.exists(a, a.group == i.group)).map(i, i.group)"),
    ),
    "a talk without a notice": Mutant(
        breaks="roster", states=("planning",), keen=["hurry"],
        mutate=change("states", "planning", "on", "hurry", to="noticed", by=["chair"]),
    ),
    "a session without a group": Mutant(
        breaks="roster", states=("noticed",), keen=["open_session"],
        mutate=without("open_session", "absent_groups"),
    ),
    "a notice that names nobody": Mutant(
        breaks="roster", states=("planning",), keen=["notify"],
        mutate=both(without("notify", "size(impact)"), change("fields", "impact", min=None)),
    ),
    # --- consent
    "a study without consent": Mutant(
        breaks="consent", states=("legal_review",), keen=["to_study", "record_study", "call_meeting", "open_vote", "review"],
        mutate=both(*(without(one, "unconsented") for one in ("to_study", "open_vote", "adopt"))),
    ),
    "a posting without consent": Mutant(
        breaks="consent", states=("legal_review",), keen=["publish", "review"],
        mutate=without("publish", "unconsented"),
    ),
    "consent touches no minority": Mutant(
        breaks="consent", states=("opinion_formed",), keen=["publish"],
        mutate=fact("touches_minority", "impact.exists(i, i.minority)"),
    ),
    "a majority stands for consent": Mutant(
        breaks="consent", states=("legal_review",), mutate=_outvoted_right,
        keen=["review", "to_study", "record_study", "call_meeting", "open_vote"],
    ),
    "money stands for consent": Mutant(
        breaks="consent", states=("legal_review",), keen=["publish", "review"],
        mutate=fact("unconsented", IMPACT.replace("(has", "(has(i.compensation) || has") + ".map(i, i.group)"),
    ),
    # --- dissent
    "a majority without dissent": Mutant(
        breaks="dissent", states=("in_session",), keen=["form_opinion"],
        mutate=without("form_opinion", "dissent_kept"),
    ),
    "the chair words the dissent anew": Mutant(
        breaks="dissent", states=("feedback",), keen=["answer_dissent"],
        mutate=change("states", "feedback", "on", "answer_dissent", edits={"dissents": ["answer", "words"]}),
    ),
    "dissent may be amended later": Mutant(
        breaks="dissent", states=("legal_review",),
        mutate=change("states", "legal_review", amends=[{"by": ["handler"], "fields": ["dissents"]}]),
    ),
    "dissenters get no answer": Mutant(
        breaks="dissent", states=("feedback",), keen=["close"],
        mutate=without("close", "unanswered_dissents"),
    ),
    # --- demands
    **{
        f"a demand can be {what}": Mutant(
            breaks="demand", mutate=without(trigger, "mandatory"), states=states, keen=[trigger, *more]
        )
        for what, trigger, states, more in (
            ("declined", "decline", ("screening",), ()),
            ("merged away", "merge", ("screening",), ()),
            ("handed up", "hand_up", ("screening",), ()),
            ("referred", "refer", ("screening",), ()),
            ("turned into mediation", "convert", ("screening",), ()),
            ("withdrawn", "withdraw", ("screening", "planning"), ()),
            ("announced as withdrawn", "announce_withdrawal", ("noticed", "in_session"), ()),
            ("suspended", "suspend", ("planning", "screening"), ()),
            ("ended without an opinion", "end_without", ("opinion_formed",), ()),
            ("ended in a danger", "end_in_danger", ("urgent",), ()),
        )
    },
    "a demand rests in a danger": Mutant(
        breaks="demand", states=("planning",), keen=["danger"],
        mutate=change("clocks", "convene", pauses={"in": ["urgent"], "source": "design#"}),
    ),
    "a demand is owed by no day": Mutant(
        breaks="demand", states=("planning",), keen=["danger"],
        mutate=change("clocks", "convene", stops=["urgent"]),
    ),
    # --- the study
    "the party says no": Mutant(
        breaks="study", states=("party_study",), keen=["veto"],
        mutate=change("states", "party_study", "on", "veto", to="terminated", by=["party"]),
    ),
    "the party sends it back": Mutant(
        breaks="study", states=("party_study",), keen=["veto"],
        mutate=change("states", "party_study", "on", "veto", to="planning", by=["party"]),
    ),
    "the party asks again and again": Mutant(
        breaks="study", states=("party_study",), keen=["ask_recheck", "review", "to_study"],
        mutate=without("ask_recheck", "taken.ask_recheck"),
    ),
    # --- posting, objections
    "closed within the posting": Mutant(
        breaks="posting", states=("published",), keen=["implement", "finish", "close"],
        later=(*[0] * 7, 8), mutate=without("close", "posting"),
    ),
    "posted for 7 days": Mutant(
        breaks="posting", states=("published",), keen=["implement", "finish", "close"],
        later=(*[0] * 7, 8), mutate=change("clocks", "posting", at_least="7 days"),
    ),
    "a second posting does not count": Mutant(
        breaks="posting", states=("implementing",),
        keen=["replan", "notify", "open_session", "form_opinion", "publish", "implement"],
        mutate=both(*(change("clocks", one, again=None) for one in ("posting", "objection_window"))),
    ),
    "carried out at once": Mutant(
        breaks="posting", states=("published",), keen=["implement"],
        mutate=without("implement", "objection_window"),
    ),
    "objections for 3 days": Mutant(
        breaks="posting", states=("published",), keen=["implement"], later=(0, 4),
        mutate=change("clocks", "objection_window", at_least="3 days"),
    ),
    "objections without an answer": Mutant(
        breaks="posting", states=("objection",), keen=["reject_objection", "implement"],
        mutate=fact("open_objections", "0"),
    ),
    "an objection answered without words": Mutant(
        breaks="posting", states=("objection",), later=(0, 8), keen=["answer_one", "reject_objection", "implement"],
        mutate=fact("open_objections", "size(objections.filter(o, !has(o.answered_on)))"),
    ),
    # --- notices
    "a notice a day short": Mutant(
        breaks="notice", states=("planning",), keen=["notify", "open_session"], later=(0, 3),
        mutate=_rule("session_rule", "council", notice_days=2),
    ),
    "nobody waits for the session": Mutant(
        breaks="notice", states=("noticed",), keen=["open_session"],
        mutate=both(without("open_session", "notice_over"), without("open_session", "session_on"),
                    fact("notice_long_enough", "true")),
    ),
    "nobody waits for the meeting": Mutant(
        breaks="notice", states=("decision_pending",), keen=["call_meeting", "open_vote"],
        mutate=both(fact("meeting_notice_long_enough", "true"), fact("meeting_notice_over", "true")),
    ),
    "the meeting's notice counts from the study": Mutant(
        breaks="notice", states=("party_study", "decision_pending"), keen=["record_study", "call_meeting", "open_vote"],
        mutate=both(change("clocks", "meeting_notice", starts=["decision_pending"]),
                    fact("meeting_notice_long_enough", "true")),
    ),
}  # fmt: skip
