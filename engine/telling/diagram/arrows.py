"""Lists every transition of a workflow, with the group that gave it, in the file's order."""

from collections.abc import Iterable
from dataclasses import dataclass

from engine.compiling.expand import ALL_OPEN
from engine.compiling.plan import Branch, Workflow
from engine.telling.diagram.model import START, Arrow
from engine.telling.diagram.say import says


@dataclass(frozen=True, slots=True, kw_only=True)
class Shared:
    """A group that gives something to two states or more.

    Attributes:
        members: its states.
        takers: by trigger the states that have it from here and not of their own.
    """

    members: tuple[str, ...]
    takers: dict[str, tuple[str, ...]]


def arrows_of(workflow: Workflow, lang: str) -> tuple[Arrow, ...]:
    """Return openings and transitions, one for each branch, groups expanded."""
    found = [_arrow(START, branch, lang) for branch in workflow.openings]
    for state in workflow.definition.states:
        for trigger in workflow.triggers.get(state, ()):
            found += [_arrow(state, b, lang) for b in workflow.branches[state, trigger]]
    return tuple(found)


def _arrow(source: str, branch: Branch, lang: str) -> Arrow:
    otherwise = branch.trigger if source else says(lang)["start"]
    label = branch.definition.label.text(lang) if branch.definition.label else otherwise
    return Arrow(source=source, trigger=branch.trigger, label=label, to=branch.definition.to)


def open_states(workflow: Workflow) -> tuple[str, ...]:
    """Return what the file calls all open: neither final nor an overlay."""
    rule = workflow.definition
    return tuple(
        name for name, state in rule.states.items() if not (state.final or name in rule.overlays)
    )


def shared(workflow: Workflow) -> tuple[Shared, ...]:
    """Return the groups with triggers that at least two states take from them.

    Source:
        language.md 3.4: a state's own trigger beats a group's.
    """
    rule = workflow.definition
    found: list[Shared] = []
    for group in rule.groups.values():
        members = _members(workflow, group.states)
        takers = {
            trigger: tuple(name for name in members if trigger not in rule.states[name].on)
            for trigger in group.on
        }
        grouped = {trigger: states for trigger, states in takers.items() if len(states) > 1}
        if grouped:
            found.append(Shared(members=members, takers=grouped))
    return tuple(found)


def _members(workflow: Workflow, words: Iterable[str]) -> tuple[str, ...]:
    rule, chosen = workflow.definition, set[str]()
    for word in words:
        if word == ALL_OPEN:
            chosen.update(open_states(workflow))
        elif word in rule.states:
            chosen.add(word)
        else:
            inner = rule.groups[word].states
            chosen.update(_members(workflow, [one for one in inner if one not in rule.groups]))
    return tuple(name for name in rule.states if name in chosen)
