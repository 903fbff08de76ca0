"""A store with two authors, and what publishes into it."""

from collections.abc import Iterator

import pytest

from engine.case.values import Unit
from heyi.app.library.publishing import Publishing
from storage.kernel.records import Person
from storage.work import Store
from tests.builders.publishing_office import publishing
from tests.builders.stored_steps import MASTER


@pytest.fixture
def kept(url: str) -> Iterator[Store]:
    """A store with two authors, an administrator, an auditor and a handler."""
    with Store(url, MASTER) as store:
        with store.write() as work:
            work.units.put(Unit(id="shi", level="city", title="市", parent=None))
            for person, role in (
                ("aut", "author"), ("aut2", "author"), ("adm", "administrator"),
                ("aud", "auditor"), ("li", "handler"),
            ):  # fmt: skip
                work.people.put(Person(id=person, display_name=person))
                work.people.give_post(person, role=role, unit="shi")
        yield store


@pytest.fixture
def library(kept: Store) -> Publishing:
    return publishing(kept)
