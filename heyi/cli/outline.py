"""A workflow's view as text that a handler can read."""

from collections.abc import Iterator, Mapping
from typing import Any

View = Mapping[str, Any]

_WORDS: Mapping[str, tuple[str, str]] = {
    "opening": ("立案", "Opening"),
    "states": ("环节", "States"),
    "clocks": ("期限", "Clocks"),
    "tables": ("决策表", "Tables"),
    "by": ("由", "by"),
    "cosign": ("共同签署", "cosigned by"),
    "propose": ("可提议", "may be proposed by"),
    "asks": ("须填", "asks"),
    "may": ("可填", "may give"),
    "guard": ("条件", "if"),
    "source": ("依据", "source"),
    "amends": ("可补录", "may be amended"),
    "assignee": ("经办", "assignee"),
    "covers": ("覆盖", "covers"),
    "within": ("须在", "within"),
    "at_least": ("至少", "at least"),
    "due": ("到", "on"),
    "starts": ("起于", "starts"),
    "sets": ("写入", "sets"),
    "opens": ("开立案件", "opens"),
    "signals": ("触发关联案件", "signals"),
    "joins": ("并入", "joins"),
    "publishes": ("更新清单", "publishes"),
    "issues": ("出具", "issues"),
    "delivers": ("送达", "delivers"),
    "tells": ("告知", "tells"),
    "assigns": ("指派", "assigns"),
    "erases": ("销毁", "erases"),
    "outcome": ("结果", "outcome"),
    "positive": ("正面", "positive"),
    "negative": ("负面", "negative"),
    "neutral": ("中性", "neutral"),
    "statutory": ("法定", "statutory"),
    "local": ("地方", "local"),
    "commitment": ("承诺", "commitment"),
    "internal": ("内部", "internal"),
    "stay": ("本环节", "same state"),
    "back": ("原环节", "the state before"),
    "final": ("终结", "final"),
}


def outline(view: View, lang: str) -> Iterator[str]:
    """Yield the lines of a workflow: opening, states with their moves, clocks, tables."""
    teller = _Teller(view, lang)
    yield f"{view['title']}  {view['name']}@{view['version']}"
    yield ""
    yield teller.word("opening")
    for move in view["openings"]:
        yield from teller.move(move)
    for state in view["states"]:
        yield ""
        yield from teller.state(state)
    if view["clocks"]:
        yield from ("", teller.word("clocks"))
        for clock in view["clocks"]:
            yield from teller.clock(clock)
    if view["tables"]:
        yield from ("", teller.word("tables"))
        for table in view["tables"]:
            yield from teller.table(table)


class _Teller:
    """Words parts of a view in one language."""

    def __init__(self, view: View, lang: str) -> None:
        self.en = lang == "en"
        self.comma = ", " if self.en else "、"
        self.labels = {state["name"]: state["label"] for state in view["states"]}

    def word(self, name: str) -> str:
        pair = _WORDS.get(name)
        return pair[self.en] if pair else name

    def names(self, parts: list[View]) -> str:
        return self.comma.join(f"{p['label']}({p['name']})" for p in parts)

    def labelled(self, parts: list[View]) -> str:
        return self.comma.join(p["label"] for p in parts)

    def state(self, state: View) -> Iterator[str]:
        marks = []
        if state["final"]:
            marks.append(f"{self.word('final')}: {self.word(state['outcome'] or '')}")
        if state["assignee"]:
            marks.append(f"{self.word('assignee')}: {state['assignee']['label']}")
        if state["covers"]:
            covered = self.comma.join(self.labels.get(n, n) for n in state["covers"])
            marks.append(f"{self.word('covers')}: {covered}")
        tail = f"  [{'; '.join(marks)}]" if marks else ""
        yield f"● {state['label']}  {state['name']}{tail}"
        for part in state["amends"]:
            who = self.labelled(part["by"])
            yield f"    {self.word('amends')}: {self.names(part['fields'])} ({who})"
        for move in state["moves"]:
            yield from self.move(move)

    def move(self, move: View) -> Iterator[str]:
        target = self.labels.get(move["to"]) or self.word(move["to"])
        rule = f" {move['id']}" if move["id"] not in {"", move["trigger"]} else ""
        yield f"  → {move['label']}  {move['trigger']}{rule} → {target}"
        for kind in ("by", "cosign", "propose"):
            if move[kind]:
                yield f"      {self.word(kind)}: {self.labelled(move[kind])}"
        for kind in ("asks", "may"):
            if move[kind]:
                yield f"      {self.word(kind)}: {self.names(move[kind])}"
        for line in move["guard"]:
            said = f"  # {line['otherwise']}" if line["otherwise"] else ""
            yield f"      {self.word('guard')}: {line['that']}{said}{self.source(line)}"
        for kind, what in move["effects"].items():
            yield f"      {self.word(kind)}: {self.plain(what)}"
        if move["source"]:
            yield f"      {self.word('source')}: {move['source']}"

    def plain(self, value: Any) -> str:  # noqa: ANN401 - whatever a file may hold
        if isinstance(value, Mapping):
            return self.comma.join(f"{n}={self.plain(v)}" for n, v in value.items())
        if isinstance(value, list | tuple):
            return self.comma.join(self.plain(one) for one in value)
        return self.word(str(value))

    def source(self, part: View) -> str:
        return f"  [{part['source']}]" if part["source"] else ""

    def clock(self, clock: View) -> Iterator[str]:
        starts = self.comma.join(clock["starts"])
        yield f"  {clock['label']}  {clock['name']}  {self.word('starts')} {starts}"
        for length in clock["lengths"]:
            kind = self.word(length["class"] or clock["class"] or "")
            condition = f"{length['if']}: " if length["if"] else ""
            told = f"{condition}{self.word(length['kind'])} {length['length']}"
            source = length["source"] or clock["source"]
            yield f"      {told}  [{'; '.join(t for t in (kind, source) if t)}]"

    def table(self, table: View) -> Iterator[str]:
        yield f"  {table['label']}  {table['name']}  ({table['hit']})"
        for rule in table["rules"]:
            condition = " && ".join(rule["if"]) or "-"
            yield f"      {rule['id']}: {condition}{self.source(rule)}"
            yield f"        → {self.plain(rule['then'])}"
