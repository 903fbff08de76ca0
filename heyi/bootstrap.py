"""Wires the rooms together. The only place that reads the clock, the disk's key and settings."""

import os
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from engine.case.errors import SettingsError
from heyi.app.library.shelf import FolderShelf
from heyi.settings import Settings

if TYPE_CHECKING:
    # Imported where an application is built: checking a file must not pay for a database.
    from heyi.app.alerts.delivery import Deliveries
    from heyi.app.cases.cases import Cases
    from heyi.app.library.library import Library
    from heyi.app.office.rounds import Rounds
    from heyi.app.office.schedule import ScheduledRound
    from storage.work import Store

KEY_BYTES = 32


class KeyMissing(SettingsError):
    """The deployment's key is not there, or is no key."""

    code = "settings.key"


class ZoneUnknown(SettingsError):
    """The zone's name is not known."""

    code = "settings.zone"


@dataclass(frozen=True, slots=True, kw_only=True)
class Base:
    """What a door needs that works on no case: there whatever the profile has not filled in.

    Attributes:
        settings: as read.
        store: the database; connects when first asked.
        library: published workflows.
        zone: the office's zone.
        clock: tells the present moment.
    """

    settings: Settings
    store: "Store"
    library: "Library"
    zone: ZoneInfo
    clock: Callable[[], datetime]


@dataclass(frozen=True, slots=True, kw_only=True)
class App(Base):
    """Everything a door needs.

    Attributes:
        cases: the use cases.
    """

    cases: "Cases"


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


def build_base(settings: Settings, *, clock: Callable[[], datetime] = system_clock) -> Base:
    """Return what works on no case.

    Raises:
        SettingsError: the key or the zone is missing or wrong.
    """
    from heyi.app.library.library import Library
    from storage.work import Store

    zone = zone_of(settings)
    store = Store(settings.database, read_key(settings.key_file))
    library = Library(shelf_of(settings))
    return Base(settings=settings, store=store, library=library, zone=zone, clock=clock)


def build(settings: Settings, *, clock: Callable[[], datetime] = system_clock) -> App:
    """Return a ready application.

    Raises:
        SettingsError: the key or the zone is missing or wrong, or the profile has limits that
            are neither filled in nor waived.
        DefinitionError: the profile is wrong.
    """
    return build_on(build_base(settings, clock=clock))


def build_on(base: Base) -> App:
    """Return a ready application on what is there already.

    Raises:
        SettingsError: the profile is unknown, or has limits neither filled in nor waived.
        DefinitionError: the profile is wrong.
    """
    from heyi.app.cases.cases import Cases
    from heyi.app.cases.worlds import Worlds
    from heyi.app.library.profiles import chosen_profile

    profile = chosen_profile(shelf_of(base.settings), base.settings.profile)
    worlds = Worlds(
        base.library, base.zone, profile.params if profile else {},
        bases=profile.bases if profile else {},
        profile=f"{profile.rule.profile}@{profile.rule.version}" if profile else "",
    )  # fmt: skip
    cases = Cases(base.store, base.library, worlds, zone=base.zone)
    return App(
        settings=base.settings, store=base.store, library=base.library, cases=cases,
        zone=base.zone, clock=base.clock,
    )  # fmt: skip


def schedule_of(settings: Settings) -> "tuple[ScheduledRound, ...]":
    """Return how often each round is rung in this deployment."""
    from engine.time.recurrence import parse_time
    from heyi.app.office.schedule import whole_schedule

    return whole_schedule(
        ring=timedelta(seconds=settings.ring_seconds),
        digest_at=parse_time(settings.digest_at),
        verify_at=parse_time(settings.verify_at),
    )


def rounds_of(app: App) -> "Rounds":
    """Return the rounds of an application."""
    from heyi.app.office.rounds import Rounds

    schedule = schedule_of(app.settings)
    return Rounds(app.cases, schedule, deliveries=lambda: deliveries_of(app))


def deliveries_of(app: App) -> "Deliveries":
    """Return what delivers an application's alerts."""
    from heyi.app.alerts.delivery import Deliveries
    from heyi.app.alerts.senders import all_senders

    return Deliveries(
        app.cases, all_senders(app.clock), clock=app.clock, jitter=secrets.SystemRandom().random,
        lang=app.settings.alert_lang, base_url=app.settings.base_url,
    )  # fmt: skip


def read_key(path: Path) -> bytes:
    """Return the deployment's key.

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


def demo_mark(settings: Settings) -> Path | None:
    """Return the file that marks a SQLite database as demo data, None for other databases."""
    prefix = "sqlite:///"
    if not settings.database.startswith(prefix):
        return None
    return Path(settings.database.removeprefix(prefix) + ".demo")
