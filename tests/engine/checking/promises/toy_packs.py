"""Packs of one promise over toy workflows: as little as a test of a form needs."""

import json
from collections.abc import Mapping
from typing import Any

from engine.case.problems import Problem
from engine.checking.build import check_workflow
from engine.language.load import Shelf
from tests.builders.shelves import texts
from tests.builders.toy_workflows import text_of

SAYS = {"zh": "应当如此", "en": "it should be so"}


def pack_text(*promises: Mapping[str, Any], **more: Any) -> str:
    """Return a pack's text; each promise gets an id, a text and a source."""
    common = {"id": "T01", "says": SAYS, "source": "law#1"}
    whole = {
        "format": 1,
        "pack": "rules",
        "sources": {"law": {"title": "法"}},
        "promises": [{**common, **promise} for promise in promises],
        **more,
    }
    return json.dumps(whole, ensure_ascii=False)


def shelf_of(*promises: Mapping[str, Any], **files: str) -> Shelf:
    """Return a shelf where every workflow of the kind ``toys`` keeps these promises."""
    kinds = json.dumps({"format": 1, "kinds": {"toys": ["rules"]}})
    return texts(**{"pack_kinds": kinds, "pack_rules": pack_text(*promises), **files})


def breaches(promise: Mapping[str, Any], /, **parts: Any) -> list[Problem]:
    """Return how a toy workflow breaks one promise; fails if the toy itself is wrong.

    What a toy means as a whole (``HY6``) is another check's business.
    """
    text = text_of(**{"kind": "toys", **parts})
    found = check_workflow(text, file="toy.yaml", shelf=shelf_of(promise))[1]
    errors = [one for one in found if one.severity == "error"]
    assert [one for one in errors if not one.code.startswith(("HY6", "T01"))] == []
    return [one for one in found if one.code == "T01"]


def says(promise: Mapping[str, Any], /, **parts: Any) -> list[str]:
    """Return the English sentences of the breaches, without what the promise says."""
    found = breaches(promise, **parts)
    head, tail = "it should be so: ", " (source: law#1)"
    return [one.words.en.removeprefix(head).removesuffix(tail) for one in found]
