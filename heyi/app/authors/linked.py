"""Reads the names by which author tests refer to linked cases: ``parts[2]``, ``parts[heshun]``."""

from collections.abc import Callable, Mapping

from engine.case.values import LinkedCase
from heyi.app.cases.sight import Seen


def children_of(seen: Seen) -> Mapping[str, LinkedCase]:
    """Return the linked cases by name.

    Returns:
        each under ``LINK[n]`` (1-based, in the order they were linked) and ``LINK[UNIT]`` (the
        newest at that unit), the newest of a link under ``LINK`` alone.
    """
    found: dict[str, LinkedCase] = {}
    for link, ids in seen.case.links.items():
        for place, one in enumerate(ids, 1):
            if one in seen.world.linked:
                other = seen.world.linked[one]
                found |= {link: other, f"{link}[{place}]": other, f"{link}[{other.unit}]": other}
    return found


def linked_to(seen: Seen, path: str, see: Callable[[str], Seen]) -> str | None:
    """Return the id of the case at the end of a path, None where there is none.

    Args:
        seen: where the path begins.
        path: names of linked cases, a hop after the other: ``whole.parts[heshun]``.
        see: reads a case by its id.
    """
    for hop in path.split("."):
        other = children_of(seen).get(hop)
        if other is None:
            return None
        seen = see(other.id)
    return seen.case.id
