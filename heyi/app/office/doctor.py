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
from engine.checking.build import check_workflow
from engine.compiling.plan import Workflow
from heyi.app.clocks.calendarcheck import next_year_is_late
from heyi.app.library.library import Library
from heyi.app.library.shelf import FolderShelf
from heyi.app.office.founding import is_demo
from heyi.app.office.places import sqlite_file
from heyi.app.office.profilecheck import profile_told
from heyi.app.office.schedule import ScheduledRound
from heyi.app.office.schedulecheck import Heard, listen
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
        zh: what was seen, and what to do.
        en: the same in English.
        finding: it must be mended.
        note: it is not measured, only said.
    """

    name: str
    zh: str
    en: str
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
    checks = [Check(name="settings", zh="设置可用", en="the settings can be used")]
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
    zh = "自由填写的文字（姓名、身份、评价）须由人把关，程序查不出"
    en = "free text (names, identities, judgements of people) remains a human duty"
    return [*checks, Check(name="free_text", zh=zh, en=en, note=True)]


def _key(patient: Patient) -> Iterator[Check]:
    path = patient.key_file
    try:
        patient.read_key()
    except HeyiError as error:
        zh = f"密钥文件 {path} 不存在或不对；请运行 {Todo.UPGRADE}，或放回原来的文件"
        yield Check(name="key", zh=zh, en=str(error), finding=True)
        return
    mode = stat.S_IMODE(path.stat().st_mode)
    if os.name == "posix" and mode & 0o077:
        zh = f"密钥文件 {path} 他人可读（{mode:03o}）；请运行 chmod 600 {path}"
        en = f"others may read the key file '{path}' ({mode:03o}); run chmod 600 {path}"
        yield Check(name="key", zh=zh, en=en, finding=True)
    else:
        yield Check(name="key", zh=f"密钥文件 {path} 可用", en=f"the key file '{path}' is fine")


def _schema(patient: Patient) -> Check:
    file = sqlite_file(patient.database)
    if file is not None and not file.is_file():
        zh = f"还没有数据库 {file}；请运行 {Todo.UPGRADE}"
        en = f"there is no database '{file}' yet; run {Todo.UPGRADE}"
        return Check(name="schema", zh=zh, en=en, finding=True)
    try:
        check_schema(patient.database)
    except HeyiError as error:
        zh = f"数据表不是最新版本，或数据库连不上；请运行 {Todo.UPGRADE}"
        return Check(name="schema", zh=zh, en=str(error), finding=True)
    version = newest()
    return Check(name="schema", zh=f"数据表版本 {version}", en=f"tables at version {version}")


def _compiled(shelf: FolderShelf) -> Iterator[tuple[Workflow | None, list[Problem]]]:
    for path in shelf.workflow_files():
        text = path.read_text(encoding="utf-8", errors="replace")
        yield check_workflow(text, file=str(path), shelf=shelf)


def _workflow(workflow: Workflow | None, problems: list[Problem]) -> Check:
    if workflow is None:
        error = next(problem for problem in problems if problem.severity == "error")
        zh, en = f"流程 {error.text('zh')}", f"workflow {error.text('en')}"
        return Check(name="workflow", zh=zh, en=en, finding=True)
    what = f"{workflow.name}@{workflow.version}"
    return Check(name="workflow", zh=f"流程 {what} 可用", en=f"workflow {what} is fine")


def _profile(patient: Patient, usable: list[Workflow]) -> Iterator[Check]:
    for one in profile_told(patient.shelf, patient.profile, usable):
        finding, note = one.kind == "finding", one.kind == "note"
        yield Check(name="profile", zh=one.zh, en=one.en, finding=finding, note=note)


def _calendar(patient: Patient, name: str, work: Work | None = None) -> Check:
    try:
        calendar = Library(patient.shelf).calendar(name, work)
    except DefinitionError as error:
        zh, en = f"日历 {error.problems[0].text('zh')}", f"calendar {error.problems[0].text('en')}"
        return Check(name="calendar", zh=zh, en=en, finding=True)
    last = calendar.announced_through
    zh = f"日历 {name} 公布到 {last}"
    en = f"calendar '{name}' is announced through {last}"
    if last < patient.today:
        zh, en = f"{zh}，已过；期限都是暂定的", f"{en}: over, all deadlines are provisional"
        return Check(name="calendar", zh=zh, en=en, finding=True)
    if next_year_is_late(calendar, patient.today):
        year = patient.today.year + 1
        zh = f"{zh}；{year}年通常11月公布，请用 {Todo.LOAD_CALENDAR} 载入，此前期限都是暂定的"
        en = f"{en}; {year} is usually announced in November: load it, till then all is provisional"
        return Check(name="calendar", zh=zh, en=en, note=True)
    if calendar.unverified:
        names = ", ".join(calendar.unverified)
        zh, en = f"{zh}；{names} 的日期未核实", f"{en}; the days of {names} are unverified"
        return Check(name="calendar", zh=zh, en=en, note=True)
    return Check(name="calendar", zh=zh, en=en)


def _stored(patient: Patient, usable: list[Workflow], calendars: list[str]) -> Iterator[Check]:
    try:
        store = patient.open_store()
        with store.read() as work:
            checks = [_calendar(patient, name, work) for name in calendars]
            standing = _standing(work)
            heard = listen(work, patient.schedule, now=patient.now) if patient.now else []
        yield standing
        yield from checks
        yield from _schedule(heard)
        yield from _published(store, usable)
        yield _sample(store)
    except HeyiError as error:
        zh = "数据库读不出；见英文说明"
        yield Check(name="database", zh=f"{zh}：{error}", en=str(error), finding=True)


def _standing(work: Work) -> Check:
    """Say whether anybody runs the office, and whether it is one at all."""
    if is_demo(work):
        zh = "这是演示数据：任何能登录本机的人都能以他人身份办理"
        en = "this is demo data: whoever can log in to this machine can act as anybody"
        return Check(name="demo", zh=zh, en=en, note=True)
    if work.acts.any():
        zh, en = (
            "系统管理员、安全管理员、审计员已指定",
            "administrator, security, auditor are named",
        )
        return Check(name="founding", zh=zh, en=en)
    zh = f"还没有指定系统管理员、安全管理员、审计员；请运行 {Todo.FOUND}"
    en = f"no administrator, security and auditor are named yet; run {Todo.FOUND}"
    return Check(name="founding", zh=zh, en=en, finding=True)


def _schedule(heard: list[Heard]) -> Iterator[Check]:
    """Say one thing where all is well or nothing began, else what is not as it should be."""
    kinds = {one.kind for one in heard}
    if kinds == {"never"}:
        zh = f"还没有运行过巡查；请运行 {Todo.SERVE} 或 {Todo.WORK}，否则期限不会催办"
        en = f"no round has ever run; run {Todo.SERVE} or {Todo.WORK}, or no clock is ever seen to"
        yield Check(name="bells", zh=zh, en=en, note=True)
    elif kinds == {"ok"}:
        yield Check(name="bells", zh="各项巡查按时运行", en="every round rings as it should")
    else:
        for one in heard:
            if one.kind != "ok":
                finding = one.is_finding
                yield Check(name="bells", zh=one.zh, en=one.en, finding=finding, note=not finding)


def _published(store: Store, usable: list[Workflow]) -> Iterator[Check]:
    with store.read() as work:
        stored = set(work.workflows.list())
        for workflow in usable:
            what = f"{workflow.name}@{workflow.version}"
            if (workflow.name, workflow.version) not in stored:
                zh, en = f"{what} 尚未发布；请运行 {Todo.UPGRADE}", f"{what} is not published"
                yield Check(name="published", zh=zh, en=f"{en}; run {Todo.UPGRADE}", finding=True)
                continue
            body = json.loads(work.workflows.load(workflow.name, version=workflow.version).body)
            if body != workflow.definition.model_dump(
                mode="json", by_alias=True, exclude_defaults=True
            ):
                zh = f"{what} 的文件与已发布的内容不同；请提高版本号"
                en = f"the file of {what} differs from what is published; raise its version"
                yield Check(name="published", zh=zh, en=en, finding=True)


def _sample(store: Store) -> Check:
    with store.read() as work:
        newest_cases = work.cases.list(CaseQuery(limit=SAMPLE))
        findings = [f for one in newest_cases for f in work.chain.verify(one.id)]
    if findings:
        zh = f"历史有改动：{findings[0]}；请运行 {Todo.VERIFY}"
        en = f"the history was changed: {findings[0]}; run {Todo.VERIFY}"
        return Check(name="chain", zh=zh, en=en, finding=True)
    n = len(newest_cases)
    zh, en = f"最新 {n} 件的历史未见改动", f"the history of the newest {n} cases is untouched"
    return Check(name="chain", zh=zh, en=en)
