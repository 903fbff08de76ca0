"""Tells whom a case names, and as what: what has to be seen to when somebody leaves.

What is told of parties stays with their case: only roles that need a post, the assignee, a handing
and open texts are work that somebody else can take on.
"""

from collections import defaultdict
from collections.abc import Iterator

from engine.case.ids import IN_CASE
from engine.case.values import Case
from engine.facts.facts import Facts
from engine.facts.knowing import escaped
from engine.facts.roles import is_unit_path, people_at

ASSIGNEE, HANDING, TEXT = "assignee", "handing", "text"
"""As what somebody is named beside roles: has the case, gives or takes it, waits for signatures."""


def word_of(person: str) -> str:
    """Return the text beside a case by which it is found for whom it names; no key opens it."""
    return f"n:{escaped(person)}"


def named_in(facts: Facts) -> dict[str, tuple[str, ...]]:
    """Return by person as what a case names them for work: words above, or roles of the file.

    Args:
        facts: of the case as it stands.

    Source:
        language.md 9.7; the issue "Readers", 离职交接.
    """
    found = defaultdict[str, list[str]](list)
    for person, word in (*_at_work(facts.case), *_in_roles(facts)):
        if person and not person.startswith(IN_CASE) and word not in found[person]:
            found[person].append(word)
    return {person: tuple(words) for person, words in sorted(found.items()) if words}


def _at_work(case: Case) -> Iterator[tuple[str, str]]:
    if case.assignee is not None:
        yield case.assignee, ASSIGNEE
    if case.handing is not None:
        yield case.handing.giver, HANDING
        yield case.handing.receiver, HANDING
    for text in case.proposals:
        yield from ((one, TEXT) for one in (text.by, *text.people))


def _in_roles(facts: Facts) -> Iterator[tuple[str, str]]:
    for name, role in facts.workflow.definition.roles.items():
        if role.level is None or role.in_case is None or is_unit_path(facts.workflow, role.in_case):
            continue
        yield from ((str(one), name) for one in people_at(role.in_case, facts))
