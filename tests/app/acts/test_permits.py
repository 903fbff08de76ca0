"""Which post permits which act of the office: a table written by hand, tried cell by cell."""

import ast
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from engine.case.errors import AccessError
from heyi.app.acts.permits import NOTED, PERMITS, READINGS
from heyi.app.office.errors import OfficeFounded, OfficeInUse
from heyi.app.office.models import Founder
from heyi.app.reader import Reader
from tests.builders.founded_office import NOW, Office, by, hall, office_in
from tests.project.test_application import areas

ROOT = Path(__file__).resolve().parents[3]

TABLE = """
act                   adm sec aud aut head far hand own none  release founding grants demo other
unit.put               x   .   .   .   .    .   .    .   .       .       .       .     .    .
person.put             x   .   .   .   .    .   .    .   .       .       .       .     .    .
people.imported        x   .   .   .   .    .   .    .   .       .       .       .     .    .
post.given             x   .   .   .   .    .   .    .   .       .       .       .     .    .
post.taken             x   .   .   .   .    .   .    .   .       .       .       .     .    .
absence.noted          x   .   .   .   x    .   .    x   .       .       .       .     .    .
absence.ended          x   .   .   .   x    .   .    x   .       .       .       .     .    .
address.put            x   .   .   .   .    .   .    x   .       .       .       .     .    .
address.dropped        x   .   .   .   .    .   .    x   .       .       .       .     .    .
address.read           x   .   .   .   .    .   .    x   .       .       .       .     .    .
address.tried          x   .   .   .   .    .   .    x   .       .       .       .     .    .
unit_address.put       x   .   .   .   x    .   .    .   .       .       .       .     .    .
unit_address.dropped   x   .   .   .   x    .   .    .   .       .       .       .     .    .
unit_address.read      x   .   .   .   x    .   .    .   .       .       .       .     .    .
unit_address.tried     x   .   .   .   x    .   .    .   .       .       .       .     .    .
alerts.replayed        x   .   .   .   .    .   .    .   .       .       .       .     .    .
letters.read           x   .   .   .   .    .   .    .   .       .       .       .     .    .
calendar.loaded        x   .   .   .   .    .   .    .   .       .       .       .     .    .
file.handed_in         .   .   .   x   .    .   .    .   .       .       .       .     .    .
file.withdrawn         .   .   .   .   .    .   .    x   .       .       .       .     .    .
file.refused           x   .   .   x   .    .   .    .   .       .       .       .     .    .
workflow.published     x   .   .   x   .    .   .    .   .       .       .       .     .    .
catalogue.published    x   .   .   x   .    .   .    .   .       .       .       .     .    .
workflow.tried         .   .   .   .   .    .   .    .   .       .       .       .     .    .
files.read             x   .   x   x   .    .   .    .   .       .       .       .     .    .
account.reset          .   x   .   .   .    .   .    .   .       .       .       .     .    .
account.unlocked       .   x   .   .   .    .   .    .   .       .       .       .     .    .
session.ended          .   x   .   .   .    .   .    x   .       .       .       .     .    .
acts.read              .   .   x   .   .    .   .    .   .       .       .       .     .    .
demo.marked            .   .   .   .   .    .   .    .   .       .       .       .     .    .
office.founded         .   .   .   .   .    .   .    .   .       .       .       .     .    .
tables.upgraded        .   .   .   .   .    .   .    .   .       x       .       .     x    .
release.published      .   .   .   .   .    .   .    .   .       x       .       .     .    .
all.verified           .   .   .   .   .    .   .    .   .       .       .       .     x    x
grants.written         .   .   .   .   .    .   .    .   .       .       .       x     x    .
"""
"""On a founded office. The acts are about wang, handler at heshun, or about that unit.

``tables.upgraded`` and ``grants.written`` write nothing of the office's but what is there already, and an operator
makes demo data with the first before there is a mark; ``office.founded`` is over.
"""
READERS = {
    "adm": by("adm2"), "sec": by("sec2"), "aud": by("aud2"), "aut": by("aut"), "head": by("chair"),
    "far": by("chair2"), "hand": by("li"), "own": by("wang"), "none": Reader.nobody(),
    "release": Reader.system("release"), "founding": Reader.system("founding"),
    "grants": Reader.system("command:grants"), "demo": Reader.system("demo"),
    "other": Reader.system("command:verify"),
}  # fmt: skip
NEWS = """calendar: cn
announced_through: 2027-12-31
years:
  2027: {notices: [made up], off: {"01-01": 元旦, "01-02": 元旦, "01-03": 元旦}}
"""
DAYS: dict[str, Any] = {"from_day": date(2026, 4, 1), "until_day": date(2026, 4, 2)}
URL = "json://127.0.0.1:1/other"
WANG: dict[str, Any] = {"person": "wang", "now": NOW}
HIS: dict[str, Any] = {"owner_kind": "person", "owner": "wang"}
ITS: dict[str, Any] = {"owner_kind": "unit", "owner": "heshun"}

