"""Expands groups and overlays: which state offers which trigger, and what may cover it."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from engine.case.text import said
from engine.compiling import words
from engine.language.load import Findings
from engine.language.model import AmendDef, TransitionDef, WorkflowDef
from engine.language.reader import Path

ALL_OPEN = "all open"


@dataclass(slots=True)
class Expanded:
    """What each state offers, with the place in the file.

    Attributes:
        members: the states of each group.
        offers: by (state, trigger) the path of its list of branches and the branches.
        amends: by state the amendments.
        covers: by overlay the states it may lie over.
    """

    members: dict[str, tuple[str, ...]] = field(default_factory=dict)
    offers: dict[tuple[str, str], tuple[Path, tuple[TransitionDef, ...]]] = field(
        default_factory=dict
    )
    amends: dict[str, list[tuple[Path, AmendDef]]] = field(default_factory=dict)
    covers: dict[str, tuple[str, ...]] = field(default_factory=dict)


def expand(rule: WorkflowDef, findings: Findings) -> Expanded:
    """Expand groups and overlays; note names that do not exist and triggers given twice.

    Source:
        language.md 3.4 (a state's own trigger beats a group's) and 5 (overlays).
    """
    found = Expanded()
    for name, group in rule.groups.items():
        found.members[name] = _states(rule, group.states, ("groups", name, "states"), findings)
    for name, overlay in rule.overlays.items():
        if name not in rule.states:
            told = said(words.OVERLAY_WITHOUT_STATE, name=name)
            findings.add(("overlays", name), "HY401", told, key=True)
        path = ("overlays", name, "over")
        found.covers[name] = _states(rule, overlay.over, path, findings)
    _refuse_circles(rule, found, findings)
    for state, part in rule.states.items():
        for trigger, branches in part.on.items():
            found.offers[state, trigger] = (("states", state, "on", trigger), branches)
        path = ("states", state, "amends")
        found.amends[state] = [((*path, n), amend) for n, amend in enumerate(part.amends)]
    _spread_groups(rule, found, findings)
    return found


def _spread_groups(rule: WorkflowDef, found: Expanded, findings: Findings) -> None:
    given: dict[tuple[str, str], str] = {}
    for name, group in rule.groups.items():
        for state in found.members[name]:
            for n, amend in enumerate(group.amends):
                found.amends[state].append((("groups", name, "amends", n), amend))
            for trigger, branches in group.on.items():
                if trigger in rule.states[state].on:
                    continue
                path: Path = ("groups", name, "on", trigger)
                if (state, trigger) in given:
                    other = given[state, trigger]
                    told = said(
                        words.GIVEN_TWICE, other=other, name=name, state=state, trigger=trigger
                    )
                    findings.add(path, "HY402", told, key=True)
                    continue
                given[state, trigger] = name
                found.offers[state, trigger] = (path, branches)


def _states(
    rule: WorkflowDef, listed: Iterable[str], path: Path, findings: Findings
) -> tuple[str, ...]:
    """Return the states that a list of states, groups and ``all open`` means, in file order."""
    chosen: set[str] = set()
    for place, word in enumerate(listed):
        if word == ALL_OPEN:
            chosen |= {
                name
                for name, state in rule.states.items()
                if not state.final and name not in rule.overlays
            }
        elif word in rule.states:
            chosen.add(word)
        elif word in rule.groups:
            inner = rule.groups[word].states
            chosen |= set(_states(rule, [w for w in inner if w not in rule.groups], path, findings))
        else:
            known = [*rule.states, *rule.groups, ALL_OPEN]
            told = said(words.NO_STATE_OR_GROUP, word=word)
            findings.add((*path, place), "HY201", told, near=word, among=known)
    return tuple(name for name in rule.states if name in chosen)


def _refuse_circles(rule: WorkflowDef, found: Expanded, findings: Findings) -> None:
    for name in rule.overlays:
        seen: set[str] = set()
        todo = [name]
        while todo:
            for below in found.covers.get(todo.pop(), ()):
                if below in rule.overlays and below not in seen:
                    seen.add(below)
                    todo.append(below)
        if name in seen:
            told = said(words.OVERLAY_IN_CIRCLE, name=name)
            findings.add(("overlays", name), "HY401", told, key=True)
