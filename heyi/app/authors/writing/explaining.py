"""Explains codes: of findings, of refusals, of promises in rule packs."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from engine.case.codes import REFUSAL_CODES
from engine.case.text import worded
from engine.language.codes import CODES, WARNINGS
from heyi.app.authors.writing.models import MeaningView
from heyi.app.library.shelf import text_of

if TYPE_CHECKING:
    from engine.language.promises import Promise


def meaning_of(code: str, folders: Iterable[Path]) -> MeaningView | None:
    """Return what a code means, in any case of letters; None where there is no such code.

    Args:
        code: of a finding, a refusal, or a promise of a rule pack.
        folders: below which the packs lie.

    Raises:
        DefinitionError: a pack is not UTF-8.
    """
    upper, lower = code.upper(), code.lower()
    if upper in CODES:
        return _finding(upper)
    if lower in REFUSAL_CODES:
        return MeaningView(code=lower, kind="refusal", words=REFUSAL_CODES[lower])
    promise = next((one for one in _promises(folders) if one.id.upper() == upper), None)
    if promise is None:
        return None
    return MeaningView(
        code=promise.id,
        kind=promise.severity,
        words=worded(promise.says.text),
        source=promise.source,
    )


def known_codes() -> list[str]:
    """Return the codes of findings and refusals."""
    return [*CODES, *REFUSAL_CODES]


def _finding(code: str) -> MeaningView:
    from heyi.app.authors.writing.examples import example  # noqa: PLC0415 - for findings alone

    bad, good = example(code) or ("", "")
    kind: Literal["error", "warning"] = "warning" if code in WARNINGS else "error"
    return MeaningView(code=code, kind=kind, words=CODES[code], bad=bad, good=good)


def _promises(folders: Iterable[Path]) -> Iterator["Promise"]:
    from engine.checking.promises.packs import read_pack  # noqa: PLC0415 - for promises alone

    for folder in folders:
        for path in sorted((folder / "packs").glob("*.yaml")):
            pack, _problems = read_pack(str(path), text_of(path))
            yield from pack.promises if pack else ()
