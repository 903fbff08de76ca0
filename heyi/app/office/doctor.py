"""Examines a deployment: key, tables, workflows, profile, calendars, chain, duties."""

import json
import os
import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from engine.case.errors import DefinitionError, HeyiError
from engine.case.problems import Problem
from engine.case.text import Text, said
from engine.checking.build import check_workflow
from engine.compiling.plan import Workflow
from heyi.app.acts.deeds import is_demo
from heyi.app.audit.evidence import office_findings
from heyi.app.clocks.calendarcheck import next_year_is_late
from heyi.app.library.library import Library
from heyi.app.library.shelf import FolderShelf
from heyi.app.office import words
from heyi.app.office.places import sqlite_file
from heyi.app.office.profilecheck import profile_told
from heyi.app.office.schedule import ScheduledRound
from heyi.app.office.schedulecheck import Heard, listen
from heyi.app.office.vacancies import vacancies
from heyi.app.todo import Todo
from storage.kernel.records import CaseQuery
from storage.kernel.schema import check as check_schema
from storage.kernel.schema import newest
from storage.work import Store, Work

__all__ = ["SAMPLE", "Check", "Patient", "examine", "sqlite_file"]

SAMPLE = 20
"""How many of the newest cases are verified."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """The result of one check.

    Attributes:
        name: a stable word for it.
        words: what was seen, and what to do.
        finding: it must be mended.
        note: it is not measured, only said.
    """

    name: str
    words: Text
    finding: bool = False
    note: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Patient:
    """The deployment that is examined.

    Attributes:
        database: the URL.
        key_file: where the key should be.
        shelf: workflow files.
        today: in the office's zone.
        read_key: reads the key or raises.
        open_store: opens the database; raises where it cannot.
        now: the present moment, by which schedule are late; None: they are not looked at.
        schedule: how often each round should be rung.
        profile: the profile in force; "" for none.
    """

    database: str
    key_file: Path
    shelf: FolderShelf
    today: date
    read_key: Callable[[], bytes]
    open_store: Callable[[], Store]
    now: datetime | None = None
    schedule: tuple[ScheduledRound, ...] = ()
    profile: str = ""


def examine(patient: Patient) -> list[Check]:
    """Return every check in a fixed order; none of them raises for what it finds."""
    checks = [Check(name="settings", words=words.SETTINGS)]
    checks += _key(patient)
    schema = _schema(patient)
    checks.append(schema)
    compiled = list(_compiled(patient.shelf))
    checks += [_workflow(workflow, problems) for workflow, problems in compiled]
    usable = [workflow for workflow, _problems in compiled if workflow is not None]
    checks += _profile(patient, usable)
    calendars = sorted({workflow.definition.calendar for workflow in usable})
    if any(check.finding for check in checks if check.name in {"key", "schema"}):
        checks += [_calendar(patient, name) for name in calendars]
    else:
        checks += _stored(patient, usable, calendars)
    return [*checks, Check(name="free_text", words=words.FREE_TEXT, note=True)]


def _key(patient: Patient) -> Iterator[Check]:
    path = patient.key_file
    try:
        patient.read_key()
    except HeyiError as error:
        told = said(words.KEY_WRONG, path=path, upgrade=Todo.UPGRADE, error=error)
        yield Check(name="key", words=told, finding=True)
        return
    mode = stat.S_IMODE(path.stat().st_mode)
    if os.name == "posix" and mode & 0o077:
        told = said(words.KEY_OPEN, path=path, mode=f"{mode:03o}")
        yield Check(name="key", words=told, finding=True)
    else:
        yield Check(name="key", words=said(words.KEY_FINE, path=path))


def _schema(patient: Patient) -> Check:
    file = sqlite_file(patient.database)
    if file is not None and not file.is_file():
        told = said(words.NO_DATABASE, file=file, upgrade=Todo.UPGRADE)
        return Check(name="schema", words=told, finding=True)
    try:
        check_schema(patient.database)
    except HeyiError as error:
        told = said(words.SCHEMA_WRONG, upgrade=Todo.UPGRADE, error=error)
        return Check(name="schema", words=told, finding=True)
    return Check(name="schema", words=said(words.SCHEMA_FINE, version=newest()))


def _compiled(shelf: FolderShelf) -> Iterator[tuple[Workflow | None, list[Problem]]]:
    for path in shelf.workflow_files():
        text = path.read_text(encoding="utf-8", errors="replace")
        yield check_workflow(text, file=str(path), shelf=shelf)


def _workflow(workflow: Workflow | None, problems: list[Problem]) -> Check:
    if workflow is None:
        error = next(problem for problem in problems if problem.severity == "error")
        told = said(words.WORKFLOW_WRONG, problem=error)
        return Check(name="workflow", words=told, finding=True)
    what = f"{workflow.name}@{workflow.version}"
    return Check(name="workflow", words=said(words.WORKFLOW_FINE, what=what))


def _profile(patient: Patient, usable: list[Workflow]) -> Iterator[Check]:
    for one in profile_told(patient.shelf, patient.profile, usable):
        finding, note = one.kind == "finding", one.kind == "note"
        yield Check(name="profile", words=one.words, finding=finding, note=note)


def _calendar(patient: Patient, name: str, work: Work | None = None) -> Check:
    try:
        calendar = Library(patient.shelf).calendar(name, work)
    except DefinitionError as error:
        told = said(words.CALENDAR_WRONG, problem=error.problems[0])
        return Check(name="calendar", words=told, finding=True)
    last = calendar.announced_through
    plain = said(words.CALENDAR, name=name, last=last)
    if last < patient.today:
        told = said(words.CALENDAR_OVER, calendar=plain)
        return Check(name="calendar", words=told, finding=True)
    if next_year_is_late(calendar, patient.today):
        year, load = patient.today.year + 1, Todo.LOAD_CALENDAR
        told = said(words.CALENDAR_LATE, calendar=plain, year=year, load=load)
        return Check(name="calendar", words=told, note=True)
    if calendar.unverified:
        names = ", ".join(calendar.unverified)
        told = said(words.CALENDAR_UNVERIFIED, calendar=plain, names=names)
        return Check(name="calendar", words=told, note=True)
    return Check(name="calendar", words=plain)


def _stored(patient: Patient, usable: list[Workflow], calendars: list[str]) -> Iterator[Check]:
    try:
        store = patient.open_store()
        with store.read() as work:
            checks = [_calendar(patient, name, work) for name in calendars]
            standing = _standing(work)
            vacant = vacancies(work, usable, patient.today)
            heard = listen(work, patient.schedule, now=patient.now) if patient.now else []
        yield standing
        yield from (Check(name="vacant", words=one.words, note=True) for one in vacant)
        yield from checks
        yield from _schedule(heard)
        yield from _published(store, usable)
        yield _sample(store)
    except HeyiError as error:
        told = said(words.DATABASE_WRONG, error=error)
        yield Check(name="database", words=told, finding=True)


def _standing(work: Work) -> Check:
    """Say whether anybody runs the office, and whether it is one at all."""
    if is_demo(work):
        return Check(name="demo", words=words.DEMO, note=True)
    if work.acts.any():
        return Check(name="founding", words=words.FOUNDED)
    told = said(words.NOT_FOUNDED, found=Todo.FOUND)
    return Check(name="founding", words=told, finding=True)


def _schedule(heard: list[Heard]) -> Iterator[Check]:
    """Say one thing where all is well or nothing began, else what is not as it should be."""
    kinds = {one.kind for one in heard}
    if kinds == {"never"}:
        told = said(words.NEVER_RUNG, serve=Todo.SERVE, work=Todo.WORK)
        yield Check(name="bells", words=told, note=True)
    elif kinds == {"ok"}:
        yield Check(name="bells", words=words.ALL_RING)
    else:
        for one in heard:
            if one.kind != "ok":
                finding = one.is_finding
                yield Check(name="bells", words=one.words, finding=finding, note=not finding)


def _published(store: Store, usable: list[Workflow]) -> Iterator[Check]:
    with store.read() as work:
        stored = set(work.workflows.list())
        for workflow in usable:
            what = f"{workflow.name}@{workflow.version}"
            if (workflow.name, workflow.version) not in stored:
                told = said(words.UNPUBLISHED, what=what, upgrade=Todo.UPGRADE)
                yield Check(name="published", words=told, finding=True)
                continue
            body = json.loads(work.workflows.load(workflow.name, version=workflow.version).body)
            if body != workflow.definition.model_dump(
                mode="json", by_alias=True, exclude_defaults=True
            ):
                told = said(words.PUBLISHED_OTHERWISE, what=what)
                yield Check(name="published", words=told, finding=True)


def _sample(store: Store) -> Check:
    with store.read() as work:
        newest_cases = work.cases.list(CaseQuery(limit=SAMPLE))
        findings = [*office_findings(work)[1]]
        findings += [f for one in newest_cases for f in work.chain.verify(one.id)]
    if findings:
        told = said(words.CHANGED, finding=str(findings[0]), verify=Todo.VERIFY)
        return Check(name="chain", words=told, finding=True)
    return Check(name="chain", words=said(words.UNCHANGED, n=len(newest_cases)))
