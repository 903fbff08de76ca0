"""Gathers the data that a template is given of a document: plain texts under fixed names."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from engine.case.values import day_of
from engine.compiling.plan import Branch
from engine.facts.messages import MASK
from engine.facts.roles import is_unit_path, people_at
from heyi.app.papers.issue import Issue
from heyi.app.papers.masks import name_masked, names_to_hide, paper_masked
from heyi.app.papers.rights import for_public, may_address
from heyi.app.papers.texts import citation, day_text
from heyi.app.papers.values import entries, filled, plain_entry, signers

PUBLIC = "公众"
_WORDS = frozenset({"label", "says", "entries", "slots"})
"""The parts of a paper in which somebody's words may stand."""


def paper_of(issue: Issue, changes: Mapping[str, Any] | None, *, now: datetime) -> dict[str, Any]:
    """Return a document as a template gets it.

    Args:
        issue: the document, its reader's rights checked.
        changes: what its move changed in a catalogue, or None.
        now: the moment of printing, for the foot of the page.

    Source:
        docs/printing.md, the table of what a template is given.
    """
    workflow, case = issue.workflow, issue.then.case
    zone = issue.then.world.zone
    unit = issue.then.world.units.get(case.unit)
    found = entries(issue)
    slots: dict[str, list[dict[str, Any]]] = {}
    for place, entry in found:
        slots.setdefault(place, []).append(plain_entry(entry))
    says = issue.rule.says
    paper = {
        "name": issue.name,
        "label": filled(issue, workflow.label("documents", issue.name)),
        "workflow": workflow.definition.title.text(),
        "rules": f"{workflow.name}@{workflow.version}",
        "number": case.number or "",
        "case": case.id,
        "unit": unit.title if unit else case.unit,
        "signers": [*signers(issue)],
        "to": [*_addressees(issue)],
        "says": filled(issue, says.text()) if says else "",
        "entries": [plain_entry(entry) for _place, entry in found],
        "slots": slots,
        "move": _move(issue),
        "next": [_next(issue, branch) for branch in _open_moves(issue)],
        "final": workflow.is_final(case.state),
        "outcome": case.outcome or "",
        "state": workflow.label("states", case.state),
        "changes": changes,
        "date": day_text(issue.then.today.isoformat()),
        "event": issue.event.seq,
        "corrected": issue.corrected,
        "printed": f"{day_text(day_of(now, zone).isoformat())}{now.astimezone(zone):%H:%M}",
    }
    if not for_public(issue):
        return paper
    names = names_to_hide(issue)
    return {
        key: paper_masked(part, names) if key in _WORDS else part for key, part in paper.items()
    }


def _addressees(issue: Issue) -> Iterator[str]:
    for word in issue.rule.to:
        role = issue.workflow.definition.roles.get(word)
        if role is None:
            yield PUBLIC
        elif role.in_case is None:
            yield issue.workflow.label("roles", word)
        else:
            named = people_at(role.in_case, issue.then)
            names = (
                _name(issue, role.in_case, one) if may_address(issue, word, one) else MASK
                for one in named
            )
            yield from dict.fromkeys(names)


def _name(issue: Issue, path: str, one: str) -> str:
    """Return the name of a unit or person; a fact gives units as maps, fields as ids."""
    if is_unit_path(issue.workflow, path):
        unit = issue.then.world.units.get(one)
        return unit.title if unit else one
    name = issue.people.get(one, one)
    return name_masked(name) if for_public(issue) else name


def _move(issue: Issue) -> dict[str, str]:
    """Return the rule under which the document was issued."""
    told, branch = issue.event.public, issue.branch
    label = branch.definition.label.text() if branch and branch.definition.label else ""
    source = branch.definition.source or "" if branch else ""
    return {
        "rule": str(told.get("rule") or (branch.definition.id if branch else "") or ""),
        "label": label,
        "source": citation(issue.workflow, source),
    }


def _open_moves(issue: Issue) -> Iterator[Branch]:
    """Yield what an addressee may do where the case stood once the document was issued.

    While the case is open these are the moves of whom the case itself names: the office's own
    posts are no addressees of remedies.
    """
    state, roles = issue.then.case.state, issue.workflow.definition.roles
    ended = issue.workflow.is_final(state)
    audience = {word for word in issue.rule.to if word in roles and (ended or roles[word].in_case)}
    for trigger in issue.workflow.triggers.get(state, ()):
        for branch in issue.workflow.branches[state, trigger]:
            if audience & set(branch.by) and not _is_shut(issue, branch):
                yield branch
                break


def _is_shut(issue: Issue, branch: Branch) -> bool:
    """Tell whether a guard is known not to hold; what the move's data decides is not known yet."""
    answers = (issue.then.ask(line.ask) for line in branch.guard)
    return any(answer.known and answer.value is not True for answer in answers)


def _next(issue: Issue, branch: Branch) -> dict[str, Any]:
    label = branch.definition.label
    return {
        "trigger": branch.trigger,
        "label": label.text() if label else branch.trigger,
        "rule": branch.definition.id or "",
        "source": citation(issue.workflow, branch.definition.source or ""),
    }
