"""Random small workflow files within the decidable fragment: the same for the same seed."""

from random import Random
from typing import Any

COUNTED = {"go": 2, "turn": 1}
"""Triggers that guards count, and the count from which on they see no difference."""
TRIGGERS = ("go", "turn", "drop")
FIELDS: dict[str, dict[str, Any]] = {
    "flag": {"type": "boolean"},
    "pick": {
        "type": "choice",
        "options": {"a": {"zh": "甲"}, "b": {"zh": "乙"}, "c": {"zh": "丙"}},
    },
    "count": {"type": "integer", "min": 0, "max": 3},
}
WORDS = ("gardener", "head", "anyone", "opener", "clock", "link")
VALUES: dict[str, tuple[Any, ...]] = {
    "flag": (True, False),
    "pick": ("a", "b", "c"),
    "count": (0, 1, 2, 3),
}


class Maker:
    """Makes one file."""

    def __init__(self, seed: int) -> None:
        self.chance = Random(seed)
        self.fields = self.chance.sample(list(FIELDS), self.chance.choice([0, 1, 1, 2]))
        self.states = [f"s{n}" for n in range(self.chance.choice([2, 3, 4]))]
        self.overlay = self.chance.random() < 0.3
        self.fact = bool(self.fields) and self.chance.random() < 0.4
        self.rules = 0

    def parts(self) -> dict[str, Any]:
        """Return the parts of the file, as ``tests.builders.toy_workflows`` takes them."""
        names = [*self.states, *(["over"] if self.overlay else [])]
        states: dict[str, Any] = {name: self.state(name) for name in names}
        states["done"] = {"final": True, "outcome": "positive"}
        if self.chance.random() < 0.3:
            states["done"]["on"] = {"go": [self.branch("done")]}
        parts: dict[str, Any] = {
            "fields": {name: FIELDS[name] for name in self.fields},
            "opening": [self.opening(n) for n in range(self.chance.choice([1, 1, 2]))],
            "states": states,
        }
        if self.fact:
            parts["facts"] = {"known": {"is": self.atom(plain=True)}}
        if self.overlay:
            states["over"]["on"]["leave"] = {
                "id": "leave",
                "to": "done",
                "by": "anyone",
                **self.guarded(0.5),
            }
            parts["overlays"] = {"over": {"over": self.states}}
        return parts

    def opening(self, place: int) -> dict[str, Any]:
        return {
            "id": f"open{place}",
            "to": self.states[0],
            "by": "anyone",
            **self.data(),
            **self.guarded(0.3),
        }

    def state(self, name: str) -> dict[str, Any]:
        chosen = self.chance.sample(TRIGGERS, self.chance.choice([0, 1, 1, 2]))
        if name == "s0":
            # Guards count these two: they must exist.
            chosen = ["go", "turn", *(t for t in chosen if t == "drop")]
        on = {
            t: [self.branch(name) for _ in range(self.chance.choice([1, 1, 2, 3]))] for t in chosen
        }
        amends = []
        if self.fields and self.chance.random() < 0.15:
            amends = [{"by": ["gardener"], "fields": [self.chance.choice(self.fields)]}]
        return {"on": on, "amends": amends}

    def branch(self, state: str) -> dict[str, Any]:
        self.rules += 1
        to = [*self.states, "done", "stay"]
        if self.overlay:
            to += ["back"] if state == "over" else ["over"] if state != "done" else []
        by = self.chance.sample(WORDS, self.chance.choice([1, 1, 2]))
        return {
            "id": f"r{self.rules}",
            "to": self.chance.choice(to),
            "by": by,
            **self.data(),
            **self.guarded(0.7),
            **self.sets(),
        }

    def data(self) -> dict[str, Any]:
        found: dict[str, Any] = {"asks": [], "may": []}
        for name in self.fields:
            if (kind := self.chance.choice(["asks", "may", "", ""])) != "":
                found[kind].append(name)
        return found

    def sets(self) -> dict[str, Any]:
        if not self.fields or self.chance.random() < 0.75:
            return {}
        name = self.chance.choice(self.fields)
        erases = {"erases": [name]} if self.chance.random() < 0.3 else {}
        return erases or {"sets": {name: self.chance.choice(VALUES[name])}}

    def guarded(self, often: float) -> dict[str, Any]:
        if self.chance.random() > often:
            return {}
        return {"when": [self.guard(2) for _ in range(self.chance.choice([1, 1, 2]))]}

    def guard(self, depth: int) -> str:
        kind = self.chance.choice(["atom", "atom", "and", "or", "not", "if"]) if depth else "atom"
        if kind == "atom":
            return self.atom()
        inner = [self.guard(depth - 1) for _ in range(3)]
        return {
            "and": f"({inner[0]}) && ({inner[1]})",
            "or": f"{inner[0]} || {inner[1]}"
            if "?" not in "".join(inner[:2])
            else f"({inner[0]}) || ({inner[1]})",
            "not": f"!({inner[0]})",
            "if": f"({inner[0]}) ? ({inner[1]}) : ({inner[2]})",
        }[kind]

    def atom(self, *, plain: bool = False) -> str:
        number = self.chance.randrange(4)
        known = (
            []
            if plain
            else [
                "true",
                "false",
                "taken.go < 2",
                "taken.turn > 0",
                f"state == '{self.chance.choice(self.states)}'",
            ]
        )
        if self.fact and not plain:
            known += ["known", "!known"]
        for name in self.fields:
            known += [f"filled.{name}"] * 2
            value = self.chance.choice(VALUES[name])
            if name == "flag":
                known += ["flag", "!flag", f"flag == {str(value).lower()}"]
            elif name == "pick":
                known += [f"pick == '{value}'", f"'{value}' != pick", "pick in ['a', 'c']"]
            else:
                known += [
                    f"count > {number}",
                    f"{number} >= count",
                    f"count == {number}",
                    f"count in [0, {number}]",
                ]
            if not plain and name == "pick":
                known += [f"before.pick == '{value}'"]
        return self.chance.choice(known)
