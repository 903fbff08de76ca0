"""Three posts exclude each other, nobody promotes themselves, and no post is left empty."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from functools import partial
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest

from engine.case.errors import HeyiError
from engine.case.values import Unit
from heyi.app.acts.errors import ActRefused, LastOfThree, OwnAct, PostsExclude
from heyi.app.people.people import People
from storage.kernel.records import Person
from storage.work import Store
from tests.builders.errand_office import ZONE
from tests.builders.founded_office import NOW, Office, by, office_in
from tests.builders.stored_steps import MASTER

ADM = by("adm2")
DAYS: dict[str, Any] = {"from_day": date(2026, 4, 1), "until_day": date(2026, 4, 2)}


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    found = office_in(tmp_path)
    yield found
    found.app.close()


def posts(office: Office, person: str) -> set[str]:
    return {
        post for one in office.app.people.list(ADM).items if one.id == person for post in one.posts
    }


@pytest.mark.parametrize("held", ["administrator", "security", "auditor"])
@pytest.mark.parametrize("wanted", ["administrator", "security", "auditor"])
def test_who_holds_one_of_the_three_is_given_no_other(office, held, wanted):
    people = office.app.people
    people.give_posts(ADM, person="nemo", posts=[(held, "shi")], now=NOW)
    before = office.acts()

    if held == wanted:
        # The same post at another unit is no other post.
        people.give_posts(ADM, person="nemo", posts=[(wanted, "jie")], now=NOW)
        return
    for unit in ("shi", "jie"):
        with pytest.raises(PostsExclude):
            people.give_posts(ADM, person="nemo", posts=[(wanted, unit)], now=NOW)
        with pytest.raises(PostsExclude):
            people.put(ADM, person="nemo", posts=[(wanted, unit)], now=NOW)
    assert posts(office, "nemo") == {f"{held}@shi"}
    assert office.acts() == before


def test_two_of_the_three_at_once_are_refused(office):
    with pytest.raises(PostsExclude):
        office.app.people.put(
            ADM, person="sun", posts=[("security", "shi"), ("auditor", "shi")], now=NOW
        )

    assert posts(office, "sun") == set()


@pytest.mark.parametrize(
    ("row", "word"),
    [
        pytest.param("sec2,sec2,auditor@shi", "三人", id="beside the one held"),
        pytest.param("sun,孙,security@shi auditor@jie", "三人", id="two new ones"),
        pytest.param("adm2,adm2,chair@shi", "自己", id="to whoever imports"),
    ],
)
def test_a_spreadsheet_gives_no_post_that_a_command_would_not(office, row, word):
    file = office.folder / "people.csv"
    file.write_text(f"id,name,posts\n{row}\n", encoding="utf-8")
    before = office.acts()

    for dry_run in (True, False):
        told = office.app.people.import_from(ADM, file=file, now=NOW, dry_run=dry_run)

        [refused] = told.refused
        assert (refused.cell, word in refused.text, told.kept) == ("C2", True, False)
    assert office.acts() == before


def test_an_import_leaves_whoever_imports_the_posts_they_hold(office):
    file = office.folder / "people.csv"
    file.write_text("id,name,posts\nadm2,新名,administrator@shi\n", encoding="utf-8")

    assert office.app.people.import_from(ADM, file=file, now=NOW).kept
    assert posts(office, "adm2") == {"administrator@shi"}


@pytest.mark.parametrize(
    "call",
    [
        lambda app: app.people.give_posts(ADM, person="adm2", posts=[("chair", "shi")], now=NOW),
        lambda app: app.people.put(ADM, person="adm2", posts=[("chair", "shi")], now=NOW),
        lambda app: app.accounts.reset_password(by("sec2"), person="sec2", now=NOW),
        lambda app: app.accounts.unlock(by("sec2"), person="sec2", now=NOW),
        lambda app: app.people.put_absence(ADM, person="wang", substitute="adm2", now=NOW, **DAYS),
        lambda app: app.people.put_absence(
            by("chair"), person="wang", substitute="chair", now=NOW, **DAYS),
    ],
    ids=["post", "post of a person", "password", "lock", "substitute", "substitute, by the head"],
)  # fmt: skip
def test_nobody_does_to_themselves_what_would_promote_them(office, call):
    before = office.acts()

    with pytest.raises(OwnAct):
        call(office.app)

    assert office.acts() == before


def test_who_is_away_names_whoever_stands_in(office):
    told = office.app.people.put_absence(
        by("wang"), person="wang", substitute="chair", now=NOW, **DAYS
    )

    assert told.items[-1].substitute == "chair"


def test_a_substitute_does_no_act_of_whom_they_stand_in_for(office):
    today = NOW.date()
    office.app.people.put_absence(
        by("adm2"), person="adm2", substitute="nemo", from_day=today, until_day=today, now=NOW
    )

    with pytest.raises(ActRefused):
        office.app.people.put(by("nemo"), person="sun", now=NOW)


def test_the_last_holder_of_one_of_the_three_keeps_the_post(office):
    people = office.app.people
    people.take_posts(ADM, person="aud", posts=[("auditor", "shi")], now=NOW)

    with pytest.raises(LastOfThree):
        people.take_posts(ADM, person="aud2", posts=[("auditor", "shi")], now=NOW)

    assert posts(office, "aud2") == {"auditor@shi"}


def test_a_post_given_up_a_moment_ago_permits_nothing_more(office):
    office.app.people.take_posts(ADM, person="adm", posts=[("administrator", "shi")], now=NOW)

    with pytest.raises(ActRefused):
        office.app.people.put(by("adm"), person="sun", now=NOW)


@pytest.fixture
def tabs(url: str) -> Iterator[tuple[People, People]]:
    """Two tabs on one database with two administrators."""
    with Store(url, MASTER) as one, Store(url, MASTER) as two:
        with one.write() as work:
            work.units.put(Unit(id="shi", level="city", title="市", parent=None))
            for person in ("adm", "adm2"):
                work.people.put(Person(id=person, display_name=person))
                work.people.give_post(person, role="administrator", unit="shi")
        yield People(one, ZONE), People(two, ZONE)


def together(*calls: Callable[[], Any]) -> list[str]:
    """Do all at once; return the errors' codes, "" for none."""
    barrier = Barrier(len(calls))

    def start(call: Callable[[], Any]) -> str:
        barrier.wait(timeout=30)
        try:
            call()
        except HeyiError as error:
            return error.code
        return ""

    with ThreadPoolExecutor(len(calls)) as pool:
        return sorted(pool.map(start, calls))


