"""Calendar files: versioned working days as data."""

import hashlib
from datetime import date

from pydantic import Field

from engine.calendars import Calendar
from engine.definitions.load import Findings, validate
from engine.definitions.reader import read_yaml
from engine.definitions.words import Day, Name, Part, Text, Titled


class YearDef(Part):
    """One year's days by ``MM-DD``, each with its name."""

    off: dict[str, Text] = {}
    work: dict[str, Text] = {}


class CalendarDef(Part):
    """A calendar file."""

    calendar: Name
    title: Titled
    zone: Text
    source: Text
    licence: Text | None = None
    announced_from: Day
    announced_through: Day
    names: dict[str, Text] = {}
    years: dict[str, YearDef] = Field(default={})


def load_calendar(text: str, *, file: str = "") -> tuple[Calendar | None, Findings]:
    """Read a calendar file; every problem is in the findings.

    Days off that are weekends anyhow are left out of ``off``; worked weekends are ``work``.
    """
    document = read_yaml(text, file=file)
    findings = Findings(document=document, problems=list(document.problems))
    rule: CalendarDef | None = validate(CalendarDef, document.value, findings)
    if rule is None:
        return None, findings
    off: dict[date, str] = {}
    work: dict[date, str] = {}
    for year, days in rule.years.items():
        for kind, found in (("off", off), ("work", work)):
            for day, name in getattr(days, kind).items():
                try:
                    found[date.fromisoformat(f"{year}-{day}")] = name
                except ValueError:
                    zh, en = f"“{year}-{day}”不是日期", f"'{year}-{day}' is no day"
                    findings.add(("years", year, kind, day), "HY103", zh, en, key=True)
    if findings.wrong:
        return None, findings
    digest = hashlib.sha256(text.encode()).hexdigest()[:12]
    calendar = Calendar(
        name=rule.calendar,
        off=off,
        work=work,
        announced_from=rule.announced_from,
        announced_through=rule.announced_through,
        version=f"{rule.calendar}@{digest}",
    )
    return calendar, findings
