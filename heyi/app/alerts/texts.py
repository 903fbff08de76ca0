"""Makes the text of an alert: number, clock, due day, how far it is, what to do, a link.

Made from a ``Notice`` and nothing else: it holds no field, title or person of a case, so that
none of these can leave the office by mail or a robot.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from engine.case.owed import HANDED, URGED, VOIDED, WITHDRAWN
from engine.case.text import LANGS, NOTHING, Text, joined, said
from engine.time.times import parse_moment
from engine.time.units import WRITTEN, TimeUnit
from heyi.app.alerts import words
from heyi.app.alerts.senders import Message

_RUNG = re.compile(
    r"(?P<start>start)|(?P<part>\d+)%|day (?P<day>\d+)"
    rf"|due(?: (?P<sign>[+-]) (?P<n>\d+) (?P<unit>{'|'.join(WRITTEN)})s?)?"
)
_HEAD = 16
"""Digits of the uid that are shown: enough to see that two messages are one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """All that a message is made from.

    Attributes:
        uid: the alert's.
        kind: ``rung``, ``tell`` (an event the file lets people know of) or ``digest``.
        case: the case's id, for the link; "" for a digest.
        number: the case's human number; "" while it has none.
        clock: label of the clock.
        item: 1-based place of the list item the clock belongs to, or 0.
        minimum: the clock is a minimum duration.
        rung: where the rung stands, as the file says.
        over: the clock's time is over by now, wherever the rung stood.
        due: due day or moment.
        level: the rung's level, or 0.
        provisional: the due day may move with the next announcement.
        refused: the rung would have had the clock act, and was refused.
        acted: the rung had the clock act, which ended this clock.
        lines: of a digest: counts and numbers of cases.
        why: of an event that people are let know of: "" for what the file tells, else what the
            engine tells of, as ``voided``.
        says: what the file lets the rung say, where that quotes no fact.
        unit: title of the case's unit.
        workflow: title of its workflow in both languages.
        foreign: the receiver may not know the case: unit, workflow, clock and how late it is are
            told, neither number nor link.
    """

    uid: str
    kind: str = "rung"
    case: str = ""
    number: str = ""
    clock: Text = NOTHING
    item: int = 0
    minimum: bool = False
    rung: str = "due"
    over: bool = False
    due: str = ""
    level: int = 0
    provisional: bool = False
    refused: bool = False
    why: str = ""
    acted: bool = False
    lines: tuple[Text, ...] = ()
    says: Text = NOTHING
    unit: str = ""
    workflow: Text = NOTHING
    foreign: bool = False


_TOLD = {
    "": Text("案件有新的进展，请打开查看。", "The case has moved on: please look."),
    VOIDED: Text(
        "您签署过的内容有变动，签名已作废，请打开查看。",
        "What you signed has changed, and your signature is void: please look.",
    ),
    WITHDRAWN: Text(
        "有提议或签名已撤回，请打开查看。", "A text or a signature was taken back: please look."
    ),
    HANDED: Text("案件转办有新情况，请打开查看。", "A case is being handed over: please look."),
    URGED: Text("有人在等您的答复，请尽快办理。", "Somebody waits for your answer: please act."),
}
"""What people are let know, by why."""


def message(notice: Notice, *, lang: str, base_url: str, zone: ZoneInfo) -> Message:
    """Return the message of a notice.

    Args:
        notice: what is known.
        lang: ``zh``, ``en``, or ``both``: Chinese, then English.
        base_url: where the office's heyi is reached; "" for no link.
        zone: of moments.
    """
    langs, told = _langs(lang), _lines(notice, zone)
    lines = [line.text(one) for one in langs for line in told]
    link = _link(notice, base_url)
    if link:
        lines.append(link)
    lines.append(said(words.MARK, mark=notice.uid[:_HEAD]).text(langs[0]))
    title = _title(notice).text(langs[0])
    return Message(uid=notice.uid, title=title, body="\n".join(lines))


def _langs(lang: str) -> tuple[str, ...]:
    return LANGS if lang == "both" else (lang,)


def trial(lang: str) -> Message:
    """Return a message that shows whether an address works."""
    langs = _langs(lang)
    title = said(words.TITLE, what=words.TRIAL).text(langs[0])
    body = "\n".join(words.IT_WORKS.text(one) for one in langs)
    return Message(uid="trial", title=title, body=body)


