"""Turns a file's text into a checked workflow, or a list of problems."""

from engine.case.errors import DefinitionError
from engine.case.problems import Problem
from engine.checking.meaning.check import check_meaning
from engine.checking.promises.check import check_promises
from engine.compiling.build import compiled
from engine.compiling.names.documents import check_templates
from engine.compiling.plan import Workflow
from engine.language.load import Shelf, load_definition, no_shelf


def load_workflow(text: str, *, file: str = "", shelf: Shelf = no_shelf) -> Workflow:
    """Return the workflow a file describes.

    Args:
        text: the file's content.
        file: its name, for places.
        shelf: finds libraries, packs and catalogues.

    Raises:
        DefinitionError: with every error of the file (warnings do not raise).
    """
    workflow, problems = check_workflow(text, file=file, shelf=shelf)
    if workflow is None:
        raise DefinitionError([p for p in problems if p.severity == "error"])
    return workflow


def check_workflow(
    text: str, *, file: str = "", shelf: Shelf = no_shelf
) -> tuple[Workflow | None, list[Problem]]:
    """Return the workflow, or None, and every problem in order of place."""
    rule, findings = load_definition(text, file=file, shelf=shelf)
    workflow = None
    if rule is not None:
        rule, expanded, workflow = compiled(rule, findings, shelf)
        check_promises(rule, expanded, workflow, findings, shelf)
        check_templates(rule, findings, shelf)
        if not findings.wrong:
            check_meaning(workflow, findings)
    ordered = sorted(dict.fromkeys(findings.problems), key=lambda p: (p.at, p.code))
    return (None if findings.wrong else workflow), ordered
