"""The use cases of publishing: from the shelf or from one file."""

from datetime import datetime
from zoneinfo import ZoneInfo

from heyi.app.library.library import Library
from heyi.app.library.models import PublishedView, ShelfView
from heyi.app.library.sources import Source, workflow_of
from heyi.app.reader import Reader
from storage.work import Store


class Publishing:
    """Workflows and catalogues as they are published; a published version never changes."""

    def __init__(self, store: Store, library: Library, zone: ZoneInfo) -> None:
        """Publish into this store; days are the zone's."""
        self._store, self._library, self._zone = store, library, zone

    def publish(self, reader: Reader, *, source: Source, now: datetime) -> PublishedView:
        """Check a file and publish the workflow in it.

        Raises:
            DefinitionError: the file is wrong.
            WorkflowVersionTaken: this version is published with another body.
        """
        rules = workflow_of(source, self._library.shelf)
        with self._store.write() as work:
            new = self._library.publish(work, rules, at=now)
        return PublishedView(name=rules.name, version=rules.version, new=new)

    def publish_shelf(self, reader: Reader, *, now: datetime) -> ShelfView:
        """Publish every workflow and catalogue of the shelf that is not published yet.

        Raises:
            DefinitionError: a file is wrong; nothing is kept.
            WorkflowVersionTaken: a version is published with another body; nothing is kept.
        """
        with self._store.write() as work:
            new = self._library.publish_shelf(work, at=now.astimezone(self._zone))
        return ShelfView(new=tuple(new))
