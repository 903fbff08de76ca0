"""Finds the noun for a name of the file, and its type."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from engine.case.values import Lang
from engine.compiling.plan import Workflow
from engine.language.kinds import FieldType
from engine.language.parts import FieldDef, ParamDef
from engine.language.words import Label
from engine.telling.sentences.tongue import Tongue

_FIXED: Mapping[str, tuple[str, str, str]] = {
    "today": ("今日", "today", "date"),
    "now": ("此刻", "the present moment", "moment"),
    "actor": ("办理人", "the person acting", "person"),
    "number": ("案件编号", "the case's number", "text"),
    "opened_on": ("立案日", "the day of opening", "date"),
    "state": ("环节", "the state", "state"),
    "unit": ("本案所在单位", "the case's unit", "unit"),
}
_PARTS: Mapping[str, tuple[str, str]] = {
    "number": ("编号", "number"),
    "unit": ("单位", "unit"),
    "state": ("环节", "state"),
    "outcome": ("结果", "outcome"),
    "opened_on": ("立案日", "day of opening"),
    "level": ("层级", "level"),
    "title": ("名称", "name"),
    "name": ("名称", "name"),
    "code": ("编码", "code"),
    "class": ("类别", "class"),
}
_AWKWARD = "、，；或且而"


@dataclass(frozen=True, slots=True, kw_only=True)
class Noun:
    """A name in words.

    Attributes:
        text: how it stands in a sentence.
        type: a field's type, ``share``, ``number``, the unit of time that it counts, or "" where
            it is not known.
        options: labels of the literals it may have.
        rough: it has no label of its own, so the words are of little help.
    """

    text: str
    type: str = ""
    options: Mapping[str, str] = field(default_factory=dict)
    rough: bool = False


class Nouns:
    """The nouns of one workflow in one language."""

    def __init__(self, workflow: Workflow, lang: Lang, *, each: str | None = None) -> None:
        """Name things.

        Args:
            workflow: where the labels come from.
            lang: the language.
            each: the list that ``item`` and ``it`` stand for an item of, if any.
        """
        self.workflow, self.tongue, self.each = workflow, Tongue(lang), each

    def noun(self, name: str) -> Noun:
        """Return a declared name in words.

        Source:
            language.md 2: the names an expression may read.
        """
        head, _, rest = name.partition(".")
        say = self.tongue.say
        if name in _FIXED:
            zh, en, kind = _FIXED[name]
            return Noun(text=say(zh, en), type=kind, options=self._states(kind))
        if name in self.workflow.facts:
            return self._labelled("facts", name, self.workflow.facts[name].kind)
        if head in self.workflow.fields:
            return self._field(head, rest)
        readers = {"before": self._before, "params": self._param}
        if head in readers:
            return readers[head](rest)
        if head in self.workflow.tables:
            return self._output(head, rest)
        if head in {"counts", "links"}:
            return self._labelled(head, rest, "list" if head == "links" else "integer")
        if head in {"item", "it"} and self.each:
            return self._column(self.each, rest)
        return Noun(text=self.tongue.quoted(name), rough=True)

    def label(self, kind: str, name: str) -> str:
        """Return a label; the id where there is none."""
        return self.workflow.label(kind, name, self.tongue.lang)

    def column(self, name: str, column: str) -> str:
        """Return the label of a list's column; its id where it has none."""
        part = self._columns(name).get(column)
        return part.label.text(self.tongue.lang) if part and part.label else column

    def plain(self, label: str) -> str:
        """Return a label as a noun: in quotes where it would run into the sentence."""
        if self.tongue.zh and not any(mark in label for mark in _AWKWARD):
            return label
        return self.tongue.quoted(label)

    def item(self, label: str) -> str:
        """Return a label within an enumeration: in quotes where it has commas of its own."""
        return self.tongue.quoted(label) if "、" in label or ", " in label else label

    def made(self, trigger: str) -> list[str]:
        """Return every label that a trigger's moves have, in file order; may be empty."""
        branches = [one for some in self.workflow.branches.values() for one in some]
        labels = (
            said(one.definition.label, self.tongue.lang)
            for one in branches
            if trigger in {one.trigger, one.definition.id}
        )
        return [label for label in dict.fromkeys(labels) if label]

    def _labelled(self, kind: str, name: str, type_: str) -> Noun:
        label = self.label(kind, name)
        return Noun(text=self.plain(label), type=type_, rough=label == name)

    def _states(self, kind: str) -> Mapping[str, str]:
        names = self.workflow.definition.states if kind == "state" else ()
        return {name: self.label("states", name) for name in names}

    def _field(self, name: str, rest: str) -> Noun:
        part = self.workflow.fields[name]
        label = self.label("fields", name)
        if not rest:
            kind = FieldType.LIST if part.many else part.type
            return Noun(text=self.plain(label), type=kind, options=self._options(part))
        if part.type is FieldType.LIST:
            return self._column(name, rest)
        known = rest in _PARTS
        word = self.tongue.say(*_PARTS[rest]) if known else rest
        text = self.tongue.say(f"{self.plain(label)}的{word}", f"the {word} of “{label}”")
        return Noun(text=text, type="date" if rest == "opened_on" else "text", rough=not known)

    def _columns(self, name: str) -> Mapping[str, FieldDef]:
        part = self.workflow.fields.get(name)
        return part.columns if part is not None else {}

    def _column(self, name: str, column: str) -> Noun:
        part = self._columns(name).get(column)
        if part is None:
            return Noun(text=self.tongue.quoted(column), rough=True)
        text = self.plain(self.column(name, column))
        return Noun(text=text, type=part.type, options=self._options(part))

    def _options(self, part: FieldDef | ParamDef) -> Mapping[str, str]:
        return {name: label.text(self.tongue.lang) for name, label in (part.options or {}).items()}

    def _before(self, name: str) -> Noun:
        inner = self.noun(name)
        text = self.tongue.say(f"办理前的{inner.text}", f"{inner.text} before the move")
        return Noun(text=text, type=inner.type, options=inner.options, rough=inner.rough)

    def _param(self, name: str) -> Noun:
        label, param = self.label("params", name), self.workflow.definition.params[name]
        if param.options:
            return Noun(text=self.plain(label), type="choice", options=self._options(param))
        value = self.tongue.value(param.value)
        text = self.tongue.say(f"{self.plain(label)}（{value}）", f"“{label}” ({value})")
        return Noun(text=text, rough=label == name)

    def _output(self, table: str, output: str) -> Noun:
        """Return a table's output; a closed list of options is known by the table's own name."""
        label = self.plain(self.label("tables", table))
        gives = self.workflow.definition.tables[table].gives.get(output, "text")
        if isinstance(gives, list):
            return Noun(text=label, type="choice", options={str(one): str(one) for one in gives})
        what = self.tongue.quoted(output)
        text = self.tongue.say(f"{label}的{what}", f"{what} of {label}")
        return Noun(text=text, type=str(gives), rough=True)


def said(label: Label | None, lang: Lang) -> str:
    """Return a label's text, "" for none."""
    return label.text(lang) if label is not None else ""
