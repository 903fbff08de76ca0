"""Reads lists of any day, what changed between two days, and new editions from files.

Two things make a list of a day: the version that stood at its end, and the rows of it that are
valid on it. What a case has published is never undone by a file.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from engine.case.values import Data, Plain
from engine.compiling.catalogues import CatalogueDef
from engine.time.times import end_of
from storage.kernel.errors import CatalogueNotFound
from storage.kernel.records import Edition
from storage.work import Work

Rows = Mapping[str, Data]
_INSTANT = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """A list as it stood at the end of a day.

    Attributes:
        name: the catalogue's.
        day: which day.
        version: the one that stood; the first where none stood yet; the file's where nothing
            is stored.
        since: when the version was made; None for a file.
        case: the case that made it, by id, if one did.
        stood: whether the version stood on that day already.
        rows: by code, those valid on the day.
        coming: by code, those that will be valid later.
    """

    name: str
    day: date
    version: int
    since: datetime | None = None
    case: str | None = None
    stood: bool = True
    rows: Rows = field(default_factory=dict)
    coming: Rows = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What became of one row.

    Attributes:
        kind: ``added``, ``ended``, ``changed`` or ``coming`` (listed already, valid later).
        code: of the row.
        row: as it is now; of an ended one as it was last.
        before: the columns that changed, as they were; None for those that were not there.
        by: the version that did it; None where the row's own days did.
    """

    kind: str
    code: str
    row: Data
    before: Data = field(default_factory=dict)
    by: Edition | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """What changed from the end of one day to the end of another.

    Attributes:
        first: the list of the earlier day.
        second: the list of the later day.
        editions: the versions made between, oldest first.
        rows: sorted by kind and code.
    """

    first: Listing
    second: Listing
    editions: tuple[Edition, ...]
    rows: tuple[Change, ...]


def is_valid(row: Data, day: date) -> bool:
    """Tell whether a row holds on a day; days missing in the row are open."""
    today = day.isoformat()
    return str(row.get("from") or today) <= today <= str(row.get("until") or today)


def file_listing(rule: CatalogueDef, day: date) -> Listing:
    """Return the list of a file, where nothing is stored."""
    rows = {str(row["code"]): dict(row) for row in rule.rows}
    return _listing(Listing(name=rule.catalogue, day=day, version=rule.version), rows)


def listing(work: Work, name: str, day: date, zone: ZoneInfo) -> Listing:
    """Return a stored list as it stood at the end of a day.

    Args:
        work: the open transaction.
        name: the catalogue's.
        day: any; before the first version that version is shown, and ``stood`` is false.
        zone: the office's.

    Raises:
        CatalogueNotFound: nothing is stored of it.
    """
    editions = work.catalogues.editions(name)
    if not editions:
        raise CatalogueNotFound(name, version=None)
    stood = work.catalogues.version_at(name, end_of(day, zone) - _INSTANT)
    shown = editions[max(stood, 1) - 1]
    empty = Listing(
        name=name, day=day, version=shown.version, since=shown.at, case=shown.case, stood=stood > 0
    )
    return _listing(empty, work.catalogues.rows(name, version=shown.version))


def _listing(empty: Listing, rows: Rows) -> Listing:
    today = empty.day.isoformat()
    return Listing(
        name=empty.name, day=empty.day, version=empty.version, since=empty.since,
        case=empty.case, stood=empty.stood,
        rows={code: row for code, row in rows.items() if is_valid(row, empty.day)},
        coming={code: row for code, row in rows.items() if str(row.get("from") or today) > today},
    )  # fmt: skip


def changes(work: Work, name: str, days: tuple[date, date], zone: ZoneInfo) -> Changes:
    """Return what changed in a list between two days, the earlier one first.

    Raises:
        CatalogueNotFound: nothing is stored of it.
    """
    first, second = (listing(work, name, day, zone) for day in sorted(days))
    editions = tuple(
        one
        for one in work.catalogues.editions(name)
        if first.version < one.version <= second.version
    )
    return _compared(first, second, editions, dict(_setters(work, editions)))


def file_changes(rule: CatalogueDef, days: tuple[date, date]) -> Changes:
    """Return what the days of a file's rows change between two days, where nothing is stored."""
    first, second = (file_listing(rule, day) for day in sorted(days))
    return _compared(first, second, (), {})


def _compared(
    first: Listing, second: Listing, editions: tuple[Edition, ...], by: Mapping[str, Edition]
) -> Changes:
    found = sorted(_changes(first, second, by), key=lambda one: (_KINDS.index(one.kind), one.code))
    return Changes(first=first, second=second, editions=editions, rows=tuple(found))


_KINDS = ("added", "changed", "ended", "coming")


def _setters(work: Work, editions: tuple[Edition, ...]) -> Iterator[tuple[str, Edition]]:
    """Yield which version set which row, oldest first, so that the last one counts."""
    for edition in editions:
        # Version 1 has none before it: all its rows are its own.
        old: Rows = (
            work.catalogues.rows(edition.name, version=edition.version - 1)
            if edition.version > 1
            else {}
        )
        new = work.catalogues.rows(edition.name, version=edition.version)
        for code in old.keys() | new.keys():
            if old.get(code) != new.get(code):
                yield code, edition


def _changes(first: Listing, second: Listing, by: Mapping[str, Edition]) -> Iterator[Change]:
    for code, row in second.rows.items():
        old = first.rows.get(code)
        if old is None:
            yield Change(kind="added", code=code, row=row, by=by.get(code))
        elif old != row:
            names = [name for name in {**old, **row} if old.get(name) != row.get(name)]
            before: dict[str, Plain] = {name: old.get(name) for name in names}
            yield Change(kind="changed", code=code, row=row, before=before, by=by.get(code))
    for code, row in first.rows.items():
        if code not in second.rows:
            yield Change(kind="ended", code=code, row=row, by=by.get(code))
    for code, row in second.coming.items():
        if code not in first.rows and first.coming.get(code) != row:
            yield Change(kind="coming", code=code, row=row, by=by.get(code))


def load_edition(work: Work, rule: CatalogueDef, *, at: datetime, day: date) -> int:
    """Make a catalogue's file its rows, where no case has said otherwise; return the version.

    A row that a case has put or dropped stays as that case left it. A row that the file no
    longer has is ended, not taken away, so that what names it can still be read; the day before
    ``day`` is its last.

    Args:
        work: the open transaction, for writing.
        rule: the file.
        at: since when a new version stands.
        day: the office's day of ``at``.

    Returns:
        The version there was if the file says nothing new.
    """
    name = rule.catalogue
    editions = work.catalogues.editions(name)
    stored: Rows = work.catalogues.rows(name) if editions else {}
    decided = {code for code, _ in _setters(work, tuple(one for one in editions if one.case))}
    rows: dict[str, Data] = {
        code: row if code in decided else _ended(row, day) for code, row in stored.items()
    }
    for row in rule.rows:
        code = str(row["code"])
        if code not in decided:
            rows[code] = {**row, "code": code}
    return work.catalogues.load(name, rows, at=at)


def _ended(row: Data, day: date) -> Data:
    last = (day - timedelta(days=1)).isoformat()
    if str(row.get("until") or "9999-12-31") <= last:
        return row
    return {**row, "until": last}
