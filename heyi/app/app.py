"""The application: one object an area, the same for every door.

An area is made when it is first asked for, so that a command pays only for what it uses, and
units, calendars and checks are there even where the profile must still be filled in.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from engine.time.plain import Lang

if TYPE_CHECKING:
    from heyi.app.admission.admission import Admission
    from heyi.app.audit.audit import Audit
    from heyi.app.cases.cases import Cases
    from heyi.app.cases.casework import Casework
    from heyi.app.disputes.disputes import Disputes
    from heyi.app.library.library import Library
    from heyi.app.library.shelf import FolderShelf
    from heyi.app.office.schedule import ScheduledRound
    from heyi.app.papers.papers import Papers
    from storage.work import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class Deployment:
    """What was decided for this deployment, as plain values; the bootstrap reads the settings.

    Attributes:
        database: the database's URL.
        key_file: where the deployment's key lies.
        shelf: workflow files, catalogues, calendars and profiles: its own, then the shipped.
        profile: the profile in force.
        schedule: how often each round is rung.
        alert_lang: the language of alerts: ``zh``, ``en`` or ``both``.
        base_url: where people open heyi, for links in alerts; "" for none.
        act_as: whether ``--as`` is permitted outside demo data.
    """

    database: str
    key_file: Path
    shelf: "FolderShelf"
    profile: str
    schedule: "tuple[ScheduledRound, ...]"
    alert_lang: str
    base_url: str
    act_as: bool
    lang: Lang


class App:
    """Everything a door needs. Every use case takes a reader and answers with a view."""

    def __init__(
        self,
        *,
        deployment: Deployment,
        store: Callable[[], "Store"],
        published: "Library",
        zone: ZoneInfo,
        clock: Callable[[], datetime],
        casework: Callable[[], "Casework"],
    ) -> None:
        """Serve what the bootstrap wired.

        Args:
            deployment: what was decided for it.
            store: opens the database; raises where the key is missing or wrong.
            published: published workflows and calendars.
            zone: the office's zone.
            clock: tells the present moment.
            casework: makes what works on cases; raises where the profile has limits that are
                neither filled in nor waived.
        """
        self.deployment, self._store, self.published = deployment, store, published
        self.zone, self.clock = zone, clock
        self._casework = casework

    @cached_property
    def store(self) -> "Store":
        """The database; connects when it is first read or written.

        Raises:
            SettingsError: the key is missing or wrong.
        """
        return self._store()

    @property
    def has_database(self) -> bool:
        """Whether there is a database to ask; one elsewhere than in a file counts as there."""
        from heyi.app.office.doctor import sqlite_file

        file = sqlite_file(self.deployment.database)
        return file is None or file.is_file()

    @cached_property
    def casework(self) -> "Casework":
        """What works on cases, for rounds and author tests.

        Raises:
            SettingsError: the profile is unknown, or has limits neither filled in nor waived.
            DefinitionError: the profile is wrong.
        """
        return self._casework()

    @cached_property
    def cases(self) -> "Cases":
        """Cases: opened, moved, read and listed."""
        from heyi.app.cases.cases import Cases

        return Cases(self.casework)

    @cached_property
    def audit(self) -> "Audit":
        """Evidence: verified."""
        from heyi.app.audit.audit import Audit

        return Audit(self.casework)

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
        """Let the database go, where it was asked for."""
        if "store" in vars(self):
            self.store.close()
