"""The compiled workflow and its parts: immutable, shared by all its cases."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from engine.case.text import Text, worded
from engine.compiling.machine import BACK, STAY, StateMachine
from engine.language.cel import Expression
from engine.language.clocks import ClockDef, ClockRule, RungDef
from engine.language.model import MoveDef, WorkflowDef
from engine.language.parts import FieldDef
from engine.language.words import Label

Node = tuple[str, tuple[str, ...]]
"""Where a case stands: the top state, and the states below it, bottom first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of a guard, with its text for when it does not hold."""

    ask: Expression
    otherwise: Label | None = None
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Literal:
    """A plain value standing where an expression could."""

    value: Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Branch:
    """One way a trigger can go from one state, or one opening.

    Attributes:
        state: where it is offered; "" for openings.
        trigger: its trigger; the opening's id for openings.
        place: index within the list of its trigger in its state.
        definition: what the file says.
        guard: every line must hold.
        sets: field and value, all read from the same facts.
        edits: list and the columns that may be changed.
        values: compiled values of ``opens`` and ``signals`` and ``publishes``, by place in
            the file, e.g. ``("opens", 0, "with", "topic")``.
    """

    state: str
    trigger: str
    place: int
    definition: MoveDef
    guard: tuple[Line, ...] = ()
    sets: tuple[tuple[str, Expression | Literal], ...] = ()
    edits: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    values: Mapping[tuple[Any, ...], Expression | Literal] = field(default_factory=dict)
    cosign: tuple[str, ...] = ()
    propose: tuple[str, ...] = ()
    from_: date | None = None
    until: date | None = None

    @property
    def by(self) -> tuple[str, ...]:
        """Roles, or the words ``anyone``, ``opener``, ``clock``, ``link``."""
        return self.definition.by

    @property
    def accepts(self) -> frozenset[str]:
        """Every field that a move through this branch may bring."""
        return frozenset(
            (*self.definition.asks, *self.definition.may, *self.definition.adds, *self.edits)
        )

    @property
    def stays(self) -> bool:
        """Whether the case stays in its state."""
        return self.definition.to == STAY

    @property
    def returns(self) -> bool:
        """Whether the case leaves an overlay for the state that lies below."""
        return self.definition.to == BACK

    @property
    def enters(self) -> str | None:
        """The state that is entered; None where the case stays or goes back."""
        return None if self.stays or self.returns else self.definition.to

    @property
    def name(self) -> str:
        """The rule's id, else the trigger: what a history shows."""
        return self.definition.id or self.trigger