Call = Callable[[Office, Reader], object]


def _import(office: Office, reader: Reader) -> object:
    file = office.folder / "people.csv"
    file.write_text("id,name,posts\nsun,孙,\n", encoding="utf-8")
    return office.app.people.import_from(reader, file=file, now=NOW)


def _trial(office: Office, reader: Reader, kind: str, owner: str) -> object:
    return office.app.alerts.trial(reader, address=office.address(kind, owner), now=NOW)


def _withdraw(office: Office, reader: Reader) -> object:
    """Withdraw what wang handed in, who was an author then."""
    with office.app.database.write() as work:
        work.submissions.put("workflow", "his", 1, body="{}", by="wang", at=NOW)
    return office.app.library.withdraw(reader, name="his", version=1, now=NOW)


CALLS: dict[str, tuple[str, Call]] = {
    "unit.put": ("people.put_unit", lambda o, r: o.app.people.put_unit(
        r, unit="new", level="community", title="新社区", parent="jie", now=NOW)),
    "person.put": ("people.put", lambda o, r: o.app.people.put(r, person="sun", now=NOW)),
    "people.imported": ("people.import_from", _import),
    "post.given": ("people.give_posts", lambda o, r: o.app.people.give_posts(
        r, posts=[("mediator", "heshun")], **WANG)),
    "post.taken": ("people.take_posts", lambda o, r: o.app.people.take_posts(
        r, posts=[("handler", "heshun")], **WANG)),
    "absence.noted": ("people.put_absence", lambda o, r: o.app.people.put_absence(
        r, **WANG, **DAYS)),
    "absence.ended": ("people.come_back", lambda o, r: o.app.people.come_back(r, **WANG)),
    "address.put": ("people.put_address", lambda o, r: o.app.people.put_address(
        r, text=URL, now=NOW, **HIS)),
    "address.dropped": ("people.drop_address", lambda o, r: o.app.people.drop_address(
        r, address=o.address("person", "wang"), now=NOW, **HIS)),
    "address.read": ("people.addresses", lambda o, r: o.app.people.addresses(r, **HIS)),
    "address.tried": ("alerts.trial", lambda o, r: _trial(o, r, "person", "wang")),
    "unit_address.put": ("people.put_address", lambda o, r: o.app.people.put_address(
        r, text=URL, now=NOW, **ITS)),
    "unit_address.dropped": ("people.drop_address", lambda o, r: o.app.people.drop_address(
        r, address=o.address("unit", "heshun"), now=NOW, **ITS)),
    "unit_address.read": ("people.addresses", lambda o, r: o.app.people.addresses(r, **ITS)),
    "unit_address.tried": ("alerts.trial", lambda o, r: _trial(o, r, "unit", "heshun")),
    "alerts.replayed": ("alerts.replay", lambda o, r: o.app.alerts.replay(r, now=NOW)),
    "letters.read": ("alerts.dead", lambda o, r: o.app.alerts.dead(r, now=NOW)),
    "calendar.loaded": ("clocks.load", lambda o, r: o.app.clocks.load(
        r, text=NEWS, file="news.yaml", now=NOW, write=True)),
    "file.handed_in": ("library.hand_in", lambda o, r: o.app.library.hand_in(
        r, source=hall(2), now=NOW)),
    "file.withdrawn": ("library.withdraw", _withdraw),
    "file.refused": ("library.refuse", lambda o, r: o.app.library.refuse(
        r, name="hall", version=1, reason="条件有误", now=NOW)),
    "workflow.published": ("library.confirm", lambda o, r: o.app.library.confirm(
        r, name="hall", version=1, digest=o.digest("hall"), now=NOW)),
    "catalogue.published": ("library.confirm", lambda o, r: o.app.library.confirm(
        r, name="tools", version=1, digest=o.digest("tools"), now=NOW)),
    "workflow.tried": ("library.publish", lambda o, r: o.app.library.publish(
        r, source=hall(), now=NOW)),
    "files.read": ("library.review", lambda o, r: o.app.library.review(
        r, name="hall", version=1)),
    "account.reset": ("accounts.reset_password", lambda o, r: o.app.accounts.reset_password(
        r, **WANG)),
    "account.unlocked": ("accounts.unlock", lambda o, r: o.app.accounts.unlock(r, **WANG)),
    "session.ended": ("accounts.end_session", lambda o, r: o.app.accounts.end_session(
        r, session=o.session("wang"), **WANG)),
    "acts.read": ("audit.acts", lambda o, r: o.app.audit.acts(r)),
    "demo.marked": ("office.mark_demo", lambda o, r: o.app.office.mark_demo(r, now=NOW)),
    "office.founded": ("office.found", lambda o, r: o.app.office.found(
        r, administrator=Founder(person="x"), security=Founder(person="y"),
        auditor=Founder(person="z"), now=NOW)),
    "tables.upgraded": ("office.upgrade_tables", lambda o, r: o.app.office.upgrade_tables(
        r, now=NOW)),
    "release.published": ("library.publish_shelf", lambda o, r: o.app.library.publish_shelf(
        r, now=NOW)),
    "all.verified": ("office.verify_without_key", lambda o, r: o.app.office.verify_without_key(r)),
    "grants.written": ("office.fill_grants", lambda o, r: [*o.app.office.fill_grants(
        r, now=NOW)]),
}  # fmt: skip
"""By kind of act: the use case that does it, and how it is asked for."""

