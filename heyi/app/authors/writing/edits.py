"""Writes edited sheets back into a file; comments stay, and the file remains the original."""

from collections.abc import Iterator, Sequence
from copy import deepcopy
from difflib import SequenceMatcher, unified_diff
from typing import TYPE_CHECKING, Any

from engine.case.text import Text
from engine.language.reader import read_yaml
from heyi.app.authors.writing.patching import Patch, is_flow, lines, pairs, tree
from heyi.app.authors.writing.sheets import NAME, Row, parts, row_values, sheets_of
from heyi.app.errors import InputWrong

if TYPE_CHECKING:
    from ruamel.yaml.nodes import Node

Plain = dict[str, Any]


def changed_text(text: str, sheets: dict[str, list[Row]], *, file: str = "") -> str:
    """Return a file with the rows of edited sheets; sheets that are missing change nothing.

    Raises:
        DefinitionError: the file is no YAML that heyi reads.
        InputWrong: a sheet belongs to nothing in the file, a cell cannot be read, or the file is
            written in a way that the change cannot be made in.
    """
    known = {sheet.path for sheet in sheets_of(text, file=file)}
    if strange := ", ".join(sorted(sheets.keys() - known)):
        told = Text(f"“{file}”里没有：{strange}", f"not in '{file}': {strange}")
        raise InputWrong(told)
    value = read_yaml(text, file=file).value
    wanted, patch, root = deepcopy(value), Patch(text=text), tree(text)
    for path, part in parts(value):
        if path in sheets:
            rows = [row_values(row) for row in sheets[path]]
            node, edit = _at(root, path), (_edit_named if isinstance(part, dict) else _edit_list)
            _put(wanted, path, edit(patch, node, part, rows))
    after = patch.done()
    if read_yaml(after, file=file).value != wanted:
        told = Text(f"“{file}”的写法无法自动改动，请手工修改", f"'{file}' must be changed by hand")
        raise InputWrong(told)
    return after


def difference(before: str, after: str, name: str) -> Iterator[str]:
    """Yield what changes, as a unified diff."""
    yield from unified_diff(
        before.splitlines(), after.splitlines(), fromfile=name, tofile=name, lineterm=""
    )


def _steps(path: str) -> list[str]:
    head, dot, name = path.partition(".")
    return [head, name, "rules"] if dot else [head]


def _at(node: "Node", path: str) -> "Node":
    for step in _steps(path):
        node = pairs(node)[step][1]
    return node


def _put(value: Any, path: str, part: Any) -> None:
    *way, last = _steps(path)
    for step in way:
        value = value[step]
    value[last] = part


def _edit_named(patch: Patch, node: "Node", part: Plain, rows: Sequence[Plain]) -> Plain:
    """Note the changes of a mapping of parts; return it as it will be."""
    after: Plain = {}
    for row in rows:
        name = str(row.pop(NAME, ""))
        if not name or name in after:
            told = Text(f"名称“{name}”缺失或重复", f"name '{name}' is missing or repeated")
            raise InputWrong(told)
        after[name] = row
    if part == after:
        return after
    if is_flow(node) or not part.keys() & after.keys():
        patch.replace(node, after)
        return after
    known = pairs(node)
    for name in part.keys() - after.keys():
        patch.remove(*known[name])
    for name in part.keys() & after.keys():
        patch.change(known[name][1], part[name], after[name])
    column = node.value[0][0].start_mark.column
    new = {name: after[name] for name in after if name not in part}
    for name, row in new.items():
        body = [f"{name}:", *(f"  {line}" for line in lines(row))]
        patch.insert(patch.end(node), [" " * column + line for line in body])
    return after


def _edit_list(
    patch: Patch, node: "Node", part: Sequence[Plain], rows: Sequence[Plain]
) -> list[Plain]:
    """Note the changes of a list of rows; return it as it will be."""
    after = [*rows]
    if [*part] == after:
        return after
    if is_flow(node) or not after or not part:
        patch.replace(node, after)
        return after
    names = [[_name(row) for row in one] for one in (part, after)]
    matcher = SequenceMatcher(a=names[0], b=names[1], autojunk=False)
    for _kind, low, high, new_low, new_high in matcher.get_opcodes():
        both = min(high - low, new_high - new_low)
        for step in range(both):
            patch.change(node.value[low + step], part[low + step], after[new_low + step])
        for item in node.value[low + both : high]:
            patch.remove(item, item)
        _insert(patch, node, low + both, after[new_low + both : new_high])
    return after


def _insert(patch: Patch, node: "Node", place: int, rows: Sequence[Plain]) -> None:
    """Put rows before the row at a place, behind the one before it."""
    blanks = patch.dash_column(node)
    start = int(node.value[0].start_mark.index)
    # Before the first row: behind the line that comes before it.
    index = patch.end(node.value[place - 1]) if place else patch.line_before(start)
    for row in rows:
        first, *more = lines(row)
        body = [f"- {first}", *(f"  {line}" for line in more)]
        patch.insert(index, [" " * blanks + line for line in body])


def _name(row: Plain) -> tuple[str, ...]:
    return tuple(str(row.get(column, "")) for column in ("id", "code", "from"))
