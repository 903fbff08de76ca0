"""Checks that a param's value is one of its options, and finds params bound by law."""

import re
from collections.abc import Iterator
from typing import Any

from engine.case.text import Text, said
from engine.compiling import words
from engine.language.clocks import ClockDef, ClockRule, ExtendDef, PausesDef
from engine.language.load import Findings
from engine.language.model import WorkflowDef
from engine.language.parts import ParamDef
from engine.language.reader import Path
from engine.language.scope import param_kind
from engine.language.words import Span

_WITH_OPTIONS = frozenset({"text", "list"})
_READ = re.compile(r"\bparams\.([a-z][a-z0-9_]*)")
_WORD = re.compile(r"[a-z][a-z0-9_]*")


def check_params(rule: WorkflowDef, findings: Findings) -> None:
    """Note every param whose value is none of its options, or that cannot have any."""
    for name, param in rule.params.items():
        if param.options is None:
            continue
        path: Path = ("params", name)
        if param_kind(param) not in _WITH_OPTIONS:
            findings.add((*path, "options"), "HY203", words.NO_OPTIONS, key=True)
        elif problem := option_problem(param, param.value):
            told, word = problem
            findings.add((*path, "value"), "HY203", told, near=word, among=list(param.options))


def option_problem(param: ParamDef, value: Any) -> tuple[Text, str] | None:
    """Return why a param may not have a value, and the wrong word; None if it may."""
    if param.options is None:
        return None
    for word in value if isinstance(value, list) else [value]:
        if not isinstance(word, str) or word not in param.options:
            told = said(words.NO_OPTION_OF, word=str(word), options=list(param.options))
            return told, str(word)
    return None


def bound_by_law(rule: WorkflowDef, name: str) -> bool:
    """Tell whether a param is statutory, by its own class or as a length of a statutory clock.

    What chooses between rules of a table is none of their lengths.
    """
    if rule.params[name].class_ == "statutory":
        return True
    found = (one for clock in rule.clocks.values() for one in _statutory(clock))
    return any(name in _in_the_end(rule, one) for one in found)


def _statutory(clock: ClockDef) -> Iterator[str]:
    """Yield what gives the lengths of a clock's cases that are statutory: params, expressions."""
    for case in clock.rules or (clock,):
        if (case.class_ or clock.class_) == "statutory":
            for key in _KEYS:
                yield from _named(_own_or(clock, case, key))


def _in_the_end(rule: WorkflowDef, length: str) -> set[str]:
    """Return the params that a length names or reads, through facts and answers of tables too."""
    if length in rule.params:
        return {length}
    found, known, todo = set[str](), set[str](), [length]
    while todo:
        text = todo.pop()
        found.update(_READ.findall(text))
        for word in {*_WORD.findall(text)} - known:
            known.add(word)
            if word in rule.facts:
                todo.append(rule.facts[word].is_)
            elif word in rule.tables:
                rules = rule.tables[word].rules
                todo += [str(value) for one in rules for value in one.then.values()]
    return found


_KEYS = ("within", "at_least", "pauses", "extend")


def _own_or(clock: ClockDef, case: ClockRule, key: str) -> Any:
    own = getattr(case, key)
    return own if own is not None else getattr(clock, key)


def _named(length: Any) -> Iterator[str]:
    """Yield the params and expressions of a length, a pause or an extension."""
    if isinstance(length, PausesDef):
        yield from _named(length.each)
        yield from _named(length.all)
    elif isinstance(length, ExtendDef):
        yield from _named(length.at_most)
    elif isinstance(length, Span):
        yield str(length.n)
    elif isinstance(length, str):
        yield length
