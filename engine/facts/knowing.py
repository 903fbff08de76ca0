"""Decides who may know that a case exists, and writes it as grants that lists can ask for.

Two forms of one rule: ``may_know`` looks at one case, ``grants_of`` writes beside it what a list
finds it by. A property holds them equal. Nothing here reads a day, clocks, counts, links or
params, so that grants change only when the case does.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Set

from engine.case.values import CLOCK, LINK, Actor
from engine.facts.facts import Facts
from engine.facts.roles import is_unit_path, people_at, places_of, standing
from engine.facts.seals import is_sealed, named_now
from engine.facts.viewing import views
from engine.language.parts import RoleDef
from engine.language.readers import ANYONE, OPENER

EVERYBODY = "*"
"""The grant of a case that anybody may know."""


def may_know(actor: Actor, facts: Facts) -> bool:
    """Tell whether somebody may know that a case exists: the single look.

    Clocks and links are no readers and know nothing. Whose request to read it was allowed knows
    it for its days, by what they bring; nothing of that is written beside the case.

    Args:
        actor: who asks.
        facts: of the case as it stands; no fact that changes with the day is read.

    Source:
        design.md 7 and 8; language.md 8 ``seen_by``.
    """
    if actor.kind != "person":
        return False
    key = ("may know", actor)
    if key not in facts.kept:
        words = known_to(facts)
        facts.kept[key] = (
            actor.id in _on_the_roll(facts)
            or bool(standing(words, actor, facts))
            or views(actor, facts)
        )
    return facts.kept[key] is True


def known_to(facts: Facts) -> tuple[str, ...]:
    """Return the roles and words that may know the case as it stands.

    Those of ``seen_by`` whose condition holds; without ``seen_by`` every role of the file and
    who opened it. Of a sealed case those alone to whom it is sealed, wholly or partly, and who
    opened it. Who must still sign an open text knows the case, unless it is sealed. While a case
    is being opened nothing of it is secret from who opens it.
    """
    if "known to" not in facts.kept:
        facts.kept["known to"] = _known_to(facts)
    found: tuple[str, ...] = facts.kept["known to"]
    return found


def _known_to(facts: Facts) -> tuple[str, ...]:
    rule, case = facts.workflow.definition, facts.case
    if rule.sealed is not None and is_sealed(facts):
        return (*named_now((*rule.sealed.to, *rule.sealed.partly), facts), OPENER)
    listed = rule.seen_by if case.state else ()
    words = named_now(listed, facts) if listed else (*rule.roles, OPENER)
    return (*words, *(role for text in case.proposals for role in text.needs))


def _on_the_roll(facts: Facts) -> set[str]:
    """Return who proposed or signed a text that is still open; nobody of a sealed case."""
    texts = facts.case.proposals
    if not texts or is_sealed(facts):
        return set()
    return {one.by for one in texts} | {person for one in texts for _role, person in one.signed}


def keys_of(actor: Actor) -> frozenset[str]:
    """Return what a reader brings: each names the grants that it opens.

    ``*``, ``p:ID``, and for every post ``r:ROLE@UNIT``, ``p:ID/ROLE@UNIT`` and ``u:UNIT``. Clocks
    and links bring none.
    """
    if actor.kind != "person":
        return frozenset()
    return frozenset(
        {EVERYBODY, f"p:{escaped(actor.id)}"}.union(*(keys for _person, keys in _by_posts(actor)))
    )


def _by_posts(actor: Actor) -> Iterator[tuple[tuple[str, ...], set[str]]]:
    """Yield the keys of posts, own and lent, with the persons whose denials take them away."""
    for owner in (actor, *actor.lent):
        who, keys = escaped(owner.id), set()
        for role, unit in owner.posts:
            place = escaped(unit)
            keys |= {f"r:{role}@{place}", f"p:{who}/{role}@{place}"}
            # What any post of a unit opens is no place that is lent with one.
            keys |= {f"u:{place}"} if owner is actor else set()
        yield tuple(dict.fromkeys((actor.id, owner.id))), keys


def denial_of(key: str, person: str) -> str | None:
    """Return the denial that takes a key away from a person; None: nothing does.

    ``-PERSON/ROLE`` for a key that needs a post of that role, ``-PERSON/@UNIT`` for ``u:UNIT``.
    """
    kind, _, rest = key.partition(":")
    if kind == "u":
        return f"-{escaped(person)}/@{rest}"
    post = rest.partition("/")[2] if kind == "p" else rest if kind == "r" else ""
    return f"-{escaped(person)}/{post.partition('@')[0]}" if post else None


def granted(grants: Set[str], actor: Actor) -> bool:
    """Tell whether the grants written beside a case let somebody know it: the predicate of lists.

    Some key of the reader is among them, and the denial of that key is not.
    """
    return any(
        grant in grants and grants.isdisjoint(denials)
        for grant, denials in keys_with_denials(actor)
    )


def keys_with_denials(actor: Actor) -> Iterator[tuple[str, frozenset[str]]]:
    """Yield each key of a reader with the denials that take it away; a key may come twice.

    A key that is lent is taken away by a denial of either person.
    """
    if actor.kind != "person":
        return
    yield EVERYBODY, frozenset()
    yield f"p:{escaped(actor.id)}", frozenset()
    for people, keys in _by_posts(actor):
        for key in sorted(keys):
            found = (denial_of(key, person) for person in people)
            yield key, frozenset(one for one in found if one is not None)


def grants_of(facts: Facts) -> frozenset[str]:
    """Return what is written beside a case: who may know it.

    ``p:PERSON`` somebody the case names, ``p:PERSON/ROLE@UNIT`` a role that needs a post and a
    name, ``r:ROLE@UNIT`` each holder of a post, ``u:UNIT`` any post at a unit the case names,
    ``*`` anyone; and denials, ``-PERSON/ROLE`` and ``-PERSON/@UNIT``, of persons who are barred.
    ``/``, ``@`` and ``%`` inside ids are written as in an address (``%2F``).

    Args:
        facts: of the case as it stands; for roles that reach below, its world holds all units
            below the case's.
    """
    words = known_to(facts)
    found = {f"p:{escaped(person)}" for person in _on_the_roll(facts)}
    found.update(EVERYBODY for word in words if word == ANYONE)
    if OPENER in words and facts.case.opened_by not in {"", CLOCK, LINK}:
        found.add(f"p:{escaped(facts.case.opened_by)}")
    barred_at: dict[str, list[set[str]]] = defaultdict(list)
    for name in words:
        role = facts.workflow.definition.roles.get(name)
        if role is not None:
            barred = {person for path in role.never for person in people_at(path, facts)}
            found.update(_of_role(name, role, barred, facts))
            for unit in _any_post_at(role, facts):
                found.add(f"u:{escaped(unit)}")
                barred_at[unit].append(barred)
    for unit, lists in barred_at.items():
        # Who is barred from one role of a unit may still hold another one that opens the case.
        found.update(f"-{escaped(one)}/@{escaped(unit)}" for one in set.intersection(*lists))
    return frozenset(found)


def _of_role(name: str, role: RoleDef, barred: set[str], facts: Facts) -> Iterator[str]:
    """Yield the grants and denials of a role, but for a role of any post at a unit.

    Roles held by one post bar the same people (the checker sees to it), so that a denial of the
    post is one of each of them.
    """
    post = role.held_by(name)
    by_unit = role.in_case is not None and is_unit_path(facts.workflow, role.in_case)
    people = set(people_at(role.in_case, facts)) if role.in_case is not None else set()
    if role.level is None:
        yield from () if by_unit else (f"p:{escaped(one)}" for one in people - barred)
        return
    places = places_of(role, facts)
    if role.in_case is not None and not by_unit:
        yield from (
            f"p:{escaped(one)}/{post}@{escaped(place)}"
            for one in people - barred
            for place in places
        )
        return
    yield from (f"r:{post}@{escaped(place)}" for place in (places & people if by_unit else places))
    yield from (f"-{escaped(one)}/{post}" for one in barred)


def _any_post_at(role: RoleDef, facts: Facts) -> Iterable[str]:
    """Return the units at which any post opens the case by this role."""
    if role.level is not None or role.in_case is None:
        return ()
    return people_at(role.in_case, facts) if is_unit_path(facts.workflow, role.in_case) else ()


def escaped(part: str) -> str:
    """Return an id in which nothing can be taken for a part of a grant."""
    return part.replace("%", "%25").replace("/", "%2F").replace("@", "%40")
