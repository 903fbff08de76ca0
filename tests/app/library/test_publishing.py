"""A file is handed in by one and published by another, who has looked at just that file."""

from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest
from sqlalchemy import text

from engine.case.errors import HeyiError
from heyi.app.acts.errors import ActRefused, SecondPersonNeeded
from heyi.app.errors import InputWrong
from heyi.app.library.errors import FileChanged, FileForged, NothingHandedIn
from heyi.app.library.sources import Source
from heyi.app.reader import Reader
from storage.kernel.database import open_database
from storage.kernel.errors import WorkflowVersionTaken
from storage.work import Store
from tests.builders.founded_office import LISTS, NOW, by, hall
from tests.builders.publishing_office import publishing
from tests.builders.stored_steps import MASTER

ONE, TWO, ADM = by("aut"), by("aut2"), by("adm")
HALL: dict[str, Any] = {"name": "hall", "version": 1}
REASON = "借用人数上限应为六十"


def changed(version: int = 1) -> Source:
    """Return the file of the hall for fewer people."""
    found = hall(version)
    return Source(path=found.path, text=found.text.replace("people <= 60", "people <= 40"))


def lists(row: str = "{code: T1, title: 锤子}") -> Source:
    found = LISTS.replace("{code: T1, title: 锤子}", row)
    return Source(path=Path("tools.yaml"), text=found)


def acts(store: Store) -> list[str]:
    with store.read() as work:
        return [one.kind for one in reversed(work.acts.list())]


def published(store: Store) -> tuple[tuple[str, int], ...]:
    with store.read() as work:
        return work.workflows.list()


def test_one_hands_in_another_looks_and_publishes_what_was_looked_at(library, kept):
    handed = library.hand_in(ONE, source=hall(), now=NOW)
    assert published(kept) == ()
    shown = library.review(TWO, **HALL)

    done = library.confirm(TWO, **HALL, digest=shown.file.sha256[:8], now=NOW)

    assert shown.file == handed
    assert (done.name, done.version, done.new) == ("hall", 1, True)
    assert published(kept) == (("hall", 1),)
    assert library.waiting(TWO).items == ()
    with kept.read() as work:
        second, first = work.acts.list()
        assert (first.kind, first.actor) == ("file.handed_in", "aut")
        assert (second.kind, second.actor, second.public["by"]) == (
            "workflow.published",
            "aut2",
            "aut",
        )
        assert first.public["sha256"] == second.public["sha256"] == handed.sha256


def test_who_looks_is_shown_the_digest_and_what_the_file_changes(library):
    library.hand_in(ONE, source=hall(), now=NOW)
    first = library.review(TWO, **HALL)
    library.confirm(TWO, **HALL, digest=first.file.sha256, now=NOW)
    library.hand_in(ONE, source=changed(2), now=NOW)

    second = library.review(TWO, name="hall", version=2)

    assert first.before == 0
    assert all(line.startswith("+") for line in first.changes[3:])
    assert second.before == 1
    assert [line.strip() for line in second.changes if "people <=" in line and line[0] in "+-"] == [
        '-        "that": "people <= 60",', '+        "that": "people <= 40",',
    ]  # fmt: skip


def test_the_rows_of_a_list_are_compared_with_those_in_force(library, kept):
    library.hand_in(ONE, source=lists(), now=NOW)
    first = library.review(TWO, name="tools", version=1)
    library.confirm(TWO, name="tools", version=1, digest=first.file.sha256, now=NOW)
    library.hand_in(ONE, source=lists("{code: T1, title: 大锤}"), now=NOW)

    second = library.review(TWO, name="tools", version=1)

    assert [line.strip() for line in second.changes if line[0] in "+-"][2:] == [
        '-   "title": "锤子"', '+   "title": "大锤"',
    ]  # fmt: skip
    assert acts(kept)[1] == "catalogue.published"


def test_the_same_person_does_neither_publish_nor_refuse_what_they_handed_in(library, kept):
    digest = library.hand_in(ONE, source=hall(), now=NOW).sha256

    with pytest.raises(SecondPersonNeeded):
        library.confirm(ONE, **HALL, digest=digest, now=NOW)
    with pytest.raises(SecondPersonNeeded):
        library.refuse(ONE, **HALL, reason=REASON, now=NOW)

    assert acts(kept) == ["file.handed_in"]
    assert published(kept) == ()


def test_who_hands_in_again_what_another_had_handed_in_needs_a_second_person(library):
    library.hand_in(ONE, source=hall(), now=NOW)
    digest = library.hand_in(TWO, source=hall(), now=NOW).sha256

    with pytest.raises(SecondPersonNeeded):
        library.confirm(TWO, **HALL, digest=digest, now=NOW)
    assert library.confirm(ONE, **HALL, digest=digest, now=NOW).new


def test_a_file_handed_in_anew_while_one_looks_is_not_published(library, kept):
    library.hand_in(ONE, source=hall(), now=NOW)
    seen = library.review(TWO, **HALL).file.sha256
    library.hand_in(ONE, source=changed(), now=NOW)

    with pytest.raises(FileChanged):
        library.confirm(TWO, **HALL, digest=seen, now=NOW)

    assert published(kept) == ()


