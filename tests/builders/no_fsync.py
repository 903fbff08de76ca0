"""Lets SQLite not wait for the disk: what a test writes need not survive a power cut.

A commit that waits costs some 5 ms, and the suite makes tens of thousands. PostgreSQL's server of the
suite runs with ``fsync = off`` for the same reason (``tests/storage/conftest.py``).
"""

from storage.kernel.database import open_database
from storage.work import Store

PROMISED: dict[str, bool] = {
    name: bool((made.__kwdefaults__ or {})["lasting"])
    for name, made in {"Store": Store.__init__, "open_database": open_database}.items()
}
"""What the product does where nobody asks: ``tests/storage/kernel/test_schema.py`` holds it."""


def install() -> None:
    """Make stores not lasting where a test does not say so."""
    for made in (Store.__init__, open_database):
        (made.__kwdefaults__ or {})["lasting"] = False
