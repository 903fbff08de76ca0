"""An office as it is founded: three persons, people with posts, an account, addresses, files.

Made once, by the application itself, and copied for every test.
"""

import functools
import shutil
import tempfile
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from heyi.app.app import App
from heyi.app.library.sources import Source
from heyi.app.office.models import Founder
from heyi.app.reader import Reader
from heyi.bootstrap import build
from heyi.settings import Settings
from tests.cli.runner import HALL

NOW = datetime(2026, 3, 2, 2, tzinfo=UTC)
PASSWORD = "quiet river 7 stones"
"""What wang chose."""
UNITS = (
    ("shi", "city", None), ("jie", "street", "shi"), ("heshun", "community", "jie"),
    ("chengdong", "community", "jie"),
)  # fmt: skip
POSTS = (
    ("adm2", "administrator", "shi"), ("sec2", "security", "shi"), ("aud2", "auditor", "shi"),
    ("aut", "author", "shi"), ("aut2", "author", "shi"), ("chair", "chair", "heshun"),
    ("chair2", "chair", "chengdong"), ("wang", "handler", "heshun"), ("li", "handler", "heshun"),
)  # fmt: skip
LISTS = """# made up
catalogue: tools
version: 1
title: {zh: 工具, en: tools}
columns:
  title: {type: text, label: {zh: 名称, en: title}}
rows: [{code: T1, title: 锤子}]
"""


def by(person: str) -> Reader:
    """Return a person at some door."""
    return Reader(person=person, via="test")


@dataclass(frozen=True)
class Office:
    """The folder of an office, and its application."""

    folder: Path
    app: App
    slips: dict[str, str]

    @property
    def file(self) -> Path:
        return self.folder / "heyi.db"

    def acts(self) -> list[tuple[str, str]]:
        """Return kind and actor of all acts, oldest first."""
        with self.app.database.read() as work:
            return [(one.kind, one.actor) for one in reversed(work.acts.list(limit=1000))]

    def address(self, owner_kind: str, owner: str) -> str:
        """Return the address that an owner has."""
        with self.app.database.read() as work:
            return work.addresses.ids_of(owner_kind, owner)[0]  # type: ignore[arg-type]

    def digest(self, name: str) -> str:
        """Return the digest of a file that waits."""
        found = self.app.library.waiting(by("aut")).items
        return next(one.sha256 for one in found if one.name == name)

    def session(self, person: str) -> str:
        """Return the session of a person."""
        with self.app.database.read() as work:
            return work.sessions.of(person)[0].id


def app_in(folder: Path) -> App:
    """Return an application whose database and key lie in a folder."""
    settings = Settings(database=f"sqlite:///{folder / 'heyi.db'}", key_file=folder / "heyi.key")
    return build(settings, clock=lambda: NOW)


def founders(*ids: str) -> dict[str, Founder]:
    """Return the three, by the posts that they will hold."""
    posts = ("administrator", "security", "auditor")
    return {post: Founder(person=one) for post, one in zip(posts, ids, strict=True)}


def tables_in(folder: Path) -> App:
    """Make key and tables in a folder; nobody is named yet."""
    app = app_in(folder)
    release = Reader.system("release")
    app.office.make_key(release)
    app.office.upgrade_tables(release, now=NOW)
    return app


@functools.cache
def _template() -> tuple[Path, dict[str, str]]:
    folder = Path(tempfile.mkdtemp(prefix="heyi-office-"))
    app = tables_in(folder)
    found = app.office.found(
        Reader.system("founding"), **founders("adm", "sec", "aud"), now=NOW, unit="shi", title="市"
    )
    _furnish(app)
    app.close()
    return folder, {slip.person: slip.password for slip in found.slips}


def _furnish(app: App) -> None:
    adm, sec, aut2 = by("adm"), by("sec"), by("aut2")
    people, library = app.people, app.library
    for unit, level, parent in UNITS:
        people.put_unit(adm, unit=unit, level=level, title=unit, parent=parent, now=NOW)
    for person, role, unit in POSTS:
        people.put(adm, person=person, posts=[(role, unit)], now=NOW)
    people.put(adm, person="nemo", now=NOW)
    people.put_absence(
        adm, person="wang", from_day=date(2026, 3, 1), until_day=date(2026, 3, 5), now=NOW
    )
    people.put_address(adm, owner_kind="person", owner="wang", text="json://127.0.0.1:1/a", now=NOW)
    people.put_address(adm, owner_kind="unit", owner="heshun", text="json://127.0.0.1:1/b", now=NOW)
    library.hand_in(aut2, source=hall(), now=NOW)
    library.hand_in(aut2, source=lists(), now=NOW)
    slip = app.accounts.reset_password(sec, person="wang", now=NOW)
    app.accounts.sign_in(
        Reader(via="test"), person="wang", password=slip.password, new_password=PASSWORD, now=NOW
    )


def hall(version: int = 1) -> Source:
    """Return the file of the hall."""
    text = HALL.read_text(encoding="utf-8").replace("version: 1", f"version: {version}")
    return Source(path=HALL, text=text)


def lists() -> Source:
    """Return the file of a list."""
    return Source(path=Path("tools.yaml"), text=LISTS)


def office_in(folder: Path) -> Office:
    """Return a copy of the office in an empty folder."""
    template, slips = _template()
    for name in ("heyi.db", "heyi.key"):
        shutil.copy(template / name, folder / name)
    return Office(folder, app_in(folder), slips)
