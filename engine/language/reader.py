"""Reads YAML text into plain values, with the place of every key and value.

Built on the parser's events, so that nothing is constructed, expanded or recursed into before
the caps are checked: tags, anchors, aliases and merge keys never take effect.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from math import isfinite
from typing import Any

import yaml
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.reader import ReaderError

from engine.case.problems import Position, Problem
from engine.case.text import Text, said
from engine.language import parsers
from engine.language import words_of_findings as words

MAX_BYTES = 1024 * 1024
MAX_NODES = 100_000
MAX_DEPTH = 32
MAX_SECOND = 256 * 1024
"""Longest text, in characters, that the slow parser reads after the quick one refused it."""

Path = tuple[str | int, ...]

_INT = re.compile(r"[-+]?(0|[1-9][0-9]{0,18})")
_FLOAT = re.compile(r"[-+]?([0-9]+\.[0-9]+|[0-9]+(\.[0-9]+)?[eE][-+]?[0-9]+)")
_WORDS: dict[str, object] = {
    "": None, "~": None, "null": None, "Null": None, "NULL": None,
    "true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False,
}  # fmt: skip
_ENDS = frozenset({"HY001", "HY004", "HY005", "HY006"})
_QUOTED = frozenset("'\"|>")
_NUMERIC = frozenset("+-0123456789")
_NODES = frozenset({"MappingStartEvent", "SequenceStartEvent", "ScalarEvent", "AliasEvent"})
_UNKEEPABLE = re.compile("[\ud800-\udfff]")
_ESCAPED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


@dataclass(slots=True)
class Document:
    """A YAML text as plain values, each with its place.

    Attributes:
        value: mappings as dict, sequences as list, scalars as str, int, float, bool or None.
        keys: the place of the key at a path.
        values: the place of the value at a path.
        quoted: paths of the values that stand in quotes.
        problems: what the text itself got wrong, in order of place.
        file: the name given by the caller.
    """

    file: str
    value: Any = None
    keys: dict[Path, Position] = field(default_factory=dict)
    values: dict[Path, Position] = field(default_factory=dict)
    quoted: set[Path] = field(default_factory=set)
    problems: list[Problem] = field(default_factory=list)

    def at(self, path: Path, *, key: bool = False) -> Position:
        """Return the place of the value (or key) at ``path``, or of the nearest one above.

        A single part may stand where a list of parts could: its place 0 is then left out.
        """
        whole: Path = ()
        for step in path:
            if step != 0 or (*whole, step) in self.values:
                whole = (*whole, step)
        path = whole
        while True:
            places = self.keys if key and path in self.keys else self.values
            if path in places:
                return places[path]
            if not path:
                return Position(file=self.file, line=1, column=1)
            path = path[:-1]

    @property
    def broken(self) -> bool:
        """Whether reading ended early, so that missing keys are not the author's omission."""
        return any(problem.code in _ENDS for problem in self.problems)

    def add(self, at: Position, code: str, words: Text) -> None:
        """Note a problem."""
        self.problems.append(Problem(at=at, code=code, words=words))


@dataclass(slots=True)
class _Frame:
    """An open mapping or sequence while its events come in."""

    value: Any
    path: Path
    key: str | None = None
    expects_key: bool = True
    dropped: bool = False


def read_yaml(text: str, *, file: str = "") -> Document:
    """Read one YAML 1.2 document.

    Every problem of the text is collected; only a syntax error or a broken cap ends the
    reading early. Keys are always text. Dates, times and numbers with leading zeros stay
    text, as YAML 1.2 says.

    Args:
        text: the file's content.
        file: its name, for places.

    Returns:
        The document; ``value`` is what could be read, possibly None.

    Source:
        language.md, first paragraph: caps and refused features.
    """
    document = Document(file=file)
    start = Position(file=file, line=1, column=1)
    if len(text) > MAX_BYTES or len(text.encode("utf-8", "surrogatepass")) > MAX_BYTES:
        document.add(start, "HY004", words.TOO_LONG)
        return document
    if bad := _UNKEEPABLE.search(text):
        line = text.count("\n", 0, bad.start()) + 1
        at = Position(file=file, line=line, column=bad.start() - text.rfind("\n", 0, bad.start()))
        document.add(at, "HY005", words.LONE_SURROGATE)
        return document
    for parser in (parsers.quick, parsers.newer):
        if not _refused(found := _parsed(text, file, parser)):
            return found
    return _parsed(text, file, parsers.pure if len(text) <= MAX_SECOND else parsers.quick)


def _refused(document: Document) -> bool:
    return bool(document.problems) and document.problems[-1].code == "HY001"


def _parsed(text: str, file: str, parser: parsers.Parser) -> Document:
    """Build the document from one parser's events."""
    document = Document(file=file)
    start = Position(file=file, line=1, column=1)
    try:
        _build(document, parser(text))
    except ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        at = Position(file=file, line=line, column=1)
        document.add(at, "HY005", words.CONTROL_CHARACTER)
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        at = Position(file=file, line=mark.line + 1, column=mark.column + 1)
        what = error.problem or "not YAML"
        template = words.BAD_TOKEN if "token" in what else words.BAD_SYNTAX
        document.add(at, "HY001", said(template, problem=what))
    except (YAMLError, yaml.YAMLError, ValueError, OverflowError) as error:
        # The pure parser takes the numbers of escapes and directives as they come.
        document.add(start, "HY001", said(words.BAD_YAML, problem=type(error).__name__))
    return document


