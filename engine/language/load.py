"""Reads a text into a checked, merged, typed definition, with every problem in one pass."""

from collections.abc import Callable
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import lru_cache
from typing import Any, Literal

from pydantic import BaseModel, ValidationError

from engine.case.problems import Position, Problem
from engine.case.text import NOTHING, Text, said
from engine.language import words_of_findings as words
from engine.language.codes import WARNINGS
from engine.language.mend import mended
from engine.language.model import CommonDef, PackDef, WorkflowDef
from engine.language.places import path_of
from engine.language.reader import Document, Path, read_yaml
from engine.language.words import ID

ShelfKind = Literal["library", "pack", "catalogue", "calendar", "profile", "template"]
Shelf = Callable[[ShelfKind, str], tuple[str, str] | None]
"""Finds what a file uses: (kind, name) to (file, text), or None where there is none."""

SHARED = (
    "sources",
    "params",
    "roles",
    "fields",
    "facts",
    "tables",
    "documents",
    "ladders",
    "groups",
)
_PACKED = ("sources", "tables")


def no_shelf(_kind: ShelfKind, _name: str) -> None:
    """Return nothing for any name: the shelf of files that use no other file."""


@dataclass(slots=True)
class Findings:
    """The problems of one check, with the places of merged documents.

    Attributes:
        document: the file itself.
        borrowed: the document that a merged part came from, by its first two path elements.
        problems: what was found, in order of finding.
        mended: mistakes of shape were taken out: what only advises would be misled by that.
    """

    document: Document
    borrowed: dict[Path, Document] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    mended: bool = False

    def at(self, path: Path, *, key: bool = False) -> Position:
        """Return where a path of the merged definition stands."""
        return self.borrowed.get(path[:2], self.document).at(path, key=key)

    def add(
        self,
        path: Path,
        code: str,
        words: Text,
        *,
        near: str = "",
        among: Any = (),
        key: bool = False,
        offset: int = 0,
    ) -> None:
        """Note a problem at a path.

        Args:
            path: where in the merged definition.
            code: a key of ``CODES``.
            words: the sentence.
            near: a misspelt word, to be compared with ``among`` for a suggestion.
            among: the words that would have been right.
            key: the key at the path is meant, not its value.
            offset: characters into the value.
        """
        place = self.at(path, key=key)
        if offset:
            place = Position(file=place.file, line=place.line, column=place.column + offset)
        severity = "warning" if code in WARNINGS else "error"
        if self.mended and severity == "warning":
            return
        self.problems.append(
            Problem(at=place, code=code, words=words, hint=_hint(near, among), severity=severity)
        )

    @property
    def wrong(self) -> bool:
        """Whether any problem keeps the file from being used."""
        return any(p.severity == "error" for p in self.problems)


def _hint(near: str, among: Any) -> Text:
    close = get_close_matches(near, sorted(map(str, among)), n=1, cutoff=0.6) if near else []
    return said(words.DID_YOU_MEAN, word=close[0]) if close else NOTHING


def load_definition(
    text: str, *, file: str = "", shelf: Shelf = no_shelf
) -> tuple[WorkflowDef | None, Findings]:
    """Read, merge and type a workflow file.

    Args:
        text: the file's content.
        file: its name, for places.
        shelf: finds the libraries and packs that the file uses.

    Returns:
        The definition, and what was found. With mistakes of shape it is what remains without
        them, for further checks only, or None.
    """
    document = read_yaml(text, file=file)
    findings = Findings(document=document, problems=list(document.problems))
    if not isinstance(document.value, dict):
        if not findings.problems:
            findings.add((), "HY103", words.NO_MAPPING)
        return None, findings
    merged = dict(document.value)
    uses = merged.get("uses")
    for place, name in enumerate(uses if isinstance(uses, list) else []):
        # A shelf is asked for names only: what is no name could be a path.
        if isinstance(name, str) and ID.fullmatch(name):
            _merge(merged, findings, ("uses", place), name, shelf)
    rule: WorkflowDef | None = validate(WorkflowDef, merged, findings)
    if rule is None and not document.problems:
        rule = mended(WorkflowDef, merged)
        findings.mended = True
    return rule, findings


