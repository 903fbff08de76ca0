"""What may never happen in a participatory budget, read off the plan and not off the file."""

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from tests.workflows.budget_walks import FUNDED, cost_of, votes_of
from tests.workflows.consultation_walks import Granted, Path


def _chosen(one: Granted) -> list[Mapping[str, Any]]:
    return [row for row in one.rows("proposals") if row.get("chosen")]


def _money(one: Granted) -> Decimal:
    return Decimal(str(one.after.fields["amount"]))


def _adopted(one: Granted) -> bool:
    return one.trigger == "adopt" and one.after.state == "posted"


def within_the_money(path: Path) -> list[str]:
    """Neither what is chosen nor what is signed or paid for is more than there is."""
    last = path[-1]
    contracts = last.rows("contracts")
    signed = sum((Decimal(str(row["price"])) for row in contracts), Decimal(0))
    paid = sum((Decimal(str(row.get("paid", 0))) for row in contracts), Decimal(0))
    found = []
    if _adopted(last) and sum((cost_of(row) for row in _chosen(last)), Decimal(0)) > _money(last):
        found += ["chosen for more than there is"]
    if last.trigger == "contract" and last.after.state == "executing" and signed > _money(last):
        found += ["signed for more than there is"]
    if last.trigger == "pay" and last.step.event.kind == "moved" and paid > signed:
        found += ["paid more than was signed"]
    return found


def in_order(path: Path) -> list[str]:
    """What is left out is left out by its votes or for want of money, never by somebody's will."""
    last, rows = path[-1], path[-1].rows("proposals")
    if not _adopted(last):
        return []
    present, money = int(str(last.after.fields["present"])), _money(last)
    found = []
    for row in rows:
        may = row.get("feasible") and not row.get("official_duty")
        if row.get("chosen") and (not may or votes_of(row) * 2 <= present):
            found += [f"chosen without a majority: {row['title']}"]
        if row.get("chosen") or not may:
            continue
        if "votes" not in row:
            found += [f"votes not counted: {row['title']}"]
        first = sum(
            (cost_of(one) for one in _chosen(last) if votes_of(one) >= votes_of(row)), Decimal(0)
        )
        if votes_of(row) * 2 > present and first + cost_of(row) <= money:
            found += [f"passed over: {row['title']}"]
    return found


def stands_fast(path: Path) -> list[str]:
    """Once adopted, votes and choices change by nothing but a new meeting or a correction."""
    last = path[-1]
    before = last.before
    if before is None or last.step.event.kind == "corrected" or before.state not in FUNDED:
        return []
    rows: Any = before.fields.get("proposals", [])
    said = [
        [(one.get("votes"), one.get("chosen")) for one in some]
        for some in (rows, last.rows("proposals"))
    ]
    return (
        [] if said[0] == said[1] or last.after.state not in FUNDED else ["changed after the vote"]
    )


def fresh_votes(path: Path) -> list[str]:
    """The votes that decide were counted in the meeting that decides."""
    if not _adopted(path[-1]):
        return []
    opened = max(n for n, one in enumerate(path) if one.trigger == "open_vote")
    counted = [one for one in path[opened:] if one.move.kind in {"amend", "correct"}]
    counted = [one for one in counted if "proposals" in one.move.data]
    return [] if counted else ["adopted by the votes of another meeting"]


def no_duties(path: Path) -> list[str]:
    """Nobody's official duty is chosen, signed or paid for."""
    last = path[-1]
    duties = {row["title"] for row in last.rows("proposals") if row.get("official_duty")}
    signed = {row["project"] for row in last.rows("contracts")} & duties
    chosen = {row["title"] for row in _chosen(last)} & duties if _adopted(last) else set()
    entered = last.trigger == "contract" and last.after.state == "executing"
    return [f"an official duty: {one}" for one in sorted(chosen | (signed if entered else set()))]


def contracted(path: Path) -> list[str]:
    """Every project that is carried out has a contract, and nothing is paid without one."""
    last = path[-1]
    if last.trigger != "contract" or last.after.state != "executing":
        return []
    titles, signed = ({str(row[name]) for row in rows} for name, rows in
                      (("title", _chosen(last)), ("project", last.rows("contracts"))))  # fmt: skip
    return [f"without a contract: {one}" for one in sorted(titles ^ signed)]


def posted(path: Path) -> list[str]:
    """15 whole days of posting before a contract, and before the close again; objections answered."""
    last = path[-1]
    since = {"contract": "adopt", "close": "settle_account"}.get(last.trigger)
    if (
        since is None
        or last.step.event.kind != "moved"
        or last.after.state not in {"executing", "closed"}
    ):
        return []
    days = [one.day for one in path if one.trigger == since and one.step.event.kind == "moved"
            and one.before is not None and one.after.state != one.before.state]  # fmt: skip
    objections = last.rows("objections") if last.trigger == "contract" else []
    open_ = [o for o in objections if not (o.get("answer") and o.get("answered_on"))]
    found = [f"an objection unanswered: {one['words']}" for one in open_]
    return found + ([] if (last.day - days[-1]).days > 15 else ["posted for too few days"])


CHECKS: Mapping[str, Callable[[Path], list[str]]] = {
    "money": within_the_money, "order": in_order, "fast": stands_fast, "fresh": fresh_votes,
    "duties": no_duties, "contracts": contracted, "posting": posted,
}  # fmt: skip
"""The properties of issue 7, by name."""
