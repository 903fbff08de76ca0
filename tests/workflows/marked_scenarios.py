"""Author tests in which everything private is a marker of its own, and strangers stand about.

A marker is a word that stands nowhere else: whoever is told it was told that field. What is
private is read off the shipped file once; a mutilated file is played with the same markers.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from engine.compiling.plan import Workflow
from engine.language.parts import FieldDef
from heyi.app.authors.scenariofile import PersonDef, PlaceDef, ScenarioFileDef, StepDef
from tests.workflows.move_data import swapped, triggers_of
from tests.workflows.scenario_player import Script

PRIVATE = frozenset({"personal", "confidential", "sealed"})
WORDS = frozenset({"text", "file"})
ELSEWHERE = "elsewhere"
PARTY = "who a party is"
"""What the markers stand for by which people without a post go."""
STRANGERS: Mapping[str, str] = {
    "elsewhere_handler": f"handler@{ELSEWHERE}",
    "elsewhere_head": f"head@{ELSEWHERE}",
    "elsewhere_mediator": f"mediator@{ELSEWHERE}",
    "elsewhere_lawyer": f"lawyer@{ELSEWHERE}",
    "own_handler": "handler@{own}",
    "own_mediator": "mediator@{own}",
    "own_lawyer": "lawyer@{own}",
    "own_archivist": "archivist@{own}",
    "own_chair": "chair@{own}",
    "own_supervisor": "supervisor@{own}",
    "street_staff": "street@{street}",
    "street_justice": "justice@{street}",
    "city_civil": "civil@{city}",
    "city_bureau": "bureau@{city}",
    "stranger": "",
}
"""People who have no part in a mediation, by the post they hold, most of them near at hand."""


@dataclass(slots=True)
class Marks:
    """The markers of a scenario.

    Attributes:
        fields: the field of each marker.
    """

    fields: dict[str, str] = field(default_factory=dict)

    def of(self, name: str) -> str:
        """Return a new marker of a field."""
        marker = f"mk{len(self.fields):04}mk"
        self.fields[marker] = name
        return marker

    def told(self, text: str) -> dict[str, str]:
        """Return the markers that stand in a text, with their fields."""
        return {one: name for one, name in self.fields.items() if one in text}


def marked(script: Script, rules: Workflow) -> tuple[Script, Marks]:
    """Return a scenario with a marker in every private text, and strangers among its people."""
    marks = Marks()
    steps = [_step(step, rules, marks) for step in _flat(script)]
    own = script.scenario.people
    plain = [n for n, one in {**script.rule.people, **own}.items() if not one.posts]
    named = {name: marks.of(PARTY) for name in plain}
    scenario = script.scenario.model_copy(update={
        "steps": tuple(_renamed(step, named) for step in steps),
        "people": {named.get(name, name): one for name, one in own.items()},
    })  # fmt: skip
    people = {named.get(name, name): one for name, one in script.rule.people.items()}
    rule = script.rule.model_copy(update={"people": people})
    return Script(id=script.id, rule=_with_strangers(rule), scenario=scenario), marks


def _renamed(step: StepDef, named: Mapping[str, str]) -> StepDef:
    """Return a step in which everybody without a post goes by a marker."""
    change: dict[str, Any] = {
        "who": named.get(step.who or "", step.who), "for_": named.get(step.for_ or "", step.for_)
    }  # fmt: skip
    for part in ("opens", "with_", "amends", "corrects"):
        data = getattr(step, part)
        for old, new in named.items():
            data = swapped(data, old, new)
        change[part] = data
    return step.model_copy(update=change)


def private_texts(rules: Workflow) -> set[str]:
    """Return the private fields that can hold a marker."""
    return {
        name for name, part in rules.fields.items() if part.privacy in PRIVATE and _can_hold(part)
    }


def _can_hold(part: FieldDef) -> bool:
    columns = part.of.values() if isinstance(part.of, dict) else ()
    return part.type in WORDS or any(one.type in WORDS for one in columns)


def _flat(script: Script) -> Iterator[StepDef]:
    for step in script.scenario.steps:
        yield from _spelled(step, script.rule)


def _spelled(step: StepDef, rule: ScenarioFileDef) -> Iterator[StepDef]:
    if step.starts is None:
        yield step
        return
    for one in rule.starts[step.starts]:
        yield from _spelled(one, rule)


def _step(step: StepDef, rules: Workflow, marks: Marks) -> StepDef:
    """Return a step with markers; what a move may be given in words is given as well."""
    # What the step expects is not asked here: texts differ.
    change: dict[str, Any] = {"expect": {}}
    if step.in_ is not None:
        return step.model_copy(update=change)
    if step.opens is not None:
        extra = (
            {}
            if step.refused
            else _given(step.opens, [b.definition.may for b in rules.openings], rules)
        )
        change["opens"] = _data({**step.opens, **extra}, rules, marks)
    if step.does is not None:
        extra = {} if step.refused else _extra(step.does, step.with_, rules)
        change["with_"] = _data({**step.with_, **extra}, rules, marks)
    if step.amends is not None:
        change["amends"] = _data(step.amends, rules, marks)
    if step.corrects is not None:
        change["corrects"] = _data(step.corrects, rules, marks)
    return step.model_copy(update=change)


def _extra(word: str, given: Mapping[str, Any], rules: Workflow) -> dict[str, Any]:
    triggers = triggers_of(rules, word)
    branches = [b for (_s, trigger), ways in rules.branches.items() if trigger in triggers
                for b in ways]  # fmt: skip
    return _given(given, [branch.definition.may for branch in branches], rules)


def _given(
    given: Mapping[str, Any], may: Sequence[Sequence[str]], rules: Workflow
) -> dict[str, str]:
    """Return words for the private texts that every one of the branches may take."""
    common = set.intersection(*map(set, may)) if may else set()
    return {
        name: "x"
        for name in sorted(common - given.keys())
        if rules.fields[name].type in WORDS and rules.fields[name].privacy in PRIVATE
    }


def _data(data: Mapping[str, Any], rules: Workflow, marks: Marks) -> dict[str, Any]:
    return {
        name: _marked(value, rules.fields[name], name, marks)
        if name in rules.fields and rules.fields[name].privacy in PRIVATE
        else value
        for name, value in data.items()
    }


def _marked(value: Any, part: FieldDef, name: str, marks: Marks) -> Any:
    if isinstance(value, list):
        return [_marked(one, part, name, marks) for one in value]
    if isinstance(part.of, dict) and isinstance(value, dict):
        return {
            key: _marked(inner, part.of.get(key, part), name, marks) for key, inner in value.items()
        }
    return marks.of(name) if part.type in WORDS and isinstance(value, str) else value


def _with_strangers(rule: ScenarioFileDef) -> ScenarioFileDef:
    by_level: dict[str, str] = {}
    for name, unit in rule.units.items():
        by_level.setdefault(unit.level, name)
    street = rule.units[by_level["community"]].in_
    units = {**rule.units, ELSEWHERE: PlaceDef(level="community", **{"in": street})}
    places = {"own": by_level["community"], "street": str(street), "city": by_level["city"]}
    people = {
        name: PersonDef(posts=(post.format(**places),) if post else ())
        for name, post in STRANGERS.items()
    }
    return rule.model_copy(update={"units": units, "people": {**rule.people, **people}})