def _title(notice: Notice) -> Text:
    what = words.DIGEST if notice.kind == "digest" else words.ALERT
    place = Text(notice.unit, notice.unit) if notice.foreign else None
    about = case_name(notice.number, notice.case) if place is None else place
    return said(words.TITLE_OF_CASE if about else words.TITLE, what=what, case=about)


def case_name(number: str, case: str) -> Text:
    """Return a case's number, or the head of its id while it has none; nothing of no case."""
    if number or not case:
        return Text(number, number)
    return said(words.UNNUMBERED, head=case[:8])


def _link(notice: Notice, base_url: str) -> str:
    if not base_url or notice.foreign:
        return ""
    base = base_url.rstrip("/")
    return f"{base}/cases/{notice.case}" if notice.case else base


def _lines(notice: Notice, zone: ZoneInfo) -> list[Text]:
    if notice.kind == "digest":
        return [*notice.lines, words.LOOK]
    if notice.foreign:
        return list(_coarse(notice))
    if notice.kind != "rung":
        return [_TOLD[notice.why]]
    clock, day = notice.clock, due_text(notice.due, zone)
    if notice.item:
        clock = said(words.OF_ITEM, clock=clock, item=notice.item)
    due = said(words.PROVISIONAL, due=day) if notice.provisional else Text(day, day)
    lines = [
        said(words.CLOCK, clock=clock),
        said(words.DUE_OF_MINIMUM if notice.minimum else words.DUE, due=due),
        said(words.NOW, far=_far(notice)),
    ]
    if notice.level > 1:
        lines.append(said(words.LEVEL, level=notice.level))
    if notice.refused:
        lines.append(words.BY_HAND)
    return [*lines, said(words.PLEASE, todo=notice.says or _todo(notice))]


def _coarse(notice: Notice) -> Iterator[Text]:
    """Yield what somebody is told who may not know the case: where, of what kind, how late."""
    yield said(words.UNIT, unit=notice.unit)
    yield said(words.WORKFLOW, workflow=notice.workflow)
    if notice.kind == "rung":
        if notice.clock:
            yield said(words.CLOCK, clock=notice.clock)
        yield said(words.NOW, far=_far(notice))


def foreign_text(notice: Notice, lang: str) -> str:
    """Return in one line what somebody is told who may not know the case."""
    return joined(_coarse(notice), words.BETWEEN).text(lang)


def due_text(due: str, zone: ZoneInfo) -> str:
    """Return a due day as it is, a moment in the office's zone."""
    if "T" in due:
        return f"{parse_moment(due).astimezone(zone):%Y-%m-%d %H:%M}"
    return date.fromisoformat(due).isoformat() if due else ""


def rung_text(notice: Notice, lang: str) -> str:
    """Return how far a clock is at a rung, in plain words."""
    return _far(notice).text(lang)


def _far(notice: Notice) -> Text:
    # Sent late, "one day left" would be a lie.
    found = _RUNG.fullmatch("due" if notice.over and not _after(notice.rung) else notice.rung)
    if found is None:
        return Text(notice.rung, notice.rung)
    if found["start"]:
        return words.STARTED
    if found["part"]:
        return said(words.PART, part=found["part"])
    if found["day"]:
        return said(words.DAY_HAS_COME, day=found["day"])
    if found["sign"] is None:
        return words.MINIMUM_IS_OVER if notice.minimum else words.IS_DUE
    n, unit = found["n"], TimeUnit.read(found["unit"])
    name = words.DAY if unit is TimeUnit.DAYS else Text(unit.zh, unit.written)
    span = said(words.ONE if n == "1" else words.MANY, n=n, unit=name)
    if found["sign"] == "-":
        return said(words.LEFT_OF_MINIMUM if notice.minimum else words.LEFT, span=span)
    return said(words.MINIMUM_AGO if notice.minimum else words.AGO, span=span)


def _todo(notice: Notice) -> Text:
    """Return what to do next."""
    if notice.acted:
        return words.WAS_DONE
    is_over = notice.over or _after(notice.rung)
    if notice.minimum:
        return words.NEXT_STEP if is_over else words.NOT_YET
    return words.ACT_NOW if is_over else words.ACT_IN_TIME


def _after(rung: str) -> bool:
    """Tell whether a rung stands where the time is over."""
    return rung == "due" or rung.startswith("due +")