@dataclass(frozen=True, slots=True, kw_only=True)
class Amendment:
    """What some roles may change in a state without a transition."""

    by: tuple[str, ...]
    fields: frozenset[str]
    adds: frozenset[str]
    edits: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class TableRule:
    """One row: its conditions, what it gives, and the law dates it holds for."""

    id: str
    conditions: tuple[Expression, ...]
    then: Mapping[str, Expression | Literal]
    from_: date | None
    until: date | None
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A decision table."""

    name: str
    hit: str
    outputs: tuple[str, ...]
    defaults: Mapping[str, Any]
    rules: tuple[TableRule, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ladder:
    """What happens as a clock runs (催办阶梯).

    Attributes:
        rungs: the clock's own, then its ladder's; a run knows them by their place.
        levels: the roles told at level 1, 2 …
        quiet: minutes of the day from and until which alerts wait, or None.
        catch_up: what becomes of rungs that were missed: ``once``, ``each`` or ``skip``.
    """

    rungs: tuple[RungDef, ...] = ()
    levels: tuple[tuple[str, ...], ...] = ()
    quiet: tuple[int, int] | None = None
    catch_up: str = "once"


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockVariant:
    """A clock's keys under one condition; ``definition`` is as written in the file.

    Attributes:
        pauses_in: states in which, at any depth of the stack, its runs rest.
    """

    definition: ClockRule
    condition: Expression | None = None
    length: Expression | None = None
    ladder: Ladder = Ladder()
    pauses_in: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """A clock as steps use it.

    Attributes:
        starts_in: states whose entry starts it.
        starts_on: triggers that start it.
        stops_in: states whose entry ends it; empty with ``leaving`` or where it says none.
        stops_on: triggers that end it.
        leaving: it ends when none of its starting states is left.
        ends_at_final: entering a final state that is no start of it ends it.
        variants: its rules in order; one without condition where it has none.
    """

    name: str
    definition: ClockDef
    starts_in: frozenset[str]
    starts_on: frozenset[str]
    stops_in: frozenset[str]
    stops_on: frozenset[str]
    leaving: bool
    ends_at_final: bool
    when: Expression | None
    met: Expression | None
    met_column: str | None
    variants: tuple[ClockVariant, ...]

    @property
    def rests(self) -> bool:
        """Tell whether any of its runs may rest in some state."""
        return any(case.pauses_in for case in self.variants)

    def variant_of(self, rule: int) -> ClockVariant:
        """Return the variant that a run was started under, by the run's ``rule``."""
        return self.variants[max(rule - 1, 0)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Workflow:
    """A workflow version, ready to run.

    Attributes:
        definition: what the file says, whole, libraries merged in.
        digest: SHA-256 of the merged definition, hex.
        branches: by (state, trigger), in document order, groups expanded.
        openings: in document order.
        amendments: by state, groups expanded.
        fields: with defaults for privacy applied.
        facts: derived facts.
        vaults: fields that storage encrypts, with their vault.
        covers: for each overlay the states it may lie over.
        conditions: of readers, by their text.
        values: fact names to what they are read from: kinds by variable.
        params: the file's own param values.
    """

    name: str
    version: int
    definition: WorkflowDef
    digest: str
    machine: StateMachine
    branches: Mapping[tuple[str, str], tuple[Branch, ...]]
    openings: tuple[Branch, ...]
    amendments: Mapping[str, tuple[Amendment, ...]]
    fields: Mapping[str, FieldDef]
    facts: Mapping[str, Expression]
    tables: Mapping[str, Table]
    clocks: Mapping[str, Clock]
    covers: Mapping[str, tuple[str, ...]]
    vaults: Mapping[str, str]
    sealed: Expression | None
    conditions: Mapping[str, Expression]
    triggers: Mapping[str, tuple[str, ...]]
    aliases: Mapping[str, str]
    variables: Mapping[str, str]

    def is_final(self, state: str) -> bool:
        """Tell whether a state is final."""
        return self.definition.states[state].final

    def leads_to(self, node: Node, branch: Branch) -> Node:
        """Return where a case stands after a branch, from where it stood.

        The loader saw to it that an overlay is entered only from what it may cover, and that only
        overlays have a ``back``: so there always is something to go back to.

        Source:
            language.md 5: entering an overlay pushes, ``back`` pops one, any other target clears.
        """
        state, stack = node
        if branch.stays:
            return node
        if branch.enters is None:
            return (stack[-1], stack[:-1])
        below = (*stack, state) if branch.enters in self.definition.overlays else ()
        return (branch.enters, below)

    def move_label(self, word: str, lang: str = "zh") -> str:
        """Return the label of a trigger, or of the rule that carries an id; "" for none."""
        for branches in (self.openings, *self.branches.values()):
            for branch in branches:
                ids = [one.strip() for one in (branch.definition.id or "").split(",")]
                if branch.definition.label is not None and word in {branch.trigger, *ids}:
                    return branch.definition.label.text(lang)
        return ""

    def label(self, kind: str, name: str, lang: str = "zh") -> str:
        """Return the label of a state, field, role, clock …, or its id where it has none.

        Args:
            kind: ``states``, ``fields``, ``facts``, ``roles``, ``clocks``, ``documents``.
            name: the id.
            lang: ``zh`` or ``en``.
        """
        return self.labelled(kind, name).text(lang)

    def labelled(self, kind: str, name: str) -> Text:
        """Return what ``label`` does, in every language."""
        label = getattr(getattr(self.definition, kind).get(name), "label", None)
        return worded(label.text) if label is not None else Text(name, name)
