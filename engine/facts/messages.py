"""Makes texts of refusals: labels in place of ids, ``{fact}`` filled in, masked where required."""

import re
from collections.abc import Callable, Iterable
from typing import Any

from engine.case.text import COMMA, Text, joined, said, worded
from engine.case.values import Lang
from engine.facts import words
from engine.facts.facts import Facts
from engine.facts.people import in_case
from engine.language.kinds import FieldType
from engine.language.labels import PLACE
from engine.language.words import Label

MASK = "＊＊＊"
"""What stands in place of a value that the reader may not see."""


def fill(label: Label, facts: Facts, readable: Callable[[str], bool], lang: Lang) -> str:
    """Return a label's text with every ``{fact}`` replaced.

    Args:
        label: the text in both languages.
        facts: where the values come from; an unset one reads "未填" or "not set".
        readable: whether the reader may see what a name is made from.
        lang: the language.

    Source:
        language.md 3.2: a fact is masked for those who may not read it.
    """

    def value_of(match: re.Match[str]) -> str:
        name = match[1]
        if not readable(name):
            return MASK
        return shown(_called(facts, name), lang)

    return PLACE.sub(value_of, label.text(lang))


def _called(facts: Facts, name: str) -> Any:
    """Return a fact's value with people by name, whom expressions see by id."""
    value, part = facts.get(name), facts.workflow.fields.get(name)
    named = part is not None and part.type is FieldType.PERSON
    people = dict(facts.world.people) if named else {}
    people |= in_case(facts.workflow, facts.fields)
    if isinstance(value, list):
        return [people.get(one, one) if isinstance(one, str) else one for one in value]
    return people.get(value, value) if isinstance(value, str) else value


def shown(value: Any, lang: Lang = "zh") -> str:
    """Return a fact's value as people read it."""
    if value is None:
        return words.UNSET.text(lang)
    if isinstance(value, bool):
        return (words.YES if value else words.NO).text(lang)
    if isinstance(value, list):
        return COMMA.text(lang).join(shown(one, lang) for one in value)
    if isinstance(value, dict):
        for key in (lang, "zh", "title", "name", "id", "code"):
            if key in value:
                return str(value[key])
    return f"{value:g}" if isinstance(value, float) else str(value)


def names_of(facts: Facts, names: Iterable[str]) -> Text:
    """Return the labels of fields, facts and other names, joined for a sentence."""
    return joined(name_of(facts, name) for name in names)


def name_of(facts: Facts, name: str) -> Text:
    """Return a name's label with the id behind it, so that people and forms both know it."""
    workflow = facts.workflow
    kind = "fields" if name in workflow.fields else "facts" if name in workflow.facts else ""
    label = workflow.labelled(kind, name) if kind else Text(name, name)
    bare, named = said(words.NAME, id=name), said(words.LABEL_AND_ID, label=label, id=name)
    return worded(lambda lang: (bare if label.text(lang) == name else named).text(lang))


def label_or_id(facts: Facts, name: str) -> Text:
    """Return a field for a sentence that names it by its label in Chinese, its id in English."""
    return Text(name_of(facts, name).zh, said(words.NAME, id=name).en)
