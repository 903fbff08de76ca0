"""Nobody outside the readers is told anything private of a mediation, by no use of the services.

Author tests are played with a marker of its own in every private text, and everybody is told
all that the services tell, at several moments. Who may read is written here by hand and not
taken from the file, so that a file that lets one more person read is found out.
"""

import logging
from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader

from engine.compiling.plan import Workflow
from engine.step.offers import amendable
from heyi.app.authors.scenarios import StepResult, run_scenario
from heyi.app.authors.stage import Rehearsal
from heyi.app.cases.casework import Casework
from heyi.app.cases.views import case_view, look
from heyi.app.library.shelf import FolderShelf
from heyi.app.papers.errors import DocumentClosed
from storage.kernel.errors import CaseNotFound
from storage.kernel.records import CaseQuery
from tests.builders.printing_office import printed
from tests.builders.shelves import SHIPPED
from tests.effort import seldom
from tests.workflows.every_reader import Reader, everything_told
from tests.workflows.marked_scenarios import PARTY, PRIVATE, Marks, marked, private_texts
from tests.workflows.mediation_mutants import MAIN, READING, Mutate, mutant
from tests.workflows.mediation_readers import ONE_SIDE, RULES, SEALING, Knows
from tests.workflows.scenario_player import ZONE, Script, scripts
from tests.workflows.told_modules import COVERED, SILENT, functions, modules