@pytest.mark.parametrize("digest", ["", "abc", "0" * 64, "%"])
def test_a_digest_that_is_not_the_files_publishes_nothing(library, kept, digest):
    library.hand_in(ONE, source=hall(), now=NOW)

    with pytest.raises(FileChanged):
        library.confirm(TWO, **HALL, digest=digest, now=NOW)

    assert published(kept) == ()


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE handed_in SET body = replace(body, '60', '61')",
        "UPDATE handed_in SET by = 'adm'",
        "UPDATE handed_in SET version = 2",
    ],
)
def test_a_file_changed_in_the_database_is_neither_shown_nor_published(library, kept, url, change):
    digest = library.hand_in(ONE, source=hall(), now=NOW).sha256
    version = 2 if "version" in change else 1
    by_force(url, change)

    with pytest.raises(FileForged):
        library.review(TWO, name="hall", version=version)
    with pytest.raises(FileForged):
        library.confirm(TWO, name="hall", version=version, digest=digest, now=NOW)

    assert published(kept) == ()


def test_a_file_that_nobody_handed_in_is_not_published(library, kept):
    with kept.write() as work:
        found = work.submissions.put("workflow", "hall", 1, body="{}", by="aut", at=NOW)

    with pytest.raises(FileForged):
        library.confirm(TWO, **HALL, digest=found.sha256, now=NOW)


def by_force(url: str, statement: str) -> None:
    db = open_database(url)
    with db.begin() as connection:
        connection.execute(text(statement.replace(" by ", ' "by" ')))
    db.dispose()


def test_a_refused_file_waits_no_more_and_its_author_alone_reads_why(library, kept, url):
    library.hand_in(ONE, source=hall(), now=NOW)

    library.refuse(TWO, **HALL, reason=f" {REASON} ", now=NOW)

    [told] = library.waiting(ONE).items
    assert (told.name, told.reason) == ("hall", REASON)
    assert library.waiting(TWO).items == ()
    with pytest.raises(NothingHandedIn):
        library.confirm(TWO, **HALL, digest=told.sha256, now=NOW)
    with kept.read() as work:
        [act] = work.acts.list(kind="file.refused")
        assert REASON not in str(act.public)
    assert REASON not in dumped(url)


def dumped(url: str) -> str:
    db = open_database(url)
    with db.connect() as connection:
        rows = connection.execute(text("SELECT * FROM handed_in")).all()
    db.dispose()
    return str(rows)


def test_a_refused_file_that_is_handed_in_again_is_told_as_waiting(library):
    library.hand_in(ONE, source=hall(), now=NOW)
    library.refuse(TWO, **HALL, reason=REASON, now=NOW)
    library.hand_in(ONE, source=changed(), now=NOW)

    assert [one.reason for one in library.waiting(ONE).items] == [None]


@pytest.mark.parametrize("reason", ["", " ", "\n"])
def test_a_file_is_refused_with_a_reason_alone(library, reason):
    library.hand_in(ONE, source=hall(), now=NOW)

    with pytest.raises(InputWrong):
        library.refuse(TWO, **HALL, reason=reason, now=NOW)

    assert len(library.waiting(TWO).items) == 1


def test_who_handed_a_file_in_takes_it_back_and_nobody_else(library, kept):
    library.hand_in(ONE, source=hall(), now=NOW)

    for other in (TWO, ADM):
        with pytest.raises(ActRefused):
            library.withdraw(other, **HALL, now=NOW)
    library.withdraw(ONE, **HALL, now=NOW)

    assert library.waiting(ONE).items == ()
    assert acts(kept) == ["file.handed_in", "file.withdrawn"]
    with pytest.raises(NothingHandedIn):
        library.withdraw(ONE, **HALL, now=NOW)


def test_a_version_that_is_published_otherwise_is_refused_when_it_is_handed_in(library, kept):
    digest = library.hand_in(ONE, source=hall(), now=NOW).sha256
    library.confirm(TWO, **HALL, digest=digest, now=NOW)

    with pytest.raises(WorkflowVersionTaken):
        library.hand_in(ONE, source=changed(), now=NOW)

    assert acts(kept) == ["file.handed_in", "workflow.published"]


@pytest.mark.parametrize("reader", [by("li"), by("aud"), Reader.nobody()])
def test_who_holds_no_such_post_hands_in_and_publishes_nothing(library, reader):
    digest = library.hand_in(ONE, source=hall(), now=NOW).sha256

    for call in (
        partial(library.hand_in, reader, source=hall(), now=NOW),
        partial(library.confirm, reader, **HALL, digest=digest, now=NOW),
        partial(library.refuse, reader, **HALL, reason=REASON, now=NOW),
        partial(library.withdraw, reader, **HALL, now=NOW),
    ):
        with pytest.raises(HeyiError) as refused:
            call()
        assert refused.value.code in {"access.act", "access.sign_in"}


def test_of_two_who_publish_at_once_one_finds_nothing(library, kept, url):
    digest = library.hand_in(ONE, source=hall(), now=NOW).sha256
    barrier = Barrier(2)

    def confirm(reader: Reader) -> str:
        with Store(url, MASTER) as own:
            barrier.wait(timeout=30)
            try:
                publishing(own).confirm(reader, **HALL, digest=digest, now=NOW)
            except NothingHandedIn as error:
                return error.code
        return ""

    with ThreadPoolExecutor(2) as pool:
        told = sorted(pool.map(confirm, [TWO, ADM]))

    assert told == ["", "not_found"]
    assert acts(kept) == ["file.handed_in", "workflow.published"]
