"""The entry to storage: a store, and one unit of work with all its repositories."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from types import TracebackType
from typing import Any, Self

from sqlalchemy.exc import DBAPIError

from storage.alerts.addresses import Addresses
from storage.alerts.deliveries import Deliveries
from storage.alerts.outbox import Alerts
from storage.cases.counts import Counts
from storage.cases.grants import Grants
from storage.cases.keys import Keys
from storage.cases.numbers import Numbers
from storage.cases.readings import Readings
from storage.cases.repository import Cases
from storage.cases.requests import Requests
from storage.clocks.calendars import Calendars
from storage.clocks.index import Clocks
from storage.clocks.rounds import Rounds
from storage.definitions.catalogues import Catalogues
from storage.definitions.workflows import Workflows
from storage.evidence.chain import Chain
from storage.kernel.database import open_database
from storage.kernel.errors import StorageBusy, StorageFailed
from storage.kernel.statements import statements
from storage.kernel.transaction import Transaction, Tree
from storage.kernel.vaults import MasterKey
from storage.office.accounts import Accounts, Sessions
from storage.office.acts import Acts
from storage.office.submissions import Submissions
from storage.office.viewings import Viewings
from storage.people.absences import Absences
from storage.people.registry import People, Units

_BUSY = ("database is locked", "deadlock detected", "could not serialize", "lock timeout")


class Work:
    """One transaction: everything read and written through it happens together."""

    def __init__(self, transaction: Transaction) -> None:
        """Offer the repositories of a transaction; each is made when first asked for."""
        self._transaction = transaction
        self._keys = Keys(transaction)

    @cached_property
    def cases(self) -> Cases:
        """Cases and their events."""
        return Cases(self._transaction, keys=self._keys)

    @cached_property
    def grants(self) -> Grants:
        """Who may know which case."""
        return Grants(self._transaction)

    @cached_property
    def readings(self) -> Readings:
        """Who read what of which case."""
        return Readings(self._transaction)

    @cached_property
    def requests(self) -> Requests:
        """Requests granted before."""
        return Requests(self._transaction)

    @cached_property
    def numbers(self) -> Numbers:
        """Counters of human numbers."""
        return Numbers(self._transaction)

    @cached_property
    def clocks(self) -> Clocks:
        """Open clock runs over all cases."""
        return Clocks(self._transaction)

    @cached_property
    def counts(self) -> Counts:
        """Numbers over cases."""
        return Counts(self._transaction)

    @cached_property
    def catalogues(self) -> Catalogues:
        """Versioned lists."""
        return Catalogues(self._transaction)

    @cached_property
    def workflows(self) -> Workflows:
        """Published versions."""
        return Workflows(self._transaction)

    @cached_property
    def units(self) -> Units:
        """The tree of units."""
        return Units(self._transaction)

    @cached_property
    def people(self) -> People:
        """People and their posts."""
        return People(self._transaction)

    @cached_property
    def alerts(self) -> Alerts:
        """Messages owed."""
        return Alerts(self._transaction)

    @cached_property
    def deliveries(self) -> Deliveries:
        """Alerts on their way out."""
        return Deliveries(self._transaction)

    @cached_property
    def addresses(self) -> Addresses:
        """Where people and units are reached outside."""
        return Addresses(self._transaction)

    @cached_property
    def absences(self) -> Absences:
        """Who is away."""
        return Absences(self._transaction)

    @cached_property
    def calendars(self) -> Calendars:
        """Calendars as they were announced."""
        return Calendars(self._transaction)

    @cached_property
    def rounds(self) -> Rounds:
        """Scheduled rounds that have run."""
        return Rounds(self._transaction)

    @cached_property
    def acts(self) -> Acts:
        """What the office itself did."""
        return Acts(self._transaction)

    @cached_property
    def accounts(self) -> Accounts:
        """How people are known again."""
        return Accounts(self._transaction)

    @cached_property
    def sessions(self) -> Sessions:
        """Sessions and tokens."""
        return Sessions(self._transaction)

    @cached_property
    def submissions(self) -> Submissions:
        """Files that wait for a second person."""
        return Submissions(self._transaction)

    @cached_property
    def viewings(self) -> Viewings:
        """Requests to read a case for some days."""
        return Viewings(self._transaction)

    @cached_property
    def chain(self) -> Chain:
        """Checks of all that is stored."""
        return Chain(self._transaction, keys=self._keys)


class Store:
    """A database that holds cases. Threads may share it; each needs a work of its own."""

    def __init__(self, url: str, master_key: bytes, *, lasting: bool = True) -> None:
        """Take the database's URL and the deployment's key; connects only when asked.

        Args:
            url: ``sqlite:///FILE`` or ``postgresql://…``; its tables are made by
                ``storage.kernel.schema.upgrade``.
            master_key: 32 random bytes, kept outside the database.
            lasting: False for a store that is thrown away: on SQLite its writes then wait for no
                disk, and a loss of power may take them.

        Raises:
            MasterKeyRefused: the key has another length.
            DatabaseRefused: the URL cannot be used.
        """
        self._master = MasterKey(master_key)
        self._db = open_database(url, lasting=lasting)
        self._sql = statements(self._db.dialect)
        self._tree = Tree()

    def __enter__(self) -> Self:
        """Use the store in a ``with``; leaving closes it."""
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        """Close it."""
        self.close()

    def close(self) -> None:
        """Close all connections."""
        self._db.dispose()

    @contextmanager
    def write(self) -> Iterator[Work]:
        """Yield a work that is kept whole on leaving, and not at all after an error.

        Raises:
            StorageBusy: others held the database too long; a second try may pass.
            StorageFailed: the database refused or is away.
        """
        with self._transaction(writing=True) as transaction:
            yield Work(transaction)
            transaction.commit()

    @contextmanager
    def read(self) -> Iterator[Work]:
        """Yield a work that sees one moment of the database and changes nothing.

        Raises:
            StorageBusy: as in ``write``.
            StorageFailed: as in ``write``.
        """
        with self._transaction(writing=False) as transaction:
            yield Work(transaction)

    @contextmanager
    def _transaction(self, *, writing: bool) -> Iterator[Transaction]:
        """Open a transaction; turn what the driver says into this room's errors, here once."""
        driver: Any = self._db.dialect.dbapi
        try:
            transaction = Transaction(
                self._db, sql=self._sql, master=self._master, tree=self._tree, writing=writing
            )
            try:
                yield transaction
            finally:
                transaction.close()
        except (DBAPIError, driver.Error) as error:
            # The first line of the driver's own words: statement and values may be personal.
            detail = str(getattr(error, "orig", error)).partition("\n")[0]
            if any(sign in detail for sign in _BUSY):
                raise StorageBusy(detail) from error
            raise StorageFailed(detail) from error
