"""The databases of the storage suite, for services that must hold on both; the office that prints."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.builders.printing_office import Desk, desk, make
from tests.storage.conftest import postgres, sqlite_template, url

__all__ = ["postgres", "sqlite_template", "url"]


@pytest.fixture(scope="session")
def papers_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The database of the office that prints, made once."""
    file = tmp_path_factory.mktemp("papers") / "papers.db"
    make(file)
    return file


@pytest.fixture
def papers_file(papers_template: Path, tmp_path: Path) -> Path:
    """A copy of it."""
    copy = tmp_path / "papers.db"
    copy.write_bytes(papers_template.read_bytes())
    return copy


@pytest.fixture
def papers(papers_file: Path) -> Iterator[Desk]:
    """The office that prints, on a database of its own."""
    with desk(papers_file) as found:
        yield found
