"""The use cases of publishing: what the release lists, and what two persons stand for."""

import json
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Literal
from zoneinfo import ZoneInfo

from engine.case.errors import DefinitionError
from engine.case.text import Text
from engine.case.values import Data
from engine.compiling.catalogues import CatalogueDef, load_catalogue
from heyi.app.acts.deeds import note, permit
from heyi.app.acts.errors import SecondPersonNeeded
from heyi.app.acts.permits import DEMO
from heyi.app.errors import InputWrong
from heyi.app.library import handed
from heyi.app.library.catalogues import load_edition
from heyi.app.library.errors import NothingHandedIn
from heyi.app.library.library import Library, body_of
from heyi.app.library.models import HandedInView, PublishedView, ReviewView, ShelfView
from heyi.app.library.shelf import FolderShelf
from heyi.app.library.sources import Source, workflow_of
from heyi.app.reader import Reader
from heyi.app.view import Page
from storage.kernel.officerecords import HandedIn

if TYPE_CHECKING:
    from storage.work import Store, Work

Kind = Literal["workflow", "catalogue"]


class Publishing:
    """Workflows and catalogues as they are published; a published version never changes."""

    def __init__(
        self, store: "Store", library: Library, zone: ZoneInfo, *, release: FolderShelf
    ) -> None:
        """Publish into this store.

        Args:
            store: the database.
            library: published workflows.
            zone: days are its.
            release: the shelf of what the release lists.
        """
        self._store, self._library, self._zone = store, library, zone
        self._release = release

    def publish(self, reader: Reader, *, source: Source, now: datetime) -> PublishedView:
        """Check a file and publish the workflow in it at once, on demo data alone.

        Raises:
            DefinitionError: the file is wrong.
            ActRefused: it is no demo data.
            WorkflowVersionTaken: this version is published with another body.
        """
        rules = workflow_of(source, self._library.shelf)
        with self._store.write() as work:
            permit(work, reader, "workflow.tried")
            new = self._library.publish(work, rules, at=now)
            if new:
                note(
                    work, reader, "workflow.tried", now=now, name=rules.name, version=rules.version
                )
        return PublishedView(name=rules.name, version=rules.version, new=new)

    def publish_shelf(self, reader: Reader, *, now: datetime) -> ShelfView:
        """Publish every workflow and catalogue that the release lists and that is not published.

        On demo data those of one's own shelf are published as well.

        Raises:
            ActRefused: neither the release nor demo data asks.
            DefinitionError: a file is wrong; nothing is kept.
            WorkflowVersionTaken: a version is published with another body; nothing is kept.
        """
        shelf = self._library.shelf if reader.purpose == DEMO else self._release
        with self._store.write() as work:
            permit(work, reader, "release.published")
            new = self._library.publish_shelf(work, at=now.astimezone(self._zone), shelf=shelf)
            if new:
                note(work, reader, "release.published", now=now, new=[*new])
        return ShelfView(new=tuple(new), changed=shelf.changed())

    def hand_in(self, reader: Reader, *, source: Source, now: datetime) -> HandedInView:
        """Check a file and keep it until a second person publishes it.

        Raises:
            ActRefused: the reader is no author.
            DefinitionError: the file is wrong.
            WorkflowVersionTaken: this version is published with another body.
        """
        with self._store.read() as work:
            permit(work, reader, handed.HANDED_IN)
        kind, name, version, body = self._read(source)
        with self._store.write() as work:
            permit(work, reader, handed.HANDED_IN)
            if kind == "workflow" and (name, version) in work.workflows.list():
                # Said now, not to the second person.
                work.workflows.publish(name, version, body=body, at=now)
            found = work.submissions.put(kind, name, version, body=body, by=reader.person, at=now)
            note(work, reader, handed.HANDED_IN, now=now, **_about(found))
        return _view(found)

    def waiting(self, reader: Reader) -> Page[HandedInView]:
        """Return the files that wait for a second person, then those of the reader refused.

        Both are sorted by kind, name and version.

        Raises:
            ActRefused: no post of the reader permits it.
        """
        with self._store.read() as work:
            permit(work, reader, "files.read")
            refused = work.submissions.refused(reader.person)
            return Page(items=tuple(_view(o) for o in (*work.submissions.waiting(), *refused)))

    def review(self, reader: Reader, *, name: str, version: int) -> ReviewView:
        """Return what a file that waits would change, and its digest.

        Raises:
            ActRefused: no post of the reader permits it.
            NothingHandedIn: no file of this name and version waits.
            FileForged: it is not what was handed in.
        """
        with self._store.read() as work:
            permit(work, reader, "files.read")
            found = handed.waiting(work, name, version)
            before, changes = handed.changes(work, found)
        return ReviewView(file=_view(found), before=before, changes=changes)

    def confirm(
        self, reader: Reader, *, name: str, version: int, digest: str, now: datetime
    ) -> PublishedView:
        """Publish a file that another person has handed in.

        Args:
            reader: the second person.
            name: the workflow's or catalogue's.
            version: of the file.
            digest: the SHA-256 that the reader has looked at, or at least 8 characters of it.
            now: the present moment.

        Raises:
            ActRefused: no post of the reader permits it.
            NothingHandedIn: no file of this name and version waits.
            SecondPersonNeeded: the reader handed it in.
            FileChanged: another file waits than the reader has looked at.
            FileForged: it is not what was handed in.
            WorkflowVersionTaken: this version is published with another body.
        """
        with self._store.write() as work:
            permit(work, reader, "workflow.published")
            found = self._second(work, reader, name, version)
            act = f"{found.kind}.published"
            permit(work, reader, act)
            handed.check_digest(found, digest)
            stored, new = self._publish(work, found, now)
            work.submissions.done(found, outcome="published", by=reader.person, at=now)
            note(work, reader, act, now=now, **{**_about(found), "version": stored})
        return PublishedView(name=name, version=stored, new=new)

    def refuse(
        self, reader: Reader, *, name: str, version: int, reason: str, now: datetime
    ) -> HandedInView:
        """Give a file back to its author, who is told why.

        Raises:
            ActRefused: no post of the reader permits it.
            NothingHandedIn: no file of this name and version waits.
            SecondPersonNeeded: the reader handed it in; they withdraw it.
            InputWrong: no reason is given.
            FileForged: it is not what was handed in.
        """
        if not reason.strip():
            raise InputWrong(Text("退回须写明理由", "say why it is refused"))
        with self._store.write() as work:
            permit(work, reader, "file.refused")
            found = self._second(work, reader, name, version)
            work.submissions.done(
                found, outcome="refused", by=reader.person, at=now, reason=reason.strip()
            )
            note(work, reader, "file.refused", now=now, **_about(found))
        return _view(replace(found, reason=reason.strip()))

    def withdraw(self, reader: Reader, *, name: str, version: int, now: datetime) -> HandedInView:
        """Take back a file that the reader has handed in.

        Raises:
            ActRefused: another person handed it in.
            NothingHandedIn: no file of this name and version waits.
        """
        with self._store.write() as work:
            found = work.submissions.find(name, version)
            if found is None:
                permit(work, reader, "files.read")
                raise NothingHandedIn(name=name, version=version)
            permit(work, reader, "file.withdrawn", person=found.by)
            work.submissions.done(found, outcome="withdrawn", by=reader.person, at=now)
            note(work, reader, "file.withdrawn", now=now, **_about(found))
        return _view(found)

    def _second(self, work: "Work", reader: Reader, name: str, version: int) -> HandedIn:
        """Return the file that waits, for a second person; on demo data one may be both."""
        found = handed.waiting(work, name, version)
        if found.by == reader.person and reader.purpose != DEMO:
            raise SecondPersonNeeded
        return found

    def _read(self, source: Source) -> tuple[Kind, str, int, str]:
        """Return kind, name, version and body of a checked file."""
        if "\ncatalogue:" not in "\n" + source.text or "\nworkflow:" in "\n" + source.text:
            rules = workflow_of(source, self._library.shelf)
            return "workflow", rules.name, rules.version, body_of(rules)
        if source.unreadable is not None:
            raise DefinitionError([source.unreadable])
        rule, findings = load_catalogue(source.text, file=str(source.path))
        if rule is None:
            raise DefinitionError(findings.problems)
        body = json.dumps(rule.model_dump(mode="json", by_alias=True), ensure_ascii=False)
        return "catalogue", rule.catalogue, rule.version, body

    def _publish(self, work: "Work", found: HandedIn, now: datetime) -> tuple[int, bool]:
        """Publish what was handed in; return the version that is in force, and if it is new."""
        if found.kind == "workflow":
            new = work.workflows.publish(found.name, found.version, body=found.body, at=now)
            return found.version, new
        rule = CatalogueDef.model_validate(json.loads(found.body))
        before = work.catalogues.current(found.name)
        at = now.astimezone(self._zone)
        version = load_edition(work, rule, at=at, day=at.date())
        return version, version != before


def _about(found: HandedIn) -> Data:
    """Return what an act about a file names: never the reason, which is free text."""
    return {
        "form": found.kind, "name": found.name, "version": found.version,
        "sha256": found.sha256, "by": found.by,
    }  # fmt: skip


def _view(found: HandedIn) -> HandedInView:
    return HandedInView(
        kind=found.kind, name=found.name, version=found.version, by=found.by, sha256=found.sha256,
        reason=found.reason,
    )  # fmt: skip
