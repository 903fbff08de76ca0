"""Finds the moment a document was issued, and the case as it stood then.

A document says what was decided when it was issued: it is printed from the history up to that
event, with the rows and params that the event consulted, not from what the case holds today.
What has been erased since is gone here too.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from engine.case.fold import fold
from engine.case.values import Case, Event, World
from engine.compiling.plan import Branch, Workflow
from engine.facts.facts import Facts
from engine.facts.people import in_case
from engine.language.parts import DocumentDef
from engine.time.times import parse_moment
from heyi.app.cases.names import shows_paper
from heyi.app.cases.sight import Seen
from heyi.app.papers.errors import DocumentNotIssued, DocumentUnknown


@dataclass(frozen=True, slots=True, kw_only=True)
class Issue:
    """A document of a case, as it was issued.

    Attributes:
        name: the document's name in the file.
        rule: its definition.
        seen: the case as it stands, for its reader.
        then: the facts when it was issued.
        event: the event that issued it last.
        branch: the rule that was used, where the file still tells it.
        events: the case's history up to and with that event.
        corrected: an entry that stood then was corrected since.
        people: names shown, by person id.
    """

    name: str
    rule: DocumentDef
    seen: Seen
    then: Facts
    event: Event
    branch: Branch | None
    events: Sequence[Event]
    corrected: bool
    people: Mapping[str, str]

    @property
    def workflow(self) -> Workflow:
        """The rules of the case."""
        return self.seen.workflow


def issue_of(
    seen: Seen, events: Sequence[Event], document: str, people: Mapping[str, str]
) -> Issue:
    """Return a document as it was issued last.

    Args:
        seen: the case, for its reader.
        events: all events of the case.
        document: the document's name, or its label in either language.
        people: names shown, by person id.

    Raises:
        DocumentUnknown: the workflow has no such document.
        DocumentNotIssued: no event issued it.
    """
    name = find_document(seen.workflow, document)
    found = [event for event in events if "issued" in marks(event, name)]
    if not found:
        documents = seen.workflow.definition.documents
        known = [one for one in documents if one in seen.case.documents and shows_paper(seen, one)]
        raise DocumentNotIssued(name, seen.case.number or seen.case.id, known)
    event = found[-1]
    case = fold(events[: event.seq])
    world = _world_then(seen, case, event)
    now = parse_moment(event.occurred_at)
    return Issue(
        name=name,
        rule=seen.workflow.definition.documents[name],
        seen=seen,
        then=Facts(seen.workflow, case, world, now=now, actor=event.actor),
        event=event,
        branch=_branch(seen.workflow, event),
        events=events[: event.seq],
        corrected=any(one.kind == "corrected" for one in events[event.seq :]),
        people={**people, **in_case(seen.workflow, case.fields)},
    )


def find_document(workflow: Workflow, word: str) -> str:
    """Return a document's name by its name or its label.

    Raises:
        DocumentUnknown: there is none, or several have that label.
    """
    documents = workflow.definition.documents
    if word in documents:
        return word
    called = [
        name
        for name in documents
        if word in {workflow.label("documents", name, lang) for lang in ("zh", "en")}
    ]
    if len(called) != 1:
        raise DocumentUnknown(
            word, [f"{workflow.label('documents', name)} ({name})" for name in called or documents]
        )
    return called[0]


def marks(event: Event, document: str) -> Mapping[str, Any]:
    """Return what an event notes of a document: that it issued or delivered it."""
    patch: Any = event.public.get("patch", {})
    marks: Mapping[str, Any] = patch.get("documents", {}).get(document, {})
    # A delivery notes the issue once more: only the event of that very moment issued it.
    return marks if marks.get("issued") == event.occurred_at else {}


def _world_then(seen: Seen, case: Case, event: Event) -> World:
    """Return the world with the rows, params and counts that the event consulted."""
    consulted: Any = event.public.get("consulted", {})
    catalogues = {name: dict(rows) for name, rows in seen.world.catalogues.items()}
    rows = consulted.get("rows", {})
    for name, part in seen.workflow.fields.items():
        if part.catalogue is not None and name in case.fields:
            given = case.fields[name]
            for code in given if isinstance(given, list) else [given]:
                if code in rows:
                    catalogues.setdefault(part.catalogue, {})[str(code)] = rows[code]
    return replace(
        seen.world, catalogues=catalogues,
        params=consulted.get("params", seen.world.params),
        counts=consulted.get("counts", seen.world.counts),
    )  # fmt: skip


def _branch(workflow: Workflow, event: Event) -> Branch | None:
    told = event.public
    place = told.get("branch")
    ways: Sequence[Branch] = workflow.openings
    if event.kind != "opened":
        key = (str(told.get("from") or ""), str(told.get("trigger")))
        ways = workflow.branches.get(key, ())
    return next((one for one in ways if one.place == place), None)
