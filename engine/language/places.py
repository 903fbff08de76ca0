"""Finds where a model's error is in the plain values it was given."""

from typing import Any

from engine.language.reader import Path


def path_of(value: Any, loc: tuple[Any, ...]) -> tuple[Path, bool]:
    """Walk an error's location through the plain values, passing over names of types."""
    path: list[str | int] = []
    is_key = False
    for step in loc:
        if step == "[key]":
            is_key = True
        elif (isinstance(value, dict) and step in value) or (
            isinstance(value, list) and isinstance(step, int) and step < len(value)
        ):
            path.append(step)
            value = value[step]
    return tuple(path), is_key