def _merge(merged: dict[str, Any], findings: Findings, path: Path, name: str, shelf: Shelf) -> None:
    found, model, keys = shelf("library", name), CommonDef, SHARED
    if found is None:
        found, model, keys = shelf("pack", name), PackDef, _PACKED  # type: ignore[assignment]
    if found is None:
        findings.add(path, "HY201", said(words.NO_LIBRARY, name=name))
        return
    borrowed, fits = _borrowed(model, *found)
    if not fits:
        findings.problems.extend(borrowed.problems)
        return
    for section in keys:
        own = merged.get(section)
        if not isinstance(own, dict | None):
            continue
        for word, value in (borrowed.value.get(section) or {}).items():
            mine = dict(merged.get(section) or {})
            if word in mine:
                told = said(words.REDEFINED, word=word, name=name)
                findings.add((section, word), "HY202", told, key=True)
                continue
            mine[word] = value
            merged[section] = mine
            findings.borrowed[(section, word)] = borrowed


@lru_cache(maxsize=64)
def _borrowed(model: type[BaseModel], file: str, text: str) -> tuple[Document, bool]:
    """Return the document of a library or pack with all its problems, and whether it fits."""
    document = read_yaml(text, file=file)
    fits = validate(model, document.value, Findings(document=document, problems=document.problems))
    return document, fits is not None


def validate(model: type[BaseModel], value: Any, findings: Findings) -> Any:
    """Validate plain values against a model; note every problem at its place.

    Returns:
        The model's value, or None where anything was wrong or the text could not be read whole.
    """
    if findings.document.broken:
        return None
    try:
        return model.model_validate(value)
    except ValidationError as error:
        found = error.errors(include_url=False)
        misspelt = [e["loc"] for e in found if e["type"] == "extra_forbidden"]
        for wrong in found:
            if wrong["type"] == "missing" and _is_misspelt(wrong["loc"], misspelt):
                continue
            if wrong["type"] == "too_short" and wrong["input"]:
                # Its items are wrong, not absent: pydantic counts the right ones only.
                continue
            _note(findings, value, wrong, model)
        return None


def _is_misspelt(missing: tuple[Any, ...], unknown: list[tuple[Any, ...]]) -> bool:
    """Tell whether a missing key stands there after all, misspelt: one mistake, one problem."""
    beside = [str(loc[-1]) for loc in unknown if loc[:-1] == missing[:-1]]
    return bool(get_close_matches(str(missing[-1]), beside, n=1, cutoff=0.6))


def _note(findings: Findings, value: Any, wrong: Any, model: type[BaseModel]) -> None:
    path, is_key = path_of(value, wrong["loc"])
    named = [step for step in wrong["loc"] if step != "[key]"]
    kind, last = str(wrong["type"]), str(named[-1]) if named else ""
    if kind == "extra_forbidden":
        known = _known_keys(model, wrong["loc"][:-1])
        told = said(words.UNKNOWN_KEY, key=last)
        findings.add(path, "HY101", told, near=last, among=known, key=True)
    elif kind == "missing":
        findings.add(path, "HY102", said(words.MISSING_KEY, key=last), key=True)
    elif kind.startswith("HY"):
        given = wrong.get("ctx", {})
        word = given.get("word")
        if word:
            path, is_key = (*path, word), True
        # The path has no names of types in it, as the location has.
        word = word or (str(path[-1]) if path else last)
        says = Text(given["zh"], wrong["msg"])
        findings.add(path, kind, said(words.KEY_SAYS, key=word, wrong=says), key=is_key)
    elif kind == "literal_error":
        expected = str(wrong.get("ctx", {}).get("expected", ""))
        options = expected.replace("'", "").replace(" or ", ", ").split(", ")
        got = str(wrong.get("input"))
        told = said(words.NOT_ONE_OF, got=got, options=options)
        findings.add(path, "HY103", told, near=got, among=options)
    else:
        says = words.BY_KIND.get(kind) or said(words.MISWRITTEN, problem=wrong["msg"])
        findings.add(path, "HY103", said(words.KEY_IS, key=last, wrong=says), key=is_key)


def _known_keys(model: type[BaseModel], loc: tuple[Any, ...]) -> list[str]:
    """Return the keys that the model at a location knows, for "did you mean".

    Steps that are no field of the model are keys of a mapping, places in a list or names of
    types: they stay at the model.
    """
    current: type[BaseModel] | None = model
    for step in loc:
        if current is None:
            return []
        for name, info in current.model_fields.items():
            if step in {name, info.alias}:
                current = _inner(info.annotation)
                break
    return [info.alias or name for name, info in current.model_fields.items()] if current else []


def _inner(annotation: Any) -> type[BaseModel] | None:
    """Return the first model inside an annotation such as ``dict[Name, StateDef]``."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    for part in getattr(annotation, "__args__", ()):
        if found := _inner(part):
            return found
    return None
