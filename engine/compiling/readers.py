"""Finds where a file lists readers, and compiles the conditions among them."""

from collections.abc import Iterator

from engine.compiling.formulas import Formulas
from engine.language.cel import Expression
from engine.language.load import Findings
from engine.language.model import WorkflowDef
from engine.language.reader import Path
from engine.language.readers import ReaderDef


def reader_lists(rule: WorkflowDef) -> Iterator[tuple[Path, tuple[ReaderDef | str, ...]]]:
    """Yield every list of readers with its place in the file."""
    yield ("seen_by",), rule.seen_by
    for name, entries in rule.readers.items():
        yield ("readers", name), entries
    if rule.sealed is not None:
        yield ("sealed", "to"), rule.sealed.to
        yield ("sealed", "partly"), rule.sealed.partly
    for name, part in rule.fields.items():
        yield ("fields", name, "seal_to"), part.seal_to


def reader_places(
    rule: WorkflowDef, findings: Findings
) -> Iterator[tuple[Path, ReaderDef | str, Path]]:
    """Yield every reader with the place of the list, and its own place; a list may be one word."""
    for path, entries in reader_lists(rule):
        document = findings.borrowed.get(path[:2], findings.document)
        for place, entry in enumerate(entries):
            own = (*path, place)
            yield path, entry, own if own in document.values else path


def plan_conditions(
    rule: WorkflowDef, formulas: Formulas, findings: Findings
) -> dict[str, Expression]:
    """Return the conditions of readers by their text; each is the same wherever it stands."""
    found: dict[str, Expression] = {}
    for _list, entry, path in reader_places(rule, findings):
        if not isinstance(entry, str):
            at = (*path, "when")
            compiled = formulas.compile(entry.when, at, wants="boolean", plain=True)
            if compiled is not None:
                found[entry.when] = compiled
    return found
