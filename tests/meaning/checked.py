"""Small files checked for what they mean."""

from dataclasses import replace
from typing import Any

from engine.definitions.build import check_workflow, workflow_from_definition
from engine.definitions.load import Findings, Shelf, load_definition, no_shelf
from engine.meaning.check import check_meaning
from engine.plan import Workflow
from engine.problems import Problem
from tests.builders.toys import text_of


def said(code: str, *, shelf: Shelf = no_shelf, **parts: Any) -> list[str]:
    """Return what the check says under one code, in English."""
    _workflow, problems = check_workflow(text_of(**parts), file="toy.yaml", shelf=shelf)
    return [one.en for one in problems if one.code == code]


def meant(**parts: Any) -> list[Problem]:
    """Return everything the check says about what a file means."""
    _workflow, problems = check_workflow(text_of(**parts), file="toy.yaml")
    return [one for one in problems if one.code.startswith("HY6")]


def with_clock(name: str, changes: dict[str, Any], **parts: Any) -> list[Problem]:
    """Return what is said of a file whose clock has what files cannot have yet."""
    rule, findings = load_definition(text_of(**parts), file="toy.yaml")
    assert rule is not None, findings.problems
    workflow = workflow_from_definition(rule)
    clock = workflow.clocks[name]
    changed = clock.rule.model_copy(update=changes)
    cases = tuple(replace(case, rule=changed) for case in clock.cases)
    clocks = {**workflow.clocks, name: replace(clock, rule=changed, cases=cases)}
    return _checked(replace(workflow, clocks=clocks), findings)


def with_rule(changes: dict[str, Any], workflow: Workflow, findings: Findings) -> list[Problem]:
    """Return what is said of a workflow whose definition was changed after it was compiled."""
    return _checked(replace(workflow, rule=workflow.rule.model_copy(update=changes)), findings)


def _checked(workflow: Workflow, findings: Findings) -> list[Problem]:
    check_meaning(workflow, findings)
    return [one for one in findings.problems if one.code.startswith("HY6")]
