"""Finds workflow files, libraries, packs, catalogues, calendars and profiles in folders."""

from collections.abc import Iterable
from pathlib import Path

from engine.case.errors import DefinitionError
from engine.case.problems import Position, Problem
from engine.case.text import said
from engine.compiling.calendars import Edition, NewsDef, read_days, resolved
from engine.compiling.catalogues import CatalogueDef, load_catalogue
from engine.compiling.plan import Workflow
from engine.language.load import ShelfKind
from engine.time.calendars import Calendar, weekdays_only
from heyi.app.library import words
from heyi.app.todo import Todo

_FOLDERS = {
    "library": "",
    "pack": "packs",
    "catalogue": "catalogues",
    "calendar": "calendars",
    "profile": "profiles",
    "template": "templates",
}
_ENDINGS = {"template": "typ"}


def text_of(path: Path) -> str:
    """Return a file's text.

    Raises:
        DefinitionError: it is not UTF-8.
    """
    data = path.read_bytes()
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise DefinitionError([not_utf8(str(path), data[: error.start])]) from error


def not_utf8(file: str, before: bytes) -> Problem:
    """Return the finding that a file is not UTF-8, at the place behind what is."""
    text = before.decode("utf-8", "replace")
    return Problem(
        at=Position(file=file, line=text.count("\n") + 1, column=len(text) - text.rfind("\n")),
        code="HY005",
        words=words.NOT_UTF8,
    )


class FolderShelf:
    """A shelf over folders; the first that has a file wins. Callable as ``Shelf``."""

    def __init__(self, folders: Iterable[Path]) -> None:
        """Look into these folders, in order."""
        self.folders = tuple(folders)

    def has(self, path: Path) -> bool:
        """Return whether this file is on the shelf."""
        return path.is_file()

    def changed(self) -> tuple[str, ...]:
        """Return the files that should be here and are not; no folder says which should."""
        return ()

    def __call__(self, kind: ShelfKind, name: str) -> tuple[str, str] | None:
        """Return (file, text) of what a workflow file uses, or None."""
        for folder in self.folders:
            path = folder / _FOLDERS[kind] / f"{name}.{_ENDINGS.get(kind, 'yaml')}"
            if self.has(path):
                return str(path), text_of(path)
        return None

    def workflow_file(self, name: str) -> Path | None:
        """Return the file of a workflow by its name."""
        paths = (folder / f"{name}.yaml" for folder in self.folders)
        return next((path for path in paths if self.has(path)), None)

    def workflow_files(self) -> list[Path]:
        """Return every workflow file of the folders, libraries left out, sorted by name."""
        found: dict[str, Path] = {}
        for folder in self.folders:
            for path in sorted(folder.glob("*.yaml")):
                if self.has(path) and "\nworkflow:" in "\n" + path.read_text(
                    encoding="utf-8", errors="replace"
                ):
                    found.setdefault(path.name, path)
        return [found[name] for name in sorted(found)]

    def workflow(self, name: str) -> Workflow | None:
        """Return a checked workflow, or None where there is no file.

        Raises:
            DefinitionError: the file is wrong.
        """
        path = self.workflow_file(name)
        if path is None:
            return None
        # A move finds its version in the store: it may not pay for the checker.
        from engine.checking.build import load_workflow  # noqa: PLC0415

        return load_workflow(text_of(path), file=str(path), shelf=self)

    def calendar(self, name: str) -> Calendar:
        """Return a calendar; one that knows weekends only where there is no file.

        Raises:
            DefinitionError: the file is wrong, or one it lies over is wrong or missing.
        """
        if self.edition(name) is None:
            return weekdays_only(name)
        return resolved(name, self.edition)

    def edition(self, name: str) -> Edition | None:
        """Return a calendar as its file gives it, None where there is no file.

        Raises:
            DefinitionError: the file is wrong, or holds news for a calendar and none itself.
        """
        found = self("calendar", name)
        if found is None:
            return None
        rule, findings = read_days(found[1], file=found[0])
        if isinstance(rule, NewsDef):
            findings.add((), "HY103", said(words.ONLY_NEWS, load=Todo.LOAD_CALENDAR))
        if rule is None or isinstance(rule, NewsDef):
            raise DefinitionError(findings.problems)
        return rule

    def calendar_names(self) -> list[str]:
        """Return the names of all calendar files, sorted."""
        files = (path for folder in self.folders for path in (folder / "calendars").glob("*.yaml"))
        return sorted({path.stem for path in files})

    def profile_names(self) -> list[str]:
        """Return the names of all profile files, sorted."""
        files = (path for folder in self.folders for path in (folder / "profiles").glob("*.yaml"))
        return sorted({path.stem for path in files})

    def catalogues(self) -> list[CatalogueDef]:
        """Return every catalogue of the folders, sorted by name.

        Raises:
            DefinitionError: a file is wrong.
        """
        found: dict[str, CatalogueDef] = {}
        for folder in self.folders:
            for path in filter(self.has, sorted((folder / "catalogues").glob("*.yaml"))):
                rule, findings = load_catalogue(text_of(path), file=str(path))
                if rule is None:
                    raise DefinitionError(findings.problems)
                found.setdefault(rule.catalogue, rule)
        return [found[name] for name in sorted(found)]
