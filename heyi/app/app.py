"""The application: one object for each area, the same for every door.

An area is made when it is first asked for, so that a command pays only for what it uses, and
units, calendars and checks are there even where the profile must still be filled in.
"""

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from engine.time.plain import Lang

if TYPE_CHECKING:
    from heyi.app.accounts.accounts import Accounts
    from heyi.app.admission.admission import Admission
    from heyi.app.alerts.alerts import Alerts
    from heyi.app.alerts.delivery import Deliveries
    from heyi.app.audit.audit import Audit
    from heyi.app.authors.authors import Authors
    from heyi.app.authors.writing.writing import Writing
    from heyi.app.cases.cases import Cases
    from heyi.app.cases.casework import Casework
    from heyi.app.cases.granting import Granting
    from heyi.app.cases.handovers import Handovers
    from heyi.app.cases.viewings import Viewings
    from heyi.app.clocks.clocks import Clocks
    from heyi.app.disputes.disputes import Disputes
    from heyi.app.library.library import Library
    from heyi.app.library.publishing import Publishing
    from heyi.app.library.shelf import FolderShelf
    from heyi.app.office.office import Office
    from heyi.app.office.places import Keyring
    from heyi.app.office.rounds import Rounds
    from heyi.app.office.schedule import ScheduledRound
    from heyi.app.papers.papers import Papers
    from heyi.app.people.people import People
    from storage.work import Store, Work


@dataclass(frozen=True, slots=True, kw_only=True)
class Deployment:
    """The settings of this deployment, as plain values; the bootstrap reads them.

    Attributes:
        database: the database's URL.
        key_file: where the deployment's key lies.
        shelf: workflow files, catalogues, calendars and profiles: its own, then the shipped.
        profile: the profile in force.
        schedule: how often each round is rung.
        alert_lang: the language of alerts: ``zh``, ``en`` or ``both``.
        base_url: where people open heyi, for links in alerts; "" for none.
        release: the shipped files alone, those that the release lists.
    """

    database: str
    key_file: Path
    shelf: "FolderShelf"
    profile: str
    schedule: "tuple[ScheduledRound, ...]"
    alert_lang: str
    base_url: str
    release: "FolderShelf"
    lang: Lang


