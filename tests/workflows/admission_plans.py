"""Everything anybody could try in an admission, drawn without looking at what is right.

A plan is a case in any state and a few wishes. What a wish means is settled only when it is
played, in the state the case is then in, so that the same plan can be tried on a mutilated file.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Any

from engine.language.parts import FieldDef
from tests.workflows.admission_office import (
    CODES,
    RULES,
    UNITS,
    UNSET,
    day_after,
    emergency,
    favourable,
)

OPENING = ""
"""The state of a case that is not there yet."""
QUESTIONS = (
    "responsible_kind", "any_signs", "signs", "field_of", "official_power", "any_burdens",
    "burdens", "law_says", "useful_service", "matched", "verbs", "responsible", "emergency_order",
)  # fmt: skip
FIELDS = tuple(sorted(RULES.fields))
STATES = (
    OPENING, *RULES.definition.states, "draft", *2 * ("classifying", "consulting", "joint_review"),
    *2 * ("funding_pending", "paused", "under_review", "contested", "contested_listed"),
)  # fmt: skip
"""All, and those before an admission more often."""
EVEN, SELDOM, RARELY = 0.5, 0.3, 0.1


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What somebody wants next; ``pick`` chooses among what the state then offers.

    Attributes:
        kind: as in a move. A signature finds a proposal of that trigger by somebody else.
        by_id: the rule is named by its id and not by its trigger.
        changes: values that differ from the plan's; UNSET leaves a field out.
        extra: how many of the fields that may be given are given.
        days: how long after the last wish.
        back: days it is dated back.
    """

    kind: str
    pick: int
    by_id: bool
    who: int
    changes: Mapping[str, Any]
    extra: int = 0
    days: int = 0
    back: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """A case as it may stand, and what is tried on it."""

    state: str
    day: date
    fields: Mapping[str, Any]
    overdue: bool
    wishes: tuple[Wish, ...]


def a_plan(draw: Random, states: Sequence[str] = STATES) -> Plan:
    """Draw a case in any state, near to being admitted or far from it, and up to six wishes.

    Args:
        draw: Hypothesis' own generator, which shrinks what fails, or a seeded one, which is quick.
        states: where the case may stand at first.
    """
    day = date(2018, 1, 1) + timedelta(days=draw.randrange(10 * 365))
    state = draw.choice(states)
    base = favourable(day, law_says=draw.choice(["assist", "assist", "own", "own", "silent"]))
    if state in {OPENING, "draft"} and draw.random() < EVEN:
        base = emergency(day)
    return Plan(
        state=state,
        day=day,
        fields={**base, **_changes(draw, day, draw.choice([0, 1, 1, 2, 4]))},
        overdue=draw.random() < EVEN,
        wishes=tuple(_wish(draw, day) for _ in range(draw.randint(1, 6))),
    )


def _wish(draw: Random, day: date) -> Wish:
    return Wish(
        kind=draw.choice(["fire"] * 5 + ["sign", "amend", "correct"]),
        pick=draw.randrange(60),
        by_id=draw.random() < RARELY,
        who=draw.choice([0, 0, 0, 0, 1, 1, 2, 2, 3, 4]),
        changes=_changes(draw, day, draw.choice([0, 0, 1, 2])),
        extra=draw.randrange(3),
        days=draw.choice([0, 0, 0, 0, 1, 20, 200]),
        back=draw.choice([0, 0, 0, 0, 1, 30]),
    )


def _changes(draw: Random, day: date, count: int) -> dict[str, Any]:
    """Draw values for a few fields, most often for those that the verdict reads."""
    names = [draw.choice(draw.choice([QUESTIONS, QUESTIONS, FIELDS])) for _ in range(count)]
    return {
        name: UNSET if draw.random() < SELDOM else _value(draw, RULES.fields[name], day)
        for name in names
    }


def _value(draw: Random, part: FieldDef, day: date) -> Any:
    """Draw what a field may hold, as people give it."""
    if part.many:
        one = part.model_copy(update={"many": False})
        return [_value(draw, one, day) for _ in range(draw.randrange(4))]
    if isinstance(part.of, dict):
        return [
            {name: _value(draw, column, day) for name, column in part.of.items()}
            for _ in range(draw.randrange(4))
        ]
    if part.options:
        return draw.choice(sorted(part.options))
    return {
        "text": lambda: draw.choice(["甲", "乙"]),
        "file": lambda: "附件.pdf",
        "integer": lambda: draw.randint(1, 40),
        "money": lambda: draw.choice(["0", "0.01", "12000.00"]),
        "boolean": lambda: draw.random() < EVEN,
        "date": lambda: day_after(day, draw.randint(-40, 400)),
        "unit": lambda: draw.choice(sorted(UNITS)),
        "item": lambda: draw.choice(CODES[draw.choice(sorted(CODES))]),
    }[part.type]()
