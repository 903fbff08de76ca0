"""Lists what an operator should know of the profile in force."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from engine.case.errors import DefinitionError
from engine.compiling.plan import Workflow
from heyi.app.library.profilefile import Open, Profile, unfilled
from heyi.app.library.profiles import ProfileUnknown, load_profile
from heyi.app.library.shelf import FolderShelf
from heyi.app.todo import Todo


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One finding about a profile.

    Attributes:
        kind: whether all is well, something should be known, or something must be done.
        zh: what it is, in Chinese.
        en: the same in English.
    """

    kind: Literal["ok", "note", "finding"]
    zh: str
    en: str


def profile_told(shelf: FolderShelf, name: str, workflows: Iterable[Workflow]) -> Iterator[Told]:
    """Yield the profile in force, its unknown params, its waivers and its notes."""
    workflows = tuple(workflows)
    yield from _of_this(shelf, name, workflows)
    yield from _elsewhere(shelf, name, workflows)


def _of_this(shelf: FolderShelf, name: str, workflows: tuple[Workflow, ...]) -> Iterator[Told]:
    try:
        profile = load_profile(shelf, name)
    except ProfileUnknown as error:
        zh = f"没有法域参数“{name}”；现有：{error.names}"
        yield Told(kind="finding", zh=zh, en=str(error))
        return
    except DefinitionError as error:
        for problem in error.problems:
            zh, en = f"法域参数 {problem.text('zh')}", f"profile {problem.text('en')}"
            yield Told(kind="finding", zh=zh, en=en)
        return
    if profile is None:
        yield Told(kind="ok", zh="没有设定法域参数，按流程文件办理", en="no profile: as files say")
        return
    yield _named(profile)
    for left in profile.unknown:
        zh, en = unfilled(left, profile.rule.profile)
        yield Told(kind="finding", zh=zh, en=en)
    for left in profile.waived:
        yield _waived(left)
    yield from _hints(profile, workflows)


def _named(profile: Profile) -> Told:
    rule, count = profile.rule, sum(len(some) for some in profile.params.values())
    zh = f"法域参数 {rule.profile}：{rule.title.zh}，改动 {count} 项（{profile.file}）"
    en = f"profile '{rule.profile}': {rule.title.text('en')}, sets {count} ({profile.file})"
    return Told(kind="ok", zh=zh, en=en)


def _waived(left: Open) -> Told:
    waiver = left.setting.waived
    assert waiver is not None  # noqa: S101 - only waived settings are asked for
    zh = (
        f"{left.workflow.zh}的“{left.label.zh}”（{left.name}）沿用 {left.value}："
        f"{waiver.by} {waiver.on} 决定，{waiver.why.zh}"
    )
    en = (
        f"'{left.label.text('en')}' of {left.workflow.text('en')} ({left.name}) stays "
        f"{left.value}: decided by {waiver.by} on {waiver.on}, {waiver.why.text('en')}"
    )
    return Told(kind="note", zh=zh, en=en)


def _hints(profile: Profile, workflows: tuple[Workflow, ...]) -> Iterator[Told]:
    rule = profile.rule
    for note in rule.notes:
        source = f"（{_title(profile, note.source)}）" if note.source else ""
        yield Told(kind="note", zh=note.says.zh + source, en=note.says.text("en"))
    others = [one.name for one in workflows if one.definition.calendar != rule.calendar]
    if rule.calendar is not None and others:
        names = ", ".join(others)
        zh = f"此法域用日历 {rule.calendar}；这些流程写的是别的日历：{names}"
        en = f"this profile's calendar is '{rule.calendar}'; these workflows have another: {names}"
        yield Told(kind="note", zh=zh, en=en)


def _elsewhere(shelf: FolderShelf, name: str, workflows: tuple[Workflow, ...]) -> Iterator[Told]:
    """Yield that an office counts by the calendar of a place whose profile it does not use."""
    calendars = {one.definition.calendar for one in workflows}
    own = _calendar(shelf, name)
    for other in shelf.profile_names():
        calendar = _calendar(shelf, other) if other != name else None
        if calendar is not None and calendar in calendars and calendar != own:
            zh = f"流程用日历 {calendar}，那是法域 {other} 的；请设 {Todo.SET_PROFILE}={other}"
            en = f"workflows use the calendar '{calendar}' of '{other}'"
            en += f"; set {Todo.SET_PROFILE}={other}"
            yield Told(kind="finding", zh=zh, en=en)


def _calendar(shelf: FolderShelf, name: str) -> str | None:
    try:
        profile = load_profile(shelf, name)
    except (ProfileUnknown, DefinitionError):
        return None
    return profile.rule.calendar if profile else None


def _title(profile: Profile, source: str | None) -> str:
    head = (source or "").partition("#")[0]
    found = profile.rule.sources.get(head)
    return found.title if found else head
