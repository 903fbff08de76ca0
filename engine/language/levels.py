"""Checks levels of units: where cases live and posts are held, and the word ``own``.

Source:
    docs/decisions/0021.
"""

from collections.abc import Iterable

from engine.case.text import Text, joined, said
from engine.language import words_of_findings as words
from engine.language.load import Findings
from engine.language.model import WorkflowDef
from engine.language.parts import RoleDef
from engine.language.reader import Path
from engine.language.words import OWN


def either(levels: Iterable[str]) -> Text:
    """Return levels, of which one is enough, each in quotes."""
    return joined([said(words.QUOTED, one=one) for one in levels], words.OR)


def check_case_levels(rule: WorkflowDef, findings: Findings) -> None:
    """Note ``own`` where the level of a unit is wanted."""
    places: list[Path] = [("opened_at",)] if OWN in rule.opened_at else []
    places += [("recurs", name, "each") for name, one in rule.recurs.items() if one.each == OWN]
    for path in places:
        findings.add(path, "HY202", words.OWN_IS_NO_LEVEL)


def check_role_level(name: str, role: RoleDef, findings: Findings) -> None:
    """Note a role that is held at the case's own unit and below it at once."""
    if role.level == OWN and role.reach is not None:
        told = said(words.OWN_AND_BELOW, name=name)
        findings.add(("roles", name, "reach"), "HY203", told, key=True)


def check_role_post(name: str, rule: WorkflowDef, findings: Findings) -> None:
    """Note a role that needs another role's post and differs from it in who holds that, and where.

    Lists find cases by posts, and a denial takes a post away: two roles of one post that bar
    different people, or are held at different units, could not be told apart there.

    Source:
        docs/decisions/0038.
    """
    role = rule.roles[name]
    other = rule.roles.get(role.post or "")
    if other is None:
        return
    same = (role.level, role.reach, set(role.never)) == (other.level, other.reach, set(other.never))
    if not same or other.post is not None or role.in_case is None or role.level is None:
        told = said(words.POST_DIFFERS, name=name, post=role.post)
        findings.add(("roles", name, "post"), "HY203", told)


__all__ = ["OWN", "check_case_levels", "check_role_level", "check_role_post", "either"]
