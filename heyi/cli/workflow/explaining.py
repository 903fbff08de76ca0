"""Explains codes: of findings, of refusals, of promises in rule packs."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, Literal

from engine.case.codes import REFUSAL_CODES
from engine.language.codes import CODES, WARNINGS

if TYPE_CHECKING:
    from engine.language.promises import Promise
    from heyi.cli.shell.shell import Shell


@dataclass(frozen=True, slots=True, kw_only=True)
class Meaning:
    """A code, explained.

    Attributes:
        code: as it is written in findings.
        kind: whether it refuses a move, warns about a file or keeps it from being used.
        zh: what it means, in Chinese.
        en: the same in English.
        bad: a part of a file that gives it; "" where there is none.
        good: the same part as it would be right.
        source: the paper a promise rests on, or "".
    """

    code: str
    kind: Literal["error", "warning", "refusal"]
    zh: str
    en: str
    bad: str = ""
    good: str = ""
    source: str = ""

    def plain(self) -> dict[str, Any]:
        """Return it as plain data, without what is empty."""
        return {key: value for key, value in asdict(self).items() if value}


def meaning_of(shell: "Shell", code: str) -> Meaning | None:
    """Return what a code means, in any case of letters; None where there is no such code."""
    upper, lower = code.upper(), code.lower()
    if upper in CODES:
        return _finding(upper)
    if lower in REFUSAL_CODES:
        means = REFUSAL_CODES[lower]
        return Meaning(code=lower, kind="refusal", zh=means.zh, en=means.en)
    promise = next((one for one in _promises(shell) if one.id.upper() == upper), None)
    if promise is None:
        return None
    return Meaning(
        code=promise.id,
        kind=promise.severity,
        zh=promise.says.zh,
        en=promise.says.text("en"),
        source=promise.source,
    )


def known_codes() -> list[str]:
    """Return the codes of findings and refusals."""
    return [*CODES, *REFUSAL_CODES]


def _finding(code: str) -> Meaning:
    from heyi.cli.workflow.examples import example

    means = CODES[code]
    bad, good = example(code) or ("", "")
    kind: Literal["error", "warning"] = "warning" if code in WARNINGS else "error"
    return Meaning(code=code, kind=kind, zh=means.zh, en=means.en, bad=bad, good=good)


def _promises(shell: "Shell") -> Iterator["Promise"]:
    from engine.checking.promises.packs import read_pack
    from heyi.cli.shell.files import folders_of
    from heyi.cli.shell.inputs import read_text

    for folder in folders_of(shell):
        for path in sorted((folder / "packs").glob("*.yaml")):
            pack, _problems = read_pack(str(path), read_text(path))
            yield from pack.promises if pack else ()
