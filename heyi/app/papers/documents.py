"""The use case: a document of a case, for one person, as PDF."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from engine.compiling.names.documents import GENERAL
from engine.facts.messages import MASK
from heyi.app.cases.casework import Casework
from heyi.app.cases.views import look
from heyi.app.papers.changes import changes_of
from heyi.app.papers.errors import DocumentClosed
from heyi.app.papers.issue import issue_of
from heyi.app.papers.paper import paper_of
from heyi.app.papers.render import render
from heyi.app.papers.rights import may_print

ADDRESSEE = "受送达人"
"""What an addressee is called whose name is printed as ＊＊＊."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Printed:
    """A printed document.

    Attributes:
        pdf: its bytes.
        label: what it is called.
        number: the case's number, or its id while it has none.
        masked: labels of what was printed as ＊＊＊.
    """

    pdf: bytes
    label: str
    number: str
    masked: tuple[str, ...]


def print_document(
    cases: Casework, ref: str, document: str, *, person: str | None, now: datetime
) -> Printed:
    """Return a document of a case as it was issued last, as its reader may have it.

    Nothing is recorded and nothing logged: printing is reading.

    Args:
        cases: the use cases.
        ref: the case's id or number.
        document: the document's name or label.
        person: who prints; None for nobody in particular.
        now: the present moment.

    Raises:
        CaseNotFound: there is no such case.
        DocumentUnknown: its workflow has no such document.
        DocumentNotIssued: no move has issued it.
        DocumentClosed: it is not for this person.
        TemplateBroken: its layout is wrong.
    """
    seen, events = look(cases, ref, person=person, now=now)
    with cases.store.read() as work:
        people = {one.id: one.display_name for one in work.people.all()}
        issue = issue_of(seen, events, document, people)
        if not may_print(issue):
            raise DocumentClosed(issue.name)
        changes = changes_of(issue, work, cases.library.shelf)
    paper = paper_of(issue, changes, now=now)
    pdf = render(cases.library.shelf, issue.rule.template or GENERAL, paper, now=now)
    masked = dict.fromkeys(one["label"] for one in paper["entries"] if one["masked"])
    if MASK in paper["to"]:
        masked[ADDRESSEE] = None
    return Printed(
        pdf=pdf, label=paper["label"], number=seen.case.number or seen.case.id,
        masked=tuple(masked),
    )  # fmt: skip


def issued_documents(
    cases: Casework, ref: str, *, person: str | None, now: datetime
) -> list[dict[str, Any]]:
    """Return the documents a case has issued, in the file's order; nothing of their content.

    Args:
        cases: the use cases.
        ref: the case's id or number.
        person: who asks; None for nobody in particular.
        now: the present moment.

    Raises:
        CaseNotFound: there is no such case.
    """
    seen, events = look(cases, ref, person=person, now=now)
    marks = seen.case.documents
    names = [name for name in seen.workflow.definition.documents if "issued" in marks.get(name, ())]
    found = [issue_of(seen, events, name, {}) for name in names]
    return [
        {
            "name": issue.name,
            "label": seen.workflow.label("documents", issue.name),
            "issued": issue.then.today.isoformat(),
            "readable": may_print(issue),
        }
        for issue in found
    ]
