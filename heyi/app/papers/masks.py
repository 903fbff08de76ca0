"""Masks persons in public documents: names, phone numbers, addresses.

Source:
    domain F.2: in public notices the surname and 某, the house number only as its building.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from engine.facts.people import person_id
from engine.language.kinds import FieldType
from engine.language.parts import FieldDef
from heyi.app.papers.issue import Issue

_DOUBLE = frozenset({
    "欧阳", "上官", "司马", "司徒", "诸葛", "皇甫", "尉迟", "公孙", "慕容", "令狐", "夏侯", "东方",
    "端木", "南宫", "西门", "独孤", "长孙", "宇文", "轩辕", "拓跋",
})  # fmt: skip
"""Surnames of two characters; any other is taken for one of one."""
_SEVERAL = frozenset({"personal", "confidential", "sealed"})
"""Classes whose persons are hidden even where somebody wrote a name into a text."""
_BUILDING = re.compile(
    r"(?<!\d)(\d{1,4}(?:号楼|号院|栋|幢|座|楼))\s*(?:\d{1,2}\s*(?:单元|门)\s*(?:\d{2,4}\s*[室号户]?)?|\d{3,4}\s*[室号户])"
)
_FLAT = re.compile(r"(?<!\d)\d{3,4}室")
_NUMBER = re.compile(r"(?<![0-9A-Za-z])\d{14,19}[0-9Xx]?(?![0-9A-Za-z])")
"""Identity cards and accounts."""
_PHONE = re.compile(r"(?<![0-9A-Za-z])(1[3-9]\d)\d{8}(?![0-9A-Za-z])")


def name_masked(name: str) -> str:
    """Return a name for the public: surname and 某; of a name in letters the first one."""
    if not name:
        return name
    return (name[:2] if name[:2] in _DOUBLE and len(name) > 2 else name[:1]) + "某"  # noqa: PLR2004


def text_masked(text: str, names: Iterable[str]) -> str:
    """Return a text for the public.

    Args:
        text: what somebody wrote.
        names: of persons who must not be known by it.
    """
    for name in names:
        text = text.replace(name, name_masked(name))
    text = _PHONE.sub(r"\1****", text)
    text = _NUMBER.sub("〔号码略〕", text)
    return _FLAT.sub("某室", _BUILDING.sub(r"\1", text))


def paper_masked(value: Any, names: Iterable[str]) -> Any:
    """Return all texts of a paper for the public."""
    if isinstance(value, str):
        return text_masked(value, names)
    if isinstance(value, dict):
        return {key: paper_masked(inner, names) for key, inner in value.items()}
    return [paper_masked(one, names) for one in value] if isinstance(value, list) else value


def names_to_hide(issue: Issue) -> list[str]:
    """Return the names of the persons whom the case knows under a personal field; longest first."""
    found = {issue.people.get(one, "") for one in _persons(issue)}
    return sorted((name for name in found if len(name) > 1), key=lambda one: (-len(one), one))


def _persons(issue: Issue) -> Iterator[str]:
    fields: Mapping[str, Any] = issue.then.fields
    for name, value in fields.items():
        part = issue.workflow.fields[name]
        if str(part.privacy) not in _SEVERAL:
            continue
        if part.columns:
            for row in value:
                yield from (one for col, p in part.columns.items() for one in _ids(p, row.get(col)))
        else:
            yield from _ids(part, value)


def _ids(part: FieldDef, value: Any) -> Iterator[str]:
    if part.type is FieldType.PERSON and value is not None:
        yield from map(person_id, value if isinstance(value, list) else [value])