CASES = {
    "handovers.hand_over", "handovers.named", "handovers.count",
    "cases.open", "cases.move", "cases.show", "cases.history", "cases.offers", "cases.diagram",
    "papers.print", "papers.issued", "disputes.similar",
}  # fmt: skip
"""They write, if at all, events and readings of a case: its workflow permits, its chain keeps."""
ROUNDS = {"clocks.sweep", "alerts.deliver", "office.take_owed_rounds"}
"""They do what is owed already, whoever rings; each is noted among the rounds."""
DOORS = {"accounts.sign_in", "accounts.sign_out", "accounts.who"}
"""They ask for a password or a token in place of a post, and note what came of it."""
VIEWINGS = {
    "viewings.request",
    "viewings.allow",
    "viewings.decline",
    "viewings.own",
    "viewings.waiting",
}
"""Who may ask and who may decide follows from the case; each is noted among the acts."""
BEFORE = {"office.make_key"}
"""It is done by the office itself before there is a database to note it in."""
READ = {
    "library.waiting",
    "accounts.sessions", "admission.changes", "admission.classify", "admission.lists",
    "admission.question", "admission.report", "admission.sheet", "alerts.own", "audit.verify",
    "cases.list", "cases.readings", "cases.receipt", "clocks.days", "clocks.due_days", "clocks.explain",
    "clocks.lacks", "clocks.list", "disputes.report", "office.examine", "office.health",
    "office.require_tables", "office.standing", "people.absences", "people.list",
    "people.roles", "people.unit", "people.units",
}  # fmt: skip
"""They change nothing."""
FILES = {"authors", "writing"}
"""Areas that work on files, and play on databases of their own or on one marked as demo data."""

