"""Compares a case with a scenario's ``expect``, and lists the differences."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from difflib import get_close_matches
from typing import Any

from engine.case.values import LinkedCase, Run
from engine.compiling.bad import BadValue
from engine.compiling.data import parse_value
from engine.facts.clocks import clock_facts, current, latest_runs
from engine.facts.messages import MASK
from engine.facts.reading import may_read_fact
from engine.step.offers import Offer
from engine.time.times import moment_text, parse_moment
from heyi.app.authors.expectshapes import BY_PERSON, RIGHTS, SIGHT
from heyi.app.authors.rights import access, known
from heyi.app.cases.sight import Seen
from storage.kernel.timerecords import Alert

Difference = tuple[str, Any, Any]
"""What was compared, what was expected, what was found."""


def differences(
    expected: Mapping[str, Any],
    seen: Seen,
    children: Mapping[str, LinkedCase],
    alerts: Sequence[Alert] = (),
    eyes: Mapping[str, Seen] | None = None,
    hands: Mapping[str, Sequence[Offer]] | None = None,
) -> list[Difference]:
    """Return where a case differs from what a step expects; a subset is enough.

    Args:
        expected: the step's ``expect``.
        seen: the case as loaded after the step.
        children: linked cases by link name (the newest), ``link[2]`` and ``link[unit]``.
        alerts: what rungs of the case's clocks have owed since the last step.
        eyes: the case as each person sees it whom ``readers_of`` names.
        hands: what is offered to each person whom ``allowed`` names.
    """
    found: list[Difference] = []
    for key, want in expected.items():
        if key == "alerts":
            found += _alerts(want, alerts)
        elif key not in _READERS:
            found.append((key, want, f"no such thing to expect; known: {', '.join(_READERS)}"))
        elif key == "children":
            found += _children(want, children)
        elif key in SIGHT:
            found += _sight(key, want, eyes or {})
        elif key in RIGHTS:
            found += _RIGHTS[key](want, eyes or {})
        elif key == "allowed":
            found += _allowed(want, hands or {})
        else:
            found += _READERS[key](want, seen)
    return found


def _same(key: str, read: Callable[[Seen], Any]) -> Callable[[Any, Seen], list[Difference]]:
    def compare(want: Any, seen: Seen) -> list[Difference]:
        have = read(seen)
        return [] if have == want else [(key, want, have)]

    return compare


def _assignee(want: Any, seen: Seen) -> list[Difference]:
    have = seen.case.assignee or seen.workflow.definition.states[seen.case.state].assignee
    return [] if want in {have, seen.case.assignee} else [("assignee", want, have)]


def _fields(want: Mapping[str, Any], seen: Seen) -> list[Difference]:
    found: list[Difference] = []
    for name, value in want.items():
        part = seen.workflow.fields.get(name)
        have = seen.case.fields.get(name)
        try:
            plain = (
                value
                if part is None
                else parse_value(part, value, seen.world, day=seen.facts.today)
            )
        except BadValue:
            plain = value
        if not _alike(plain, have):
            found.append((f"fields.{name}", plain, have))
    return found


def _alike(want: Any, have: Any) -> bool:
    """Tell whether a value is as expected; who is not registered may be expected by name alone."""
    if isinstance(want, list) and isinstance(have, list):
        return len(want) == len(have) and all(map(_alike, want, have))
    if isinstance(want, dict) and isinstance(have, dict):
        named = want.keys() <= {"id", "name"} and have.keys() == {"id", "name"}
        if named and not want.get("id"):
            return bool(want.get("name") == have["name"])
        return want.keys() == have.keys() and all(_alike(want[n], have[n]) for n in want)
    if isinstance(want, str) and isinstance(have, dict):
        return have.get("name") == want
    return bool(want == have)


def _facts(want: Mapping[str, Any], seen: Seen) -> list[Difference]:
    return [
        (f"facts.{name}", value, seen.facts.get(name))
        for name, value in want.items()
        if seen.facts.get(name) != value
    ]


def _due(want: Mapping[str, Any], seen: Seen) -> list[Difference]:
    found: list[Difference] = []
    for key, value in want.items():
        have = due_text(seen, key)
        if have != str(value):
            found.append((f"due.{key}", str(value), have))
    return found


def due_text(seen: Seen, key: str) -> str | None:
    """Return when a clock is due: a day, or ``YYYY-MM-DD HH:MM`` for minutes and hours.

    Args:
        seen: the case.
        key: the clock, or ``clock[2]`` for the run of item 2.
    """
    clock, _, rest = key.partition("[")
    item = int(rest.rstrip("]")) if rest else 0
    runs = [r for r in latest_runs(seen.case.runs, clock) if r.item == item]
    if not runs:
        return None
    return run_due(current(runs[-1], seen.world.zone, at=seen.facts.now), seen)


def _alerts(want: Sequence[Mapping[str, Any]], alerts: Sequence[Alert]) -> list[Difference]:
    """Return which of the wanted alerts are not among those owed; a subset of keys is enough."""
    told: dict[tuple[Any, ...], dict[str, Any]] = {}
    for one in alerts:
        words = {
            "clock": one.clock, "item": one.item, "rung": one.rung,
            "mark": one.mark, "level": one.level,
        }  # fmt: skip
        rung = told.setdefault((*words.values(), one.run, one.at), {**words, "to": []})
        if one.person is not None:
            rung["to"].append(one.person)
    have = list(told.values())
    return [("alerts", one, have) for one in want if not any(_rings(one, rung) for rung in have)]


def _rings(want: Mapping[str, Any], rung: Mapping[str, Any]) -> bool:
    for key, value in want.items():
        have = rung.get(key)
        if key == "to":
            if not set(value if isinstance(value, list) else [value]) <= set(have or ()):
                return False
        elif have != value:
            return False
    return True


def run_due(run: Run, seen: Seen) -> str:
    """Return a run's due day or local moment as text."""
    if "T" not in run.due:
        return run.due
    moment: datetime = parse_moment(run.due).astimezone(seen.world.zone)
    return f"{moment:%Y-%m-%d %H:%M}"


