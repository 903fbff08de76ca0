"""The one predicate of reads: whether what a reader brings leads to a case."""

from collections.abc import Iterable

from sqlalchemy import ColumnElement, and_, exists, false, or_

from storage.kernel.records import Ways
from storage.kernel.tables import Row

_CASE = Row.metadata.tables["case_row"].c
_TABLE = Row.metadata.tables["case_grant"]
_GRANT = _TABLE.c


def known_to(case: ColumnElement[str], ways: Ways) -> ColumnElement[bool]:
    """Return the condition that these ways lead to a case: a key without its denial."""
    if not ways.keys:
        return false()
    found = or_(*(way(key, denial) for key, denial in pairs(ways)))
    return exists().where(_GRANT.case_id == case, found)


def only_known(ways: Ways | None) -> Iterable[ColumnElement[bool]]:
    """Return the condition on a case's row, none for the office itself."""
    return () if ways is None else (known_to(_CASE.id, ways),)


def way(key: str, denial: str | None) -> ColumnElement[bool]:
    """Return the condition that a grant is this key, and the case has no denial of it."""
    if denial is None:
        return _GRANT.word == key
    other = _TABLE.alias()
    denied = exists().where(other.c.case_id == _GRANT.case_id, other.c.word == denial)
    return and_(_GRANT.word == key, ~denied)


def pairs(ways: Ways) -> list[tuple[str, str | None]]:
    """Return the keys with their denials, always in the same order."""
    return sorted(ways.keys.items())
