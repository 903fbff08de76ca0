"""Chinese phrases on paper: days, amounts of money, laws and their articles."""

import re
from datetime import date
from zoneinfo import ZoneInfo

from engine.clocks.explaining import OWN_DEFAULT
from engine.compiling.plan import Workflow
from engine.time.times import parse_moment

_ARTICLE = re.compile(r"\d+(?:-\d+)?(?:\(\d+\))?")
_PARAGRAPH = re.compile(r"(\d+)\.(\d+)")
_SHARE = re.compile(r"(>=?) (\d+)/(\d+)")
_DIGITS = "零一二三四五六七八九十"


def day_text(day: str) -> str:
    """Return a day as papers write it: 2026年3月9日."""
    found = date.fromisoformat(day)
    return f"{found.year}年{found.month}月{found.day}日"


def moment_of(text: str, zone: ZoneInfo) -> str:
    """Return a day as it is, a moment with its hour in the office's zone."""
    if "T" not in text:
        return day_text(text)
    found = parse_moment(text).astimezone(zone)
    return f"{day_text(found.date().isoformat())}{found:%H:%M}"


def money(value: str) -> str:
    """Return an amount with its thousands set apart: 12,000.00元."""
    whole, dot, cents = value.partition(".")
    sign, digits = ("-", whole[1:]) if whole.startswith("-") else ("", whole)
    grouped = f"{int(digits):,}" if digits.isdigit() else digits
    return f"{sign}{grouped}{dot}{cents}元"


def share_text(share: str) -> str:
    """Return a share as papers write it: 过半数, 三分之二以上, 全部; 不限 where one is enough."""
    found = _SHARE.fullmatch(share)
    if found is None:
        return {"all": "全部"}.get(share, share)
    top, bottom = int(found[2]), int(found[3])
    if top == 0:
        return "不限"
    if found[1] == ">":
        halves = (top, bottom) == (1, 2)
        return "过半数" if halves else f"超过{_number(bottom)}分之{_number(top)}"
    return f"{_number(bottom)}分之{_number(top)}以上"


def cited(title: str, article: str) -> str:
    """Return a paper and its article: 《title》第N条."""
    return f"《{title}》{_article(article)}"


def citation(workflow: Workflow, source: str) -> str:
    """Return what a rule rests on: 《title》第N条; "" for none.

    A default of this system says that it is no law; an article such as ``4.4`` is the part and
    paragraph of a paper.
    """
    name, _, article = source.partition("#")
    if not name:
        return ""
    part = workflow.definition.sources.get(name)
    title = part.title if part is not None else name
    if name == OWN_DEFAULT:
        return title
    revised = f"（{part.revised.year}年修订）" if part is not None and part.revised else ""
    return f"《{title}》{revised}{_article(article)}"


def _article(article: str) -> str:
    if found := _PARAGRAPH.fullmatch(article):
        return f"第{_number(int(found[1]))}部分（{_number(int(found[2]))}）"
    if _ARTICLE.fullmatch(article):
        number, bracket, rest = article.partition("(")
        item = f"第（{rest.rstrip(')')}）项" if bracket else ""
        return f"第{number.replace('-', '至')}条{item}"
    return article


def _number(n: int) -> str:
    """Return 1 to 99 in Chinese; anything else in digits."""
    ten = 10
    if not 0 < n < ten * ten:
        return str(n)
    tens, ones = divmod(n, ten)
    head = "" if not tens else "十" if tens == 1 else f"{_DIGITS[tens]}十"
    return head + (_DIGITS[ones] if ones else "")
