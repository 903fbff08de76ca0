"""What recurs can be opened: its days are days, its data are fields, an opening is the clock's."""

from engine.case.text import LANGS
from engine.case.world import CLOCK
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
        for key, zh, en in recurrence_problems(recur.on, recur.at):
            findings.add((*path, key), "HY103", zh, en)
        _data(rule, recur, path, findings)
        _level(rule, recur, path, findings)
        _opening(rule, recur, path, findings)


def _data(rule: WorkflowDef, recur: RecurDef, path: Path, findings: Findings) -> None:
    for word, value in recur.with_.items():
        at = (*path, "with", word)
        part = rule.fields.get(word)
        if part is None:
            zh, en = f"没有字段“{word}”", f"no field '{word}'"
            findings.add(at, "HY201", zh, en, near=word, among=rule.fields, key=True)
        elif isinstance(value, str) and value.startswith("="):
            zh = "此处只能写值本身：立案之前没有可计算的内容"
            findings.add(at, "HY103", zh, "values only: before a case there is nothing to compute")
        else:
            check_literal(part, value, at, findings)


def _level(rule: WorkflowDef, recur: RecurDef, path: Path, findings: Findings) -> None:
    if rule.opened_at and recur.each not in rule.opened_at:
        told, told_en = (either(rule.opened_at).text(lang) for lang in LANGS)
        zh = f"本流程的案件立在{told}级单位"
        en = f"cases of this workflow live at level {told_en}"
        findings.add((*path, "each"), "HY203", zh, en)


def _opening(rule: WorkflowDef, recur: RecurDef, path: Path, findings: Findings) -> None:
    openings = [opening for opening in rule.opening if {CLOCK, "anyone"} & {*opening.by}]
    if not openings:
        zh = "没有一个入口的 by 写有 clock 或 anyone，系统无从立案"
        en = "no opening is 'by: clock' or 'by: anyone', so nothing can open"
        findings.add(path, "HY606", zh, en, key=True)
        return
    missing = [
        [word for word in (*one.asks, *one.adds) if word not in recur.with_] for one in openings
    ]
    if all(missing):
        zh = f"“with”缺少入口必填的：{'、'.join(missing[0])}"
        en = f"'with' lacks what the opening asks: {', '.join(missing[0])}"
        findings.add(path, "HY203", zh, en, key=True)
        return
    ready = [one for one, lacks in zip(openings, missing, strict=True) if not lacks]
    surplus = [
        [w for w in recur.with_ if w in rule.fields and w not in {*one.asks, *one.may, *one.adds}]
        for one in ready
    ]
    if all(surplus):
        zh = f"入口不接受：{'、'.join(surplus[0])}"
        en = f"the opening takes no {', '.join(surplus[0])}"
        findings.add((*path, "with"), "HY203", zh, en, key=True)
