"""Parsed YAML rewritten by what is known of its keys; a key that is not known is a failure."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

Plain = Any
File = Mapping[str, Any]
Rename = Callable[[Any], Any]


def same(value: Plain) -> Plain:
    return value


def each(part: File, known: Mapping[str, Rename]) -> dict[str, Any]:
    odd = sorted(part.keys() - known.keys())
    assert not odd, f"teach this renamer the keys {odd} of {dict(part)}"
    return {key: known[key](value) for key, value in part.items()}


def keys(kept: Iterable[str] = (), /, **known: Rename) -> Rename:
    """Return what renames a mapping of known keys, and leaves some as they are."""
    return lambda part: each(part, {**dict.fromkeys(kept, same), **known})


def mapped(key: Rename, value: Rename) -> Rename:
    """Return what renames a mapping's keys and values."""
    return lambda part: {key(name): value(inner) for name, inner in part.items()}


def listed(one: Rename) -> Rename:
    """Return what renames each of a list, or the one that stands where a list could."""
    return lambda part: [one(inner) for inner in part] if isinstance(part, list) else one(part)
