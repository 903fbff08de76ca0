"""A merged, typed definition becomes a compiled workflow, or a list of problems."""

from engine.case.errors import DefinitionError
from engine.case.problems import Problem
from engine.checking.meaning.check import check_meaning
from engine.checking.promises.check import check_promises
from engine.compiling.builder import Builder, definition_digest
from engine.compiling.catalogues import catalogue_columns
from engine.compiling.expand import expand
from engine.compiling.formulas import Formulas
from engine.compiling.names.check import Names
from engine.compiling.names.documents import check_templates
from engine.compiling.params import check_params
from engine.compiling.plan import Workflow
from engine.compiling.tryout import try_out
from engine.language.labels import check_labels
from engine.language.load import Findings, Shelf, load_definition, no_shelf
from engine.language.model import WorkflowDef
from engine.language.parts import FieldDef
from engine.language.reader import Document


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
        workflow = _build(rule, findings, shelf)
        check_templates(rule, findings, shelf)
        # Not for what was published: it was checked then, and its cases must go on.
        if not findings.wrong:
            check_meaning(workflow, findings)
    ordered = sorted(dict.fromkeys(findings.problems), key=lambda p: (p.at, p.code))
    return (None if findings.wrong else workflow), ordered


def workflow_from_definition(rule: WorkflowDef, *, shelf: Shelf = no_shelf) -> Workflow:
    """Compile a definition that was checked and published before (no text, no places).

    Raises:
        DefinitionError: it no longer compiles under this version.
    """
    findings = Findings(document=Document(file=f"{rule.workflow}@{rule.version}"))
    workflow = _build(rule, findings, shelf)
    if findings.wrong:
        raise DefinitionError([p for p in findings.problems if p.severity == "error"])
    return workflow


def _build(rule: WorkflowDef, findings: Findings, shelf: Shelf) -> Workflow:
    rule = rule.model_copy(update={"fields": _with_defaults(rule)})
    expanded = expand(rule, findings)
    Names(rule, expanded, findings).check()
    check_params(rule, findings)
    check_labels(rule, findings)
    formulas = Formulas(rule, findings, catalogue_columns(rule, findings, shelf))
    builder = Builder(rule, expanded, formulas, findings)
    workflow = builder.build()
    if not findings.wrong:
        try_out(workflow, formulas, findings)
    check_promises(rule, expanded, workflow, findings, shelf)
    return workflow


def _with_defaults(rule: WorkflowDef) -> dict[str, FieldDef]:
    """Return the fields with the file's default privacy and retention where they name none."""
    given = rule.defaults
    return {
        name: part.model_copy(
            update={
                "privacy": _strictest(part, given.privacy),
                "retention": part.retention or given.retention,
            }
        )
        for name, part in rule.fields.items()
    }


_ORDER = ("public", "internal", "personal", "confidential", "sealed")


def _strictest(part: FieldDef, default: str) -> str:
    """Return a field's class; a list is as strict as its strictest column."""
    classes = [part.privacy or default]
    classes += [column.privacy for column in part.columns.values() if column.privacy]
    return max(classes, key=_ORDER.index)


__all__ = ["check_workflow", "definition_digest", "load_workflow", "workflow_from_definition"]
