"""Small files checked for what they mean."""

from typing import Any

from engine.case.problems import Problem
from engine.checking.build import check_workflow
from engine.language.load import Shelf, no_shelf
from tests.builders.toy_workflows import text_of


def said(code: str, *, shelf: Shelf = no_shelf, **parts: Any) -> list[str]:
    """Return what the check says under one code, in English."""
    _workflow, problems = check_workflow(text_of(**parts), file="toy.yaml", shelf=shelf)
    return [one.words.en for one in problems if one.code == code]


def meant(**parts: Any) -> list[Problem]:
    """Return everything the check says about what a file means."""
    _workflow, problems = check_workflow(text_of(**parts), file="toy.yaml")
    return [one for one in problems if one.code.startswith("HY6")]
