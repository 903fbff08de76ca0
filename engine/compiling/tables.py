"""Compiles decision tables; a row's ``if``, a mapping, is turned into a CEL expression."""

import json
from typing import Any

from engine.case.text import said
from engine.compiling import words
from engine.compiling.formulas import Formulas
from engine.compiling.plan import Literal, Table, TableRule
from engine.language.cel import Expression
from engine.language.model import WorkflowDef
from engine.language.parts import RuleDef, TableDef
from engine.language.reader import Path
from engine.language.scope import output_kind, output_type
from engine.time.shares import parse_share


def plan_tables(rule: WorkflowDef, formulas: Formulas) -> dict[str, Table]:
    """Return every decision table of a file, compiled; problems are noted."""
    return {name: _table(name, table, formulas) for name, table in rule.tables.items()}


def _table(name: str, table: TableDef, formulas: Formulas) -> Table:
    rules, seen = [], set()
    for place, row in enumerate(table.rules):
        path: Path = ("tables", name, "rules", place)
        if row.id in seen:
            formulas.findings.add((*path, "id"), "HY202", said(words.ROW_TWICE, row=row.id))
        seen.add(row.id)
        rules.append(
            TableRule(
                id=row.id,
                conditions=_conditions(row, (*path, "if"), formulas),
                then={
                    o: _output(table, o, v, (*path, "then", o), formulas)
                    for o, v in row.then.items()
                },
                from_=row.from_,
                until=row.until,
                source=row.source or "",
            )
        )
    for output, value in table.defaults.items():
        _output(table, output, value, ("tables", name, "defaults", output), formulas)
    return Table(
        name=name,
        hit=table.hit,
        outputs=tuple(table.gives),
        defaults=table.defaults,
        rules=tuple(rules),
    )


def _conditions(row: RuleDef, path: Path, formulas: Formulas) -> tuple[Expression, ...]:
    if row.if_ is None:
        return ()
    if isinstance(row.if_, str):
        found = [formulas.compile(row.if_, path, wants="boolean")]
    elif isinstance(row.if_, dict):
        found = [_column(name, want, (*path, name), formulas) for name, want in row.if_.items()]
    else:
        formulas.findings.add(path, "HY103", words.IF_IS)
        return ()
    return tuple(one for one in found if one is not None)


def _column(name: str, want: Any, path: Path, formulas: Formulas) -> Expression | None:
    """Compile one cell: equal to a literal, or one of several; of a list, any of several."""
    if name not in formulas.variables:
        told = said(words.NO_FACT, name=name)
        formulas.findings.add(path, "HY201", told, near=name, among=formulas.variables, key=True)
        return None
    wanted = want if isinstance(want, list) else [want]
    literals = [json.dumps(word, ensure_ascii=False) for word in wanted]
    if formulas.variables[name].startswith("list"):
        source = " || ".join(f"{literal} in {name}" for literal in literals)
    elif formulas.variables[name] == "decimal":
        if not all(isinstance(word, (int, float)) for word in wanted):
            formulas.findings.add(path, "HY103", said(words.AGAINST_NUMBER, name=name))
            return None
        source = " || ".join(f"{name} == {float(word)}" for word in wanted)
    else:
        source = (
            f"{name} in [{', '.join(literals)}]" if len(wanted) > 1 else f"{name} == {literals[0]}"
        )
    return formulas.compile(source, path)


def _output(
    table: TableDef, output: str, value: Any, path: Path, formulas: Formulas
) -> Expression | Literal:
    if output not in table.gives:
        told = said(words.NO_OUTPUT, output=output)
        formulas.findings.add(path, "HY201", told, near=output, among=list(table.gives), key=True)
        return Literal(value=None)
    compiled = formulas.value(value, path, wants=output_kind(table.gives[output]))
    if isinstance(compiled, Literal) and not _fits(table.gives[output], compiled.value):
        wants = table.gives[output]
        told = said(words.OUTPUT_MUST_BE, output=output, wants=str(wants))
        formulas.findings.add(path, "HY103", told)
    return compiled


def _fits(gives: Any, value: Any) -> bool:
    kind = output_type(gives)
    if kind == "choice":
        return value in gives
    if kind == "share":
        try:
            parse_share(str(value))
        except ValueError:
            return False
        return True
    if kind == "integer":
        return isinstance(value, int) and not isinstance(value, bool)
    if kind == "decimal":
        return isinstance(value, (int, float)) and not isinstance(value, bool)
    if kind == "boolean":
        return isinstance(value, bool)
    if kind == "label":
        return isinstance(value, dict) and "zh" in value
    return isinstance(value, str)
