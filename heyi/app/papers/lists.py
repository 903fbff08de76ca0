"""Prepares lists for paper: which items and columns are printed, and the list of all papers."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from engine.case.fold import fold
from engine.compiling.names.documents import CHANGED, printed
from engine.compiling.plan import Workflow
from engine.facts.reading import base_fields
from engine.language.parts import FieldDef
from heyi.app.papers.issue import Issue, marks

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One path, or list with columns, that a document prints.

    Attributes:
        place: where in the layout; "" where the file gives none.
        path: as the file names it; of several columns of one list the list's.
        columns: those columns of a list; empty for all, and for what is no list.
    """

    place: str
    path: str
    columns: tuple[str, ...] = ()


def asked(issue: Issue) -> Iterator[Asked]:
    """Yield what a document prints, in the file's order; neighbouring columns of a list as one."""
    last: Asked | None = None
    for place, path in printed(issue.rule):
        here = _split(issue.workflow, place, path)
        if last and here.columns and last.columns and _same(last, here):
            columns = (*last.columns, *here.columns)
            last = Asked(place=last.place, path=last.path, columns=columns)
            continue
        if last:
            yield last
        last = here
    if last:
        yield last


def _same(one: Asked, two: Asked) -> bool:
    return (one.place, one.path) == (two.place, two.path)


def _split(workflow: Workflow, place: str, path: str) -> Asked:
    name = path.removeprefix(CHANGED)
    prefix = path[: len(path) - len(name)]
    head, _, column = name.partition(".")
    part = workflow.fields.get(head)
    listed = head in workflow.facts or (part is not None and isinstance(part.of, dict))
    if column and listed:
        return Asked(place=place, path=f"{prefix}{head}", columns=(column,))
    return Asked(place=place, path=path)


def columns_of(part: FieldDef, rows: Sequence[Row], wanted: Sequence[str]) -> list[str]:
    """Return the columns that some row fills, all of them or those wanted, in that order."""
    known = part.of if isinstance(part.of, dict) else {}
    return [name for name in wanted or known if any(name in row for row in rows)]


def changed_rows(issue: Issue, name: str) -> list[Row]:
    """Return the items of a list that the issuing move added or changed."""
    earlier = issue.events[:-1]
    before: Any = fold(earlier).fields.get(name, []) if earlier else []
    now: Any = issue.then.fields.get(name, [])
    return [row for n, row in enumerate(now) if n >= len(before) or before[n] != row]


def chosen_rows(issue: Issue, fact: str) -> tuple[FieldDef, list[Row]] | None:
    """Return what a fact chose from a list of the case, with that list; None for any other fact."""
    rows: Any = issue.then.get(fact)
    if not isinstance(rows, list) or not rows or not all(isinstance(row, dict) for row in rows):
        return None
    columns = {column for row in rows for column in row}
    for name in sorted(base_fields(issue.workflow, [fact])):
        part = issue.workflow.fields[name]
        if isinstance(part.of, dict) and columns <= part.of.keys():
            return part, [{key: _plain(value) for key, value in row.items()} for row in rows]
    return None


def _plain(value: Any) -> Any:
    """Return a value as a case holds it: expressions see units, items and cases as maps."""
    if isinstance(value, dict):
        return next((value[key] for key in ("id", "code", "number") if key in value), value)
    return value


def papers(issue: Issue) -> list[tuple[str, str, str]]:
    """Return every paper issued so far, in the order of issue.

    Returns:
        Its label, the moment it was issued and the moment that issue was delivered, or "".
    """
    found: list[list[str]] = []
    for event in issue.events:
        patch: Any = event.public.get("patch", {})
        for name in patch.get("documents", {}):
            told = marks(event, name)
            label = issue.workflow.label("documents", name)
            if told:
                found.append([label, str(told["issued"]), ""])
            if patch["documents"][name].get("delivered") == event.occurred_at:
                _delivered(found, label, event.occurred_at)
    return [(label, issued, delivered) for label, issued, delivered in found]


def _delivered(found: list[list[str]], label: str, at: str) -> None:
    last = next((row for row in reversed(found) if row[0] == label), None)
    if last is not None:
        last[2] = at
