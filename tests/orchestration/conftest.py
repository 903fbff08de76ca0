"""An office in a folder of its own, and a Prefect that may write nowhere else and call nobody."""

import os
import tempfile
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from heyi.app.app import App
from heyi.bootstrap import build, make_key
from heyi.settings import Settings
from storage.kernel.schema import upgrade
from tests.orchestration.watch_office import NOW, furnish

_PREFECT = tempfile.TemporaryDirectory(prefix="heyi-prefect-")
# Before any test imports it: Prefect reads these once, and would write into the user's folder.
os.environ["PREFECT_HOME"] = _PREFECT.name
os.environ.pop("PREFECT_API_URL", None)


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with key, tables, one unit, two people and one workflow."""
    folder = tmp_path_factory.mktemp("desk")
    make_key(folder / "heyi.key")
    upgrade(f"sqlite:///{folder}/heyi.db")
    furnish(folder)
    return folder


@pytest.fixture
def desk(template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the template, in force for this test."""
    folder = tmp_path / "desk"
    folder.mkdir()
    for name in ("heyi.key", "heyi.db", "shelf"):
        source = template / name
        target = folder / name
        if source.is_dir():
            target.mkdir()
            for file in source.iterdir():
                (target / file.name).write_bytes(file.read_bytes())
        else:
            target.write_bytes(source.read_bytes())
    for name, value in variables(folder).items():
        monkeypatch.setenv(name, value)
    monkeypatch.chdir(folder)
    return folder


def variables(folder: Path) -> dict[str, str]:
    """Return the settings of an office in a folder."""
    return {
        "HEYI_DATABASE": f"sqlite:///{folder}/heyi.db",
        "HEYI_KEY_FILE": str(folder / "heyi.key"),
        "HEYI_WORKFLOWS": str(folder / "shelf"),
        "HEYI_ZONE": "Asia/Shanghai",
        "HEYI_LANG": "zh",
    }


@pytest.fixture
def app(desk: Path) -> Iterator[App]:
    """The application of the office, at a moment that stands still."""
    found = build(Settings(), clock=stopped)
    yield found
    found.store.close()


def stopped() -> datetime:
    return NOW