WITHOUT = {
    "accounts/accounts.py": "whoever signs in brings a password or a token; the rest is in CALLS",
    "alerts/delivery.py": "a round", "alerts/digest.py": "a round", "clocks/recurring.py": "a round",
    "clocks/replanning.py": "a round", "clocks/sweeps.py": "a round", "office/rounds.py": "a round",
    "cases/granting.py": "asked for by office.fill_grants, which notes it",
    "cases/cases.py": "a case", "cases/casework.py": "a case", "cases/readings.py": "a case", "cases/handovers.py": "a case",
    "cases/viewings.py": "the case says who may ask and who decides; each is noted",
    "authors/demo.py": "made-up data", "authors/scenarios.py": "made-up data",
    "authors/stage.py": "made-up data",
}  # fmt: skip
"""Modules with functions that write and neither ask for a post nor leave an act, and why."""
ASKING, LEAVING = {"permit", "permit_office", "address_act", "imported"}, {"note", "imported"}


def rows() -> Iterator[Any]:
    head, *lines = [line.split() for line in TABLE.strip().splitlines()]
    for kind, *cells in lines:
        yield pytest.param(kind, dict(zip(head[1:], cells, strict=True)), id=kind)


def fresh(folder: Path, column: str) -> Office:
    place = folder / column
    place.mkdir()
    return office_in(place)


@pytest.mark.parametrize(("kind", "cells"), [*rows()])
def test_an_act_is_done_by_whom_the_table_names_and_by_nobody_else(tmp_path, kind, cells):
    _method, call = CALLS[kind]
    for column, cell in cells.items():
        office, reader = fresh(tmp_path, column), READERS[column]
        before = office.acts()
        try:
            call(office, reader)
            done = True
        except (AccessError, OfficeInUse, OfficeFounded):
            done = False
        new = office.acts()[len(before) :]
        office.app.close()

        assert done == (cell == "x"), (kind, column)
        if not done or kind in READINGS | {"tables.upgraded", "grants.written"}:
            assert new == [], (kind, column)
        else:
            assert new == [(kind, reader.person)], (kind, column)


def test_the_table_has_every_kind_of_act_and_every_reader():
    head, *lines = [line.split() for line in TABLE.strip().splitlines()]

    assert [line[0] for line in lines] == [*dict.fromkeys(line[0] for line in lines)]
    assert {line[0] for line in lines} == PERMITS.keys() == CALLS.keys()
    assert head[1:] == [*READERS]
    assert not NOTED & PERMITS.keys()


def test_every_use_case_asks_for_a_post_or_says_here_why_it_does_not():
    listed = [*CASES, *ROUNDS, *DOORS, *VIEWINGS, *BEFORE, *READ]
    acts = {method for method, _call in CALLS.values()}
    found = {
        f"{area}.{name}"
        for area, kind in areas()
        for name, method in vars(kind).items()
        if callable(method) and not name.startswith("_") and area not in FILES
    }

    assert sorted({*listed} | acts) == sorted(found)
    assert len({*listed}) == len(listed)
    assert not {*listed} & acts


def test_whatever_writes_asks_for_a_post_and_leaves_an_act_or_stands_here():
    room = ROOT / "heyi" / "app"
    found = {
        path.relative_to(room).as_posix()
        for path in room.rglob("*.py")
        for function in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(function, ast.FunctionDef) and _is_unasked({*_called(function)})
    }

    assert found == WITHOUT.keys()


def _is_unasked(called: set[str]) -> bool:
    return "write" in called and not (called & ASKING and called & LEAVING)


def _called(function: ast.FunctionDef) -> Iterator[str]:
    for node in ast.walk(function):
        if isinstance(node, ast.Call):
            called = node.func
            yield called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")
