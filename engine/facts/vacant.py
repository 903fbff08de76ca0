"""Finds posts that nobody holds before a case waits for them."""

from collections.abc import Iterable, Iterator

from engine.case.values import Office
from engine.compiling.plan import Branch, Workflow
from engine.facts.facts import Facts
from engine.facts.roles import places_of
from engine.language.parts import RoleDef


def vacant_roles(facts: Facts, office: Office, *, states: Iterable[str] = ()) -> tuple[str, ...]:
    """Return roles without whose holder some move cannot be made, sorted as in the file.

    A move stops where nobody holds any of the posts that may make it, or one of those that must
    sign. Roles that the case itself names are no posts to be filled, and words as ``anyone`` are
    always there.

    Args:
        facts: of the case, or of an empty one at a unit; its units are asked.
        office: who holds which post.
        states: the moves of these states; none for those of every state.
    """
    workflow = facts.workflow
    wanted = set(states) or set(workflow.triggers)
    missing = {
        name
        for (state, _trigger), branches in workflow.branches.items()
        if state in wanted
        for branch in branches
        for name in _stops(branch, facts, office)
    }
    return tuple(name for name in workflow.definition.roles if name in missing)


def _stops(branch: Branch, facts: Facts, office: Office) -> Iterator[str]:
    able = [name for name in branch.by if not _is_vacant(name, facts, office)]
    if not able:
        yield from branch.by
    yield from (name for name in branch.cosign if _is_vacant(name, facts, office))


def _is_vacant(name: str, facts: Facts, office: Office) -> bool:
    role = _post(facts.workflow, name)
    if role is None:
        return False
    post = role.held_by(name)
    return not any(office.posts.get((post, place)) for place in places_of(role, facts))


def _post(workflow: Workflow, name: str) -> RoleDef | None:
    """Return a role that a post alone fills; None for others and for words."""
    role = workflow.definition.roles.get(name)
    return role if role is not None and role.level is not None and role.in_case is None else None
