"""The use cases of operators: set up, examine and watch a deployment, take its rounds."""

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from engine.case.errors import HeyiError
from engine.case.values import Data
from engine.time.times import moment_text
from heyi.app.acts.deeds import is_demo, note, permit_office
from heyi.app.acts.errors import NotFounded
from heyi.app.audit.audit import VerifyView, verified_without_key
from heyi.app.office.errors import FolderMissing, KeyLost
from heyi.app.office.models import (
    BellView,
    CheckView,
    ExaminationView,
    FoundedView,
    Founder,
    GrantsView,
    HealthView,
    KeyView,
    RoundView,
    StandingView,
    TablesView,
)
from heyi.app.office.places import Place, sqlite_file
from heyi.app.office.schedulecheck import Heard, listen
from heyi.app.reader import Reader
from storage.kernel.schema import check, current, newest, upgrade
from storage.kernel.vaults import KEY_BYTES
from storage.work import Store

if TYPE_CHECKING:
    from heyi.app.cases.granting import Granting
    from heyi.app.office.rounds import Rounds


class Office:
    """A deployment as its operator has it. Nothing here asks for the key before it is needed."""

    def __init__(
        self,
        place: Place,
        *,
        open_store: Callable[[], Store],
        rounds: Callable[[], "Rounds"],
        zone: ZoneInfo,
        granting: Callable[[], "Granting"],
    ) -> None:
        """Look after this place.

        Args:
            place: what was decided for it.
            open_store: opens the database; raises where there is no key.
            rounds: makes what takes the rounds; raises where the profile must be filled in.
            zone: the office's.
            granting: makes what writes beside cases who may know them.
        """
        self._place, self._keyring, self._zone = place, place.keyring, zone
        self._open_store, self._rounds, self._granting = open_store, rounds, granting

    def make_key(self, reader: Reader) -> KeyView:
        """Make the deployment's key where there is none yet.

        Raises:
            ActRefused: it is not the office itself.
            FolderMissing: the folder of the database is not there.
            KeyLost: the database is in use, and a new key would open nothing in it.
        """
        permit_office(reader, "tables.upgraded")
        url, keyring = self._place.database, self._keyring
        file = sqlite_file(url)
        if file is not None and not file.parent.is_dir():
            raise FolderMissing(path=str(file.parent))
        is_new = file is not None and not file.is_file()
        # A new key beside old data would open nothing: say so before anything is written.
        if not keyring.file.exists() and not is_new and current(url) is not None:
            raise KeyLost(str(keyring.file))
        return KeyView(path=str(keyring.file), made=keyring.make())

    def upgrade_tables(self, reader: Reader, *, now: datetime) -> TablesView:
        """Bring the tables to the newest version.

        Raises:
            ActRefused: it is not the office itself that upgrades.
            StorageError: the database cannot be asked.
        """
        permit_office(reader, "tables.upgraded")
        url = self._place.database
        before, version = current(url), newest()
        upgrade(url)
        standing = self.standing(reader)
        if standing.founded and before != version:
            with self._open_store().write() as work:
                note(work, reader, "tables.upgraded", now=now, before=before, version=version)
        return TablesView(version=version, demo=standing.demo, founded=standing.founded)

    def fill_grants(
        self, reader: Reader, *, now: datetime, everywhere: bool = False
    ) -> Iterator[GrantsView]:
        """Yield, batch by batch, how far who may know each case is written beside it.

        What was yielded is kept: broken off, it goes on where it was.

        Args:
            reader: the office itself.
            now: the present moment.
            everywhere: for all cases, after units were moved; else for those that lack it.

        Raises:
            ActRefused: it is not the office itself.
            StorageError: the database cannot be asked.
        """
        permit_office(reader, "grants.written")
        cases = changed = broken = 0
        for one in self._granting().fill(everywhere=everywhere):
            cases, changed = cases + one.cases, changed + one.changed
            broken += one.broken
            yield GrantsView(cases=cases, changed=changed, broken=broken)
        if cases:
            with self._open_store().write() as work:
                counts: Data = {"cases": cases, "changed": changed, "broken": broken}
                note(work, reader, "grants.written", now=now, everywhere=everywhere, **counts)

    def standing(self, reader: Reader) -> StandingView:
        """Return whether the database is demo data, and whether the office is founded.

        Raises:
            StorageError: the tables are missing, or the database cannot be asked.
        """
        with self._open_store().read() as work:
            return StandingView(demo=is_demo(work), founded=work.acts.any())

    def mark_demo(self, reader: Reader, *, now: datetime) -> None:
        """Mark an empty database as demo data, inside it and for ever.

        Args:
            reader: the office itself.
            now: the present moment.

        Raises:
            OfficeInUse: something is in it.
        """
        from heyi.app.office import founding  # noqa: PLC0415 - as in ``found``

        founding.mark_demo(self._open_store(), reader, now=now)

    def found(
        self, reader: Reader, *, administrator: Founder, security: Founder, auditor: Founder,
        now: datetime, unit: str = "", title: str = "",
    ) -> FoundedView:  # fmt: skip
        """Name the three persons that run the office, once; the first act of its chain.

        Args:
            reader: the office itself.
            administrator: keeps people, posts, units, calendars and lists.
            security: gives passwords and ends sessions.
            auditor: reads the acts.
            now: the present moment.
            unit: at which they hold their posts; "" for the one at the top, made if missing.
            title: of a unit that is made.

        Raises:
            OfficeFounded: they were named before.
            FoundersWrong: they are not three, or no unit is named where there are several.
            PostsExclude: one of them holds another of the three posts already.
        """
        founders = {"administrator": administrator, "security": security, "auditor": auditor}
        # Brings what hashes passwords: a move only asks whether this is demo data.
        from heyi.app.office import founding  # noqa: PLC0415

        return founding.found(
            self._open_store(), reader, founders=founders, unit=unit, title=title, now=now,
        )  # fmt: skip

    def verify_without_key(self, reader: Reader) -> VerifyView:
        """Return what hashes alone tell, where there is the database and no key.

        Raises:
            ActRefused: it is not the office itself.
            StorageError: the database cannot be asked.
        """
        permit_office(reader, "all.verified")
        # Nothing is opened or written: this key is nobody's.
        with Store(self._place.database, bytes(KEY_BYTES)) as store:
            return verified_without_key(store)

    def require_tables(self, reader: Reader) -> None:
        """Refuse to go on with tables of another version, or before the office is founded.

        Raises:
            SchemaOutdated: they are not at the newest version.
            NotFounded: nobody was named to run the office.
        """
        check(self._place.database)
        if not self.standing(reader).founded:
            raise NotFounded

    def examine(self, reader: Reader, *, now: datetime) -> ExaminationView:
        """Return what is well and what must be mended; nothing that is found raises."""
        place = self._place
        # Brings the checker, as above.
        from heyi.app.office.doctor import Patient, examine  # noqa: PLC0415

        checks = examine(Patient(
            database=place.database, key_file=self._keyring.file, shelf=place.shelf,
            today=now.astimezone(self._zone).date(),
            read_key=self._keyring.read, open_store=self._open_store, now=now,
            schedule=place.schedule, profile=place.profile,
        ))  # fmt: skip
        return ExaminationView(
            checks=tuple(
                CheckView(
                    check=one.name,
                    ok=not one.finding,
                    note=one.note,
                    zh=one.words.zh,
                    en=one.words.en,
                )
                for one in checks
            ),
            findings=sum(one.finding for one in checks),
        )

    def health(self, reader: Reader, *, now: datetime) -> HealthView:
        """Return what a monitor may know; for a database that is away, the error's code."""
        try:
            with self._open_store().read() as work:
                heard = listen(work, self._place.schedule, now=now)
        except HeyiError as error:
            return HealthView(ok=False, database=error.code)
        return HealthView(
            ok=not any(one.is_finding for one in heard), database="ok", at=moment_text(now),
            bells={one.name: _bell(one) for one in heard},
        )  # fmt: skip

    def take_owed_rounds(
        self, reader: Reader, *, by: str, clock: Callable[[], datetime]
    ) -> Iterator[RoundView]:
        """Yield each round that is owed, as soon as it was taken.

        Args:
            reader: the office itself.
            by: who rings, as it is noted.
            clock: tells the present moment, asked anew for each batch.

        Raises:
            HeyiError: a round failed; it is noted, with its code alone.
        """
        rounds = self._rounds()
        for scheduled in rounds.schedule:
            if rounds.is_owed(scheduled, now=clock(), zone=self._zone):
                yield rounds.ring(scheduled.round, by=by, clock=clock)


def _bell(one: Heard) -> BellView:
    last = one.last
    return BellView(
        heard=one.kind, began=moment_text(last.started_at) if last else None,
        ended=moment_text(last.ended_at) if last and last.ended_at else None,
        by=last.by if last else None,
    )  # fmt: skip
