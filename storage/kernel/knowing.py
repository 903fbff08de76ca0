"""The one predicate of reads: whether what a reader brings leads to a case."""

from collections.abc import Iterable

from sqlalchemy import ColumnElement, and_, exists, false, or_

from storage.kernel.records import Ways
from storage.kernel.tables import Row

_CASE = Row.metadata.tables["case_row"].c
_TABLE = Row.metadata.tables["case_grant"]
_GRANT = _TABLE.c


def known_to(case: ColumnElement[str], ways: Ways) -> ColumnElement[bool]:
    """Return the condition that these ways lead to a case: a key without its denial, a request."""
    if not ways.keys:
        return false()
    found = or_(*(way(key, denials) for key, denials in ways.keys))
    led = exists().where(_GRANT.case_id == case, found)
    return or_(case.in_(ways.cases), led) if ways.cases else led


def only_known(ways: Ways | None) -> Iterable[ColumnElement[bool]]:
    """Return the condition on a case's row, none for the office itself."""
    return () if ways is None else (known_to(_CASE.id, ways),)


def way(key: str, denials: tuple[str, ...]) -> ColumnElement[bool]:
    """Return the condition that a grant is this key, and the case has no denial of it."""
    if not denials:
        return _GRANT.word == key
    other = _TABLE.alias()
    denied = exists().where(other.c.case_id == _GRANT.case_id, other.c.word.in_(denials))
    return and_(_GRANT.word == key, ~denied)