def _build(document: Document, events: Iterable[Any]) -> None:
    stack: list[_Frame] = []
    nodes = documents = 0
    for event in events:
        kind = type(event).__name__
        if kind in _NODES:
            at = _position(document.file, event)
            nodes += 1
            if nodes > MAX_NODES or len(stack) >= MAX_DEPTH:
                document.add(at, "HY004", said(words.TOO_DEEP, nodes=MAX_NODES, levels=MAX_DEPTH))
                return
            _node(document, stack, event, kind, at)
        elif kind in {"MappingEndEvent", "SequenceEndEvent"}:
            stack.pop()
        elif kind == "DocumentStartEvent":
            documents += 1
            if documents > 1:
                document.add(_position(document.file, event), "HY006", words.ONE_DOCUMENT)
                return
    if document.value is None and not document.problems:
        at = Position(file=document.file, line=1, column=1)
        document.add(at, "HY006", words.EMPTY)


def _node(document: Document, stack: list[_Frame], event: Any, kind: str, at: Position) -> None:
    if event.anchor or kind == "AliasEvent" or event.tag:
        _refuse_features(document, event, kind, at)
    frame = stack[-1] if stack else None
    if frame is not None and isinstance(frame.value, dict) and frame.expects_key:
        _key(document, frame, event, kind, at, stack)
        return
    value: Any
    if kind == "MappingStartEvent":
        value = {}
    elif kind == "SequenceStartEvent":
        value = []
    else:
        value = _scalar(document, event, at) if kind == "ScalarEvent" else None
    path = _place(document, frame, value, at)
    if kind == "ScalarEvent" and event.style in {"'", '"'}:
        document.quoted.add(path)
    if isinstance(value, (dict, list)):
        stack.append(_Frame(value=value, path=path, dropped=_is_dropped(frame)))


def _is_dropped(frame: _Frame | None) -> bool:
    """Tell whether a value stands under a key that was refused: it has no place of its own."""
    if frame is None:
        return False
    return frame.dropped or (isinstance(frame.value, dict) and frame.key is None)


def _key(
    document: Document, frame: _Frame, event: Any, kind: str, at: Position, stack: list[_Frame]
) -> None:
    frame.expects_key = False
    if kind != "ScalarEvent":
        document.add(at, "HY103", words.TEXT_KEYS)
        frame.key = None
        if kind in {"MappingStartEvent", "SequenceStartEvent"}:
            value: Any = {} if kind == "MappingStartEvent" else []
            stack.append(_Frame(value=value, path=(*frame.path, "?"), dropped=True))
            # The end of this odd key is the parent's cue to expect its value.
        return
    name = _text(document, event, at)
    if name == "<<" and event.style not in _QUOTED:
        document.add(at, "HY003", words.NO_MERGE_KEYS)
        frame.key = None
        return
    if name in frame.value:
        first = document.keys.get((*frame.path, name))
        where = f"{first.line}" if first else "?"
        document.add(at, "HY002", said(words.REPEATED, key=name, line=where))
        frame.key = None
        return
    frame.key = name
    document.keys[(*frame.path, name)] = at


def _place(document: Document, frame: _Frame | None, value: Any, at: Position) -> Path:
    if frame is None:
        document.value = value
        document.values[()] = at
        return ()
    path: Path
    if isinstance(frame.value, dict):
        frame.expects_key = True
        if frame.key is None:
            return (*frame.path, "?")
        path = (*frame.path, frame.key)
        frame.value[frame.key] = value
    else:
        path = (*frame.path, len(frame.value))
        frame.value.append(value)
    if not frame.dropped:
        document.values[path] = at
    return path


def _refuse_features(document: Document, event: Any, kind: str, at: Position) -> None:
    if kind == "AliasEvent":
        document.add(at, "HY003", words.NO_ALIASES)
        return
    if event.anchor:
        document.add(at, "HY003", words.NO_ANCHORS)
    if event.tag:
        document.add(at, "HY003", words.NO_TAGS)


def _text(document: Document, event: Any, at: Position) -> str:
    r"""Return a scalar's text; escapes such as ``"\0"`` or half a pair bring nothing in."""
    text = str(event.value)
    if _ESCAPED.search(text):
        # JSON writes a character beyond the basic plane as a pair of escapes.
        text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        if _ESCAPED.search(text) or "\ufffd" in text:
            document.add(at, "HY005", words.NOT_KEPT)
    return text


def _scalar(document: Document, event: Any, at: Position) -> Any:
    text = _text(document, event, at)
    if event.style in _QUOTED:
        return text
    if text in _WORDS:
        return _WORDS[text]
    if text[0] not in _NUMERIC:
        return text
    if _INT.fullmatch(text):
        return int(text)
    if _FLOAT.fullmatch(text) and isfinite(float(text)):
        return float(text)
    return text


def _position(file: str, event: Any) -> Position:
    mark = event.start_mark
    return Position(file=file, line=mark.line + 1, column=mark.column + 1)
