"""Levels of units: where cases live and posts are held, and the one word that is no level.

Source:
    docs/decisions/0021.
"""

from collections.abc import Iterable

from engine.case.text import Text, joined, said
from engine.language import findingwords as words
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
        findings.add(path, "HY202", *OWN_IS_NO_LEVEL)


OWN_IS_NO_LEVEL = (
    f"“{OWN}”是本语言的词（案件自己的单位），不能作单位的级别",
    f"'{OWN}' is a word of this language (the case's own unit), no level of a unit",
)


def check_role_level(name: str, role: RoleDef, findings: Findings) -> None:
    """Note a role that is held at the case's own unit and below it at once."""
    if role.level == OWN and role.reach is not None:
        zh = f"角色“{name}”的岗位在本案自己的单位（own），不能又在其下（reach）"
        en = f"role '{name}' is held at the case's own unit, so it cannot reach below it"
        findings.add(("roles", name, "reach"), "HY203", zh, en, key=True)


__all__ = ["OWN", "OWN_IS_NO_LEVEL", "check_case_levels", "check_role_level", "either"]
