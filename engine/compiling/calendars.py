"""Reads calendar files: versioned working days, regions over a nation, and news for both."""

import hashlib
import json
import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date, time
from itertools import pairwise
from typing import Annotated, Any

from pydantic import AfterValidator, Field

from engine.case.errors import DefinitionError
from engine.case.problems import Position, Problem
from engine.case.text import Text as Words
from engine.case.text import said
from engine.compiling import words
from engine.language.load import Findings, validate
from engine.language.reader import read_yaml
from engine.language.words import Day, Name, Part, Text, Titled, misshapen
from engine.time.calendars import Calendar, Window, weekdays_only

_LEAP = 2024
_HOURS = re.compile(r"(?:[01]\d|2[0-3]):[0-5]\d-(?:[01]\d|2[0-3]):[0-5]\d")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_SATURDAY = 6


def _month_day(value: str) -> str:
    try:
        return f"{date.fromisoformat(f'{_LEAP}-{value}'):%m-%d}"
    except ValueError:
        raise misshapen(words.NO_MONTH_DAY) from None


def _hours(value: str) -> str:
    opens, _, closes = value.partition("-")
    # Two times of the day, written with leading zeros, compare as texts do.
    if _HOURS.fullmatch(value) and opens < closes:
        return value
    raise misshapen(words.NO_HOURS)


MonthDay = Annotated[str, AfterValidator(_month_day)]
Hours = Annotated[str, AfterValidator(_hours)]


class WindowDef(Part):
    """Office hours of a season: ``{from: "05-01", until: "09-30", hours: ["10:00-14:00"]}``."""

    start: MonthDay = Field(alias="from")
    until: MonthDay
    hours: tuple[Hours, ...] = Field(min_length=1)


class YearDef(Part):
    """One year's days by ``MM-DD``, each with its name, and the papers they come from."""

    notices: tuple[Text, ...] = ()
    off: dict[str, Text] = {}
    work: dict[str, Text] = {}


class DaysDef(Part):
    """What every file of days has."""

    calendar: Name
    announced_from: Day | None = None
    announced_through: Day | None = None
    names: dict[str, Text] = {}
    years: dict[str, YearDef] = Field(default={})


class CalendarDef(DaysDef):
    """A calendar file that stands alone."""

    title: Titled
    zone: Text
    source: Text
    licence: Text | None = None
    unverified: bool = False
    announced_from: Day
    announced_through: Day
    windows: tuple[WindowDef, ...] = ()


class OverlayDef(DaysDef):
    """A region's calendar: the days in which it differs from the one it lies over."""

    over: Name
    title: Titled
    zone: Text | None = None
    source: Text
    licence: Text | None = None
    unverified: bool = False
    windows: tuple[WindowDef, ...] = ()


class NewsDef(DaysDef):
    """Further days for a calendar that is there: ``calendar: cn`` and years, no title."""

    announced_through: Day
    source: Text | None = None
    unverified: bool = False


Edition = CalendarDef | OverlayDef


def read_days(text: str, *, file: str = "") -> tuple[Edition | NewsDef | None, Findings]:
    """Read a calendar file, or news for one; every problem is in the findings."""
    document = read_yaml(text, file=file)
    findings = Findings(document=document, problems=list(document.problems))
    keys = document.value if isinstance(document.value, dict) else {}
    model: type[DaysDef] = CalendarDef
    if "over" in keys:
        model = OverlayDef
    elif not {"title", "zone", "announced_from"} & keys.keys():
        model = NewsDef
    rule: Any = validate(model, document.value, findings)
    if rule is not None:
        _check_days(rule, findings)
        _check_windows(rule, findings)
    return (None if findings.wrong else rule), findings


def load_calendar(
    text: str, *, file: str = "", base: Calendar | None = None
) -> tuple[Calendar | None, Findings]:
    """Read a calendar file into a calendar.

    Args:
        text: the file's content.
        file: its name, for places.
        base: the calendar an overlay lies over; weekends alone where it is not given.

    Returns:
        The calendar, None for a wrong file and for news, which are no calendar by themselves.
    """
    rule, findings = read_days(text, file=file)
    if rule is None or isinstance(rule, NewsDef):
        return None, findings
    return compiled(rule, base), findings


def compiled(rule: Edition, base: Calendar | None = None) -> Calendar:
    """Return the calendar of a checked file; an overlay changes days of ``base``.

    What an overlay says of a day counts: off is off even where the base works on that Saturday.
    It is known where both are known, and unverified where one of them is.
    """
    plain = json.dumps(body_of(rule), ensure_ascii=False, sort_keys=True)
    own = Calendar(
        name=rule.calendar,
        off=dict(_days(rule, "off")),
        work=dict(_days(rule, "work")),
        announced_from=rule.announced_from or date.min,
        announced_through=rule.announced_through or date.max,
        zone=rule.zone or "",
        windows=tuple(_window(one) for one in rule.windows),
        english=rule.names,
        unverified=(rule.calendar,) if rule.unverified else (),
        version=f"{rule.calendar}@{_digest(plain)}",
    )
    if isinstance(rule, CalendarDef):
        return own
    return _over(own, base or weekdays_only(rule.over), _digest(plain, base))


