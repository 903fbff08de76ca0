"""The command line on a database of its own: made once, copied for each test."""

import shutil
from pathlib import Path

import pytest

from tests.cli.runner import DAY, HALL, Heyi, opening, run, settle


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a database, three units and four people, marked as demo data when it was empty."""
    folder = tmp_path_factory.mktemp("office")
    with pytest.MonkeyPatch.context() as patch:
        settle(folder, patch)
        for line in (
            "db upgrade --demo",
            "unit add shi --level city --title 铁门关市",
            "unit add jie --level street --title 某街道 --parent shi",
            "unit add heshun --level community --title 和顺社区 --parent jie",
            "person add wang --name 王",
            "person add li",
            "person add zhao",
        ):
            assert run(*line.split()).code == 0
        opened = run("case", "open", str(HALL), *opening("读书会", 20), "--at", DAY)
        assert opened.code == 0, opened.err
        # Posts are known once the workflow that asks for them is published.
        for line in ("person post wang keeper@heshun", "person post li chair@heshun"):
            assert run(*line.split()).code == 0
    return folder


@pytest.fixture
def office(template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the template, in force for this test."""
    folder = tmp_path / "office"
    shutil.copytree(template, folder)
    settle(folder, monkeypatch)
    return folder


@pytest.fixture
def heyi(office: Path) -> Heyi:
    """Run the command line inside the office."""
    return run


@pytest.fixture
def bare(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder: no database, no key."""
    settle(tmp_path, monkeypatch)
    return tmp_path
