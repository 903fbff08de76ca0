"""Finds the packs that apply to a file: those it uses, and those its kind requires."""

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Literal

from engine.case.problems import Problem
from engine.case.text import said
from engine.checking.promises import words_of_breaches as words
from engine.language.load import Findings, Shelf, validate
from engine.language.model import PackDef, WorkflowDef
from engine.language.reader import read_yaml
from engine.language.words import Many, Name, Part

INDEX = "kinds"


class KindsDef(Part):
    """``packs/kinds.yaml``: the packs of every file, and those of each kind."""

    format: Literal[1]
    everywhere: Many[Name] = ()
    kinds: dict[Name, Many[Name]] = {}


@lru_cache(maxsize=64)
def read_pack(file: str, text: str) -> tuple[PackDef | None, tuple[Problem, ...]]:
    """Return a pack, or None where it is wrong, and its problems."""
    document = read_yaml(text, file=file)
    findings = Findings(document=document, problems=list(document.problems))
    pack: PackDef | None = validate(PackDef, document.value, findings)
    return (None if findings.wrong else pack), tuple(findings.problems)


@lru_cache(maxsize=16)
def read_kinds(file: str, text: str) -> tuple[KindsDef | None, tuple[Problem, ...]]:
    """Return the index of kinds, or None where it is wrong, and its problems."""
    document = read_yaml(text, file=file)
    findings = Findings(document=document, problems=list(document.problems))
    index: KindsDef | None = validate(KindsDef, document.value, findings)
    return (None if findings.wrong else index), tuple(findings.problems)


def packs_for(
    rule: WorkflowDef, findings: Findings, shelf: Shelf
) -> tuple[list[PackDef], frozenset[str]]:
    """Return the packs that apply, each once, and the kinds that packs are named for.

    A pack or index that is wrong is a problem of the check; without an index only the packs
    that the file uses apply.

    Source:
        language.md 1 ``kind`` and ``uses``; docs/decisions, rule packs.
    """
    index = KindsDef(format=1)
    if (found := shelf("pack", INDEX)) is not None:
        read, problems = read_kinds(*found)
        findings.problems.extend(problems)
        index = read or index
    wanted = dict.fromkeys((*index.everywhere, *index.kinds.get(rule.kind or "", ())))
    packs = [*_named(wanted, findings, shelf, must=True)]
    packs += _named([n for n in rule.uses if n not in wanted], findings, shelf, must=False)
    return packs, frozenset(index.kinds)


def _named(
    names: Iterable[str], findings: Findings, shelf: Shelf, *, must: bool
) -> Iterator[PackDef]:
    for name in names:
        found = shelf("pack", name)
        if found is None:
            if must:
                findings.add(("kind",), "HY201", said(words.NO_PACK, name=name))
            continue
        pack, problems = read_pack(*found)
        findings.problems.extend(problems)
        if pack is not None:
            yield pack
