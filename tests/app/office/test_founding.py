"""An office is founded once, by three persons, whole or not at all; a new one and one of 0.1.0."""

import shutil
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest

from engine.case.codec import case_to_plain
from engine.case.errors import HeyiError
from engine.case.fold import fold
from engine.case.values import Unit
from heyi.app.accounts.errors import NewPasswordNeeded, SignInRefused
from heyi.app.acts.errors import ActRefused, NotFounded, PostsExclude
from heyi.app.app import App
from heyi.app.office import founding
from heyi.app.office.errors import FoundersWrong, OfficeFounded
from heyi.app.office.models import Founder
from heyi.app.reader import Reader
from storage.kernel.errors import IdRefused
from storage.kernel.records import Person
from storage.work import Store
from tests.builders.founded_office import (
    NOW,
    app_in,
    by,
    founders,
    office_in,
    tables_in,
)
from tests.builders.old_office import KEY, folds, lay_out
from tests.builders.stored_steps import MASTER

FOUNDING = Reader.system("founding")
THREE = ("adm", "sec", "aud")


@pytest.fixture
def new(tmp_path: Path) -> Iterator[App]:
    """Key and tables, and nobody who runs the office."""
    app = tables_in(tmp_path)
    yield app
    app.close()


@pytest.fixture
def old(tmp_path: Path) -> Iterator[App]:
    """A database of 0.1.0 whose tables were brought up to date."""
    lay_out(tmp_path / "heyi.db")
    (tmp_path / "heyi.key").write_text(KEY.hex(), encoding="ascii")
    app = tables_in(tmp_path)
    yield app
    app.close()


def found(app: App, *ids: str, **more: Any) -> dict[str, str]:
    """Found an office; return the passwords by person."""
    three: dict[str, Any] = founders(*ids or THREE)
    told = app.office.found(FOUNDING, now=NOW, **three, **more)
    return {slip.person: slip.password for slip in told.slips}


def left(app: App) -> tuple[Any, ...]:
    """Return all that a founding writes."""
    with app.database.read() as work:
        people = work.people.all()
        accounts = [work.accounts.get(one.id) for one in people]
        return work.acts.list(), people, [*work.units.all().values()], [a for a in accounts if a]


def test_the_founding_is_the_first_act_and_names_the_three(new):
    found(new)

    acts, people, units, accounts = left(new)
    assert [(one.seq, one.kind, one.actor, one.via) for one in acts] == [
        (1, "office.founded", "", "system:founding")
    ]
    assert {post: acts[0].public[post] for post in founders(*THREE)} == {
        "administrator": "adm", "security": "sec", "auditor": "aud",
    }  # fmt: skip
    assert {one.id for one in people} == {*THREE}
    assert units == [Unit(id="office", level="city", title="本单位", parent=None)]
    assert {one.person for one in accounts if one.once} == {*THREE}
    assert new.office.standing(FOUNDING).founded


def test_each_of_the_three_may_do_what_their_post_permits_and_no_more(new):
    found(new)

    new.people.put(by("adm"), person="li", now=NOW)
    new.accounts.reset_password(by("sec"), person="li", now=NOW)
    assert new.audit.acts(by("aud")).items
    for who, call in {
        "adm": partial(new.accounts.reset_password, person="li", now=NOW),
        "sec": new.audit.acts,
        "aud": partial(new.people.put, person="sun", now=NOW),
    }.items():
        with pytest.raises(ActRefused):
            call(by(who))


def test_a_password_is_kept_nowhere_in_clear_and_is_for_once(tmp_path, new):
    passwords = found(new)

    written = b"".join(one.read_bytes() for one in tmp_path.iterdir())
    assert len({*passwords.values()}) == len(THREE)
    sign_in = partial(new.accounts.sign_in, Reader(via="test"), person="adm", now=NOW)
    assert not any(one.encode() in written for one in passwords.values())
    with pytest.raises(NewPasswordNeeded):
        sign_in(password=passwords["adm"])
    sign_in(password=passwords["adm"], new_password="a river of seven stones")
    with pytest.raises(SignInRefused):
        sign_in(password=passwords["adm"])


@pytest.mark.parametrize(
    "given",
    [
        pytest.param({"security": Founder(person="adm")}, id="one id twice"),
        pytest.param({"auditor": Founder(person="ADM")}, id="one id in another case"),
        pytest.param(
            {
                "security": Founder(person="a", name="张三"),
                "auditor": Founder(person="b", name="张三"),
            },
            id="one name twice",
        ),
    ],
)
def test_two_persons_are_not_three(new, given):
    with pytest.raises(FoundersWrong):
        new.office.found(FOUNDING, **{**founders(*THREE), **given}, now=NOW)

    assert left(new) == ((), (), [], [])


def test_a_founder_with_an_id_that_nobody_bears_leaves_nothing(new):
    with pytest.raises(IdRefused):
        found(new, "adm", "sec", "clock")

    assert left(new) == ((), (), [], [])


