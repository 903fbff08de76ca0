"""Checks promises about clocks: where they run, how long, of which class, who can change them."""

from collections.abc import Iterator
from typing import Any

from engine.case.text import Text, said
from engine.checking.promises import words_of_breaches as words
from engine.checking.promises.breach import Breaches
from engine.checking.promises.view import View
from engine.compiling.plan import Clock
from engine.language.clocks import ClockRule
from engine.language.promises import ClockPromise, FixedPromise
from engine.language.select import StateSet
from engine.language.words import Span
from engine.time.calendars import weekdays_only

_CALENDAR = weekdays_only()
_SECONDS_A_MINUTE = 60
_PROBES = (0, 1, 7, 30)
"""Values of a table's output with which a length is tried."""


def check_clock(view: View, promise: ClockPromise) -> None:
    """Note clocks of the meaning that are not as promised, or that there are none."""
    notes = Breaches(view, promise)
    names = view.tagged("clocks", promise.clock)
    if not names:
        notes.nothing_means("clocks", promise.clock)
        return
    if promise.runs_in is not None:
        _check_states(view, promise.runs_in, names, notes)
    for name in names:
        clock = view.rule.clocks[name]
        each = view.tagged("fields", [promise.each]) if promise.each else []
        if promise.each and clock.each not in each:
            notes.add(("clocks", name), said(words.NOT_FOR_EACH, clock=name))
        for wrong in (*_wrong_rules(view, promise, name), *_wrong_keys(view, promise, name)):
            notes.add(("clocks", name), wrong)


def _check_states(view: View, chosen: StateSet, names: list[str], notes: Breaches) -> None:
    """Note every one of the states that is entered without starting such a clock."""
    states = view.states(chosen)
    if not states:
        notes.nothing_means("states", chosen.means)
    clocks = [view.workflow.clocks[name] for name in names]
    for state in states:
        if not any(_starts(view, clock, state) for clock in clocks):
            notes.add(("clocks", names[0]), said(words.NOT_STARTED, state=state))


def _starts(view: View, clock: Clock, state: str) -> bool:
    entering = [arrow for arrow in view.arrows if arrow.enters == state]
    on_moves = bool(entering) and all(a.branch.trigger in clock.starts_on for a in entering)
    return state in clock.starts_in or on_moves


def _wrong_rules(view: View, promise: ClockPromise, name: str) -> Iterator[Text]:
    cases = [case.definition for case in view.workflow.clocks[name].variants]
    for place, case in enumerate(cases):
        if promise.class_ and case.class_ not in promise.class_:
            yield said(words.OTHER_CLASS, clock=name, classes=promise.class_)
        special = place < len(cases) - 1 and case.class_ == "statutory" and bool(case.source)
        if _wrong_length(promise, case.within or case.at_least, special=special):
            yield said(words.WRONG_LENGTH, clock=name, wanted=_shown(promise))
    if promise.follows and not _follows(view, promise, view.workflow.clocks[name]):
        yield said(words.SHORTER, clock=name)


def _wrong_keys(view: View, promise: ClockPromise, name: str) -> Iterator[Text]:
    """Yield what a clock says and should not, and that it runs from another day."""
    clock = view.rule.clocks[name]
    rules = [clock, *(case.definition for case in view.workflow.clocks[name].variants)]
    for key in promise.without:
        attribute = {"if": "if_"}.get(key, key)
        if any(getattr(rule, attribute, None) not in {None, "none"} for rule in rules):
            yield said(words.MAY_NOT_HAVE, clock=name, key=key)
    if promise.runs_from is not None:
        wanted = view.tagged("fields", [promise.runs_from])
        if any(rule.runs_from not in wanted for rule in rules[1:]):
            yield said(words.OTHER_START, clock=name, tag=promise.runs_from)


def _shown(promise: ClockPromise) -> str:
    keys = ("at_most", "at_least", "exactly")
    given = ((key, getattr(promise, key)) for key in keys)
    return ", ".join(f"{key}: {span.n} {span.unit}" for key, span in given if span is not None)


def _wrong_length(promise: ClockPromise, span: Any, *, special: bool) -> bool:
    """Tell whether a length is out of bounds.

    A length that cannot be compared is out of bounds: of another kind of unit, an expression, or
    a param, which an administrator may change. A ``special`` rule of statute is bound by
    ``at_most`` no more: the law that it names is.
    """
    wanted = (promise.at_most, promise.at_least, promise.exactly)
    if not any(wanted) or (special and promise.at_least is None and promise.exactly is None):
        return False
    found = minutes(span)
    if found is None:
        return True
    most, least, exact = (minutes(one) for one in wanted)
    return (
        (most is not None and found > most)
        or (least is not None and found < least)
        or (exact is not None and found != exact)
    )


def minutes(span: Any) -> int | None:
    """Return a plain length in minutes; None for working days, months and expressions."""
    if not isinstance(span, Span) or not isinstance(span.n, int) or span.unit.seconds is None:
        return None
    return span.n * span.unit.seconds // _SECONDS_A_MINUTE


def _follows(view: View, promise: ClockPromise, clock: Clock) -> bool:
    """Tell whether the length is at least what each of the tables gives, tried on probes."""
    names = [
        f"{table}.{output}"
        for tag, output in promise.follows.items()
        for table in view.tagged("tables", [tag])
    ]
    if not names:
        return False
    for probe in _PROBES:
        facts = dict.fromkeys(names, probe)
        for case in clock.variants:
            answer = case.length.ask(facts, _CALENDAR) if case.length is not None else None
            if answer is None or not answer.known or answer.value < probe:
                return False
    return True


def check_fixed(view: View, promise: FixedPromise) -> None:
    """Note clocks of these classes that a param lengthens or that rest without a source."""
    notes = Breaches(view, promise)
    for name, clock in view.workflow.clocks.items():
        for case in clock.variants:
            if case.definition.class_ not in promise.fixed:
                continue
            if _by_param(case.definition, case.length):
                notes.add(("clocks", name), said(words.BY_PARAM, clock=name))
            for key, part in (
                ("pauses", case.definition.pauses),
                ("extend", case.definition.extend),
            ):
                if part is not None and part != "none" and not part.source:
                    told = said(words.UNFOUNDED, clock=name, key=key)
                    notes.add(("clocks", name, key), told)


def _by_param(case: ClockRule, length: Any) -> bool:
    names = length.names if length is not None else ()
    return isinstance(case.within or case.at_least, str) or any(
        name.startswith("params.") for name in names
    )
