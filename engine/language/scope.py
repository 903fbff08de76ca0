"""Lists the names that a file's expressions may read, with their types and columns."""

from collections.abc import Mapping
from typing import Any, assert_never

from engine.language.cel import Kind
from engine.language.kinds import FieldType
from engine.language.model import WorkflowDef
from engine.language.parts import FieldDef, ParamDef, TableDef
from engine.language.words import ID, parse_span

LINKED = frozenset({"number", "unit", "state", "final", "outcome", "opened_on"})
UNIT = frozenset({"id", "level", "title"})
CLOCK_FACTS = ("running", "paused", "elapsed", "overdue", "met")
DOCUMENT_FACTS = ("issued", "delivered")
BUILT_IN: Mapping[str, Kind] = {
    "today": "text", "now": "text", "state": "text", "actor": "text", "number": "text",
    "opened_on": "text", "unit": "map",
}  # fmt: skip
RESERVED = frozenset(BUILT_IN) | {
    "filled", "before", "taken", "clocks", "links", "params", "counts", "documents", "it", "item",
    "adds", "edits", "changed",
}  # fmt: skip
"""Words that no field, fact or table may take."""

_OUTPUTS: Mapping[str, Kind] = {
    "share": "text", "integer": "integer", "decimal": "decimal", "text": "text",
    "boolean": "boolean", "date": "text", "label": "map", "choice": "text",
}  # fmt: skip


def field_kind(rule: FieldDef) -> Kind:
    """Return the type that a field has in expressions."""
    if not rule.many:
        return rule.kind.sees
    return "list of maps" if rule.kind.is_looked_up else "list of text"


def output_type(gives: Any) -> str | None:
    """Return the type of a table's output as declared, None where it is no type."""
    if isinstance(gives, list):
        return "choice"
    if isinstance(gives, dict):
        return "label"
    return gives if isinstance(gives, str) and gives in _OUTPUTS else None


def output_kind(gives: Any) -> Kind:
    """Return the type that a table's output has in expressions."""
    return _OUTPUTS[output_type(gives) or "text"]


def param_kind(rule: ParamDef) -> Kind | None:
    """Return the kind of a param; None for lengths of time, which only clocks read."""
    value = rule.value
    if isinstance(value, bool):
        return "boolean"
    if isinstance(value, int):
        return "integer"
    if isinstance(value, float):
        return "decimal"
    if isinstance(value, list):
        return "list"
    return None if is_span(value) else "text"


def is_span(value: Any) -> bool:
    """Tell whether a param's value is a length of time."""
    if isinstance(value, str) and ID.fullmatch(value):
        return False
    try:
        parse_span(value)
    except ValueError:
        return False
    return True


def variables(rule: WorkflowDef, facts: Mapping[str, Kind]) -> dict[str, Kind]:
    """Return every name an expression may read, dotted where it is.

    Args:
        rule: the merged definition.
        facts: kinds of the derived facts that are already compiled.
    """
    found: dict[str, Kind] = dict(BUILT_IN)
    for name, part in rule.fields.items():
        found[name] = found[f"before.{name}"] = field_kind(part)
        found[f"filled.{name}"] = "boolean"
    for name, table in rule.tables.items():
        found.update(_table_names(name, table))
    for clock in rule.clocks:
        found.update({f"clocks.{clock}.{fact}": "boolean" for fact in CLOCK_FACTS})
    for document in rule.documents:
        found.update({f"documents.{document}.{fact}": "boolean" for fact in DOCUMENT_FACTS})
    found.update({f"links.{name}": "list of maps" for name in rule.links})
    found.update({f"counts.{name}": "integer" for name in rule.counts})
    found.update({f"taken.{trigger}": "integer" for trigger in triggers(rule)})
    for name, param in rule.params.items():
        if (kind := param_kind(param)) is not None:
            found[f"params.{name}"] = kind
    found.update(facts)
    found.update({f"before.{name}": kind for name, kind in facts.items()})
    return found


def _table_names(name: str, table: TableDef) -> dict[str, Kind]:
    if table.hit == "collect":
        return {f"{name}.{output}": "list" for output in (*table.gives, "rule")}
    kinds = {f"{name}.{o}": output_kind(g) for o, g in table.gives.items()}
    return {**kinds, f"{name}.rule": "text"}


def triggers(rule: WorkflowDef) -> list[str]:
    """Return every trigger of the file, in the order they are first named."""
    found: dict[str, None] = {}
    offers = [state.on for state in rule.states.values()]
    for offered in (*offers, *(group.on for group in rule.groups.values())):
        found.update(dict.fromkeys(offered))
    return list(found)


def columns(
    rule: WorkflowDef, catalogues: Mapping[str, frozenset[str]]
) -> dict[str, frozenset[str]]:
    """Return the columns of every map and of every list's items, by variable.

    Catalogues whose columns are not known here are left out: their columns go unchecked.
    """
    found: dict[str, frozenset[str]] = {"unit": UNIT}
    for name, part in rule.fields.items():
        if (known := field_columns(part, catalogues)) is not None:
            found[name] = found[f"before.{name}"] = known
    found.update({f"links.{name}": LINKED for name in rule.links})
    return found


def field_columns(
    rule: FieldDef, catalogues: Mapping[str, frozenset[str]]
) -> frozenset[str] | None:
    """Return the columns of one field's map or items, or None where it has or knows none."""
    if rule.catalogue is not None:
        return catalogues.get(rule.catalogue)
    return type_columns(rule)


def type_columns(rule: FieldDef) -> frozenset[str] | None:
    """Return the columns that a field has by its type alone, or None."""
    match rule.type:
        case FieldType.LIST:
            return frozenset(rule.of) if isinstance(rule.of, dict) else None
        case FieldType.UNIT:
            return UNIT
        case FieldType.CASE:
            return LINKED
        case (
            FieldType.TEXT | FieldType.INTEGER | FieldType.DECIMAL | FieldType.MONEY
            | FieldType.BOOLEAN | FieldType.DATE | FieldType.MOMENT | FieldType.CHOICE
            | FieldType.PERSON | FieldType.ITEM | FieldType.FILE
        ):  # fmt: skip
            return None
        case _:
            assert_never(rule.type)
