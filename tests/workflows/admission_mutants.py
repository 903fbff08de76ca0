"""Mutilations of access_control.yaml, each of which lets something in that must stay out."""

from collections.abc import Callable
from typing import Any

ORDER = "register_emergency"
GATES = (
    ("consult", "classifying"),
    ("summarise", "consulting"),
    ("approve", "joint_review"),
    ("activate", "funding_pending"),
    ("resume", "paused"),
    ("renew", "under_review"),
    ("confirm", "contested"),
    ("confirm", "contested_listed"),
    *((ORDER, state) for state in ("draft", "submitted", "formal_check", "classifying")),
)
"""Every trigger that leads into an admitting state, and where it is offered."""
EVERYDAY = tuple((trigger, state) for trigger, state in GATES if trigger != ORDER)
INTO_FORCE = (
    ("activate", "funding_pending", "paid"),
    ("resume", "paused", "paid && equipped"),
    ("renew", "under_review", "paid_anew && equipped"),
)
"""What brings an item into force, and the line that asks for funds."""

File = dict[str, Any]
Mutate = Callable[[File], None]


def _without(where: tuple[str, ...], line: str) -> Mutate:
    """Drop one line of a guard."""

    def mutate(file: File) -> None:
        owner, trigger = where
        section = "states" if owner in file["states"] else "groups"
        move = file[section][owner]["on"][trigger]
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
    file["groups"]["in_force"]["on"]["suspend"]["publishes"]["put"]["active"] = True


def _left_in_force(file: File) -> None:
    """Record changed answers that bar an item, and let its row stand."""
    file["groups"]["in_force"]["on"]["reclassify"][0]["publishes"]["put"]["active"] = True


def _any_file_counts(file: File) -> None:
    """Take a corrected entry for the community's own statement."""
    file["facts"]["no_cost"]["is"] = "filled.no_cost_signed"


def _signed_by_civil(file: File) -> None:
    """Let a correction of the bureau stand where only the community's signature may."""
    file["facts"]["paid"]["is"] = "filled.funds || no_cost"


def _published_class(file: File) -> None:
    file["states"]["funding_pending"]["on"]["activate"]["publishes"]["put"]["class"] = "S"


def _answered_by_silence(file: File) -> None:
    fact = file["facts"]["bears_burdens"]
    fact["is"] = "size(burdens) > 0 || (filled.any_burdens && any_burdens == 'yes')"


ASSISTANCE, ELSEWHERE = "assistance_only || verdict.class == 'S'", "responsible_elsewhere"
MUTANTS: dict[str, Mutate] = {
    **{
        f"{trigger} in {state} without {what}": _without((state, trigger), line)
        for trigger, state in EVERYDAY
        for what, line in (
            ("its guard", "admissible"),
            ("asking for assistance only", ASSISTANCE),
            ("asking who is responsible", ELSEWHERE),
        )
    },
    **{
        f"{trigger} without funds": _without((state, trigger), line)
        for trigger, state, line in INTO_FORCE
    },
    "activate without conditions": _without(("funding_pending", "activate"), "equipped"),
    "any file stands for the community's statement": _any_file_counts,
    "money promised counts as money": _signed_by_civil,
    "conditions need not be named": _fact("equipped", "conditions_ready"),
    "conditions need not be ready": _fact("equipped", "filled.conditions"),
    "emergency without its guard": _without(("orderable", ORDER), "verdict.class == 'E'"),
    "emergency with more than assistance": _without(("orderable", ORDER), "assistance_only"),
    "emergency with a community responsible": _without(
        ("orderable", ORDER), "responsible.level != 'community'"
    ),
    "F counts as A": _classed("D4.2", "A"),
    "G counts as S": _classed("D4.3", "S"),
    "X counts as A": _classed("D4.4", "A"),
    "no basis counts as A": _classed("D4.9", "A"),
    "a service counts as A": _classed("D4.8", "A"),
    "N counts as A": _classed("D4.4n", "A"),
    "no rule against F": _no_rule("D4.2"),
    "no rule against G": _no_rule("D4.3"),
    "no rule against X": _no_rule("D4.4"),
    "no rule against N": _no_rule("D4.4n"),
    "admissible unless F": _fact("admissible", "verdict.class != 'F'"),
    "admissible unless barred": _fact("admissible", "!barred"),
    "G rows are overlooked": _fact("matched_official", "false"),
    "F rows are overlooked": _fact("matched_forbidden", "false"),
    "X rows are overlooked": _fact("matched_burden", "false"),
    "N rows are overlooked": _fact("matched_certificate", "false"),
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
    "a review along the way leads around the verdict": _moved(
        "contested_listed", "set_aside", to="active"
    ),
    "an order from above": _order,
    "opened in force": _opened_active,
    "a suspended item stays active": _published_active,
    "changed answers leave it in force": _left_in_force,
    "published under another class": _published_class,
}
