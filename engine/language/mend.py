"""Removes mistakes of shape from a definition, so that its names are checked in the same pass.

What is mended here was noted before and keeps the file from being used: a mend only decides
what else can be said about it.
"""

import copy
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from engine.language.places import path_of

M = TypeVar("M", bound=BaseModel)


def mended(model: type[M], value: Any) -> M | None:
    """Return the model of a value without its unknown keys and wrong words, or None.

    Unknown keys are left out, and a word that is none of a few is replaced by the first of
    them. Any other mistake of shape (a missing key, a list for a text) cannot be mended: there
    is no telling what was meant.

    Args:
        model: what the value should be.
        value: plain values; not changed.
    """
    value = copy.deepcopy(value)
    try:
        return model.model_validate(value)
    except ValidationError as error:
        if not all(_mend(value, wrong) for wrong in error.errors(include_url=False)):
            return None
    try:
        return model.model_validate(value)
    except ValidationError:
        # What was taken out hid another mistake: enough was said about this file.
        return None


def _mend(value: Any, wrong: Any) -> bool:
    """Take one mistake out of the values in place; tell whether that was possible."""
    kind = wrong["type"]
    if kind == "too_short" and wrong["input"]:
        # Its items are wrong, not absent: pydantic counts the right ones only.
        return True
    path, _is_key = path_of(value, wrong["loc"])
    if kind not in {"extra_forbidden", "literal_error"} or path[-1:] != wrong["loc"][-1:]:
        return False
    *above, last = path
    for step in above:
        value = value[step]
    if kind == "extra_forbidden":
        del value[last]
        return True
    words = str(wrong["ctx"]["expected"]).split("'")
    if len(words) > 1:
        value[last] = words[1]
    return len(words) > 1
