"""Promises about clocks: where they run, how long, of which class, and who could change them."""

from collections.abc import Iterator
from typing import Any

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
            zh = f"期限“{name}”未对每一项分别计算"
            notes.add(("clocks", name), zh, f"clock '{name}' does not run for each item")
        for wrong in (*_wrong_rules(view, promise, name), *_wrong_keys(view, promise, name)):
            notes.add(("clocks", name), *wrong)


def _check_states(view: View, chosen: StateSet, names: list[str], notes: Breaches) -> None:
    """Note every one of the states that is entered without starting such a clock."""
    states = view.states(chosen)
    if not states:
        notes.nothing_means("states", chosen.means)
    clocks = [view.workflow.clocks[name] for name in names]
    for state in states:
        if not any(_starts(view, clock, state) for clock in clocks):
            zh, en = f"进入“{state}”时未起算", f"entering '{state}' does not start it"
            notes.add(("clocks", names[0]), zh, en)


def _starts(view: View, clock: Clock, state: str) -> bool:
    entering = [arrow for arrow in view.arrows if arrow.enters == state]
    on_moves = bool(entering) and all(a.branch.trigger in clock.starts_on for a in entering)
    return state in clock.starts_in or on_moves


def _wrong_rules(view: View, promise: ClockPromise, name: str) -> Iterator[tuple[str, str]]:
    cases = [case.definition for case in view.workflow.clocks[name].variants]
    for place, case in enumerate(cases):
        if promise.class_ and case.class_ not in promise.class_:
            wanted = "、".join(promise.class_)
            zh, en = f"类别应为 {wanted}", f"its class must be {', '.join(promise.class_)}"
            yield f"期限“{name}”{zh}", f"clock '{name}': {en}"
        special = place < len(cases) - 1 and case.class_ == "statutory" and bool(case.source)
        if _wrong_length(promise, case.within or case.at_least, special=special):
            zh = f"期限“{name}”的长度不合：{_shown(promise)}"
            en = f"clock '{name}' has the wrong length: {_shown(promise)}"
            yield zh, en
    if promise.follows and not _follows(view, promise, view.workflow.clocks[name]):
        zh = f"期限“{name}”可能短于规则表给出的天数"
        yield zh, f"clock '{name}' can be shorter than the table says"


def _wrong_keys(view: View, promise: ClockPromise, name: str) -> Iterator[tuple[str, str]]:
    """Yield what a clock says and should not, and that it runs from another day."""
    clock = view.rule.clocks[name]
    rules = [clock, *(case.definition for case in view.workflow.clocks[name].variants)]
    for key in promise.without:
        said = {"if": "if_"}.get(key, key)
        if any(getattr(rule, said, None) not in {None, "none"} for rule in rules):
            yield f"期限“{name}”不得有 {key}", f"clock '{name}' may have no '{key}'"
    if promise.runs_from is not None:
        wanted = view.tagged("fields", [promise.runs_from])
        if any(rule.runs_from not in wanted for rule in rules[1:]):
            zh, en = f"应从 means: {promise.runs_from} 的字段起算", "it runs from another day"
            yield f"期限“{name}”{zh}", f"clock '{name}': {en}"


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
                zh, en = "长度来自可改的参数", "its length comes from a param"
                notes.add(("clocks", name), f"期限“{name}”{zh}", f"clock '{name}': {en}")
            for key, part in (
                ("pauses", case.definition.pauses),
                ("extend", case.definition.extend),
            ):
                if part is not None and part != "none" and not part.source:
                    zh, en = f"{key} 没有自己的来源", f"'{key}' has no source of its own"
                    notes.add(("clocks", name, key), f"期限“{name}”{zh}", f"clock '{name}': {en}")


def _by_param(case: ClockRule, length: Any) -> bool:
    names = length.names if length is not None else ()
    return isinstance(case.within or case.at_least, str) or any(
        name.startswith("params.") for name in names
    )
