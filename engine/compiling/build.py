"""Compiles a merged, typed definition into a workflow, and lists what prevents that."""

from engine.case.errors import DefinitionError
from engine.compiling.builder import Builder, definition_digest
from engine.compiling.catalogues import catalogue_columns
from engine.compiling.expand import Expanded, expand
from engine.compiling.formulas import Formulas
from engine.compiling.names.check import Names
from engine.compiling.params import check_params
from engine.compiling.plan import Workflow
from engine.compiling.tryout import try_out
from engine.language.labels import check_labels
from engine.language.load import Findings, Shelf, no_shelf
from engine.language.model import WorkflowDef
from engine.language.parts import FieldDef
from engine.language.reader import Document


def workflow_from_definition(rule: WorkflowDef, *, shelf: Shelf = no_shelf) -> Workflow:
    """Return the workflow of a definition that was checked and published before.

    It has no text and no places any more. What it means and what packs promise of it was checked
    then, and its cases must go on.

    Raises:
        DefinitionError: it no longer compiles under this version.
    """
    findings = Findings(document=Document(file=f"{rule.workflow}@{rule.version}"))
    _rule, _expanded, workflow = compiled(rule, findings, shelf)
    if findings.wrong:
        raise DefinitionError([p for p in findings.problems if p.severity == "error"])
    return workflow


def compiled(
    rule: WorkflowDef, findings: Findings, shelf: Shelf
) -> tuple[WorkflowDef, Expanded, Workflow]:
    """Return a definition with its defaults, its groups expanded, and what steps use of it.

    Args:
        rule: merged and typed; it may have findings already.
        findings: takes what is wrong; where anything is, the workflow is not to be used.
        shelf: finds catalogues.
    """
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
    return rule, expanded, workflow


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


__all__ = ["compiled", "definition_digest", "workflow_from_definition"]
