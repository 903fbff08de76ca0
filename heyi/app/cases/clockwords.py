"""Phrases about clocks: lengths, sums, rungs, papers, in Chinese and English."""

import re
from collections.abc import Iterator, Mapping
from zoneinfo import ZoneInfo

from engine.case.text import Text, said
from engine.clocks.explained import Counted, Explanation, Term
from engine.compiling.plan import Ladder, Workflow
from engine.language.clocks import RungDef
from engine.telling.sentences.tongue import Tongue
from engine.time.times import parse_moment
from engine.time.units import TimeUnit

CLASSES: Mapping[str, Text] = {
    "statutory": Text("法定", "statutory"),
    "local": Text("地方", "local"),
    "commitment": Text("承诺", "commitment"),
    "internal": Text("内部", "internal"),
}
"""Classes of clocks."""


def paper_words(told: Explanation, tongue: Tongue) -> str:
    """Return what a clock rests on: a law's title and article, or that there is none."""
    if not told.is_law:
        if told.class_ == "statutory":
            return tongue.say("未注明依据", "no source is given")
        return tongue.say("系统默认，非法定", "a default of this system, not law")
    title = told.title or told.source.partition("#")[0]
    title = tongue.say(f"《{title}》", title)
    if not _ARTICLE.fullmatch(told.article):
        return f"{title}{tongue.say('', ' ')}{told.article}".rstrip()
    number = told.article.replace("-", "–")
    return tongue.say(f"{title}第{number}条", f"{title}, art. {number}")


_TERMS: Mapping[str, Text] = {
    "extend": Text("延长{length} → {day}", "extended by {length} → {day}"),
    "shift": Text("遇休息日顺延 → {day}", "moved on to a working day → {day}"),
    "resumed": Text("不早于恢复之日 → {day}", "not before it was resumed → {day}"),
}
"""Steps of a sum behind its length."""
_ARTICLE = re.compile(r"\d+(-\d+)?")
_MINUTE, _HOUR = 60, 3600


def amount(n: int, unit: TimeUnit, tongue: Tongue) -> str:
    """Return a length of time; seconds as hours and minutes."""
    if unit is not TimeUnit.SECONDS:
        return tongue.span(n, unit)
    hours, rest = divmod(n, _HOUR)
    minutes, seconds = divmod(rest, _MINUTE)
    parts = ((hours, TimeUnit.HOURS), (minutes, TimeUnit.MINUTES))
    told = [tongue.span(k, part) for k, part in parts if k]
    if seconds or not told:
        told.append(tongue.say(f"{seconds}秒", f"{seconds} s"))
    return tongue.say("", " ").join(told)


def when(text: str, zone: ZoneInfo) -> str:
    """Return a day as it is, a moment as the office's clock shows it."""
    if "T" not in text:
        return text
    return f"{parse_moment(text).astimezone(zone):%Y-%m-%d %H:%M}"


def told_by(rung: RungDef, ladder: Ladder, workflow: Workflow, tongue: Tongue) -> list[str]:
    """Return whom a rung alerts: labels of roles, of its level too."""
    levels = ladder.levels
    of_level = levels[rung.level - 1] if rung.level and rung.level <= len(levels) else ()
    names = dict.fromkeys((*rung.tell, *of_level))
    special = {"assignee": tongue.say("经办人", "assignee")}
    return [special.get(name) or workflow.label("roles", name, tongue.lang) for name in names]


def sum_words(counted: Counted, tongue: Tongue, zone: ZoneInfo) -> str:
    """Return the sum in one line: ``04-28 + 30日 = 05-28；暂停6日 → 06-03``.

    Years are left out where all are the same.
    """
    days = [when(term.to, zone) for term in counted.terms]
    same = len({day[:4] for day in days}) == 1
    shown = [day[5:] if same else day for day in days]
    return tongue.say("；", "; ").join(_parts(counted, shown, tongue))


def _parts(counted: Counted, shown: list[str], tongue: Tongue) -> Iterator[str]:
    terms = counted.terms
    first = shown[0]
    rest = 1
    if len(terms) > 1 and terms[1].kind == "length" and terms[1].unit:
        yield f"{first} + {tongue.span(terms[1].n, terms[1].unit)} = {shown[1]}"
        rest = 2
    else:
        yield tongue.say(f"约定日 {first}", f"the date {first}")
    going = {one.change for one in counted.rests if one.end is None}
    for term, day in zip(terms[rest:], shown[rest:], strict=True):
        yield _part(term, day, tongue, open_=term.change in going)


def _part(term: Term, day: str, tongue: Tongue, *, open_: bool) -> str:
    say = tongue.say
    length = amount(term.n, term.unit, tongue) if term.unit else ""
    if term.kind == "resting":
        return say(f"自{day}起暂停，尚未恢复", f"paused since {day}, not yet resumed")
    if term.kind == "pause":
        most = say("至多", "at most ") if open_ else ""
        return say(f"暂停{most}{length} → {day}", f"paused {most}{length} → {day}")
    return said(_TERMS[term.kind], length=length, day=day).text(tongue.lang)
