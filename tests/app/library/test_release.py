"""An upgrade publishes what the release lists, as it lists it, and nothing else by itself."""

import json
import shutil
import sqlite3
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import pytest

from engine.case.errors import DefinitionError
from heyi.app.acts.errors import ActRefused
from heyi.app.library.library import Library, body_of
from heyi.app.library.publishing import Publishing
from heyi.app.library.release import LIST, ReleaseShelf, listed, release_list
from heyi.app.library.shelf import FolderShelf
from heyi.app.reader import Reader
from storage.work import Store
from tests.builders.errand_office import ZONE
from tests.builders.founded_office import NOW, by, office_in
from tests.builders.old_office import lay_out
from tests.builders.shelves import SHIPPED

RELEASE = Reader.system("release")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the shipped files."""
    copy = tmp_path_factory.mktemp("release") / "workflows"
    shutil.copytree(SHIPPED, copy)
    return copy


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    office = office_in(tmp_path)
    yield office.app.store
    office.app.close()


def publishing(store: Store, folder: Path) -> Publishing:
    library = Library(FolderShelf([folder]))
    return Publishing(store, library, ZONE, release=ReleaseShelf(folder, listed()))


def test_the_list_names_every_shipped_file_with_its_digest():
    lines = LIST.read_text(encoding="utf-8").splitlines()
    found = {line.split("  ", 1)[1]: line.split("  ", 1)[0] for line in lines}
    files = [
        one
        for one in SHIPPED.rglob("*")
        if one.suffix in {".yaml", ".typ"} and not {"tests", "examples", "stories"} & {*one.parts}
    ]

    assert found == {
        one.relative_to(SHIPPED).as_posix(): sha256(one.read_bytes()).hexdigest() for one in files
    }
    assert release_list(SHIPPED) == LIST.read_text(encoding="utf-8")


def test_a_shipped_file_that_changed_since_0_1_0_has_another_version(tmp_path):
    lay_out(tmp_path / "old.db")
    with sqlite3.connect(tmp_path / "old.db") as connection:
        rows = connection.execute("SELECT name, version, body FROM workflow_version").fetchall()
    connection.close()
    old = {(name, version): json.loads(body) for name, version, body in rows}
    shelf = FolderShelf([SHIPPED])
    shipped = [shelf.workflow(path.stem) for path in shelf.workflow_files()]
    new = {(one.name, one.version): json.loads(body_of(one)) for one in shipped if one is not None}

    assert old.keys()
    assert [key for key in old.keys() & new.keys() if old[key] != new[key]] == []


def test_an_upgrade_publishes_once_as_an_act_of_the_release(store, folder):
    first = publishing(store, folder).publish_shelf(RELEASE, now=NOW)
    again = publishing(store, folder).publish_shelf(RELEASE, now=NOW)

    assert {"consultation@2", "matters@1"} <= {*first.new}
    assert (again.new, first.changed) == ((), ())
    with store.read() as work:
        [act] = work.acts.list(kind="release")
    assert (act.kind, act.actor, act.via) == ("release.published", "", "system:release")
    assert act.public == {"new": [*first.new]}


@pytest.mark.parametrize("ending", ["", "\n# my own rule\n"])
def test_a_file_that_was_changed_is_not_published_and_is_named(store, folder, ending, tmp_path):
    own = tmp_path / "own"
    shutil.copytree(folder, own)
    file = own / "certificate.yaml"
    file.write_text((file.read_text(encoding="utf-8") + ending) if ending else "", encoding="utf-8")

    found = publishing(store, own).publish_shelf(RELEASE, now=NOW)

    assert not [one for one in found.new if one.startswith("certificate@")]
    assert found.changed == ("certificate.yaml",)


def test_a_file_beside_the_shipped_ones_is_not_published(store, folder, tmp_path):
    own = tmp_path / "own"
    shutil.copytree(folder, own)
    text = (own / "certificate.yaml").read_text(encoding="utf-8")
    changed = text.replace("\nworkflow: certificate\n", "\nworkflow: mine\n", 1)
    (own / "mine.yaml").write_text(changed, encoding="utf-8")

    found = publishing(store, own).publish_shelf(RELEASE, now=NOW)

    assert not [one for one in found.new if one.startswith("mine@")]


def test_a_library_that_was_changed_stops_the_upgrade_and_nothing_is_kept(store, folder, tmp_path):
    own = tmp_path / "own"
    shutil.copytree(folder, own)
    with (own / "common.yaml").open("a", encoding="utf-8") as file:
        file.write("\n# changed\n")

    with pytest.raises(DefinitionError):
        publishing(store, own).publish_shelf(RELEASE, now=NOW)

    with store.read() as work:
        assert work.acts.list(kind="release") == ()
        assert work.workflows.list() == ()


def test_line_ends_of_another_system_are_no_change(store, folder, tmp_path):
    own = tmp_path / "own"
    shutil.copytree(folder, own)
    file = own / "certificate.yaml"
    file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))

    found = publishing(store, own).publish_shelf(RELEASE, now=NOW)

    assert (found.changed, "certificate@2" in found.new) == ((), True)


@pytest.mark.parametrize("reader", [by("adm"), by("aut"), Reader.system("demo")])
def test_nobody_but_the_release_publishes_a_whole_shelf(store, folder, reader):
    with pytest.raises(ActRefused):
        publishing(store, folder).publish_shelf(reader, now=NOW)
