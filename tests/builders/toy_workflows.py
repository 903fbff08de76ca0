"""Small workflows made of Python mappings: as little as a test needs, nothing else.

JSON is YAML, so what is written here is read as an author's file is.
"""

import json
from collections.abc import Mapping
from typing import Any

from engine.case.errors import DefinitionError
from engine.case.problems import Problem
from engine.checking.build import check_workflow
from engine.compiling.build import workflow_from_definition
from engine.compiling.plan import Workflow
from engine.language.load import Shelf, load_definition, no_shelf

END = {"final": True, "outcome": "positive"}
ROLES = {"gardener": {"level": "garden"}, "head": {"level": "region"}}


def text_of(**parts: Any) -> str:
    """Return the text of a workflow; parts replace those of a minimal one."""
    states = parts.get("states", {"asked": {"on": {"go": {"to": "done", "by": "anyone"}}}})
    whole = {
        "format": 1,
        "workflow": "toy",
        "version": 1,
        "title": {"zh": "玩具", "en": "toy"},
        "roles": ROLES,
        "opening": {"to": next(iter(states)), "by": "anyone", "may": list(parts.get("fields", {}))},
        **parts,
        "states": {**states, "done": END} if "done" not in states else states,
    }
    return json.dumps({k: v for k, v in whole.items() if v is not None}, ensure_ascii=False)


def toy(*, shelf: Shelf = no_shelf, **parts: Any) -> Workflow:
    """Return a small workflow.

    It is compiled as a published one is: whether it makes sense as a whole (an end from
    everywhere, somebody for everything) is not asked, or a toy could not be small.
    """
    rule, findings = load_definition(text_of(**parts), file="toy.yaml", shelf=shelf)
    if rule is None:
        raise DefinitionError(findings.problems)
    return workflow_from_definition(rule, shelf=shelf)


def problems_of(*, shelf: Shelf = no_shelf, **parts: Any) -> list[Problem]:
    """Return the errors that checking a small workflow finds.

    Left out are warnings and what is asked of the file as a whole.
    """
    _workflow, found = check_workflow(text_of(**parts), file="toy.yaml", shelf=shelf)
    return [one for one in found if one.severity == "error" and not is_meaning(one)]


def is_meaning(problem: Problem) -> bool:
    """Tell whether a problem is one of the file's meaning: those have tests of their own."""
    return problem.code.startswith("HY6")


def codes_of(**parts: Any) -> list[str]:
    """Return the codes of the errors, in order of place."""
    return [one.code for one in problems_of(**parts)]


def one_move(**move: Any) -> dict[str, Any]:
    """Return states with a single transition ``go`` from ``asked`` to ``done``."""
    return {"asked": {"on": {"go": {"to": "done", "by": "anyone", **move}}}}


def guarded(when: Any, *, fields: Mapping[str, Any] | None = None, **more: Any) -> Workflow:
    """Return a workflow with one guarded transition ``go``; its opening takes every field."""
    return toy(fields=fields or {}, states=one_move(when=when), **more)


def field(kind: str, **more: Any) -> dict[str, Any]:
    """Return a field's definition, public so that messages show it."""
    return {"type": kind, "privacy": "public", "label": {"zh": "某项", "en": "thing"}, **more}
