"""Finds workflow files, libraries, packs, catalogues, calendars and profiles in folders."""

from collections.abc import Iterable
from pathlib import Path

from engine.calendars import Calendar, weekdays_only
from engine.definitions.build import load_workflow
from engine.definitions.calendar import load_calendar
from engine.definitions.catalogue import CatalogueDef, load_catalogue
from engine.definitions.load import ShelfKind
from engine.errors import DefinitionError
from engine.plan import Workflow

_FOLDERS = {
    "library": "",
    "pack": "packs",
    "catalogue": "catalogues",
    "calendar": "calendars",
    "profile": "profiles",
}


class FolderShelf:
    """A shelf over folders; the first that has a file wins. Callable as ``Shelf``."""

    def __init__(self, folders: Iterable[Path]) -> None:
        """Look into these folders, in order."""
        self.folders = tuple(folders)

    def __call__(self, kind: ShelfKind, name: str) -> tuple[str, str] | None:
        """Return (file, text) of what a workflow file uses, or None."""
        for folder in self.folders:
            path = folder / _FOLDERS[kind] / f"{name}.yaml"
            if path.is_file():
                return str(path), path.read_text(encoding="utf-8")
        return None

    def workflow_file(self, name: str) -> Path | None:
        """Return the file of a workflow by its name."""
        paths = (folder / f"{name}.yaml" for folder in self.folders)
        return next((path for path in paths if path.is_file()), None)

    def workflow_files(self) -> list[Path]:
        """Return every workflow file of the folders, libraries left out, sorted by name."""
        found: dict[str, Path] = {}
        for folder in self.folders:
            for path in sorted(folder.glob("*.yaml")):
                if "\nworkflow:" in "\n" + path.read_text(encoding="utf-8", errors="replace"):
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
        return load_workflow(path.read_text(encoding="utf-8"), file=str(path), shelf=self)

    def calendar(self, name: str) -> Calendar:
        """Return a calendar; one that knows weekends only where there is no file.

        Raises:
            DefinitionError: the file is wrong.
        """
        found = self("calendar", name)
        if found is None:
            return weekdays_only(name)
        calendar, findings = load_calendar(found[1], file=found[0])
        if calendar is None:
            raise DefinitionError(findings.problems)
        return calendar

    def catalogues(self) -> list[CatalogueDef]:
        """Return every catalogue of the folders, sorted by name.

        Raises:
            DefinitionError: a file is wrong.
        """
        found: dict[str, CatalogueDef] = {}
        for folder in self.folders:
            for path in sorted((folder / "catalogues").glob("*.yaml")):
                rule, findings = load_catalogue(path.read_text(encoding="utf-8"), file=str(path))
                if rule is None:
                    raise DefinitionError(findings.problems)
                found.setdefault(rule.catalogue, rule)
        return [found[name] for name in sorted(found)]
