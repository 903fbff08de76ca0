"""Lays files out: one layout for every file; comments, order and meaning stay.

Block style, two blanks a level, at most 120 characters a line. A short ``{…}`` or ``[…]`` that fits
its line stays as it is; what spans lines is joined where it fits and becomes a block where not.
"""

import re
from collections.abc import Iterator
from io import StringIO
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedBase, CommentedMap, CommentedSeq
from ruamel.yaml.error import YAMLError
from ruamel.yaml.nodes import ScalarNode
from ruamel.yaml.resolver import VersionedResolver
from ruamel.yaml.scalarstring import FoldedScalarString, ScalarString
from ruamel.yaml.tag import Tag

from engine.case.errors import DefinitionError
from engine.case.text import Text
from engine.language.reader import read_yaml
from heyi.app.errors import InputWrong

COLUMNS = 120
EMPTY = len("{}")
_BREAK = re.compile(r"(?<=[^ \n]) (?=[^ \n#])")
_TEXT = "tag:yaml.org,2002:str"


class _AsWritten(VersionedResolver):
    """Takes every scalar for text, so that ``1.10`` and ``2026-01-01`` come out as written."""

    def resolve(self, kind: Any, value: Any, implicit: Any) -> Any:
        if kind is ScalarNode:
            return Tag(suffix=_TEXT)
        return super().resolve(kind, value, implicit)


def round_trip() -> YAML:
    """Return a reader and writer that keeps comments, order and the way scalars are written."""
    yaml = YAML(typ="rt", pure=True)
    yaml.Resolver = _AsWritten
    yaml.preserve_quotes = True
    yaml.width = 1_000_000
    yaml.brace_single_entry_mapping_in_flow_sequence = True
    yaml.indent(mapping=2, sequence=4, offset=2)
    return yaml


def laid_out(text: str, *, file: str = "") -> str:
    """Return a file in its layout; laid out again it stays as it is.

    A single word, or a text in Chinese without a blank, that is longer than a line stays so.

    Raises:
        DefinitionError: the text is no YAML that heyi reads.
        InputWrong: a comment stands where it would be lost.
    """
    before = read_yaml(text, file=file)
    if before.problems:
        raise DefinitionError(before.problems)
    try:
        found = _settled(text)
    except YAMLError as error:
        raise _cannot(file) from error
    if found == text:
        return text
    after = read_yaml(found, file=file)
    if after.problems or after.value != before.value or _comments(found) != _comments(text):
        raise _cannot(file)
    return found


def _cannot(file: str) -> InputWrong:
    return InputWrong(
        Text(
            f"“{file}”无法排版而不丢失内容，未作改动；请把写在括号中间的注释移到上一行",
            f"'{file}' cannot be laid out without a loss; move comments out of brackets",
        )
    )


def _settled(text: str) -> str:
    """Return the text written anew until no line can be made shorter."""
    text = _stripped(text)
    while True:
        document = round_trip().load(text)
        text = _written(document)
        if not _long(text):
            return text
        document = round_trip().load(text)
        shortened = _shorten(document, _long(text)) and _written(document)
        if not shortened or shortened == text:
            return text
        text = shortened


def _stripped(text: str) -> str:
    lines = text.removeprefix("\ufeff").replace("\r\n", "\n").split("\n")
    return "\n".join(line.rstrip() for line in lines).rstrip("\n") + "\n"


def _written(document: Any) -> str:
    out = StringIO()
    round_trip().dump(document, out)
    return _stripped(out.getvalue())


def _long(text: str) -> set[int]:
    return {n for n, line in enumerate(text.split("\n")) if len(line) > COLUMNS}


def _shorten(document: Any, long: set[int]) -> bool:
    """Break up the outermost ``{…}`` or ``[…]`` of each long line, else its text."""
    changed = False
    if isinstance(document, CommentedBase) and document.fa.flow_style():
        # Nothing inside brackets can be a block.
        _break_up(document, 0)
        return True
    for parent, key, value in _inside(document):
        flow = isinstance(value, CommentedBase) and value.fa.flow_style() and _length(value) > EMPTY
        if flow and value.lc.line in long:
            _break_up(value, _place(parent, key)[1])
            long.discard(value.lc.line)
            changed = True
    return changed or _fold(document, long)


def _break_up(value: Any, column: int) -> None:
    """Write a collection as a block from a column on, and what inside it does not fit a line."""
    value.fa.set_block_style()
    named = isinstance(value, CommentedMap)
    for key, inner in value.items() if named else enumerate(value):
        before = len(str(key)) + 2 if named else 2
        wide = column + before + _length(inner) > COLUMNS
        if isinstance(inner, CommentedBase) and wide and _length(inner) > EMPTY:
            _break_up(inner, column + 2)


def _length(value: Any) -> int:
    """Return how many characters a value takes in one line."""
    if isinstance(value, CommentedMap):
        inside = [len(str(key)) + 2 + _length(inner) for key, inner in value.items()]
    elif isinstance(value, CommentedSeq):
        inside = [_length(inner) for inner in value]
    else:
        return len(value) + (2 if isinstance(value, ScalarString) else 0)
    return EMPTY + sum(inside) + 2 * max(0, len(inside) - 1)


def _inside(value: Any) -> Iterator[tuple[Any, Any, Any]]:
    """Yield (parent, key, value) of everything inside, outer before inner."""
    if isinstance(value, CommentedMap):
        pairs: list[tuple[Any, Any]] = list(value.items())
    elif isinstance(value, CommentedSeq):
        pairs = list(enumerate(value))
    else:
        return
    for key, inner in pairs:
        yield value, key, inner
        yield from _inside(inner)


def _fold(document: Any, long: set[int]) -> bool:
    changed = False
    for parent, key, value in _inside(document):
        if not isinstance(value, str) or isinstance(value, FoldedScalarString):
            continue
        line, column = _place(parent, key)
        if line in long and not parent.fa.flow_style():
            folded = _folded(value, column)
            if folded is not None:
                parent[key] = folded
                changed = True
    return changed


def _place(parent: Any, key: Any) -> tuple[int, int]:
    """Return the line of a scalar and the column its folded lines would begin at."""
    if isinstance(parent, CommentedMap):
        return parent.lc.value(key)[0], parent.lc.key(key)[1] + 2
    line, column = parent.lc.item(key)
    return line, column + 2


def _folded(text: str, column: int) -> FoldedScalarString | None:
    """Return a text to be written over several lines, or None where it has no place to break."""
    if "\n" in text or text != text.strip():
        return None
    places, start = [], 0
    blanks = [found.start() for found in _BREAK.finditer(text)]
    while len(text) - start > COLUMNS - column:
        fits = [place for place in blanks if start < place <= start + COLUMNS - column]
        later = [place for place in blanks if place > start]
        if not later:
            break
        places.append(fits[-1] if fits else later[0])
        start = places[-1] + 1
    if not places:
        return None
    folded: Any = FoldedScalarString(text)
    # Where ruamel breaks the lines when it writes.
    folded.fold_pos = places
    return folded  # type: ignore[no-any-return]


def _comments(text: str) -> list[str]:
    """Return the comments of a text, in order."""
    left = list(text)
    for event in YAML(typ="safe", pure=True).parse(text):
        if type(event).__name__ == "ScalarEvent":
            for place in range(event.start_mark.index, event.end_mark.index):
                if left[place] != "\n":
                    left[place] = " "
    return [found.rstrip() for found in re.findall(r"#[^\n]*", "".join(left))]