def _clocks(fact: str) -> Callable[[Any, Seen], list[Difference]]:
    def compare(want: list[str], seen: Seen) -> list[Difference]:
        have = [
            clock
            for clock in seen.workflow.clocks
            if clock_facts(seen.case.runs, clock, now=seen.facts.now, zone=seen.world.zone)[fact]
        ]
        return [(fact, clock, have) for clock in want if clock not in have]

    return compare


def _documents(want: list[str], seen: Seen) -> list[Difference]:
    have = [name for name, marks in seen.case.documents.items() if "issued" in marks]
    return [("documents", name, have) for name in want if name not in have]


def _issued(want: list[str], seen: Seen) -> list[Difference]:
    """Compare the documents that were issued at this very moment: all of them, no others."""
    now = moment_text(seen.facts.now)
    have = [name for name, marks in seen.case.documents.items() if marks.get("issued") == now]
    return [] if sorted(have) == sorted(want) else [("issued", want, have)]


def _children(
    want: Mapping[str, Mapping[str, Any]], children: Mapping[str, LinkedCase]
) -> list[Difference]:
    found: list[Difference] = []
    for link, values in want.items():
        child = children.get(link)
        for key, value in values.items():
            have = getattr(child, key, None) if child else None
            if have != value:
                found.append((f"children.{link}.{key}", value, have))
    return found


def _sight(
    key: str, want: Mapping[str, str | Sequence[str]], eyes: Mapping[str, Seen]
) -> list[Difference]:
    """Return what a person reads who may not (``hidden``), or may not who should (``seen``)."""
    found: list[Difference] = []
    for person, names in want.items():
        seen = eyes[person]
        for name in [names] if isinstance(names, str) else names:
            what = f"{key}.{person}.{name}"
            if not {name, name.partition(".")[0]} & _readable_names(seen):
                near = get_close_matches(name, sorted(_readable_names(seen)), n=1)
                hint = f"; did you mean '{near[0]}'?" if near else ""
                found.append((what, name, f"no such field, fact or table{hint}"))
            elif may_read_fact(name, seen.actor, seen.facts) != (key == "seen"):
                value = seen.facts.get(name)
                told = "(readable; nothing there yet)" if value is None else value
                found.append((what, MASK, told) if key == "hidden" else (what, told, MASK))
    return found


def _allowed(
    want: Mapping[str, str | Sequence[str]], hands: Mapping[str, Sequence[Offer]]
) -> list[Difference]:
    """Return whose posts allow other moves here than expected; guards are not asked."""
    found: list[Difference] = []
    for person, names in want.items():
        have = [
            one.trigger for one in hands[person] if not _REFUSED & {r.code for r in one.reasons}
        ]
        if sorted(have) != sorted([names] if isinstance(names, str) else names):
            found.append((f"allowed.{person}", names, have))
    return found


def movers_of(expected: Mapping[str, Any]) -> list[str]:
    """Return the persons named in ``allowed``."""
    return list(expected.get("allowed", {}))


def readers_of(expected: Mapping[str, Any]) -> list[str]:
    """Return the persons named in ``hidden``, ``seen``, ``known`` and ``access``."""
    keys = (*SIGHT, *RIGHTS)
    return list(dict.fromkeys(person for key in keys for person in expected.get(key, {})))


def _readable_names(seen: Seen) -> set[str]:
    workflow = seen.workflow
    return {*workflow.fields, *workflow.facts, *workflow.tables}


_REFUSED = {"move.role", "move.barred"}
_RIGHTS: Mapping[str, Callable[[Any, Mapping[str, Seen]], list[Difference]]] = {
    "known": known,
    "access": access,
}

_READERS: dict[str, Callable[[Any, Seen], list[Difference]]] = {
    "state": _same("state", lambda seen: seen.case.state),
    "under": _same("under", lambda seen: list(seen.case.stack)),
    "outcome": _same("outcome", lambda seen: seen.case.outcome),
    "number": _same("number", lambda seen: seen.case.number),
    "assignee": _assignee,
    "fields": _fields,
    "facts": _facts,
    "due": _due,
    "elapsed": _clocks("elapsed"),
    "running": _clocks("running"),
    "paused": _clocks("paused"),
    "met": _clocks("met"),
    "overdue": _clocks("overdue"),
    "documents": _documents,
    "issued": _issued,
    "children": lambda _want, _seen: [],
    **dict.fromkeys((*BY_PERSON, *RIGHTS), lambda _want, _seen: []),
    "proposed": _same("proposed", lambda seen: [p.trigger for p in seen.case.proposals]),
}
