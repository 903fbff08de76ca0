"""Compiles a workflow once a process: the same text beside the same files gives the same plan.

Half of a run's time went into compiling the twelve shipped files again, for every office and every
stage. A compiled workflow is a value that nothing changes; what it was compiled from is compared
word for word before it is given out again.
"""

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Generic, TypeVar

from engine.case.problems import Problem
from engine.checking import build as checking
from engine.compiling import build as compiling
from engine.compiling import calendars
from engine.compiling.plan import Workflow
from engine.language.load import Findings, Shelf, ShelfKind, no_shelf
from engine.language.model import WorkflowDef

MOST = 64
"""How many plans are kept, the last used ones: files that a test mutilates come once."""

Answer = TypeVar("Answer")
Found = tuple[str, str] | None
_ReadDays = Callable[..., tuple[calendars.Edition | calendars.NewsDef | None, Findings]]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Kept(Generic[Answer]):
    """An answer with everything that was read for it beside the text."""

    answer: Answer
    read: dict[tuple[ShelfKind, str], Found]


@dataclass(slots=True)
class Memory(Generic[Answer]):
    """Answers by text, given out again while the shelf still gives what it gave then."""

    kept: dict[Hashable, _Kept[Answer]] = field(default_factory=dict)

    def of(self, key: Hashable, shelf: Shelf, make: Callable[[Shelf], Answer]) -> Answer:
        """Return the answer to a key beside a shelf, made only where it is new."""
        found = self.kept.pop(key, None)
        if found is None or any(shelf(*asked) != told for asked, told in found.read.items()):
            found = self._made(shelf, make)
        self.kept[key] = found
        if len(self.kept) > MOST:
            del self.kept[next(iter(self.kept))]
        return found.answer

    def _made(self, shelf: Shelf, make: Callable[[Shelf], Answer]) -> _Kept[Answer]:
        read: dict[tuple[ShelfKind, str], Found] = {}

        def noting(kind: ShelfKind, name: str) -> Found:
            read[kind, name] = shelf(kind, name)
            return read[kind, name]

        return _Kept(answer=make(noting), read=read)


def install() -> None:
    """Let the engine's two ways to compile remember; before anybody imports them."""
    checked: Memory[tuple[Workflow | None, list[Problem]]] = Memory()
    built: Memory[Workflow] = Memory()
    check, from_definition = checking.check_workflow, compiling.workflow_from_definition

    def check_workflow(
        text: str, *, file: str = "", shelf: Shelf = no_shelf
    ) -> tuple[Workflow | None, list[Problem]]:
        key = text, file
        workflow, problems = checked.of(
            key, shelf, lambda noting: check(text, file=file, shelf=noting)
        )
        return workflow, list(problems)

    def workflow_from_definition(rule: WorkflowDef, *, shelf: Shelf = no_shelf) -> Workflow:
        key = rule.model_dump_json(by_alias=True)
        return built.of(key, shelf, lambda noting: from_definition(rule, shelf=noting))

    checking.check_workflow = check_workflow
    calendars.read_days = _once(calendars.read_days)
    compiling.workflow_from_definition = workflow_from_definition


def _once(read: _ReadDays) -> _ReadDays:
    """Return ``read_days`` that reads a text once; what it found may be added to by who asked."""
    kept = lru_cache(maxsize=MOST)(read)

    def read_days(
        text: str, *, file: str = ""
    ) -> tuple[calendars.Edition | calendars.NewsDef | None, Findings]:
        rule, found = kept(text, file=file)
        return rule, replace(found, problems=list(found.problems))

    return read_days
