"""Finds what the issuing move changed in a catalogue, for documents that publish a list."""

from collections.abc import Mapping
from typing import Any

from engine.case.values import Data
from engine.compiling.catalogues import CatalogueDef, load_catalogue
from engine.facts.messages import shown
from engine.language.kinds import FieldType
from engine.language.parts import FieldDef
from engine.language.words import Label
from engine.time.times import parse_moment
from heyi.app.library.shelf import FolderShelf
from heyi.app.papers.issue import Issue
from heyi.app.papers.texts import day_text
from storage.work import Work

_VALIDITY = {
    name: FieldDef(type=FieldType.DATE, label=Label(zh=zh, en=en))
    for name, zh, en in (("from", "起始日", "from"), ("until", "终止日", "until"))
}
_NOTHING: Mapping[str, Any] = {}


def changes_of(issue: Issue, work: Work, shelf: FolderShelf) -> dict[str, Any] | None:
    """Return what the move that issued a document published; None where it published nothing.

    Returns:
        The catalogue's title, its version and the one before, each changed row with its values
        before and after, and how many rows are valid from that day, by class.
    """
    publishes = getattr(issue.branch.definition, "publishes", None) if issue.branch else None
    file = shelf("catalogue", publishes.catalogue) if publishes else None
    if publishes is None or file is None:
        return None
    rule, _findings = load_catalogue(file[1], file=file[0])
    version = _version(issue, work, publishes.catalogue)
    if rule is None or version is None:
        return None
    rows = work.catalogues.rows(publishes.catalogue, version=version)
    old = work.catalogues.rows(publishes.catalogue, version=version - 1) if version > 1 else {}
    day = issue.then.today.isoformat()
    return {
        "title": rule.title.text(),
        "version": version,
        "rows": [
            _change(rule, code, old.get(code), rows[code], day)
            for code in rows
            if rows[code] != old.get(code)
        ],
        "valid": sum(_valid(row, day) for row in rows.values()),
    }


def _version(issue: Issue, work: Work, name: str) -> int | None:
    at = parse_moment(issue.event.at)
    for edition in work.catalogues.editions(name):
        if edition.case == issue.seen.case.id and edition.at == at:
            return edition.version
    return None


def _valid(row: Data, day: str) -> bool:
    return str(row.get("from") or day) <= day <= str(row.get("until") or day) and bool(
        row.get("active", True)
    )


def _change(rule: CatalogueDef, code: str, old: Data | None, new: Data, day: str) -> dict[str, Any]:
    before: Mapping[str, Any] = old or _NOTHING
    columns = [
        {
            "label": part.label.text() if part.label else name,
            "before": _text(part, before.get(name)),
            "after": _text(part, new.get(name)),
            "changed": before.get(name) != new.get(name),
        }
        for name, part in {**rule.columns, **_VALIDITY}.items()
    ]
    filled = [one for one in columns if one["before"] or one["after"]]
    return {"code": code, "kind": _kind(old, new, day), "columns": filled}


def _kind(old: Data | None, new: Data, day: str) -> str:
    until = str(new.get("until") or "")
    if until and until < day:
        return "移出"
    if old is None:
        return "新增"
    return "调整"


def _text(part: FieldDef, value: Any) -> str:
    if value is None:
        return ""
    if part.options is not None and str(value) in part.options:
        return f"{value} {part.options[str(value)].text()}"
    if part.type is FieldType.DATE:
        return day_text(str(value))
    return shown(value)