class App:
    """All use cases, for every door. Each takes a reader and returns a view."""

    def __init__(
        self,
        *,
        deployment: Deployment,
        keyring: "Keyring",
        store: Callable[[], "Store"],
        published: "Library",
        zone: ZoneInfo,
        clock: Callable[[], datetime],
        casework: Callable[["App"], "Casework"],
        rounds: Callable[["App"], "Rounds"],
        deliveries: Callable[["App"], "Deliveries"],
        granting: Callable[["App"], "Granting"],
    ) -> None:
        """Serve what the bootstrap wired.

        Args:
            deployment: what was decided for it.
            keyring: the deployment's key.
            store: makes the database, which connects when first asked; raises where there is
                no key.
            published: published workflows and calendars.
            zone: the office's zone.
            clock: tells the present moment.
            casework: makes what works on cases; raises where the profile has limits that are
                neither filled in nor waived.
            rounds: makes what takes the rounds.
            deliveries: makes what delivers alerts.
            granting: makes what writes beside cases who may know them; needs no profile.
        """
        self.deployment, self.keyring, self.published = deployment, keyring, published
        self.zone, self.clock = zone, clock
        self._store, self._casework = store, casework
        self._rounds, self._deliveries = rounds, deliveries
        self._granting = granting

    @cached_property
    def database(self) -> "Store":
        """The database, also before the office is founded.

        Raises:
            KeyMissing: there is no key for it.
        """
        return self._store()

    @cached_property
    def store(self) -> "Store":
        """The database of an office that is founded, or of demo data.

        Raises:
            KeyMissing: there is no key for it.
            NotFounded: nobody was named to run the office.
        """
        from heyi.app.acts.errors import NotFounded

        with self.database.read() as work:
            if not work.acts.any():
                raise NotFounded
        return self.database

    @property
    def has_database(self) -> bool:
        """Whether the database is there; one elsewhere than in a file counts as there."""
        from heyi.app.office.places import sqlite_file

        file = sqlite_file(self.deployment.database)
        return file is None or file.is_file()

    @cached_property
    def casework(self) -> "Casework":
        """The use cases on cases without views, for rounds and author tests.

        Raises:
            SettingsError: the profile is unknown, or has limits neither filled in nor waived.
            DefinitionError: the profile is wrong.
        """
        return self._casework(self)

    @cached_property
    def cases(self) -> "Cases":
        """Cases: opened, moved, read and listed."""
        from heyi.app.cases.cases import Cases

        return Cases(self.casework)

    @cached_property
    def viewings(self) -> "Viewings":
        """Requests to read cases for some days: asked, allowed, declined."""
        from heyi.app.cases.viewings import Viewings

        return Viewings(self.casework)

    @cached_property
    def handovers(self) -> "Handovers":
        """Cases of who leaves: listed, handed over."""
        from heyi.app.cases.handovers import Handovers

        return Handovers(self.casework)

    @cached_property
    def audit(self) -> "Audit":
        """Evidence: verifies what is stored."""
        from heyi.app.audit.audit import Audit

        return Audit(self.casework)

    @cached_property
    def rounds(self) -> "Rounds":
        """Takes the rounds.

        Raises:
            SettingsError: as for ``casework``.
        """
        return self._rounds(self)

    @cached_property
    def library(self) -> "Publishing":
        """Workflows and catalogues: published."""
        from heyi.app.library.publishing import Publishing

        return Publishing(self.store, self.published, self.zone, release=self.deployment.release)

    @cached_property
    def authors(self) -> "Authors":
        """Files: checked, shown, drawn and played; neither database nor key is needed."""
        from heyi.app.authors.authors import Authors

        return Authors(self.deployment.shelf, lambda: self.zone, lambda: self.store)

    @cached_property
    def writing(self) -> "Writing":
        """The text of files: explained, begun, laid out, edited as tables; as for ``authors``."""
        from heyi.app.authors.writing.writing import Writing

        return Writing(self.deployment.shelf)

    @cached_property
    def office(self) -> "Office":
        """The deployment: set up, examined, watched; there before key and tables are."""
        from heyi.app.office.office import Office
        from heyi.app.office.places import Place

        known = self.deployment
        place = Place(
            database=known.database, keyring=self.keyring, shelf=known.shelf,
            profile=known.profile, schedule=known.schedule,
        )  # fmt: skip
        return Office(
            place, open_store=lambda: self.database, rounds=lambda: self.rounds, zone=self.zone,
            granting=lambda: self._granting(self),
        )  # fmt: skip

    @cached_property
    def accounts(self) -> "Accounts":
        """Accounts: signed in and out, passwords, sessions."""
        from heyi.app.accounts.accounts import Accounts

        return Accounts(self.store)

    @cached_property
    def people(self) -> "People":
        """Units and people: posts, absences, addresses."""
        from heyi.app.people.people import People

        return People(self.store, self.zone)

    @cached_property
    def deliveries(self) -> "Deliveries":
        """Delivers alerts."""
        return self._deliveries(self)

    @cached_property
    def clocks(self) -> "Clocks":
        """Clocks: explained, listed, rung; and the calendars they count by."""
        from heyi.app.clocks.clocks import Clocks

        return Clocks(
            lambda: self.casework, library=self.published, zone=self.zone, reading=self._reading,
            base_url=self.deployment.base_url,
            noted=lambda by, now: self.rounds.noted("sweep-clocks", by=by, now=now),
        )  # fmt: skip

    def _reading(self) -> "AbstractContextManager[Work | None]":
        return self.store.read() if self.has_database else nullcontext()

    @cached_property
    def alerts(self) -> "Alerts":
        """Alerts: one's own, those given up, and their sending."""
        from heyi.app.alerts.alerts import Alerts

        return Alerts(
            lambda: self.deliveries,
            ring=lambda by, now: self.rounds.ring(
                "deliver-alerts", by=by, clock=lambda: now
            ).plain(),
        )

    @cached_property
    def disputes(self) -> "Disputes":
        """Disputes: early warning, and hints at duplicates."""
        from heyi.app.disputes.disputes import Disputes

        return Disputes(self.casework)

    @cached_property
    def papers(self) -> "Papers":
        """Documents: which were issued, and printed."""
        from heyi.app.papers.papers import Papers

        return Papers(self.casework)

    @cached_property
    def admission(self) -> "Admission":
        """Admission of work items: classified, listed, reported; without a database, too."""
        from heyi.app.admission.admission import Admission

        return Admission(
            shelf=self.deployment.shelf, zone=self.zone,
            store=lambda: self.store if self.has_database else None,
            casework=lambda: self.casework,
        )  # fmt: skip

    def close(self) -> None:
        """Close the database, if it was opened."""
        if "database" in vars(self):
            self.database.close()
