"""Prints the papers that author tests issue: every person has a name, nothing else is made up."""

import re
from collections.abc import Collection, Iterator
from pathlib import Path

from engine.case.errors import AccessError
from heyi.app.cases.casework import Casework
from heyi.app.papers.models import Printed
from storage.kernel.errors import CaseNotFound
from storage.kernel.records import CaseQuery, Person
from tests.builders.printing_office import LATER, printed
from tests.builders.shelves import SHIPPED
from tests.workflows.scenario_player import Cast, Script, scripts

_SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜"
_GIVEN = "文静明远佳宁子涵雨桐思源"
_LATIN = re.compile(r"(?<![A-Za-z.])[a-z][a-z_]{2,}(?![a-z])")


def named(place: int) -> str:
    """Return a made-up name, another for each place."""
    more = place // len(_SURNAMES)
    return _SURNAMES[place % len(_SURNAMES)] + _GIVEN[2 * more : 2 * more + 2]


class Papers:
    """One paper of one case, as each person who may print it gets it; ``None`` is the public."""

    def __init__(self, copies: dict[str | None, Printed], names: tuple[str, ...]) -> None:
        self.copies, self.names = copies, names

    @property
    def best(self) -> Printed:
        """The copy with least masked."""
        return min(self.copies.values(), key=lambda one: len(one.masked))


def issued(workflows: Collection[str], wanted: Collection[str], spare: Path) -> dict[str, Papers]:
    """Return the papers of author tests, by ``workflow:document``: of each the first case's.

    Args:
        workflows: whose author tests are played.
        wanted: the papers; playing ends once all are there.
        spare: a folder to work in.
    """
    found: dict[str, Papers] = {}
    cast = Cast(spare, shelf=SHIPPED)
    for script in scripts():
        if script.rule.workflow not in workflows or found.keys() >= {*wanted}:
            continue
        for name, papers in _of(cast, script, {*wanted} - found.keys()):
            found.setdefault(name, papers)
    return found


def _of(cast: Cast, script: Script, wanted: set[str]) -> Iterator[tuple[str, Papers]]:
    rules = cast.workflow(script.rule.workflow)
    with cast.rehearsal.stage(script.rule, script.scenario) as cases:
        people = _name_all(cases)
        for _played in cast.rehearsal.play(cases, script.rule, script.scenario, rules):
            pass
        with cases.store.read() as work:
            found = [work.cases.load(one.id) for one in work.cases.list(CaseQuery())]
        for case in found:
            for document in case.documents:
                name = f"{case.workflow}:{document}"
                if name in wanted:
                    yield name, _printed(cases, case.id, document, people)


def _name_all(cases: Casework) -> dict[str, str]:
    with cases.store.write() as work:
        ids = sorted(person.id for person in work.people.all())
        people = {one: named(place) for place, one in enumerate(ids)}
        for one, name in people.items():
            work.people.put(Person(id=one, display_name=name))
    return people


def _printed(cases: Casework, case: str, document: str, people: dict[str, str]) -> Papers:
    copies: dict[str | None, Printed] = {}
    for person in (*people, None):
        try:
            copies[person] = printed(cases, case, document, person=person, now=LATER)
        except (AccessError, CaseNotFound):
            continue
    return Papers(copies, tuple(people.values()))


def latin_words(text: str) -> list[str]:
    """Return what looks like an id or an English word; names of files and the footer's rules may."""
    return _LATIN.findall(re.sub(r"规则[a-z_]+@\d+", "", text))
