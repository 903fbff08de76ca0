"""The names that clocks refer to, and the sources that the file does not list."""

from collections.abc import Iterable
from typing import Protocol

from engine.definitions.load import Findings, not_yet
from engine.definitions.model import WorkflowDef
from engine.definitions.parts import ClockDef, ClockRule, MoveRef
from engine.definitions.reader import Path
from engine.definitions.scope import is_span

_KINDS = ("within", "at_least", "due")


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
        """Note every reference that leads nowhere and every contradiction."""
        for name, clock in self.names.rule.clocks.items():
            path: Path = ("clocks", name)
            self._ends(clock, path)
            for key in ("pauses", "extend", "ladder", "rungs"):
                if getattr(clock, key):
                    not_yet(self.names.findings, (*path, key), key, "Time")
            self._lengths(clock, clock, path, last=not clock.rules)
            for place, case in enumerate(clock.rules):
                self._lengths(clock, case, (*path, "rules", place), last=True)

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
            zh, en = (
                "期限须恰有 within、at_least、due 之一",
                "a clock has one of within, at_least, due",
            )
            self.names.findings.add(path, "HY203", zh, en, key=True)
        for key in ("within", "at_least"):
            length = getattr(case, key)
            if isinstance(length, str):
                self._param(length, (*path, key))
        if case is clock:
            return
        for key in ("pauses", "extend"):
            if getattr(case, key) not in {None, "none"}:
                not_yet(self.names.findings, (*path, key), key, "Time")

    def _param(self, name: str, path: Path) -> None:
        params = self.names.rule.params
        if self.names.known("param", name, params, path) and not is_span(params[name].value):
            zh, en = f"参数“{name}”不是时间长度", f"param '{name}' is no length of time"
            self.names.findings.add(path, "HY203", zh, en)


def warn_of_sources(rule: WorkflowDef, findings: Findings) -> None:
    """Warn of sources that the file does not list: the part before ``#`` names one."""
    for path, value in _source_words(findings.document.value, ()):
        head = value.partition("#")[0].partition(":")[0]
        if head not in rule.sources:
            zh, en = f"来源“{head}”未登记", f"source '{head}' is not listed under 'sources'"
            findings.add(path, "HY503", zh, en, near=head, among=rule.sources)


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
