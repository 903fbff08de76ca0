"""Computes the hash of one stored event."""

import json
from collections.abc import Mapping
from hashlib import sha256
from typing import Any

_ENCODE = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode

START = "0" * 64
"""Stands for the hash before a case's first event."""

COVERED = ("case_id", "seq", "kind", "at", "occurred_at", "actor", "public", "sealed")


def event_hash(prev_hash: str, stored: Mapping[str, Any]) -> str:
    """Return the hash of an event, hex, over the hash before it and all it stores.

    Args:
        prev_hash: of the event before, ``START`` for the first.
        stored: the columns of ``COVERED`` as they are kept, sealed parts encrypted.
    """
    text = _ENCODE([prev_hash, *(stored[name] for name in COVERED)])
    # A flipped byte may leave half of a character: it must fail to match, not to encode.
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
