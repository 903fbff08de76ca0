"""Reads the rules of early warning and duplicate hints from a library's params and roles."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from engine.case.errors import AccessError, SettingsError
from engine.case.text import Text, said
from engine.case.values import Actor, Unit
from engine.language.model import CommonDef
from engine.language.reader import read_yaml
from engine.language.words import OWN
from heyi.app.disputes import words
from heyi.app.library.shelf import FolderShelf

LIBRARY = "early_warning"
"""The library that holds the numbers and says who may see the report."""
_YEAR = 12
_ENOUGH = 3


class RulesWrong(SettingsError):
    """The library of early warning is missing or says something that cannot be used."""

    code = "settings.warning"

    def __init__(self, detail: Text) -> None:
        self.told = said(words.RULES_WRONG, library=LIBRARY, detail=detail)
        super().__init__(self.told.text("en"))


class ReportRefused(AccessError):
    """The person holds no post that lets them see the figures, or not those of this unit."""

    code = "access.report"

    def __init__(self, person: str, unit: str, units: tuple[str, ...]) -> None:
        self.person, self.unit, self.units = person, unit, units
        found = words.NO_POST if not units else words.SEVERAL_UNITS
        if units and unit:
            found = words.NOT_THIS_UNIT
        self.told = said(found, person=person, unit=unit, units=units, library=LIBRARY)
        super().__init__(self.told.text("en"))


@dataclass(frozen=True, slots=True, kw_only=True)
class WarningRules:
    """The params and roles of early warning, as the library gives them.

    Attributes:
        least: cells below this are not told.
        fold_below: cells below this go into the rest where one has to be hidden.
        period_months: how long a period is; divides a year.
        rise_by: how many more than in the period before.
        rise_times: how many times as many.
        acceptance_days: last days of the steps of the time to acceptance, ascending.
        similar_days: within how many days duplicates are looked for.
        similar_place: how alike names of places must be, in per cent.
        levels: by role the level of the unit whose post counts; ``own`` for any.
    """

    least: int = 5
    fold_below: int = 10
    period_months: int = 1
    rise_by: int = 5
    rise_times: int = 2
    acceptance_days: tuple[int, ...] = (0, 3, 7, 30)
    similar_days: int = 90
    similar_place: int = 60
    levels: Mapping[str, str]

    def units_of(self, actor: Actor, units: Mapping[str, Unit]) -> tuple[str, ...]:
        """Return the units whose figures a person may see, sorted by id.

        Units that lie below another of them are left out: two reports of which one holds the
        other could be subtracted from each other.
        """
        own = {
            unit
            for role, unit in actor.posts
            if unit in units and self.levels.get(role) in {OWN, units[unit].level}
        }
        return tuple(sorted(one for one in own if not _above(one, units) & own))

    def unit_for(self, actor: Actor, units: Mapping[str, Unit], unit: str = "") -> str:
        """Return the unit that a person's report is about.

        Args:
            actor: who reads.
            units: the tree.
            unit: as asked for; "" where the person's posts leave no choice.

        Raises:
            ReportRefused: no post allows it, or there are several units to choose from.
        """
        mine = self.units_of(actor, units)
        if unit in mine:
            return unit
        if unit or len(mine) != 1:
            raise ReportRefused(actor.id, unit, mine)
        return mine[0]


def _above(unit: str, units: Mapping[str, Unit]) -> set[str]:
    found: set[str] = set()
    parent = units[unit].parent
    while parent is not None and parent in units and parent not in found:
        found.add(parent)
        parent = units[parent].parent
    return found


def read_rules(shelf: FolderShelf) -> WarningRules:
    """Return the rules that the shelf's library gives.

    Raises:
        RulesWrong: there is no such library, or a number in it cannot be used.
    """
    found = shelf("library", LIBRARY)
    if found is None:
        raise RulesWrong(words.NO_FILE)
    try:
        library = CommonDef.model_validate(read_yaml(found[1], file=found[0]).value)
    except ValidationError as error:
        place = ".".join(map(str, error.errors(include_url=False)[0]["loc"]))
        raise RulesWrong(said(words.BADLY_WRITTEN, place=place)) from error
    values = {name: param.value for name, param in library.params.items()}
    levels = {name: role.level for name, role in library.roles.items() if role.level}
    numbers: dict[str, Any] = {
        name: _number(values, name, lowest)
        for name, lowest in (
            ("least", _ENOUGH), ("fold_below", 1), ("period_months", 1), ("rise_by", 1),
            ("rise_times", 1), ("similar_days", 0), ("similar_place", 1),
        )
    }  # fmt: skip
    if numbers["fold_below"] <= numbers["least"]:
        raise RulesWrong(words.FOLD_TOO_LOW)
    if _YEAR % numbers["period_months"]:
        raise RulesWrong(words.MONTHS_WRONG)
    return WarningRules(**numbers, acceptance_days=_steps(values), levels=levels)


def _number(values: Mapping[str, Any], name: str, lowest: int) -> int:
    value = values.get(name)
    if type(value) is not int or value < lowest:
        raise RulesWrong(said(words.NUMBER_WRONG, name=name, lowest=lowest))
    return value


def _steps(values: Mapping[str, Any]) -> tuple[int, ...]:
    found = values.get("acceptance_days")
    steps = tuple(found) if isinstance(found, (list, tuple)) else ()
    if not steps or any(type(one) is not int for one in steps) or [*steps] != sorted(set(steps)):
        raise RulesWrong(words.STEPS_WRONG)
    return steps
