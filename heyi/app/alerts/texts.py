"""Makes the text of an alert: number, clock, due day, how far it is, what to do, a link.

Made from a ``Notice`` and nothing else: it holds no field, title or person of a case, so that
none of these can leave the office by mail or a robot.
"""

import re
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from engine.case.owed import HANDED, URGED, VOIDED, WITHDRAWN
from engine.case.text import Text
from engine.time.times import parse_moment
from engine.time.units import WRITTEN, TimeUnit
from heyi.app.alerts.senders import Message

_RUNG = re.compile(
    r"(?P<start>start)|(?P<part>\d+)%|day (?P<day>\d+)"
    rf"|due(?: (?P<sign>[+-]) (?P<n>\d+) (?P<unit>{'|'.join(WRITTEN)})s?)?"
)
_HEAD = 16
"""Digits of the uid that are shown: enough to see that two messages are one."""

Pair = tuple[str, str]
"""Chinese and English."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """All that a message is made from.

    Attributes:
        uid: the alert's.
        kind: ``rung``, ``tell`` (an event the file lets people know of) or ``digest``.
        case: the case's id, for the link; "" for a digest.
        number: the case's human number; "" while it has none.
        clock: label of the clock in both languages.
        item: 1-based place of the list item the clock belongs to, or 0.
        minimum: the clock is a minimum duration.
        rung: where the rung stands, as the file says.
        over: the clock's time is over by now, wherever the rung stood.
        due: due day or moment.
        level: the rung's level, or 0.
        provisional: the due day may move with the next announcement.
        refused: the rung would have had the clock act, and was refused.
        acted: the rung had the clock act, which ended this clock.
        lines: of a digest, in both languages: counts and numbers of cases.
        why: of an event that people are let know of: "" for what the file tells, else what the
            engine tells of, as ``voided``.
        says: what the file lets the rung say, where that quotes no fact.
    """

    uid: str
    kind: str = "rung"
    case: str = ""
    number: str = ""
    clock: Pair = ("", "")
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
    lines: tuple[tuple[str, ...], tuple[str, ...]] = ((), ())
    says: Pair = ("", "")


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
    langs = {"both": ("zh", "en")}.get(lang, (lang,))
    parts = [_lines(notice, one, zone) for one in langs]
    lines = [line for part in parts for line in part]
    link = _link(notice, base_url)
    mark = notice.uid[:_HEAD]
    if link:
        lines.append(link)
    lines.append(f"标识 {mark}" if langs[0] == "zh" else f"id {mark}")
    return Message(uid=notice.uid, title=_title(notice, langs[0]), body="\n".join(lines))


def trial(lang: str) -> Message:
    """Return a message that shows whether an address works."""
    zh, en = "能看到这条消息，地址就可用。", "You can read this: the address works."
    body = {"zh": zh, "en": en}.get(lang, f"{zh}\n{en}")
    title = "trial" if lang == "en" else "试发"
    return Message(uid="trial", title=f"【heyi 和议】{title}", body=body)


def _title(notice: Notice, lang: str) -> str:
    # Both names in both languages: a robot's keyword 和议 must always be there.
    what = {"digest": ("每日汇总", "daily digest")}.get(notice.kind, ("预警", "alert"))
    text = what[1] if lang == "en" else what[0]
    return f"【heyi 和议】{text} {case_name(notice.number, notice.case, lang)}".rstrip()


def case_name(number: str, case: str, lang: str) -> str:
    """Return a case's number, or the head of its id while it has none."""
    if number or not case:
        return number
    return f"case {case[:8]}" if lang == "en" else f"未编号案件 {case[:8]}"


def _link(notice: Notice, base_url: str) -> str:
    if not base_url:
        return ""
    base = base_url.rstrip("/")
    return f"{base}/cases/{notice.case}" if notice.case else base


def _lines(notice: Notice, lang: str, zone: ZoneInfo) -> list[str]:
    zh = lang != "en"
    if notice.kind == "digest":
        ask = "请打开查看。" if zh else "Please look."
        return [*notice.lines[0 if zh else 1], ask]
    if notice.kind != "rung":
        return [_TOLD[notice.why].text(lang)]
    clock = notice.clock[0 if zh else 1]
    if notice.item:
        clock += f"（第{notice.item}项）" if zh else f" (item {notice.item})"
    due = due_text(notice.due, zone)
    if notice.provisional:
        due += (
            "（预计，节假日安排尚未公布）" if zh else " (provisional: holidays not yet announced)"
        )
    lines = [
        f"期限：{clock}" if zh else f"clock: {clock}",
        (f"期满日：{due}" if notice.minimum else f"到期日：{due}") if zh else f"due: {due}",
        f"情况：{rung_text(notice, 'zh')}" if zh else f"now: {rung_text(notice, 'en')}",
    ]
    if notice.level > 1:
        lines.append(f"已提醒到第{notice.level}级" if zh else f"raised to level {notice.level}")
    if notice.refused:
        lines.append("系统未能自动办理，须由人办理" if zh else "it could not be done automatically")
    says = notice.says[0 if zh else 1] or _todo(notice)[0 if zh else 1]
    lines.append(f"请办：{says}" if zh else f"please: {says}")
    return lines


def due_text(due: str, zone: ZoneInfo) -> str:
    """Return a due day as it is, a moment in the office's zone."""
    if "T" in due:
        return f"{parse_moment(due).astimezone(zone):%Y-%m-%d %H:%M}"
    return date.fromisoformat(due).isoformat() if due else ""


def rung_text(notice: Notice, lang: str) -> str:
    """Return how far a clock is at a rung, in plain words."""
    zh, en = _far(notice)
    return en if lang == "en" else zh


def _far(notice: Notice) -> Pair:
    # Sent late, "one day left" would be a lie.
    found = _RUNG.fullmatch("due" if notice.over and not _after(notice.rung) else notice.rung)
    if found is None:
        return notice.rung, notice.rung
    if found["start"]:
        return "期限开始计算", "the clock has started"
    if found["part"]:
        return f"期限已过{found['part']}%", f"{found['part']}% of the time is over"
    if found["day"]:
        return f"已到第{found['day']}天", f"day {found['day']} has come"
    if found["sign"] is None:
        return (
            ("最短期限已满", "the minimum is over") if notice.minimum else ("已到期", "it is due")
        )
    n, unit = found["n"], TimeUnit.read(found["unit"])
    # As people say it: 还有1天, where the language of rules has 1日.
    said = "天" if unit is TimeUnit.DAYS else unit.zh
    zh, en = f"{n}{said}", f"{n} {unit.written}{'' if n == '1' else 's'}"
    end_zh, end_en = ("期满", "the minimum is over") if notice.minimum else ("到期", "it is due")
    if found["sign"] == "-":
        return f"还有{zh}{end_zh}", f"{en} left until {end_en}"
    past = "the minimum was over" if notice.minimum else "it was due"
    return f"{zh}前已{end_zh}", f"{past} {en} ago"


def _todo(notice: Notice) -> Pair:
    """Return what to do next."""
    if notice.acted:
        return "系统已按规定自动办理，请查看", "it was done automatically by the rules; please look"
    is_over = notice.over or _after(notice.rung)
    if notice.minimum:
        if is_over:
            return "可以办理下一步了", "the next step may be taken"
        return "期满之前不能办理下一步", "the next step must wait until then"
    if is_over:
        return "尽快办理，并登记办理情况", "act as soon as you can, and record it"
    return "在到期前办理；已办理的请登记", "act before it is due; record what is done"


def _after(rung: str) -> bool:
    """Tell whether a rung stands where the time is over."""
    return rung == "due" or rung.startswith("due +")
