"""Mutilations of access_control.yaml, each of which lets something in that must stay out."""

from collections.abc import Callable
from typing import Any

GATES = {
    "consult": "classifying",
    "summarise": "consulting",
    "approve": "joint_review",
    "activate": "funding_pending",
    "resume": "paused",
    "renew": "under_review",
    "register_emergency": "draft",
}
"""Every trigger that leads into an admitting state, and where it is offered."""

File = dict[str, Any]
Mutate = Callable[[File], None]


def _without(where: tuple[str, ...], line: str) -> Mutate:
    """Drop one line of a guard."""

    def mutate(file: File) -> None:
        state, trigger = where
        move = file["states"][state]["on"][trigger]
        kept = [one for one in move["when"] if one["that"] != line]
        assert len(kept) == len(move["when"]) - 1, f"'{trigger}' has no line '{line}'"
        move["when"] = kept

    return mutate


def _classed(rule: str, kind: str) -> Mutate:
    """Let one rule of the verdict give another class."""

    def mutate(file: File) -> None:
        next(r for r in file["tables"]["verdict"]["rules"] if r["id"] == rule)["then"]["class"] = (
            kind
        )

    return mutate


def _no_rule(rule: str) -> Mutate:
    def mutate(file: File) -> None:
        table = file["tables"]["verdict"]
        kept = [r for r in table["rules"] if r["id"] != rule]
        assert len(kept) == len(table["rules"]) - 1
        table["rules"] = kept

    return mutate


def _fact(name: str, is_: str) -> Mutate:
    def mutate(file: File) -> None:
        assert name in file["facts"]
        file["facts"][name]["is"] = is_

    return mutate


def _moved(state: str, trigger: str, **changes: Any) -> Mutate:
    """Change or add a transition."""

    def mutate(file: File) -> None:
        moves = file["states"][state].setdefault("on", {})
        moves[trigger] = {**moves.get(trigger, {}), **changes}

    return mutate


def _order(file: File) -> None:
    """Let the leaders order an item into force wherever the case stands."""
    file["groups"]["ordered"] = {
        "states": ["all open"], "on": {"order": {"to": "active", "by": ["leaders"]}},
    }  # fmt: skip


def _opened_active(file: File) -> None:
    file["opening"].append({"id": "short", "to": "active", "by": "anyone", "asks": ["applicant"]})


def _published_active(file: File) -> None:
    file["states"]["active"]["on"]["suspend"]["publishes"]["put"]["active"] = True


def _published_class(file: File) -> None:
    file["states"]["funding_pending"]["on"]["activate"]["publishes"]["put"]["class"] = "S"


def _answered_by_silence(file: File) -> None:
    fact = file["facts"]["bears_burdens"]
    fact["is"] = "size(burdens) > 0 || (filled.any_burdens && any_burdens == 'yes')"


ASSISTANCE, ELSEWHERE = "assistance_only || verdict.class == 'S'", "responsible_elsewhere"
MUTANTS: dict[str, Mutate] = {
    **{
        f"{trigger} without its guard": _without((state, trigger), "admissible")
        for trigger, state in GATES.items()
        if trigger != "register_emergency"
    },
    "emergency without its guard": _without(
        ("draft", "register_emergency"), "verdict.class == 'E'"
    ),
    **{
        f"{trigger} without asking for assistance only": _without((state, trigger), ASSISTANCE)
        for trigger, state in GATES.items()
        if trigger != "register_emergency"
    },
    **{
        f"{trigger} without asking who is responsible": _without((state, trigger), ELSEWHERE)
        for trigger, state in GATES.items()
        if trigger != "register_emergency"
    },
    "emergency with more than assistance": _without(
        ("draft", "register_emergency"), "assistance_only"
    ),
    "emergency with a community responsible": _without(
        ("draft", "register_emergency"), "responsible.level != 'community'"
    ),
    "F counts as A": _classed("D4.2", "A"),
    "G counts as S": _classed("D4.3", "S"),
    "X counts as A": _classed("D4.4", "A"),
    "no basis counts as A": _classed("D4.9", "A"),
    "a service counts as A": _classed("D4.8", "A"),
    "no rule against F": _no_rule("D4.2"),
    "no rule against G": _no_rule("D4.3"),
    "no rule against X": _no_rule("D4.4"),
    "admissible unless F": _fact("admissible", "verdict.class != 'F'"),
    "admissible unless barred": _fact("admissible", "!barred"),
    "G rows are overlooked": _fact("matched_official", "false"),
    "F rows are overlooked": _fact("matched_forbidden", "false"),
    "X rows are overlooked": _fact("matched_burden", "false"),
    "power is overlooked": _fact("uses_power", "'decides' in signs"),
    "signs must be named": _fact("bears_signs", "size(signs) > 0"),
    "silence is an answer": _answered_by_silence,
    "the leaders override a rejection": _moved("rejected", "override", to="active", by=["leaders"]),
    "anyone revives what was withdrawn": _moved(
        "withdrawn", "revive", to="funding_pending", by="anyone"
    ),
    "the clock admits": _moved("funding_pending", "elapse", to="active", by=["clock"]),
    "the clock approves": _moved("joint_review", "elapse", to="funding_pending", by=["clock"]),
    "the review leads around the verdict": _moved("appealed", "overturn", to="joint_review"),
    "an order from above": _order,
    "opened in force": _opened_active,
    "a suspended item stays active": _published_active,
    "published under another class": _published_class,
}
