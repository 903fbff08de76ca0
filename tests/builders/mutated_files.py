"""Faulty copies of a file: one place changed, in its text or in its structure."""

import json
from collections.abc import Iterator
from copy import deepcopy
from random import Random
from typing import Any

_ODD: tuple[Any, ...] = (
    None, True, 0, -1, 1.5, "", "x", "=", "=x", "= 1 +", "1/2", "=1/2", [], {}, [None], ["x"], [[]], [{}], {"x": None},
    {"zh": 1}, {"zh": "x"}, {"n": "=", "unit": "days"}, "5 days", "all open", "stay", "back", "done", "item.x", ".", "a.b.c",
    "links.", "=it.x", "2026-13-40", "\U0001f331", "x" * 3000, 10**18, {"": ""}, [1, 2], "finals", "none", "unit", "true",
)  # fmt: skip
_SIGNS = [
    "\n",
    "  ",
    "\t",
    ":",
    " #",
    "{",
    "}",
    "[",
    "]",
    "'",
    '"',
    "- ",
    "&a ",
    "*a",
    "!",
    "<<: ",
    "\x00",
    "和",
    "0",
    "|",
]


def in_text(text: str, random: Random) -> str:
    """Return the text with one slice cut, doubled, moved or replaced."""
    start = random.randrange(len(text))
    end = min(len(text), start + random.choice([1, 3, 30, 300]))
    piece = text[start:end]
    put = random.choice(["", piece * 2, random.choice(_SIGNS), "".join(reversed(piece))])
    return text[:start] + put + text[end:]


def in_structure(value: Any, random: Random) -> str:
    """Return the file with one node replaced, removed, renamed or put elsewhere, as JSON."""
    whole = deepcopy(value)
    holder, key = random.choice(list(_nodes(whole)))
    act = random.choice(["replace", "replace", "replace", "remove", "rename", "swap"])
    if act == "replace":
        holder[key] = random.choice(_ODD)
    elif act == "remove":
        del holder[key]
    elif act == "rename" and isinstance(holder, dict):
        others = [k for h, k in _nodes(whole) if isinstance(h, dict)]
        holder[random.choice([*others, "x", "X", "if", ""])] = holder.pop(key)
    else:
        other, place = random.choice(list(_nodes(whole)))
        holder[key] = deepcopy(other[place])
    return json.dumps(whole, ensure_ascii=False)


def _nodes(value: Any) -> Iterator[tuple[Any, Any]]:
    """Yield every (container, key) of a plain value."""
    pairs = (
        value.items()
        if isinstance(value, dict)
        else enumerate(value)
        if isinstance(value, list)
        else ()
    )
    for key, inner in list(pairs):
        yield value, key
        yield from _nodes(inner)