def test_two_tabs_at_once_do_not_get_round_the_three(tabs):
    one, two = tabs
    adm = by("adm")
    for n in range(8):
        person = f"p{n}"
        one.put(adm, person=person, now=NOW)

        told = together(
            *(partial(tab.give_posts, adm, person=person, posts=[(role, "shi")], now=NOW)
              for tab, role in ((one, "security"), (two, "auditor")))
        )  # fmt: skip

        assert told == ["", "people.exclusive"]
        [row] = [row for row in one.list(adm).items if row.id == person]
        assert len(row.posts) == 1


def test_two_tabs_at_once_do_not_end_the_last_two(tabs):
    one, two = tabs
    taken = [("administrator", "shi")]
    for _ in range(8):
        told = together(
            lambda: one.take_posts(by("adm"), person="adm", posts=taken, now=NOW),
            lambda: two.take_posts(by("adm2"), person="adm2", posts=taken, now=NOW),
        )

        assert told == ["", "people.last"]
        rows = {row.id: row.posts for row in one.list(by("adm")).items}
        left, gone = ("adm", "adm2") if rows["adm"] else ("adm2", "adm")
        assert (len(rows[left]), rows[gone]) == (1, ())
        one.give_posts(by(left), person=gone, posts=taken, now=NOW)
