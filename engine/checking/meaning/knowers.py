"""Finds roles that must act or be told in a case which they can never know, and mute ladders.

Source:
    language.md 8 ``seen_by``; design.md 8 "Who may know".
"""

from collections.abc import Iterator
from typing import Any, cast

from engine.case.text import said
from engine.checking.meaning import words
from engine.checking.meaning.places import path_of
from engine.checking.meaning.scene import Scene
from engine.compiling.names.ladders import ASSIGNEE
from engine.compiling.plan import Branch, Ladder, Workflow
from engine.language.reader import Path
from engine.language.readers import ANYONE, OPENER, role_of
from engine.time.calendars import Calendar

_NO_CALENDAR = cast("Calendar", None)
"""No condition of a reader counts working days: that is a finding of its own."""


class _Standing:
    """What is certain of every case in a state: the state, and facts that follow from it alone."""

    def __init__(self, workflow: Workflow, state: str) -> None:
        self.workflow, self.state = workflow, state

    def __getitem__(self, name: str) -> Any:
        if name == "state":
            return self.state
        answer = self.workflow.facts[name].ask(self, _NO_CALENDAR)  # type: ignore[arg-type]
        if not answer.known:
            raise KeyError(name)
        return answer.value

    def __contains__(self, name: object) -> bool:
        try:
            self[str(name)]
        except KeyError:
            return False
        return True


class Knowers:
    """Tells whether some data could let a role know a case in a state."""

    def __init__(self, workflow: Workflow) -> None:
        self.workflow = workflow
        self._known: dict[tuple[str, str], bool] = {}

    def can_know(self, role: str, state: str) -> bool:
        """Tell whether a role or word may know a case in a state, for some data."""
        rule = self.workflow.definition
        if not rule.seen_by or role not in {*rule.roles, OPENER}:
            return True
        key = (role, state)
        if key not in self._known:
            facts = _Standing(self.workflow, state)
            self._known[key] = any(
                isinstance(entry, str) or self._may_hold(entry.when, facts)
                for entry in rule.seen_by
                if role_of(entry) in {role, ANYONE}
            )
        return self._known[key]

    def _may_hold(self, when: str, facts: _Standing) -> bool:
        condition = self.workflow.conditions[when]
        answer = condition.ask(facts, _NO_CALENDAR)  # type: ignore[arg-type]
        return answer.holds or not answer.known


def check_knowers(scene: Scene) -> None:
    """Note roles that cannot know the case where they act or are told, and mute ladders."""
    knowers = Knowers(scene.workflow)
    noted: set[tuple[Path, str, str]] = set()
    for path, key, role, state in _needed(scene):
        if not knowers.can_know(role, state) and (path, key, role) not in noted:
            noted.add((path, key, role))
            told = said(
                words.CANNOT_KNOW, role=scene.named("roles", role), key=key,
                state=scene.named("states", state),
            )  # fmt: skip
            scene.findings.add(path, "HY625", told)
    _check_ladders(scene)


def _needed(scene: Scene) -> Iterator[tuple[Path, str, str, str]]:
    """Yield where each role is named, by which key, and the state in which it must know."""
    workflow = scene.workflow
    viewing = workflow.definition.viewing
    for state in scene.reached:
        for role in viewing.allowed_by if viewing else ():
            yield ("viewing", "allowed_by"), "allowed_by", role, state
        for trigger in workflow.triggers[state]:
            for branch in workflow.branches[state, trigger]:
                path = path_of(workflow, branch)
                for key, roles in (
                    ("by", branch.by), ("cosign", branch.cosign), ("propose", branch.propose),
                ):  # fmt: skip
                    yield from ((path, key, role, state) for role in roles)
                after = state if branch.stays else branch.enters
                if after is not None:
                    yield from _after(workflow, branch, path, after)
        for amendment in workflow.amendments[state]:
            yield from ((("states", state), "amends", role, state) for role in amendment.by)


def _after(
    workflow: Workflow, branch: Branch, path: Path, state: str
) -> Iterator[tuple[Path, str, str, str]]:
    """Yield who is told, assigned or handed a paper, who must know the case after the move."""
    rule = branch.definition
    yield from ((path, "tells", role, state) for role in rule.tells)
    documents = workflow.definition.documents
    for document in rule.issues:
        yield from ((path, "to", role, state) for role in documents[document].to)
    if rule.assigns:
        for name, role in workflow.definition.roles.items():
            if role.in_case == rule.assigns:
                yield path, "assigns", name, state


def _check_ladders(scene: Scene) -> None:
    """Note clocks whose every receiver is outside a seal: in a sealed case they ring unheard."""
    rule = scene.workflow.definition
    if rule.sealed is None:
        return
    inside = {role_of(entry) for entry in (*rule.sealed.to, *rule.sealed.partly)}
    for name, clock in scene.workflow.clocks.items():
        for case in clock.variants:
            heard = _receivers(scene, case.ladder)
            if heard and not heard & inside:
                told = said(words.UNHEARD, clock=scene.named("clocks", name))
                scene.findings.add(("clocks", name), "HY626", told, key=True)
                break


def _receivers(scene: Scene, ladder: Ladder) -> set[str]:
    """Return the roles that some rung of a ladder may tell, the levels above them too."""
    roles = scene.workflow.definition.roles
    tells = [rung for rung in ladder.rungs if rung.tell or rung.level is not None]
    if not tells:
        return set()
    named = {word for rung in tells for word in rung.tell}
    if ASSIGNEE in named:
        states = scene.workflow.definition.states.values()
        named |= {state.assignee for state in states if state.assignee}
    named |= {role for level in ladder.levels for role in level}
    return {role for role in named if role in roles}
