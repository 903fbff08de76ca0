"""Checks the names that clocks refer to, and the sources that the file does not list."""

from collections.abc import Iterable, Iterator, Set
from typing import Any, Protocol

from engine.case.text import said
from engine.compiling import words
from engine.compiling.names.ladders import LadderNames
from engine.language.clocks import ClockDef, ClockRule, ExtendDef, MoveRef, PausesDef
from engine.language.load import Findings
from engine.language.model import WorkflowDef
from engine.language.reader import Path
from engine.language.scope import is_span
from engine.language.words import Span, parse_span
from engine.time.units import EXACT, TimeUnit

_KINDS = ("within", "at_least", "due")
_VARYING = frozenset(unit for unit in TimeUnit if unit.seconds is None)


class _Names(Protocol):
    rule: WorkflowDef
    findings: Findings
    triggers: list[str]

    def known(
        self, kind: str, word: str, known: Iterable[str], path: Path, *, key: bool = False
    ) -> bool: ...

    def is_list(self, word: str, path: Path) -> None: ...


class ClockNames:
    """Checks the clocks of one merged definition."""

    def __init__(self, names: _Names) -> None:
        """Look names up and note findings through ``names``."""
        self.names = names

    def check(self) -> None:
        """Note every name that does not exist and every contradiction."""
        for name, clock in self.names.rule.clocks.items():
            path: Path = ("clocks", name)
            self._ends(clock, path)
            self._lengths(clock, clock, path, last=not clock.rules)
            if not clock.rules:
                self._units(clock, clock, path)
            for place, case in enumerate(clock.rules):
                self._lengths(clock, case, (*path, "rules", place), last=True)
                self._units(clock, case, (*path, "rules", place))

    def _ends(self, clock: ClockDef, path: Path) -> None:
        states = self.names.rule.states
        for key in ("starts", "stops"):
            for place, word in enumerate(getattr(clock, key) or ()):
                at = (*path, key, place)
                if isinstance(word, MoveRef):
                    self.names.known("trigger", word.move, self.names.triggers, (*at, "move"))
                elif word != "finals":
                    self.names.known("state", word, states, at)
        if clock.each:
            self.names.known("field", clock.each, self.names.rule.fields, (*path, "each"))
            self.names.is_list(clock.each, (*path, "each"))

    def _lengths(self, clock: ClockDef, case: ClockRule, path: Path, *, last: bool) -> None:
        """Check one set of a clock's keys: one length of time, its own or inherited."""
        given = [k for k in _KINDS if getattr(case, k) is not None]
        inherited = [k for k in _KINDS if getattr(clock, k) is not None]
        if len(given) > 1 or (last and not given and not inherited):
            self.names.findings.add(path, "HY203", words.ONE_LENGTH, key=True)
        for key in ("within", "at_least"):
            length = getattr(case, key)
            if isinstance(length, str):
                self._param(length, (*path, key))
        self._rests(case, path)
        self._ladder(clock, case, path)

    def _rests(self, case: ClockRule, path: Path) -> None:
        """Check the names of where a clock rests and how far it can be extended."""
        rule = self.names.rule
        if isinstance(case.pauses, PausesDef):
            for place, word in enumerate(case.pauses.in_):
                known = [*rule.states, *rule.groups]
                self.names.known("state", word, known, (*path, "pauses", "in", place))
        for at, length in _limits(case):
            if isinstance(length, str):
                self._param(length, (*path, *at))

    def _units(self, clock: ClockDef, case: ClockRule, path: Path) -> None:
        """Check that limits suit the length of a case, its own or that of its clock."""
        given = case if any(getattr(case, key) is not None for key in _KINDS) else clock
        unit = self._unit(given.within if given.within is not None else given.at_least)
        refused = _VARYING if unit in EXACT else {*EXACT, TimeUnit.MONTHS}
        for part in ("pauses", "extend"):
            own = getattr(case, part) is not None
            home: Path = path if own else path[:2]
            holder = case if own else clock
            for at, length in _limits(holder, part):
                self._limit(length, (*home, *at), EXACT if part == "extend" else refused)
            extends = part == "extend" and isinstance(holder.extend, ExtendDef)
            if extends and (given.at_least is not None or unit in EXACT):
                self.names.findings.add((*home, "extend"), "HY203", words.CANNOT_EXTEND, key=True)

    def _limit(self, length: Any, path: Path, refused: Set[TimeUnit]) -> None:
        """Check the longest that a pause or an extension may be: a fixed length."""
        computed = isinstance(length, Span) and isinstance(length.n, str)
        if computed or self._unit(length) in refused:
            self.names.findings.add(path, "HY203", words.FIXED_LIMIT)

    def _unit(self, length: Any) -> TimeUnit | None:
        """Return the unit of a length, or of the param that it names; None where none is."""
        params = self.names.rule.params
        if isinstance(length, str) and length in params and is_span(params[length].value):
            length = parse_span(params[length].value)
        return length.unit if isinstance(length, Span) else None

    def _ladder(self, clock: ClockDef, case: ClockRule, path: Path) -> None:
        ladders, checks = self.names.rule.ladders, LadderNames(self.names)
        if case.ladder is not None:
            at = (*path, "ladder")
            # Other clocks may have items; that this one has none is said with what it means.
            if self.names.known("ladder", case.ladder, ladders, at) and clock.each:
                checks.owners(ladders[case.ladder].rungs, at, clock)
        if case.rungs:
            ladder = ladders.get(case.ladder or clock.ladder or "")
            levels = len(ladder.levels) if ladder else 0
            checks.rungs(case.rungs, (*path, "rungs"), levels)
            for place, rung in enumerate(case.rungs):
                checks.owners((rung,), (*path, "rungs", place, "tell"), clock)

    def _param(self, name: str, path: Path) -> None:
        params = self.names.rule.params
        if self.names.known("param", name, params, path) and not is_span(params[name].value):
            self.names.findings.add(path, "HY203", said(words.NO_LENGTH, name=name))


def can_be_extended(clock: ClockDef) -> bool:
    """Tell whether a clock, or any of its rules, allows an extension."""
    return any(case.extend not in {None, "none"} for case in (clock, *clock.rules))


def _limits(case: ClockRule, *parts: str) -> Iterator[tuple[Path, Any]]:
    """Yield the limits of a case's own pauses and extension that are given, with their keys."""
    for part, keys in (("pauses", ("each", "all")), ("extend", ("at_most",))):
        for key in keys:
            length = getattr(getattr(case, part), key, None)
            if length is not None and (not parts or part in parts):
                yield (part, key), length


def warn_of_sources(rule: WorkflowDef, findings: Findings) -> None:
    """Warn of sources that the file does not list: the part before ``#`` names one."""
    for path, value in _source_words(findings.document.value, ()):
        head = value.partition("#")[0].partition(":")[0]
        if head not in rule.sources:
            told = said(words.NO_SOURCE, head=head)
            findings.add(path, "HY503", told, near=head, among=rule.sources)


def _source_words(value: object, path: Path) -> Iterable[tuple[Path, str]]:
    if isinstance(value, dict):
        for key, inner in value.items():
            if key == "source" and isinstance(inner, str):
                yield (*path, key), inner
            elif key not in {"with", "sets", "fields", "columns"}:
                yield from _source_words(inner, (*path, key))
    elif isinstance(value, list):
        for place, inner in enumerate(value):
            yield from _source_words(inner, (*path, place))
