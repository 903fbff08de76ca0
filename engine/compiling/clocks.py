"""Compiles clocks: where they start and stop, and which variants they have."""

from collections.abc import Mapping
from dataclasses import replace

from engine.compiling.formulas import Formulas
from engine.compiling.plan import Clock, ClockVariant, Ladder
from engine.language.cel import Expression
from engine.language.clocks import ClockDef, ClockRule, LadderDef, MoveRef, RungDef
from engine.language.model import WorkflowDef
from engine.language.reader import Path
from engine.language.words import Span, minute_of


def plan_clocks(
    rule: WorkflowDef, formulas: Formulas, groups: Mapping[str, tuple[str, ...]]
) -> dict[str, Clock]:
    """Return every clock of a file, compiled; problems are noted.

    Args:
        rule: the whole definition.
        formulas: compiles expressions.
        groups: the states of each group.
    """
    return {
        name: _clock(name, clock, rule, formulas, groups) for name, clock in rule.clocks.items()
    }


def _clock(
    name: str,
    clock: ClockDef,
    rule: WorkflowDef,
    formulas: Formulas,
    groups: Mapping[str, tuple[str, ...]],
) -> Clock:
    path: Path = ("clocks", name)
    starts_in = frozenset(s for s in clock.starts if isinstance(s, str))
    starts_on = frozenset(s.move for s in clock.starts if isinstance(s, MoveRef))
    stops = clock.stops or ()
    met_column = _met_column(clock)
    each = clock.each
    when = met = None
    if clock.when:
        when = formulas.compile(clock.when, (*path, "when"), wants="boolean", each=each)
    if clock.met and met_column is None:
        met = formulas.compile(clock.met, (*path, "met"), wants="boolean", each=each)
    return Clock(
        name=name,
        definition=clock,
        starts_in=starts_in,
        starts_on=starts_on,
        stops_in=frozenset(s for s in stops if isinstance(s, str) and s != "finals"),
        stops_on=frozenset(s.move for s in stops if isinstance(s, MoveRef)),
        leaving=clock.stops is None and not starts_on,
        ends_at_final=clock.stops != (),
        when=when,
        met=met,
        met_column=met_column,
        variants=tuple(
            replace(
                case,
                ladder=plan_ladder(rule, case.definition.ladder, case.definition.rungs),
                pauses_in=_rests(case.definition, groups),
            )
            for case in _cases(clock, path, formulas)
        ),
    )


def plan_ladder(
    rule: WorkflowDef, name: str | None, own: tuple[RungDef, ...] | None = ()
) -> Ladder:
    """Return a ladder with its levels, those of the file's chain where it brings none.

    Args:
        rule: the whole definition.
        name: of the ladder; None for a clock without one.
        own: rungs of the clock itself, which come first.
    """
    named = rule.ladders.get(name or "", LadderDef())
    quiet = named.quiet
    hours = None
    if quiet is not None and quiet != "none":
        hours = (minute_of(quiet.from_), minute_of(quiet.until))
    return Ladder(
        rungs=(*(own or ()), *named.rungs),
        levels=named.levels or tuple((role,) for role in rule.chain),
        quiet=hours,
        catch_up=named.catch_up,
    )


def _rests(case: ClockRule, groups: Mapping[str, tuple[str, ...]]) -> frozenset[str]:
    if case.pauses is None or case.pauses == "none":
        return frozenset()
    return frozenset(state for word in case.pauses.in_ for state in groups.get(word, (word,)))


def _met_column(clock: ClockDef) -> str | None:
    """Return the column whose filling meets an item's clock (``met: item.done_on``)."""
    met = (clock.met or "").strip()
    head, _, column = met.partition(".")
    plain = clock.each and head in {"item", "it"} and column.isidentifier()
    return column if plain else None


def _cases(clock: ClockDef, path: Path, formulas: Formulas) -> tuple[ClockVariant, ...]:
    if not clock.rules:
        return (_case(clock, clock, path, formulas),)
    return tuple(
        _case(_inherited(clock, case), clock, (*path, "rules", n), formulas)
        for n, case in enumerate(clock.rules)
    )


def _inherited(clock: ClockDef, case: ClockRule) -> ClockRule:
    """Return a rule with what it leaves out taken from the clock itself."""
    given = {
        key: getattr(case, key) for key in type(case).model_fields if getattr(case, key) is not None
    }
    base = {
        key: getattr(clock, key)
        for key in ClockRule.model_fields
        if getattr(clock, key) is not None
    }
    if {"within", "at_least", "due"} & given.keys():
        base = {k: v for k, v in base.items() if k not in {"within", "at_least", "due"}}
    return ClockRule.model_construct(**{**ClockRule().__dict__, **base, **given})


def _case(case: ClockRule, clock: ClockDef, path: Path, formulas: Formulas) -> ClockVariant:
    condition: Expression | None = None
    if case.if_:
        condition = formulas.compile(case.if_, (*path, "if"), wants="boolean", each=clock.each)
    length: Expression | None = None
    span = case.within or case.at_least
    key = "within" if case.within else "at_least"
    if isinstance(span, Span) and isinstance(span.n, str):
        at: Path = (*path, key, "n")
        length = formulas.compile(span.n[1:], at, wants="integer", each=clock.each, skip=1)
    for word, where in ((case.due, "due"), (case.runs_from, "runs_from")):
        if word:
            formulas.compile(word, (*path, where), wants="text", each=clock.each)
    return ClockVariant(definition=case, condition=condition, length=length)
