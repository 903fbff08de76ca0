"""The pages of the shipped workflows in `docs/workflows/`: picture, clocks, rules by number."""

from collections.abc import Callable, Iterator
from functools import partial

from engine.case.values import Lang
from engine.compiling.plan import Branch, Clock, ClockVariant, Workflow
from engine.language.model import MoveDef
from engine.telling.sentences.clocks import Clocks
from tests.builders.shelves import shipped, shipped_names

DEFAULT = "design"
"""The source that says: no law, a default of this system."""
CLASSES = {
    "statutory": ("法定", "statutory"),
    "local": ("地方规定", "local rule"),
    "commitment": ("服务承诺", "commitment"),
    "internal": ("内部", "internal"),
}
WORDS = {
    "anyone": ("任何人", "anyone"),
    "opener": ("立案人", "who opened it"),
    "clock": ("期限", "the clock"),
    "link": ("关联案件", "a linked case"),
}


def page(name: str) -> str:
    """Return the page of one workflow: Chinese first, English after it."""
    workflow = shipped(name)
    lines = [
        f"# {_label(workflow, workflow.definition.title, 'zh')} · {_label(workflow, workflow.definition.title, 'en')}",
        "",
        f"由 `make docs` 从 [workflows/{name}.yaml](../../workflows/{name}.yaml) 写成；改流程文件，不改本页。"
        "Written by `make docs` from the file; change the file, not this page.",
        "",
        f"![{name}]({name}.svg)",
        *_part(workflow, "zh"),
        *_part(workflow, "en"),
    ]
    return "\n".join([*lines, ""])


def index() -> str:
    """Return the page that names them all."""
    rows = [
        f"- [{shipped(name).definition.title.zh} · {shipped(name).definition.title.en}]({name}.md)"
        for name in shipped_names()
    ]
    return "\n".join([*_INDEX, *rows, ""])


_INDEX = """# 自带的流程 · The shipped workflows

由 `make docs` 写成。每页有流程图、各期限（长短、类别、依据）和按规则编号排列的流转。
Written by `make docs`: each page has the picture, the clocks with class and source, and the moves by rule number.

看图：主线自上而下；环节上的字母表示同一字母的卡片也适用于它；回到自身的线是不离开本环节的流转；虚线框是覆盖环节，
双线框是终结环节：✓ 达成，✕ 未达成，– 其他；去往同一环节的线合为一条。

How to read a picture: the main way runs straight down. A letter on a state means that the card with this letter holds
for it too; a loop is a move that stays in its state; a dashed frame is an overlay, a double frame an end: ✓ achieved,
✕ not achieved, – otherwise. Lines that lead to the same state run together.

`heyi workflow graph NAME -o FILE.svg [--lang en]` draws any file, `heyi case graph NUMBER --as PERSON -o FILE.svg`
marks the way one case went, `--format list` says the same in words.
""".splitlines()


def _part(workflow: Workflow, lang: Lang) -> Iterator[str]:
    zh = lang == "zh"
    clocks = list(_clocks(workflow, lang))
    if clocks:
        yield from ("", "## 期限" if zh else "## Clocks", "")
        yield (
            "| 期限 | 起算 | 长短 | 结束 | 类别 | 依据 |"
            if zh
            else "| clock | starts | length | ends | class | source |"
        )
        yield "|---|---|---|---|---|---|"
        yield from clocks
    yield from ("", "## 流转" if zh else "## Moves", "")
    yield (
        "| 编号 | 流转 | 从 | 到 | 谁办 | 依据 |"
        if zh
        else "| rule | move | from | to | by | source |"
    )
    yield "|---|---|---|---|---|---|"
    yield from _moves(workflow, lang)


def _clocks(workflow: Workflow, lang: Lang) -> Iterator[str]:
    words = Clocks(workflow, lang)
    for clock in workflow.clocks.values():
        cases = list(clock.variants)
        yield _row(
            _label(workflow, clock.definition.label, lang) or clock.name,
            words.begins(clock),
            "<br>".join(words.runs(clock, case) for case in cases),
            words.ends(clock),
            "<br>".join(dict.fromkeys(_class(clock, case, lang) for case in cases)),
            "<br>".join(dict.fromkeys(_source(workflow, case.definition.source or clock.definition.source, lang) for case in cases)),
        )  # fmt: skip


def _class(clock: Clock, case: ClockVariant, lang: Lang) -> str:
    name = str(case.definition.class_ or clock.definition.class_)
    zh, en = CLASSES.get(name, (name, name))
    return zh if lang == "zh" else en


def _source(workflow: Workflow, text: str | None, lang: Lang) -> str:
    name, _, place = (text or DEFAULT).partition("#")
    if name == DEFAULT or name not in workflow.definition.sources:
        return "系统默认，非法定" if lang == "zh" else "a default of this system, no law"
    title = workflow.definition.sources[name].title
    if place.replace("-", "").isdigit():
        place = f"第{place}条" if lang == "zh" else f"art. {place}"
    return f"{title} {place}".strip()


def _moves(workflow: Workflow, lang: Lang) -> Iterator[str]:
    rows: dict[tuple[str, int], tuple[Branch, list[str]]] = {}
    for opening in workflow.openings:
        rows[("", id(opening.definition))] = (opening, [])
    for branches in workflow.branches.values():
        for branch in branches:
            rows.setdefault(("x", id(branch.definition)), (branch, []))[1].append(branch.state)
    for branch, states in sorted(rows.values(), key=lambda row: _order(row[0].definition)):
        rule = branch.definition
        yield _row(
            rule.id or "–",
            _label(workflow, rule.label, lang) or branch.trigger,
            _comma(lang).join(dict.fromkeys(_state(workflow, one, lang) for one in states)) or ("立案" if lang == "zh" else "opening"),
            _target(workflow, rule.to, lang),
            _comma(lang).join(_role(workflow, one, lang) for one in (*branch.by, *branch.cosign)),
            _source(workflow, rule.source, lang),
        )  # fmt: skip


def _comma(lang: Lang) -> str:
    return "、" if lang == "zh" else ", "


def _order(rule: MoveDef) -> tuple[str, int, str]:
    word = rule.id or "~"
    digits = "".join(filter(str.isdigit, word))
    return word[0], int(digits or 0), word


def _target(workflow: Workflow, to: str, lang: Lang) -> str:
    fixed = {"stay": ("不变", "stays"), "back": ("返回原环节", "back to where it was")}
    if to in fixed:
        return fixed[to][0 if lang == "zh" else 1]
    return _state(workflow, to, lang)


def _state(workflow: Workflow, name: str, lang: Lang) -> str:
    return _label(workflow, workflow.definition.states[name].label, lang) or name


def _role(workflow: Workflow, name: str, lang: Lang) -> str:
    if name in WORDS:
        return WORDS[name][0 if lang == "zh" else 1]
    return _label(workflow, workflow.definition.roles[name].label, lang) or name


def _label(_workflow: Workflow, label: object, lang: Lang) -> str:
    return str(getattr(label, lang, None) or getattr(label, "zh", None) or "")


def _row(*cells: str) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in cells) + " |"


WORKFLOW_PAGES: dict[str, tuple[str, Callable[[], str]]] = {
    "../workflows/README.md": ("workflows", index),
    **{
        f"../workflows/{name}.md": (f"workflows/{name}.yaml", partial(page, name))
        for name in shipped_names()
    },
}
