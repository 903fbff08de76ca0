"""Checks the names that ladders and rungs refer to."""

from collections.abc import Iterable, Sequence
from typing import Protocol

from engine.case.text import said
from engine.compiling import words
from engine.language.clocks import ClockDef, LadderDef, QuietDef, RungDef
from engine.language.load import Findings
from engine.language.model import WorkflowDef
from engine.language.parts import FieldDef
from engine.language.reader import Path

ASSIGNEE = "assignee"
"""Beside roles, who may be told at a rung: whoever has the case."""


class _Names(Protocol):
    rule: WorkflowDef
    findings: Findings
    triggers: list[str]

    def known(
        self, kind: str, word: str, known: Iterable[str], path: Path, *, key: bool = False
    ) -> bool: ...


class LadderNames:
    """Checks the ladders of one merged definition."""

    def __init__(self, names: _Names) -> None:
        """Look names up and note findings through ``names``."""
        self.names = names

    def check(self) -> None:
        """Note every name that does not exist."""
        for name, ladder in self.names.rule.ladders.items():
            path: Path = ("ladders", name)
            self._levels(ladder, path)
            if isinstance(ladder.quiet, QuietDef) and ladder.quiet.from_ == ladder.quiet.until:
                self.names.findings.add((*path, "quiet"), "HY203", words.QUIET_ENDS)
            self.rungs(ladder.rungs, (*path, "rungs"), len(ladder.levels))

    def _levels(self, ladder: LadderDef, path: Path) -> None:
        for place, roles in enumerate(ladder.levels):
            for role in roles:
                self.names.known("role", role, self.names.rule.roles, (*path, "levels", place))

    def rungs(
        self,
        rungs: Sequence[RungDef],
        path: Path,
        levels: int = 0,
    ) -> None:
        """Check whom rungs alert, at which level, what they fire and propose.

        Args:
            rungs: in order.
            path: of their list.
            levels: how many the ladder has itself; 0 where the file's chain holds.
        """
        rule = self.names.rule
        highest = levels or len(rule.chain)
        for place, rung in enumerate(rungs):
            at: Path = (*path, place)
            for n, word in enumerate(rung.tell):
                if not column_of(word):
                    known = [*rule.roles, ASSIGNEE]
                    self.names.known("role", word, known, (*at, "tell", n))
            if rung.level is not None and rung.level > highest:
                told = said(words.NO_LEVEL, highest=highest, level=rung.level)
                self.names.findings.add((*at, "level"), "HY203", told)
            if rung.propose is not None and rung.fire is not None:
                self.names.findings.add(at, "HY203", words.PROPOSE_OR_FIRE)
            for key in ("propose", "fire"):
                word = getattr(rung, key)
                if word is not None:
                    self.names.known("trigger", word, self.names.triggers, (*at, key))

    def owners(self, rungs: Sequence[RungDef], path: Path, clock: ClockDef) -> None:
        """Check the receivers among a clock's items: ``item.owner``, persons and units.

        Args:
            rungs: of the clock, or of a ladder that it names.
            path: where to note what is wrong.
            clock: whose items.
        """
        part = self.names.rule.fields.get(clock.each or "")
        columns = part.columns if part is not None else {}
        for column in filter(None, (column_of(word) for rung in rungs for word in rung.tell)):
            if clock.each is None:
                self.names.findings.add(path, "HY203", said(words.NEEDS_EACH, column=column))
            elif columns and self.names.known("field", column, columns, path):
                self._names_somebody(column, columns[column], path)

    def _names_somebody(self, column: str, part: FieldDef, path: Path) -> None:
        if not part.kind.names_somebody:
            self.names.findings.add(path, "HY203", said(words.NOBODY, column=column))


def column_of(word: str) -> str:
    """Return the column of ``item.owner``; "" for a role."""
    head, _, column = word.partition(".")
    return column if head in {"item", "it"} else ""
