"""Decides who reads a case for some days on request, as auditors and archivists do."""

from collections.abc import Iterable
from dataclasses import replace

from engine.case.values import Actor
from engine.facts.facts import Facts
from engine.facts.roles import standing


def views(actor: Actor, facts: Facts) -> bool:
    """Tell whether somebody may read this case now because a request was allowed.

    Whoever asked still holds the role by a post of their own, and no ``never`` bars them. That
    the days are not over, who looked the viewing up has seen to.

    Args:
        actor: who reads, with what is allowed to them today.
        facts: of the case as it stands.

    Source:
        domain.md F.1 "by logged request"; design.md 8.
    """
    rule = facts.workflow.definition.viewing
    if rule is None or actor.kind != "person":
        return False
    asked = {one.role for one in actor.viewing if one.case == facts.case.id and one.held(actor)}
    return bool(standing(asked.intersection(rule.by), replace(actor, lent=()), facts))


def views_class(privacy: str, actor: Actor, facts: Facts) -> bool:
    """Tell whether a request that was allowed opens values of a class; sealed ones never."""
    rule = facts.workflow.definition.viewing
    return rule is not None and privacy in rule.reads and views(actor, facts)


def may_ask(actor: Actor, facts: Facts) -> str:
    """Return the role as which somebody may ask to read this case; "" as none.

    Nobody asks in another's place.
    """
    rule = facts.workflow.definition.viewing
    return _own(rule.by if rule else (), actor, facts)


def may_allow(actor: Actor, facts: Facts, *, asked_by: str) -> bool:
    """Tell whether somebody decides on a request: never on their own, nor in another's place.

    Args:
        actor: who would decide.
        facts: of the case.
        asked_by: whose request it is.
    """
    rule = facts.workflow.definition.viewing
    return actor.id != asked_by and bool(_own(rule.allowed_by if rule else (), actor, facts))


def _own(words: Iterable[str], actor: Actor, facts: Facts) -> str:
    return standing(words, replace(actor, lent=()), facts).role
