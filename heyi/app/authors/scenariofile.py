"""Reads files of author tests: units, people, scenarios of steps (language.md 7)."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Annotated, Any
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, BeforeValidator, Field

from engine.case.errors import DefinitionError
from engine.case.ids import wrong_id
from engine.case.text import said
from engine.language.levels import OWN
from engine.language.load import Findings, validate
from engine.language.reader import Document, Path, read_yaml
from engine.language.words import Label, Many, Name, Part, Text, Titled, misshapen
from engine.language.words_of_findings import OWN_IS_NO_LEVEL
from heyi.app.authors import words
from heyi.app.authors.expectshapes import BY_PERSON, RIGHTS, check_shapes


def _moment(value: Any) -> Any:
    try:
        return datetime.fromisoformat(str(value))
    except ValueError:
        raise misshapen(words.NO_MOMENT) from None


def _says(value: Any) -> Any:
    return value if not isinstance(value, dict) or "zh" not in value else value["zh"]


Moment = Annotated[datetime, BeforeValidator(_moment)]
Said = Annotated[Text | None, BeforeValidator(_says)]


def _level(value: str) -> str:
    if value == OWN:
        raise misshapen(OWN_IS_NO_LEVEL)
    return value


class PlaceDef(Part):
    """A unit of the made-up office."""

    level: Annotated[Name, AfterValidator(_level)]
    title: Text | None = None
    in_: Name | None = Field(default=None, alias="in")


class PersonDef(Part):
    """A made-up person."""

    posts: tuple[Text, ...] = ()


class SaysDef(Part):
    """One reason that a refusal must give."""

    code: Text | None = None
    says: Said = None


class RefusedDef(SaysDef):
    """What a refusal must be; ``missing`` are the fields asked for in vain, all of them."""

    reasons: tuple[SaysDef, ...] = ()
    missing: Many[Text] = ()


class StepDef(Part):
    """One step: a move, a refusal, or time that passes."""

    at: Moment | None = None
    who: Name | None = None
    opens: dict[str, Any] | None = None
    entry: Text | None = None
    unit: Name | None = None
    in_: Text | None = Field(default=None, alias="in")
    does: Text | None = None
    with_: dict[str, Any] = Field(default={}, alias="with")
    for_: Name | None = Field(default=None, alias="for")
    amends: dict[str, Any] | None = None
    signs: Text | None = None
    corrects: dict[str, Any] | None = None
    withdraws: Text | None = None
    takes_back: bool = False
    hands: Name | None = None
    claims: bool = False
    accepts: bool = False
    returns: bool = False
    urges: Text | bool = False
    comments: Text | None = None
    reason: Text = ""
    happened: Moment | None = None
    refused: RefusedDef | None = None
    expect: dict[str, Any] = {}
    starts: Name | None = None


class ScenarioDef(Part):
    """One scenario: a sequence of steps."""

    name: Titled
    story: Text | None = None
    people: dict[Name, PersonDef] = {}
    counts: dict[Name, int] = {}
    steps: tuple[StepDef, ...] = Field(min_length=1)


class ScenarioFileDef(Part):
    """A file of author tests for one workflow."""

    workflow: Name
    units: dict[Name, PlaceDef]
    people: dict[Name, PersonDef]
    starts: dict[Name, tuple[StepDef, ...]] = {}
    params: dict[Name, Any] = {}
    catalogues: dict[Name, tuple[dict[str, Any], ...]] = {}
    scenarios: tuple[ScenarioDef, ...] = Field(min_length=1)


def load_scenarios(text: str, *, file: str = "") -> tuple[ScenarioFileDef, Document]:
    """Read a file of author tests.

    Raises:
        DefinitionError: with every problem and its place.
    """
    document = read_yaml(text, file=file)
    findings = Findings(document=document, problems=list(document.problems))
    rule: ScenarioFileDef | None = validate(ScenarioFileDef, document.value, findings)
    if rule is not None:
        _check(rule, findings)
    if rule is None or findings.wrong:
        raise DefinitionError(findings.problems)
    return rule, document


def _check_ids(rule: ScenarioFileDef, findings: Findings) -> None:
    """Refuse people and units that could not be registered: tests play on a real store."""
    groups: list[tuple[Path, Iterable[str]]] = [
        (("people",), rule.people),
        (("units",), rule.units),
        *((("scenarios", n, "people"), one.people) for n, one in enumerate(rule.scenarios)),
    ]
    for path, names in groups:
        for name in names:
            why = wrong_id(name)
            if why is not None:
                findings.add((*path, name), "HY104", why, key=True)


def _check(rule: ScenarioFileDef, findings: Findings) -> None:
    _check_ids(rule, findings)
    for name, unit in rule.units.items():
        if unit.in_ is not None and unit.in_ not in rule.units:
            told, at = said(words.NO_UNIT, unit=unit.in_), ("units", name, "in")
            findings.add(at, "HY201", told, near=unit.in_, among=rule.units)
    for name, person in rule.people.items():
        for place, post in enumerate(person.posts):
            if post.partition("@")[2] not in rule.units:
                told = said(words.NO_POST, post=post)
                findings.add(("people", name, "posts", place), "HY201", told)
    _check_rows(rule, findings)
    for name, steps in rule.starts.items():
        _check_sight(steps, rule.people, ("starts", name), findings)
    for place, one in enumerate(rule.scenarios):
        people = {**rule.people, **one.people}
        _check_sight(one.steps, people, ("scenarios", place, "steps"), findings)


def _check_sight(
    steps: Sequence[StepDef], people: Mapping[str, PersonDef], path: Path, findings: Findings
) -> None:
    """Note what is expected by person and is no list by person, or names nobody of the file."""
    for place, step in enumerate(steps):
        check_shapes(step.expect, (*path, place, "expect"), findings)
        for key in BY_PERSON:
            at: Path = (*path, place, "expect", key)
            told = step.expect.get(key, {})
            if not isinstance(told, dict) or not all(map(_is_names, told.values())):
                wrong = said(words.WRITTEN, key=key, shape=words.NAMES_BY_PERSON)
                findings.add(at, "HY103", wrong)
                continue
            _check_people(told, people, at, findings)
        for key in RIGHTS:
            told = step.expect.get(key, {})
            if isinstance(told, dict):
                _check_people(told, people, (*path, place, "expect", key), findings)


def _check_people(
    told: Iterable[str], people: Mapping[str, PersonDef], at: Path, findings: Findings
) -> None:
    for person in [one for one in told if one not in people]:
        findings.add(
            (*at, person), "HY201", said(words.NO_PERSON, person=person),
            near=str(person), among=people, key=True,
        )  # fmt: skip


def _is_names(value: object) -> bool:
    rows = value if isinstance(value, list) else [value]
    return all(isinstance(one, str) for one in rows)


def _check_rows(rule: ScenarioFileDef, findings: Findings) -> None:
    for name, rows in rule.catalogues.items():
        for place, row in enumerate(rows):
            if not isinstance(row.get("code"), str):
                findings.add(("catalogues", name, place), "HY102", words.NO_CODE)


def local(moment: datetime, zone: ZoneInfo) -> datetime:
    """Return a moment of a test file: without a zone it is the office's own time."""
    return moment if moment.tzinfo else moment.replace(tzinfo=zone)


__all__ = ["Label", "Many", "ScenarioDef", "ScenarioFileDef", "StepDef", "load_scenarios", "local"]
