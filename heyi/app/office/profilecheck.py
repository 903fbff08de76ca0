"""Lists what an operator should know of the profile in force."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from engine.case.errors import DefinitionError
from engine.case.text import Text, said, worded
from engine.compiling.plan import Workflow
from heyi.app.library.profilefile import Open, Profile, unfilled
from heyi.app.library.profiles import ProfileUnknown, load_profile
from heyi.app.library.shelf import FolderShelf
from heyi.app.office import words
from heyi.app.todo import Todo


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One finding about a profile.

    Attributes:
        kind: whether all is well, something should be known, or something must be done.
        words: what it is.
    """

    kind: Literal["ok", "note", "finding"]
    words: Text


def profile_told(shelf: FolderShelf, name: str, workflows: Iterable[Workflow]) -> Iterator[Told]:
    """Yield the profile in force, its unknown params, its waivers and its notes."""
    workflows = tuple(workflows)
    yield from _of_this(shelf, name, workflows)
    yield from _elsewhere(shelf, name, workflows)


def _of_this(shelf: FolderShelf, name: str, workflows: tuple[Workflow, ...]) -> Iterator[Told]:
    try:
        profile = load_profile(shelf, name)
    except ProfileUnknown as error:
        told = said(words.NO_PROFILE, name=name, names=error.names, error=error)
        yield Told(kind="finding", words=told)
        return
    except DefinitionError as error:
        for problem in error.problems:
            yield Told(kind="finding", words=said(words.PROFILE_WRONG, problem=problem))
        return
    if profile is None:
        yield Told(kind="ok", words=words.PROFILE_NONE)
        return
    yield _named(profile)
    for left in profile.unknown:
        yield Told(kind="finding", words=unfilled(left, profile.rule.profile))
    for left in profile.waived:
        yield _waived(left)
    yield from _hints(profile, workflows)


def _named(profile: Profile) -> Told:
    rule, count = profile.rule, sum(len(some) for some in profile.params.values())
    facts = {"name": rule.profile, "title": rule.title, "count": count, "file": profile.file}
    return Told(kind="ok", words=said(words.PROFILE, **facts))


def _waived(left: Open) -> Told:
    waiver = left.setting.waived
    assert waiver is not None  # noqa: S101 - only waived settings are asked for
    told = said(
        words.WAIVED, workflow=left.workflow, label=left.label, name=left.name,
        value=str(left.value), by=waiver.by, on=waiver.on, why=waiver.why,
    )  # fmt: skip
    return Told(kind="note", words=told)


def _hints(profile: Profile, workflows: tuple[Workflow, ...]) -> Iterator[Told]:
    rule = profile.rule
    for note in rule.notes:
        source = _title(profile, note.source)
        told = said(words.NOTE_FROM, says=note.says, source=source)
        yield Told(kind="note", words=told if note.source else worded(note.says.text))
    others = [one.name for one in workflows if one.definition.calendar != rule.calendar]
    if rule.calendar is not None and others:
        names = ", ".join(others)
        told = said(words.OTHER_CALENDAR, calendar=rule.calendar, names=names)
        yield Told(kind="note", words=told)


def _elsewhere(shelf: FolderShelf, name: str, workflows: tuple[Workflow, ...]) -> Iterator[Told]:
    """Yield that an office counts by the calendar of a place whose profile it does not use."""
    calendars = {one.definition.calendar for one in workflows}
    own = _calendar(shelf, name)
    for other in shelf.profile_names():
        calendar = _calendar(shelf, other) if other != name else None
        if calendar is not None and calendar in calendars and calendar != own:
            place = {"calendar": calendar, "other": other, "setting": Todo.SET_PROFILE}
            yield Told(kind="finding", words=said(words.ANOTHER_PLACE, **place))


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