def test_a_second_founding_is_refused_and_changes_nothing(new):
    found(new)
    before = left(new)

    for ids in (THREE, ("x", "y", "z")):
        with pytest.raises(OfficeFounded):
            found(new, *ids)

    assert left(new) == before


@pytest.mark.parametrize(
    "reader", [Reader.nobody(), Reader.system("release"), Reader.system("demo")]
)
def test_nobody_but_the_founding_itself_founds(new, reader):
    with pytest.raises(HeyiError) as refused:
        new.office.found(reader, **founders(*THREE), now=NOW)

    assert refused.value.code in {"access.act", "access.sign_in"}
    assert left(new) == ((), (), [], [])


@pytest.mark.parametrize("at", ["note", "check_three", "Account"])
def test_a_founding_that_breaks_off_leaves_nothing_and_is_done_again(new, monkeypatch, at):
    with monkeypatch.context() as patch:
        patch.setattr(founding, at, _stop)
        with pytest.raises(KeyboardInterrupt):
            found(new)

    assert left(new) == ((), (), [], [])
    assert found(new).keys() == {*THREE}


def _stop(*_given: Any, **_named: Any) -> None:
    raise KeyboardInterrupt


def test_of_two_foundings_at_once_one_is_refused(url):
    barrier = Barrier(2)

    def start(ids: tuple[str, ...]) -> str:
        with Store(url, MASTER) as store:
            barrier.wait(timeout=30)
            try:
                founding.found(store, FOUNDING, founders=founders(*ids), unit="", title="", now=NOW)
            except OfficeFounded as error:
                return error.code
        return ""

    with ThreadPoolExecutor(2) as pool:
        told = sorted(pool.map(start, [THREE, ("x", "y", "z")]))

    assert told == ["", "office.founded"]
    with Store(url, MASTER) as store, store.read() as work:
        assert len(work.people.all()) == len(THREE)
        assert work.acts.verify() == (1, ())


AREAS: dict[str, Callable[[App], Any]] = {
    "cases": lambda app: app.cases,
    "clocks": lambda app: app.clocks.list(by("adm"), now=NOW),
    "alerts": lambda app: app.alerts.dead(by("adm"), now=NOW),
    "people": lambda app: app.people,
    "library": lambda app: app.library,
    "accounts": lambda app: app.accounts,
    "audit": lambda app: app.audit,
    "disputes": lambda app: app.disputes,
    "papers": lambda app: app.papers,
    "rounds": lambda app: app.rounds,
    "serving": lambda app: app.office.require_tables(FOUNDING),
}


@pytest.mark.parametrize("area", [*AREAS])
def test_before_the_founding_nothing_of_the_office_works(old, area):
    with pytest.raises(NotFounded):
        AREAS[area](old)


def test_before_the_founding_the_doctor_says_what_to_do(new):
    told = {one.check: one for one in new.office.examine(FOUNDING, now=NOW).checks}

    assert not told["founding"].ok


def test_an_office_of_before_is_founded_by_people_it_knows_and_keeps_every_case(old):
    with pytest.raises(FoundersWrong):
        # It has two units at the top.
        found(old, "min", "ling", "du")
    passwords = found(old, "min", "ling", "sec", unit="shi")

    assert passwords.keys() == {"min", "ling", "sec"}
    with old.database.read() as work:
        kept = {one: case_to_plain(fold(work.cases.events(one))) for one in folds()}
        assert kept == folds()
        assert work.people.actor("min").posts == (
            ("administrator", "shi"), ("civil", "city"), ("civil", "shi"),
        )  # fmt: skip
        assert work.acts.verify() == (1, ())
    assert len(old.people.list(by("min")).items) == 35


def test_who_holds_one_of_the_three_already_founds_as_no_other(old):
    with old.database.write() as work:
        work.people.give_post("du", role="auditor", unit="shi")

    with pytest.raises(PostsExclude):
        found(old, "du", "min", "ling", unit="shi")

    assert left(old)[0] == ()


def test_a_name_that_is_known_stays_where_none_is_given(new):
    with new.database.write() as work:
        work.people.put(Person(id="adm", display_name="张三"))
    told = new.office.found(FOUNDING, **founders(*THREE), now=NOW)

    assert {slip.person: slip.name for slip in told.slips}["adm"] == "张三"


def test_an_act_put_into_the_table_by_hand_founds_nothing_that_verifies(tmp_path):
    office = office_in(tmp_path)
    with office.app.database.read() as work:
        assert work.acts.verify()[1] == ()
    office.app.close()
    other = tmp_path / "other"
    other.mkdir()
    app = tables_in(other)
    app.close()
    shutil.copy(tmp_path / "heyi.db", other / "heyi.db")

    with app_in(other).database.read() as work:
        # The same acts under another deployment's key.
        assert work.acts.first() is None
        assert len(work.acts.verify()[1]) > 1