def _over(own: Calendar, base: Calendar, digest: str) -> Calendar:
    return Calendar(
        name=own.name,
        off={day: name for day, name in base.off.items() if day not in own.work} | {**own.off},
        work={day: name for day, name in base.work.items() if day not in own.off} | {**own.work},
        announced_from=max(own.announced_from, base.announced_from),
        announced_through=min(own.announced_through, base.announced_through),
        zone=own.zone or base.zone,
        windows=own.windows or base.windows,
        english={**base.english, **own.english},
        unverified=(*own.unverified, *base.unverified),
        version=f"{own.name}@{digest}",
    )


def resolved(name: str, edition_of: Callable[[str], Edition | None]) -> Calendar:
    """Return a calendar by name, laid over its base, laid over that one's, and so on.

    Args:
        name: of a calendar that there is.
        edition_of: finds calendars by name.

    Raises:
        DefinitionError: a base is missing, or an overlay lies over itself.
    """
    chain: list[Edition] = []
    wanted: str | None = name
    while wanted is not None:
        rule = edition_of(wanted)
        if rule is None or rule in chain:
            told = said(words.NO_BASE if rule is None else words.OVER_ITSELF, name=wanted)
            at = Position(file=f"{name}.yaml", line=1, column=1)
            raise DefinitionError([Problem(at=at, code="HY201", words=told)])
        chain.append(rule)
        wanted = rule.over if isinstance(rule, OverlayDef) else None
    calendar = None
    for rule in reversed(chain):
        calendar = compiled(rule, calendar)
    return calendar or weekdays_only(name)


def merged(rule: Edition, news: NewsDef) -> Edition:
    """Return an edition with the days of ``news`` in it; they replace what it said of them."""
    years = {year: days.model_dump() for year, days in rule.years.items()}
    for year, days in news.years.items():
        old = years.get(year, {"notices": (), "off": {}, "work": {}})
        years[year] = {
            "notices": tuple(dict.fromkeys((*old["notices"], *days.notices))),
            "off": {d: n for d, n in old["off"].items() if d not in days.work} | days.off,
            "work": {d: n for d, n in old["work"].items() if d not in days.off} | days.work,
        }
    changes = {
        "years": {year: YearDef.model_validate(years[year]) for year in sorted(years)},
        "names": {**rule.names, **news.names},
        "announced_through": max(rule.announced_through or date.min, news.announced_through),
        "unverified": rule.unverified or news.unverified,
    }
    return rule.model_copy(update=changes)


def body_of(rule: Edition) -> dict[str, Any]:
    """Return an edition as plain data, for keeping."""
    return rule.model_dump(mode="json", by_alias=True, exclude_defaults=True)


def edition_of_body(body: Mapping[str, Any]) -> Edition:
    """Return the edition that ``body_of`` gave."""
    model = OverlayDef if "over" in body else CalendarDef
    return model.model_validate(dict(body))


def _days(rule: DaysDef, kind: str) -> Iterable[tuple[date, str]]:
    for year, days in rule.years.items():
        for day, name in getattr(days, kind).items():
            yield date.fromisoformat(f"{year}-{day}"), name


def _window(rule: WindowDef) -> Window:
    pairs = [text.split("-") for text in rule.hours]
    hours = tuple((time.fromisoformat(a), time.fromisoformat(b)) for a, b in pairs)
    return Window(start=rule.start, until=rule.until, hours=hours)


def _digest(plain: str, base: Calendar | None = None) -> str:
    text = plain + (base.version if base else "")
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def _check_days(rule: DaysDef, findings: Findings) -> None:
    last = rule.announced_through or date.max
    for year, days in rule.years.items():
        for kind in ("off", "work"):
            for day in getattr(days, kind):
                wrong = _wrong(rule, kind, f"{year}-{day}", last)
                if wrong is None and kind == "work" and day in days.off:
                    wrong = words.OFF_AND_WORKED
                if wrong is not None:
                    told = said(words.DAY_IS, day=f"{year}-{day}", wrong=wrong)
                    findings.add(("years", year, kind, day), "HY103", told, key=True)


def _wrong(rule: DaysDef, kind: str, text: str, last: date) -> Words | None:
    try:
        day = date.fromisoformat(text if _DAY.fullmatch(text) else "")
    except ValueError:
        return words.NO_DAY
    if day > last:
        return words.NOT_ANNOUNCED
    # Of a region's Monday only the nation's calendar knows whether it is a day off to undo.
    if kind == "work" and isinstance(rule, CalendarDef) and day.isoweekday() < _SATURDAY:
        return words.WORKED_ANYHOW
    return None


def _check_windows(rule: DaysDef, findings: Findings) -> None:
    windows: tuple[WindowDef, ...] = getattr(rule, "windows", ())
    for place, window in enumerate(windows):
        hours = _window(window).hours
        if any(earlier[1] > later[0] for earlier, later in pairwise(hours)):
            findings.add(("windows", place, "hours"), "HY103", words.HOURS_OVERLAP)
