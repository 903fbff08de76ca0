"""The use cases on documents: list what a case has issued, and print one of them as PDF."""

from datetime import datetime

from engine.compiling.names.documents import GENERAL
from engine.facts.messages import MASK
from heyi.app.cases.casework import Casework
from heyi.app.cases.names import shows_paper
from heyi.app.cases.readings import note
from heyi.app.cases.views import look
from heyi.app.papers.changes import changes_of
from heyi.app.papers.errors import DocumentClosed
from heyi.app.papers.issue import find_document, issue_of
from heyi.app.papers.models import IssuedDocument, Printed
from heyi.app.papers.paper import paper_of
from heyi.app.papers.render import render
from heyi.app.papers.rights import may_print
from heyi.app.reader import Reader
from heyi.app.view import Page

ADDRESSEE = "受送达人"
"""What an addressee is called whose name is printed as ＊＊＊."""


class Papers:
    """Documents of cases. Printing is reading: no event, no log."""

    def __init__(self, cases: Casework) -> None:
        """Serve readers from this casework."""
        self._cases = cases

    def issued(self, reader: Reader, *, ref: str, now: datetime) -> Page[IssuedDocument]:
        """Return the documents a case has issued, in the file's order; nothing of their content.

        Args:
            reader: who asks.
            ref: the case's id or number.
            now: the present moment.

        Raises:
            CaseNotFound: there is no such case.
        """
        seen, events = look(self._cases, ref, person=reader.person or None, now=now)
        marks, documents = seen.case.documents, seen.workflow.definition.documents
        names = [
            name
            for name in documents
            if "issued" in marks.get(name, ()) and shows_paper(seen, name)
        ]
        found = (issue_of(seen, events, name, {}) for name in names)
        return Page(
            items=tuple(
                IssuedDocument(
                    name=issue.name,
                    label=seen.workflow.label("documents", issue.name),
                    issued=issue.then.today.isoformat(),
                    readable=may_print(issue),
                )
                for issue in found
            )
        )

    def print(self, reader: Reader, *, ref: str, document: str, now: datetime) -> Printed:
        """Return a document of a case as it was issued last, as its reader may have it.

        Args:
            reader: who prints.
            ref: the case's id or number.
            document: the document's name or label.
            now: the present moment.

        Raises:
            CaseNotFound: there is no such case.
            DocumentUnknown: its workflow has no such document.
            DocumentNotIssued: no move has issued it.
            DocumentClosed: it is not for this reader.
            TemplateBroken: its layout is wrong.
        """
        shelf = self._cases.library.shelf
        seen, events = look(self._cases, ref, person=reader.person or None, now=now)
        with self._cases.store.read() as work:
            people = {one.id: one.display_name for one in work.people.all()}
            # Closed whether or not it was issued: that it was is told to its readers alone.
            name = find_document(seen.workflow, document)
            if not shows_paper(seen, name):
                raise DocumentClosed(name)
            issue = issue_of(seen, events, name, people)
            if not may_print(issue):
                raise DocumentClosed(issue.name)
            changes = changes_of(issue, work, shelf)
        note(self._cases.store, seen, f"print:{issue.name}", now=now)
        paper = paper_of(issue, changes, now=now)
        pdf = render(shelf, issue.rule.template or GENERAL, paper, now=now)
        masked = dict.fromkeys(one["label"] for one in paper["entries"] if one["masked"])
        if MASK in paper["to"]:
            masked[ADDRESSEE] = None
        return Printed(
            pdf=pdf, label=paper["label"], number=seen.case.number or seen.case.id,
            masked=tuple(masked),
        )  # fmt: skip
