"""Compiles the expressions of a file, each problem at its line and column."""

from collections.abc import Iterable, Iterator, Mapping
from graphlib import CycleError, TopologicalSorter
from typing import Any

from engine.case.text import said
from engine.compiling import words
from engine.compiling.plan import Literal
from engine.language.cel import Environment, Expression, ExpressionError, Kind, environment
from engine.language.load import Findings
from engine.language.model import WorkflowDef
from engine.language.reader import Path
from engine.language.scan import scan
from engine.language.scope import columns, field_columns, variables

_FITS: Mapping[str, frozenset[str]] = {
    "decimal": frozenset({"decimal", "integer"}),
    "list": frozenset({"list", "list of text", "list of maps"}),
    "list of text": frozenset({"list", "list of text"}),
    "list of maps": frozenset({"list", "list of maps"}),
}


class Formulas:
    """The expressions of one file: compiled over its names, problems noted."""

    def __init__(
        self, rule: WorkflowDef, findings: Findings, catalogues: Mapping[str, frozenset[str]]
    ) -> None:
        """Compile the derived facts first: everything else may read them.

        Args:
            rule: the merged definition.
            findings: where problems go.
            catalogues: the columns of the catalogues that are known.
        """
        self.rule, self.findings, self.catalogues = rule, findings, catalogues
        self._columns = columns(rule, catalogues)
        self._options = _options(rule)
        self._items: dict[str, Environment] = {}
        self.facts: dict[str, Expression] = {}
        self._kinds: dict[str, Kind] = {}
        self.environment = environment(variables(rule, {}), self._columns)
        self._compile_facts()
        self.environment = environment(variables(rule, self._kinds), self._columns)
        self.variables = self.environment.variables

    def _compile_facts(self) -> None:
        for names in self._order():
            self.environment = environment(variables(self.rule, self._kinds), self._columns)
            for name in names:
                compiled = self.compile(self.rule.facts[name].is_, ("facts", name, "is"))
                # A wrong fact still has a name: without it every use would be a second problem.
                self._kinds[name] = compiled.kind if compiled else "any"
                if compiled:
                    self.facts[name] = compiled

    def _order(self) -> Iterator[tuple[str, ...]]:
        """Yield the derived facts so that each comes after those it reads, in as few groups."""
        known = variables(self.rule, dict.fromkeys(self.rule.facts, "any"))
        graph = {
            name: {
                read.removeprefix("before.") for read in scan(fact.is_, known, self._columns).names
            }
            & self.rule.facts.keys()
            for name, fact in self.rule.facts.items()
        }
        order = TopologicalSorter(graph)
        try:
            order.prepare()
        except CycleError as error:
            circle = " → ".join(error.args[1])
            told = said(words.IN_A_CIRCLE, circle=circle)
            self.findings.add(("facts", error.args[1][0]), "HY306", told, key=True)
            # Their names stay known: without them every use would be a second problem.
            self._kinds = dict.fromkeys(self.rule.facts, "any")
            return
        while order:
            names = order.get_ready()
            yield names
            order.done(*names)

    def compile(
        self,
        source: str,
        path: Path,
        *,
        wants: Kind | None = None,
        plain: bool = False,
        each: str | None = None,
        skip: int = 0,
    ) -> Expression | None:
        """Compile one text; note its problem and return None if it has one.

        Args:
            source: the CEL text.
            path: where it stands.
            wants: the kind of result needed.
            plain: list macros are refused (a guard).
            each: the list whose item ``item`` and ``it`` mean here.
            skip: characters before the text in the file's value (1 for ``=``).
        """
        environment = self._with_item(each) if each else self.environment
        offset = self._offset(path) + skip
        try:
            compiled = environment.compile(source)
        except ExpressionError as error:
            told = said(words.BY_CODE[error.code], what=error.what, source=source[:60])
            near = error.what.split("'")[1] if "undeclared" in error.what else ""
            self.findings.add(
                path, error.code, told,
                near=near, among=self.environment.variables, offset=offset + error.at,
            )  # fmt: skip
            return None
        if plain and compiled.scan.macros:
            word, at = compiled.scan.macros[0]
            told = said(words.NO_MACRO, word=word)
            self.findings.add(path, "HY303", told, offset=offset + at)
        if wants and compiled.kind not in {wants, "any"} | _FITS.get(wants, frozenset()):
            told = said(words.OTHER_KIND, wants=wants, kind=compiled.kind)
            self.findings.add(path, "HY304", told, offset=offset)
        self._check_options(compiled, path, offset)
        return compiled

    def value(
        self,
        value: Any,
        path: Path,
        *,
        wants: Kind | None = None,
        each: str | None = None,
        names: bool = False,
    ) -> Expression | Literal:
        """Compile a value that may be ``=expression``, a field's name (``names``), or a literal."""
        if isinstance(value, str) and value.startswith("="):
            compiled = self.compile(value[1:], path, wants=wants, each=each, skip=1)
            return compiled or Literal(value=None)
        if names and isinstance(value, str):
            head = value.partition(".")[0]
            known = value in self.rule.fields or value in self.rule.facts
            if known or (each and head in {"it", "item"} and "." in value):
                return self.compile(value, path, each=each) or Literal(value=None)
        return Literal(value=value)

    def _with_item(self, each: str) -> Environment:
        if each not in self._items:
            part = self.rule.fields.get(each)
            known = field_columns(part, self.catalogues) if part else None
            extra = {"item": known, "it": known} if known is not None else {}
            self._items[each] = environment(
                {**self.environment.variables, "item": "map", "it": "map"},
                {**self._columns, **extra},
            )
        return self._items[each]

    def _offset(self, path: Path) -> int:
        """Return 1 where the value stands in quotes, whose first character it then follows."""
        return 1 if path in self.findings.document.quoted else 0

    def _check_options(self, compiled: Expression, path: Path, offset: int) -> None:
        for name, literal, at in compiled.scan.literals:
            options = self._options.get(name)
            if options is not None and literal not in options:
                told = said(words.OTHER_OPTION, word=literal, name=name)
                self.findings.add(
                    path, "HY307", told, near=literal, among=options, offset=offset + at
                )


def _options(rule: WorkflowDef) -> dict[str, Iterable[str]]:
    """Return the words that comparisons may use, by variable."""
    found: dict[str, Iterable[str]] = {"state": list(rule.states)}
    for name, part in rule.fields.items():
        inner = part.columns
        known = {name: part, **{f"{name}.{column}": one for column, one in inner.items()}}
        for word, one in known.items():
            if one.options is not None:
                found[word] = found[f"before.{word}"] = list(one.options)
    found |= {f"params.{p}": list(one.options) for p, one in rule.params.items() if one.options}
    for name, table in rule.tables.items():
        for output, gives in table.gives.items():
            if isinstance(gives, list):
                found[f"{name}.{output}"] = [str(word) for word in gives]
        found[f"{name}.rule"] = [row.id for row in table.rules]
    return found
