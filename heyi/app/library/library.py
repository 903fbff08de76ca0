"""Holds the published workflows: cases run under what is stored, not under today's files."""

import json
from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType

from engine.compiling.build import workflow_from_definition
from engine.compiling.calendars import Edition, edition_of_body, resolved
from engine.compiling.plan import Workflow
from engine.language.model import WorkflowDef
from engine.time.calendars import Calendar, weekdays_only
from heyi.app.library.catalogues import load_edition
from heyi.app.library.shelf import FolderShelf
from storage.work import Work

NO_EDITIONS: Mapping[str, Edition] = MappingProxyType({})


def body_of(workflow: Workflow) -> str:
    """Return a checked workflow as it is stored."""
    plain = workflow.definition.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    return json.dumps(plain, ensure_ascii=False)


class Library:
    """Compiled workflow versions, from storage, kept once compiled."""

    def __init__(self, shelf: FolderShelf) -> None:
        """Publish from this shelf; calendars and catalogues' columns come from it too."""
        self.shelf = shelf
        self._compiled: dict[tuple[str, int], Workflow] = {}
        self._calendars: dict[tuple[str, bool], tuple[str, Calendar]] = {}

    def publish(self, work: Work, workflow: Workflow, *, at: datetime) -> bool:
        """Store a workflow version; tell whether it was new.

        Raises:
            WorkflowVersionTaken: this version is stored with another body.
        """
        return work.workflows.publish(
            workflow.name, workflow.version, body=body_of(workflow), at=at
        )

    def publish_shelf(
        self, work: Work, *, at: datetime, shelf: FolderShelf | None = None
    ) -> list[str]:
        """Store every workflow and catalogue of the shelf that is not stored yet.

        Args:
            work: the open transaction, for writing.
            at: the moment of publishing, in the office's zone.
            shelf: another shelf than its own.

        Returns:
            What was new, as ``name@version``.
        """
        new, shelf = [], shelf or self.shelf
        for path in shelf.workflow_files():
            workflow = shelf.workflow(path.stem)
            if workflow is not None and self.publish(work, workflow, at=at):
                new.append(f"{workflow.name}@{workflow.version}")
        for catalogue in shelf.catalogues():
            before = work.catalogues.current(catalogue.catalogue)
            # A file that was edited makes a new version; what a case has published stays.
            version = load_edition(work, catalogue, at=at, day=at.date())
            if version != before:
                new.append(f"{catalogue.catalogue}@{version}")
        return new

    def get(self, work: Work, name: str, version: int | None = None) -> Workflow:
        """Return a compiled version; the newest where none is named.

        Raises:
            WorkflowVersionUnknown: it was never published.
        """
        version = version or work.workflows.latest(name)
        if (name, version) not in self._compiled:
            published = work.workflows.load(name, version=version)
            rule = WorkflowDef.model_validate(json.loads(published.body))
            self._compiled[name, version] = workflow_from_definition(rule, shelf=self.shelf)
        return self._compiled[name, version]

    def calendar(self, name: str, work: Work | None = None) -> Calendar:
        """Return a calendar: as last loaded, else as its file gives it, over its base likewise.

        Args:
            name: the word a workflow uses.
            work: the open transaction, whose loaded editions count; None for files alone.

        Returns:
            It is read anew only after an edition was loaded; one that knows weekends only where
            there is neither edition nor file.

        Raises:
            DefinitionError: a file is wrong.
        """
        mark = work.calendars.mark() if work is not None else ""
        key = (name, work is None)
        kept = self._calendars.get(key)
        if kept is None or kept[0] != mark:
            kept = mark, self.calendar_with(name, work)
            self._calendars[key] = kept
        return kept[1]

    def calendar_with(
        self, name: str, work: Work | None, instead: Mapping[str, Edition] = NO_EDITIONS
    ) -> Calendar:
        """Return a calendar as it would be with other editions; see ``calendar``."""

        def found(wanted: str) -> Edition | None:
            return instead.get(wanted) or self.edition(wanted, work)

        return resolved(name, found) if found(name) is not None else weekdays_only(name)

    def edition(self, name: str, work: Work | None) -> Edition | None:
        """Return the newest loaded edition of a calendar, else its file; None for neither.

        Raises:
            DefinitionError: the file is wrong.
        """
        loaded = work.calendars.newest(name) if work is not None else None
        if loaded is not None:
            return edition_of_body(json.loads(loaded.body))
        return self.shelf.edition(name)
