"""Checks that cases opened by the calendar can be opened: their days, data and opening."""

from engine.case.text import said
from engine.case.world import CLOCK
from engine.compiling import words
from engine.compiling.checks import check_literal
from engine.language.clocks import RecurDef
from engine.language.levels import either
from engine.language.load import Findings
from engine.language.model import WorkflowDef
from engine.language.reader import Path
from engine.time.recurrence import recurrence_problems


def check_recurs(rule: WorkflowDef, findings: Findings) -> None:
    """Note what is wrong with each entry of ``recurs``, at its place.

    Source:
        language.md 1, ``recurs``.
    """
    for name, recur in rule.recurs.items():
        path: Path = ("recurs", name)
        for key in recurrence_problems(recur.on, recur.at):
            findings.add((*path, key), "HY103", words.RECURS[key])
        _data(rule, recur, path, findings)
        _level(rule, recur, path, findings)
        _opening(rule, recur, path, findings)


def _data(rule: WorkflowDef, recur: RecurDef, path: Path, findings: Findings) -> None:
    for word, value in recur.with_.items():
        at = (*path, "with", word)
        part = rule.fields.get(word)
        if part is None:
            told = said(words.NO_FIELD, word=word)
            findings.add(at, "HY201", told, near=word, among=rule.fields, key=True)
        elif isinstance(value, str) and value.startswith("="):
            findings.add(at, "HY103", words.VALUES_ONLY)
        else:
            check_literal(part, value, at, findings)


def _level(rule: WorkflowDef, recur: RecurDef, path: Path, findings: Findings) -> None:
    if rule.opened_at and recur.each not in rule.opened_at:
        told = said(words.OTHER_LEVEL, levels=either(rule.opened_at))
        findings.add((*path, "each"), "HY203", told)


def _opening(rule: WorkflowDef, recur: RecurDef, path: Path, findings: Findings) -> None:
    openings = [opening for opening in rule.opening if {CLOCK, "anyone"} & {*opening.by}]
    if not openings:
        findings.add(path, "HY606", words.NO_OPENING, key=True)
        return
    missing = [
        [word for word in (*one.asks, *one.adds) if word not in recur.with_] for one in openings
    ]
    if all(missing):
        findings.add(path, "HY203", said(words.OPENING_LACKS, names=missing[0]), key=True)
        return
    ready = [one for one, lacks in zip(openings, missing, strict=True) if not lacks]
    surplus = [
        [w for w in recur.with_ if w in rule.fields and w not in {*one.asks, *one.may, *one.adds}]
        for one in ready
    ]
    if all(surplus):
        told = said(words.OPENING_REFUSES, names=surplus[0])
        findings.add((*path, "with"), "HY203", told, key=True)
