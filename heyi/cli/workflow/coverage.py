"""Prints coverage of author tests: a table of dimensions, then what no test reached."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from engine.case.text import Text
from heyi.cli.shell.columns import columns

if TYPE_CHECKING:
    from heyi.app.authors.playedmodels import CoverageView, FileCoverageView, TallyView

_WORDS: dict[str, Text] = {
    "state": Text("环节", "states"),
    "transition": Text("流转", "transitions"),
    "branch": Text("分支", "branches"),
    "guard": Text("条件行", "guard lines"),
    "rule": Text("决策表规则", "table rules"),
    "rung": Text("催办梯级", "rungs"),
}


def coverage_lines(found: "CoverageView", lang: str, *, left: bool) -> Iterator[str]:
    """Yield coverage overall and by file; nothing where there is none.

    Args:
        found: by file.
        lang: the language.
        left: whether to name what was not met.
    """
    from heyi.app.authors.playedmodels import summed_views

    if not found.files:
        return
    whole = Text("合计", "all").text(lang)
    rows = [[Text("覆盖", "coverage").text(lang), whole, *(w.text(lang) for w in _WORDS.values())]]
    for one in found.files:
        rows.append([one.workflow, _cell(one.total), *map(_cell, one.by.values())])
    if len(found.files) > 1:
        sums = [summed_views([one.by[name] for one in found.files]) for name in _WORDS]
        total = summed_views([one.total for one in found.files])
        rows.append([whole, _cell(total), *map(_cell, sums)])
    yield ""
    yield from columns(rows)
    if left:
        for one in found.files:
            yield from _left(one, lang)


def _left(one: "FileCoverageView", lang: str) -> Iterator[str]:
    if not one.left:
        return
    yield ""
    yield f"{one.workflow}: {Text('没有走到', 'not reached').text(lang)}"
    for dimension, word in _WORDS.items():
        says = [left.says for left in one.left if left.kind == dimension]
        if says:
            yield f"  {word.text(lang)}"
            yield from (f"    {one}" for one in says)


def _cell(tally: "TallyView") -> str:
    return f"{tally.percent:g}% ({tally.met}/{tally.of})" if tally.of else "-"
