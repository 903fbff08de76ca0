"""Knows the roles of published workflows: at which levels each is held, and what is asked of it.

Roles and levels are the files' (language.md 1); counts are of posts, never of what anybody did.
"""

import difflib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from engine.case.text import Text
from engine.language.levels import OWN
from heyi.app.people.errors import PostRefused, posts_words
from storage.work import Work

OFFICE_POSTS = frozenset({"administrator", "auditor", "author", "security"})
"""Posts of the office itself, which no workflow need know (design.md 8); at any unit."""
ANY_LEVEL = "*"
"""Stands for every level: the role's workflow may be opened anywhere."""


@dataclass(slots=True)
class KnownRole:
    """A role of published workflows.

    Attributes:
        labels: what files call it.
        levels: at which levels it is held, each with the workflows that say so.
    """

    labels: dict[str, None] = field(default_factory=dict)
    levels: dict[str, list[str]] = field(default_factory=dict)


def known_roles(work: Work, lang: str = "zh") -> dict[str, KnownRole]:
    """Return the roles of all published workflows, newest versions, that posts can fill.

    Roles that only a case names are left out: nobody holds them by a post. So are those held
    by the post of another role.
    """
    found: dict[str, KnownRole] = {}
    for name in sorted({name for name, _version in work.workflows.list()}):
        body: Mapping[str, Any] = json.loads(work.workflows.load(name).body)
        opened = list(body.get("opened_at") or [ANY_LEVEL])
        for role, rule in body.get("roles", {}).items():
            level = rule.get("level")
            if level is None or rule.get("post"):
                continue
            one = found.setdefault(role, KnownRole())
            label = rule.get("label") or {}
            one.labels[label.get(lang) or label.get("zh") or role] = None
            for each in opened if level == OWN else [level]:
                one.levels.setdefault(each, []).append(name)
    return dict(sorted(found.items()))


def check_posts(work: Work, posts: Iterable[tuple[str, str]]) -> bool:
    """Refuse posts that no published workflow knows, or knows at another level.

    Returns:
        Whether they were checked: where nothing is published, everything is allowed.

    Raises:
        UnitNotFound: a post names no unit.
        PostRefused: for the first that cannot be, naming what would be right.
    """
    known, wanted = known_roles(work), list(posts)
    units = {unit: work.units.get(unit) for _role, unit in wanted}
    for role, unit in wanted if known else ():
        why = wrong_post(known, role, units[unit].level)
        if why is not None:
            raise PostRefused(role, unit, why)
    return bool(known)


def give(work: Work, person: str, posts: Sequence[tuple[str, str]]) -> bool:
    """Give posts; return whether published workflows were asked, as ``check_posts`` does.

    Raises:
        UnitNotFound, PostRefused: as there.
    """
    checked = check_posts(work, posts)
    for role, unit in posts:
        work.people.give_post(person, role=role, unit=unit)
    return checked


def wrong_post(known: Mapping[str, KnownRole], role: str, level: str) -> Text | None:
    """Return why a role cannot be held at a level; None where it can."""
    if role in OFFICE_POSTS:
        return None
    if role not in known:
        near = difflib.get_close_matches(role, [*known, *OFFICE_POSTS], n=1)
        return posts_words(role, near=near[0] if near else "")
    levels = known[role].levels
    if level in levels or ANY_LEVEL in levels:
        return None
    return posts_words(role, level=level, levels=sorted(levels))
