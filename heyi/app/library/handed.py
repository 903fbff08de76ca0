"""Looks at files handed in: whether they are still what was handed in, and what they change."""

import json
from collections.abc import Iterable, Mapping
from difflib import unified_diff
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from heyi.app.library.errors import FileChanged, FileForged, NothingHandedIn
from storage.kernel.officerecords import HandedIn

if TYPE_CHECKING:
    from storage.work import Work

LEAST = 8
"""Characters of a digest that a second person gives at least."""
HANDED_IN = "file.handed_in"
_MOST = 100_000
"""More acts of handing in than one author leaves."""


def waiting(work: "Work", name: str, version: int) -> HandedIn:
    """Return the file of a name and version that waits.

    Raises:
        NothingHandedIn: none does.
        FileForged: it is not what the act of handing in names.
    """
    found = work.submissions.find(name, version)
    if found is None:
        raise NothingHandedIn(name=name, version=version)
    acts = work.acts.list(kind=HANDED_IN, actor=found.by, limit=_MOST)
    handed_in = any(
        (one.public["name"], one.public["version"], one.public["sha256"])
        == (name, version, found.sha256)
        for one in acts
    )
    if not handed_in or sha256(found.body.encode()).hexdigest() != found.sha256:
        raise FileForged(name=name, version=version)
    return found


def check_digest(found: HandedIn, digest: str) -> None:
    """Refuse a file that is not the one whose digest, or its beginning, is given.

    Raises:
        FileChanged: as it says.
    """
    if len(digest) < LEAST or not found.sha256.startswith(digest.lower()):
        raise FileChanged(name=found.name, version=found.version, sha256=found.sha256)


def changes(work: "Work", found: HandedIn) -> tuple[int, tuple[str, ...]]:
    """Return the version in force, 0 for none, and what a file would change of it."""
    after: dict[str, Any] = json.loads(found.body)
    before: Any = {}
    if found.kind == "workflow":
        version = work.workflows.latest(found.name)
        if version:
            before = json.loads(work.workflows.load(found.name, version=version).body)
    else:
        version = work.catalogues.current(found.name) or 0
        after = {"rows": _by_code(after["rows"])}
        if version:
            before = {"rows": _by_code(work.catalogues.rows(found.name).values())}
    names = f"{found.name}@{version}", f"{found.name}@{found.version}"
    told = unified_diff(_lines(before), _lines(after), *names, lineterm="", n=1)
    return version, tuple(told)


def _by_code(rows: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    return {str(row["code"]): dict(sorted(row.items())) for row in rows}


def _lines(body: Any) -> list[str]:
    return json.dumps(body, ensure_ascii=False, indent=1).splitlines() if body else []
