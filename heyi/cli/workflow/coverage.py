"""Coverage of author tests as lines: a table of dimensions, then what no test reached."""

from collections.abc import Iterator, Sequence

from heyi.app.authors.coverage import DIMENSIONS, FileCoverage, Tally, named, summed
from heyi.cli.shell.columns import columns


def coverage_lines(found: Sequence[FileCoverage], lang: str, *, left: bool) -> Iterator[str]:
    """Yield coverage overall and by file; nothing where there is none.

    Args:
        found: by file.
        lang: the language.
        left: whether to name what was not met.
    """
    if not found:
        return
    en = lang == "en"
    words = [pair[en] for pair in DIMENSIONS.values()]
    rows = [["coverage" if en else "覆盖", "all" if en else "合计", *words]]
    for one in found:
        rows.append([one.workflow.name, _cell(one.total), *map(_cell, one.by.values())])
    if len(found) > 1:
        sums = [summed([one.by[name] for one in found]) for name in DIMENSIONS]
        total = summed([one.total for one in found])
        rows.append(["all" if en else "合计", _cell(total), *map(_cell, sums)])
    yield ""
    yield from columns(rows)
    if left:
        for one in found:
            yield from _left(one, lang)


def _left(one: FileCoverage, lang: str) -> Iterator[str]:
    if not one.left:
        return
    yield ""
    yield f"{one.workflow.name}: {'not reached' if lang == 'en' else '没有走到'}"
    for dimension, pair in DIMENSIONS.items():
        keys = [key for key in one.left if key[0] == dimension]
        if keys:
            yield f"  {pair[lang == 'en']}"
            yield from (f"    {named(one.workflow, key, lang)}" for key in keys)


def _cell(tally: Tally) -> str:
    return f"{tally.percent:g}% ({tally.met}/{tally.of})" if tally.of else "-"
