"""Connects the rooms. The only place that reads the clock, the disk's key and settings."""

import os
import secrets
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from engine.case.errors import SettingsError, StorageError
from heyi.app.library.shelf import FolderShelf
from heyi.settings import Settings

if TYPE_CHECKING:
    # Imported where an application is built: checking a file must not pay for a database.
    from heyi.app.alerts.delivery import Deliveries
    from heyi.app.app import App
    from heyi.app.authors.authors import Authors
    from heyi.app.authors.writing.writing import Writing
    from heyi.app.cases.casework import Casework
    from heyi.app.cases.granting import Granting
    from heyi.app.office.rounds import Rounds
    from heyi.app.office.schedule import ScheduledRound

KEY_BYTES = 32


class KeyMissing(SettingsError):
    """The deployment's key is not there, or is no key."""

    code = "settings.key"


class ZoneUnknown(SettingsError):
    """The zone's name is not known."""

    code = "settings.zone"


def system_clock() -> datetime:
    """Return the present moment, aware, in UTC."""
    return datetime.now(UTC)


def shipped_folder() -> Path:
    """Return the folder of the shipped workflows: in the wheel, else beside the sources."""
    inside = Path(__file__).parent / "workflows"
    return inside if inside.is_dir() else Path(__file__).parent.parent / "workflows"


def shelf_of(settings: Settings) -> FolderShelf:
    """Return the shelf of a deployment: its own folder first, then the shipped one."""
    own = [settings.workflows] if settings.workflows else []
    return FolderShelf([*own, shipped_folder()])


def release_of() -> FolderShelf:
    """Return the shelf of the shipped files alone: those whose digest the release lists."""
    from heyi.app.library.release import ReleaseShelf, listed

    return ReleaseShelf(shipped_folder(), listed())


def zone_of(settings: Settings) -> ZoneInfo:
    """Return the office's zone.

    Raises:
        ZoneUnknown: there is no zone of this name.
    """
    try:
        return ZoneInfo(settings.zone)
    except (ZoneInfoNotFoundError, ValueError) as error:
        message = f"'{settings.zone}' is no time zone; write HEYI_ZONE=Asia/Shanghai"
        raise ZoneUnknown(message) from error


def build(settings: Settings, *, clock: Callable[[], datetime] = system_clock) -> "App":
    """Return a ready application.

    Raises:
        SettingsError: the zone is wrong. What is wrong with the key is raised by the first use
            of the database, what is wrong with the profile by the first that works on cases.
    """
    from heyi.app.app import App, Deployment
    from heyi.app.library.library import Library
    from heyi.app.office.places import Keyring
    from storage.work import Store

    shelf, zone = shelf_of(settings), zone_of(settings)
    deployment = Deployment(
        database=settings.database, key_file=settings.key_file, shelf=shelf,
        profile=settings.profile, schedule=schedule_of(settings), alert_lang=settings.alert_lang,
        base_url=settings.base_url, release=release_of(), lang=settings.lang,
    )  # fmt: skip
    file = settings.key_file
    keyring = Keyring(file=file, read=lambda: read_key(file), make=lambda: make_key(file))
    return App(
        deployment=deployment, keyring=keyring, zone=zone, clock=clock, published=Library(shelf),
        store=lambda: Store(settings.database, keyring.read()), casework=_casework,
        rounds=rounds_of, deliveries=deliveries_of, granting=_granting,
    )  # fmt: skip


def authors_of(settings: Settings) -> "Authors":
    """Return the use cases of authors without an application: there may be no database."""
    from heyi.app.authors.authors import Authors

    return Authors(shelf_of(settings), lambda: zone_of(settings))


def writing_of(settings: Settings) -> "Writing":
    """Return the use cases on the text of files without an application."""
    from heyi.app.authors.writing.writing import Writing

    return Writing(shelf_of(settings))


def _casework(app: "App") -> "Casework":
    """Return what works on cases under the profile in force.

    Raises:
        SettingsError: the profile is unknown, or has limits neither filled in nor waived.
        DefinitionError: the profile is wrong.
    """
    from heyi.app.cases.casework import Casework
    from heyi.app.cases.worlds import Worlds
    from heyi.app.library.profiles import chosen_profile

    store, deployment = app.store, app.deployment
    profile = chosen_profile(deployment.shelf, deployment.profile)
    worlds = Worlds(
        app.published, app.zone, profile.params if profile else {},
        bases=profile.bases if profile else {},
        profile=f"{profile.rule.profile}@{profile.rule.version}" if profile else "",
    )  # fmt: skip
    return Casework(store, app.published, worlds, zone=app.zone)


def _granting(app: "App") -> "Granting":
    """Return what writes beside cases who may know them, under no profile."""
    from heyi.app.cases.granting import Granting
    from heyi.app.cases.worlds import Worlds

    return Granting(app.store, app.published, Worlds(app.published, app.zone, {}))


def unfinished_tables(settings: Settings) -> StorageError | None:
    """Return the error of tables that cannot be used as they are; None for any other."""
    from storage.kernel.schema import check

    try:
        check(settings.database)
    except StorageError as error:
        return error
    except Exception:
        return None
    return None


def schedule_of(settings: Settings) -> "tuple[ScheduledRound, ...]":
    """Return how often each round is rung in this deployment."""
    from engine.time.recurrence import parse_time
    from heyi.app.office.schedule import whole_schedule

    return whole_schedule(
        ring=timedelta(seconds=settings.ring_seconds),
        digest_at=parse_time(settings.digest_at),
        verify_at=parse_time(settings.verify_at),
    )


def rounds_of(app: "App") -> "Rounds":
    """Return the rounds of an application."""
    from heyi.app.office.rounds import Rounds

    return Rounds(app.casework, app.deployment.schedule, deliveries=lambda: deliveries_of(app))


def deliveries_of(app: "App") -> "Deliveries":
    """Return the service that delivers an application's alerts."""
    from heyi.app.alerts.delivery import Deliveries
    from heyi.app.alerts.senders import all_senders

    return Deliveries(
        app.casework, all_senders(app.clock), clock=app.clock, jitter=secrets.SystemRandom().random,
        lang=app.deployment.alert_lang, base_url=app.deployment.base_url,
    )  # fmt: skip


def read_key(path: Path) -> bytes:
    """Return the deployment's key, read from its file.

    Raises:
        KeyMissing: the file is not there, or does not hold 64 hex digits.
    """
    try:
        key = bytes.fromhex(path.read_text(encoding="ascii").strip())
    except (OSError, ValueError) as error:
        message = f"no key in '{path}'; run `heyi db upgrade` once, and keep that file safe"
        raise KeyMissing(message) from error
    if len(key) != KEY_BYTES:
        message = f"the key in '{path}' has {len(key)} bytes; it must have {KEY_BYTES}"
        raise KeyMissing(message)
    return key


def make_key(path: Path) -> bool:
    """Write a new key that only its owner may read; tell whether there was none yet."""
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return False
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(secrets.token_hex(KEY_BYTES) + "\n")
    return True
