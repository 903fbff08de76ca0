"""Published workflows: what is stored is what cases run under, whatever the files say today."""

import json
from datetime import datetime

from engine.calendars import Calendar
from engine.definitions.build import workflow_from_definition
from engine.definitions.model import WorkflowDef
from engine.plan import Workflow
from heyi.services.shelf import FolderShelf
from storage.work import Work


class Library:
    """Compiled workflow versions, from storage, kept once compiled."""

    def __init__(self, shelf: FolderShelf) -> None:
        """Publish from this shelf; calendars and catalogues' columns come from it too."""
        self.shelf = shelf
        self._compiled: dict[tuple[str, int], Workflow] = {}
        self._calendars: dict[str, Calendar] = {}

    def publish(self, work: Work, workflow: Workflow, *, at: datetime) -> bool:
        """Store a workflow version; tell whether it was new.

        Raises:
            WorkflowVersionTaken: this version is stored with another body.
        """
        plain = workflow.rule.model_dump(mode="json", by_alias=True, exclude_defaults=True)
        body = json.dumps(plain, ensure_ascii=False)
        return work.workflows.publish(workflow.name, workflow.version, body=body, at=at)

    def publish_shelf(self, work: Work, *, at: datetime) -> list[str]:
        """Store every workflow and catalogue of the shelf that is not stored yet.

        Returns:
            What was new, as ``name@version``.
        """
        new = []
        for path in self.shelf.workflow_files():
            workflow = self.shelf.workflow(path.stem)
            if workflow is not None and self.publish(work, workflow, at=at):
                new.append(f"{workflow.name}@{workflow.version}")
        for catalogue in self.shelf.catalogues():
            if work.catalogues.current(catalogue.catalogue) == 0:
                rows = {str(row["code"]): row for row in catalogue.rows}
                work.catalogues.load(catalogue.catalogue, rows, at=at)
                new.append(f"{catalogue.catalogue}@{catalogue.version}")
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

    def calendar(self, name: str) -> Calendar:
        """Return a calendar of the shelf, read once."""
        if name not in self._calendars:
            self._calendars[name] = self.shelf.calendar(name)
        return self._calendars[name]