EARLIER = datetime(2001, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Leak:
    """Somebody was told something that is not theirs."""

    script: str
    step: int
    way: str
    person: str | None
    fields: frozenset[str]


class Watch:
    """Plays marked scenarios and listens to all that is told."""

    def __init__(self, spare: Path) -> None:
        self.spare = spare
        self.rehearsal = Rehearsal(FolderShelf([SHIPPED]), spare, ZONE)
        self.told: dict[str, set[str]] = {}

    @contextmanager
    def playing(
        self, script: Script, rules: Workflow | None = None
    ) -> Iterator[tuple[Casework, Iterator[StepResult], Marks]]:
        """Yield a stage, the steps as they are taken, and the markers.

        Args:
            script: an author test.
            rules: a mutilated file to play it by, instead of the shipped one.
        """
        again, marks = marked(script, RULES)
        with self.rehearsal.stage(again.rule, again.scenario) as cases:
            if rules is not None:
                with cases.store.write() as work:
                    cases.library.publish(work, rules, at=EARLIER)
            steps = run_scenario(cases, again.rule, again.scenario, rules or RULES)
            yield cases, _filled(cases, steps, marks), marks

    def leaks(
        self,
        script: Script,
        *,
        moments: int,
        rules: Workflow | None = None,
        ways: Collection[str] = (),
    ) -> Iterator[Leak]:
        """Yield whoever is told what is not theirs, at so many moments, the end among them."""
        length = len(marked(script, RULES)[0].scenario.steps)
        wanted = {length - place * length // moments for place in range(moments)}
        with self.playing(script, rules) as (cases, steps, marks):
            for result in steps:
                if result.place in wanted and result.seen is not None:
                    now = result.seen.facts.now
                    for reader, knows in _readers(cases, now):
                        for way, wrong in self._wrong(reader, knows, marks, ways):
                            yield Leak(script=script.id, step=result.place, way=way,
                                       person=reader.person, fields=wrong)  # fmt: skip

    def _wrong(
        self, reader: Reader, knows: Knows, marks: Marks, ways: Collection[str]
    ) -> Iterator[tuple[str, frozenset[str]]]:
        if knows.sealed and not knows.part:
            # Who may not know the case is not even told that it is there.
            with suppress(CaseNotFound):
                seen, _events = look(reader.cases, reader.ref, person=reader.person, now=reader.now)
                fields = case_view(seen, "zh").fields
                if open_ := {name for name, part in fields.items() if part.readable}:
                    yield "sealed", frozenset(open_)
        for way, text in everything_told(reader, ways):
            names = {name for one, name in marks.told(text).items() if one != reader.person}
            self.told.setdefault(knows.part, set()).update(names)
            wrong = {name for name in names if not knows.may_be_told(name)}
            if wrong:
                yield way, frozenset(wrong)


def _readers(cases: Casework, now: datetime) -> Iterator[tuple[Reader, Knows]]:
    """Yield everybody, and nobody in particular, before every mediation."""
    with cases.store.read() as work:
        kept = [work.cases.load(o.id) for o in work.cases.list(CaseQuery(workflow=MAIN, limit=50))]
        people = [work.people.actor(one.id) for one in work.people.all()]
    for case in kept:
        for actor in (*people, None):
            person = actor.id if actor else None
            yield Reader(cases=cases, ref=case.id, person=person, now=now), Knows(case, actor)


def _filled(cases: Casework, steps: Iterator[StepResult], marks: Marks) -> Iterator[StepResult]:
    """Yield the steps; after each the mediator writes down what can be and is not yet."""
    for result in steps:
        assert result.step.refused or not result.refused, result.refused
        if result.seen is not None and result.step.in_ is None:
            _fill(cases, result, marks)
        yield result


def _fill(cases: Casework, result: StepResult, marks: Marks) -> None:
    assert result.seen is not None
    case, now = result.seen.case, result.seen.facts.now
    mediator = case.fields.get("mediator")
    if mediator is None or case.proposals:
        return
    seen = cases.see(case.id, person=str(mediator), now=now)
    extra = amendable(seen.workflow, case, seen.actor, now=now, world=seen.world)
    empty = [n for n in extra.fields if RULES.fields[n].type == "text" and n not in case.fields
             and RULES.fields[n].privacy in PRIVATE and n not in case.erased]  # fmt: skip
    if empty:
        data = {name: marks.of(name) for name in empty}
        cases.move(case.id, person=str(mediator), now=now, kind="amend", data=data)


def _covering() -> list[Script]:
    """Return scenarios that fill every private text between them, the fullest first."""
    left = [(one, set(marked(one, RULES)[1].fields.values())) for one in SCRIPTS]
    found: list[Script] = []
    known: set[str] = set()
    while left:
        best, fields = max(left, key=lambda one: len(one[1] - known))
        if not fields - known:
            break
        found.append(best)
        known |= fields
    return found


SCRIPTS = [one for one in scripts() if one.rule.workflow == MAIN]
COVERING = _covering()
SEALED_CASES = [
    one
    for one in SCRIPTS
    if any((s.opens or {}).get(word) is True for s in one.scenario.steps for word in SEALING)
][:1]
EVERYDAY = [*COVERING, *SEALED_CASES]
ONE_SIDED = [one for one in COVERING if ONE_SIDE & set(marked(one, RULES)[1].fields.values())]
"""Notes of one side are gone in the end: these are listened to on the way as well."""


@pytest.fixture(scope="module")
def watch(tmp_path_factory: pytest.TempPathFactory) -> Watch:
    """Listens; its template store is set up once."""
    return Watch(tmp_path_factory.mktemp("watch"))


@pytest.mark.parametrize(
    ("script", "moments"),
    [
        *(pytest.param(one, 1 + (one in ONE_SIDED), id=one.id) for one in EVERYDAY),
        *(
            pytest.param(one, 4, id=f"{one.id} closely", marks=pytest.mark.slow)
            for one in SCRIPTS
        ),
    ],
)  # fmt: skip
def test_nobody_outside_the_readers_is_told_anything_private(
    watch: Watch, script: Script, moments: int
):
    assert [*watch.leaks(script, moments=moments)] == []


def test_and_whoever_may_read_is_told(watch: Watch):
    for script in (*ONE_SIDED, *SEALED_CASES):
        for _leak in watch.leaks(script, moments=2, ways=("views",)):
            pass

    private = {"demands", "place", "reason"}
    assert watch.told["party"] >= private
    assert watch.told["mediator"] >= private | {"safety_plan"} | ONE_SIDE
    assert watch.told["head"] >= private | {"safety_plan"}
    assert PARTY in watch.told["mediator"] & watch.told["head"] & watch.told["party"]
    assert watch.told[""] <= {PARTY}


def test_the_scenarios_together_fill_every_private_text(watch: Watch):
    filled: set[str] = set()
    for script in COVERING:
        with watch.playing(script) as (_cases, steps, marks):
            for _result in steps:
                pass
            filled |= set(marks.fields.values())

    assert private_texts(RULES) - filled == set()


def test_nothing_private_stands_in_clear_in_the_database_or_the_log(
    watch: Watch, caplog: pytest.LogCaptureFixture
):
    caplog.set_level(logging.DEBUG)
    for script in COVERING[:2]:
        with watch.playing(script) as (cases, steps, marks):
            for _result in steps:
                pass
            for reader, _knows in _readers(cases, datetime(2030, 1, 1, tzinfo=UTC)):
                for _told in everything_told(reader, ("views", "papers", "alerts")):
                    pass
            kept = b"".join(one.read_bytes() for one in watch.spare.glob("stage.db*"))

        # People go by their ids in the database; what is said of them is encrypted.
        assert {name for one, name in marks.fields.items() if one.encode() in kept} == {PARTY}
        assert marks.told(caplog.text) == {}
        assert marks.fields


def test_a_printed_page_says_what_its_template_was_given_and_nothing_else(watch: Watch):
    with watch.playing(EVERYDAY[0]) as (cases, steps, marks):
        last = [*steps][-1]
        assert last.seen is not None
        case, now = last.seen.case, last.seen.facts.now
        name = next(one for one, dates in case.documents.items() if "issued" in dates)
        mediator = str(case.fields["mediator"])
        pdf = printed(cases, case.id, name, person=mediator, now=now).pdf
        reader = Reader(cases=cases, ref=case.id, person=mediator, now=now)
        given = [text for _way, text in everything_told(reader, ("papers",))]
    page = "".join(one.extract_text() for one in PdfReader(BytesIO(pdf)).pages)

    assert marks.told(page).keys() <= marks.told("".join(given)).keys()
    with pytest.raises((DocumentClosed, CaseNotFound)):
        printed(cases, case.id, name, person=None, now=now)


# --- every use of the services is listened to


@pytest.mark.parametrize("module", sorted(COVERED))
def test_a_new_function_that_tells_of_cases_must_be_listened_to(module: str):
    assert functions(module) == COVERED[module]


def test_a_new_module_says_whether_it_tells_of_cases():
    assert modules() == {*COVERED, *SILENT}


# --- mutants: every file that lets one more person read is found out


@pytest.mark.parametrize("mutate", seldom(READING))
def test_a_file_that_lets_one_more_person_read_is_found_out(watch: Watch, mutate: Mutate):
    rules = mutant(mutate, version=RULES.version + 1)

    assert any(
        True
        for script in (*SEALED_CASES, *COVERING)
        for _leak in watch.leaks(script, moments=2, rules=rules, ways=("views",))
    )
