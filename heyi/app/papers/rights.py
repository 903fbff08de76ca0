"""Decides what may be printed: what the document's addressee and its reader may both read."""

from engine.compiling.names.documents import CHANGED
from engine.facts.reading import (
    ANYONE,
    base_fields,
    entries_of,
    is_sealed,
    is_shut,
    may_read,
    may_read_as,
    readers_of,
    role_reads,
)
from heyi.app.cases.views import NOBODY
from heyi.app.papers.issue import Issue


def audience(issue: Issue) -> tuple[str, ...]:
    """Return for whom a document is: its addressees, else the readers of its class.

    A word of ``to`` that is no role of the file means the public.
    """
    rule = issue.workflow.definition
    if issue.rule.to:
        return tuple(word if word in rule.roles else ANYONE for word in issue.rule.to)
    return _readers(issue)


def for_public(issue: Issue) -> bool:
    """Tell whether a document is for everybody, or this copy of it is."""
    return ANYONE in audience(issue) or issue.seen.actor == NOBODY


def _readers(issue: Issue) -> tuple[str, ...]:
    kind = issue.rule.privacy or issue.workflow.definition.defaults.privacy
    return readers_of(issue.workflow, str(kind))


def may_print(issue: Issue) -> bool:
    """Tell whether the reader may have the document at all.

    By its class (the file's default where it names none) or as one of its addressees; of a
    sealed case only those whom ``sealed.to`` names, or ``sealed.partly`` by the same rule.

    Source:
        language.md 1 ``readers``, ``sealed``.
    """
    kind = str(issue.rule.privacy or issue.workflow.definition.defaults.privacy)
    readers = (*entries_of(issue.workflow, kind), *audience(issue))
    return may_read_as(readers, issue.seen.actor, issue.seen.facts)


def may_stand(issue: Issue, path: str) -> bool:
    """Tell whether the value of a path may be printed.

    Every field it is made from must be readable for whoever prints it, as the case stands
    today, and for everyone it is addressed to, as the case stood when it was issued.
    """
    fields = base_fields(issue.workflow, [path.removeprefix(CHANGED)])
    reader, now = issue.seen.actor, issue.seen.facts
    return all(may_read(field, reader, now) for field in fields) and all(
        role_reads(role, field, issue.then) for role in audience(issue) for field in fields
    )


def may_address(issue: Issue, role: str, person: str) -> bool:
    """Tell whether an addressee's name may stand on the document.

    It is no secret from themselves, nor from those it is addressed to together with them: the
    other readers must be allowed to read the field that names them.

    Args:
        issue: the document.
        role: as one of which the person is addressed.
        person: the addressee.
    """
    path = issue.workflow.definition.roles[role].in_case or ""
    fields = base_fields(issue.workflow, [path])
    if is_sealed(issue.then) or any(
        is_shut(issue.workflow.fields[f], issue.then.case) for f in fields
    ):
        return may_stand(issue, path)
    reader, now = issue.seen.actor, issue.seen.facts
    others = [word for word in audience(issue) if word != role]
    return (reader.id == person or all(may_read(field, reader, now) for field in fields)) and all(
        role_reads(word, field, issue.then) for word in others for field in fields
    )
