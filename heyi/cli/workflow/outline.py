"""Prints a workflow as text that a handler can read: its sentences, with the ids beside them."""

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from engine.case.text import COMMA, Text

if TYPE_CHECKING:
    from heyi.app.authors.models import (
        ClockView,
        LadderView,
        LineView,
        MoveView,
        RoleView,
        StateView,
        TableRuleView,
        TableView,
        WorkflowView,
    )

_WORDS: Mapping[str, Text] = {
    "people": Text("岗位", "People"),
    "opening": Text("立案", "Opening"),
    "states": Text("环节", "States"),
    "shared": Text("共用流转", "Shared moves"),
    "also": Text("另见共用流转：", "shared moves, see below: "),
    "clocks": Text("期限", "Clocks"),
    "ladders": Text("催办阶梯", "Ladders"),
    "recurs": Text("定期立案", "Opened by the calendar"),
    "tables": Text("决策表", "Tables"),
    "sources": Text("依据", "Sources"),
    "follows": Text("随后：", "then: "),
    "source": Text("依据：", "source: "),
    "amends": Text("可补录", "may be amended"),
    "assignee": Text("经办", "assignee"),
    "covers": Text("覆盖", "covers"),
    "positive": Text("正面", "positive"),
    "negative": Text("负面", "negative"),
    "neutral": Text("中性", "neutral"),
    "statutory": Text("法定", "statutory"),
    "local": Text("地方", "local"),
    "commitment": Text("承诺", "commitment"),
    "internal": Text("内部", "internal"),
    "final": Text("终结", "final"),
}


def outline(view: "WorkflowView", lang: str) -> Iterator[str]:
    """Yield the lines of a workflow: people, opening, states with moves, clocks, tables."""
    teller = _Teller(view, lang)
    yield f"{view.title}  {view.name}@{view.version}"
    parts: tuple[tuple[str, Iterable[str]], ...] = (
        ("people", (line for one in view.people for line in teller.person(one))),
        ("opening", (line for one in view.openings for line in teller.move(one))),
        ("states", (line for one in view.states for line in teller.state(one))),
        ("shared", teller.shared(view)),
        ("clocks", (line for one in view.clocks for line in teller.clock(one))),
        ("ladders", (line for one in view.ladders for line in teller.ladder(one))),
        ("recurs", (f"  {one.name}  {one.says}" for one in view.recurs)),
        ("tables", (line for one in view.tables for line in teller.table(one))),
        ("sources", (f"  {one.name}  {one.title}" for one in view.sources)),
    )
    for name, lines in parts:
        found = list(lines)
        if found:
            yield from ("", f"■ {teller.word(name)}", *found)


class _Teller:
    """Words parts of a view in one language."""

    def __init__(self, view: "WorkflowView", lang: str) -> None:
        self.lang = lang
        self.comma, self.stop = COMMA.text(lang), Text("；", "; ").text(lang)
        self.labels = {state.name: state.label for state in view.states}

    def word(self, name: str) -> str:
        told = _WORDS.get(name)
        return told.text(self.lang) if told else name

    def person(self, person: "RoleView") -> Iterator[str]:
        level = f" @{person.level}" if person.level else ""
        says = f"  {person.says}" if person.says else ""
        yield f"  {person.label}  {person.name}{level}{says}"

    def state(self, state: "StateView") -> Iterator[str]:
        marks = []
        if state.final:
            marks.append(f"{self.word('final')}: {self.word(state.outcome or '')}")
        if state.assignee:
            marks.append(f"{self.word('assignee')}: {state.assignee.label}")
        if state.covers:
            covered = self.comma.join(self.labels.get(n, n) for n in state.covers)
            marks.append(f"{self.word('covers')}: {covered}")
        tail = f"  [{'; '.join(marks)}]" if marks else ""
        yield f"● {state.label}  {state.name}{tail}"
        for part in state.amends:
            who, what = (
                self.comma.join(one.label for one in some) for some in (part.by, part.fields_)
            )
            yield f"    {self.word('amends')}: {what} ({who})"
        for move in state.moves:
            if move.written == state.name:
                yield from self.move(move)
        others = [move for move in state.moves if move.written != state.name]
        if others:
            named = self.comma.join(dict.fromkeys(move.label for move in others))
            yield f"    {self.word('also')}{named}"

    def shared(self, view: "WorkflowView") -> Iterator[str]:
        """Yield the moves of each group once, with the states that it gives them to."""
        for group, states in view.groups.items():
            moves = {
                (move.trigger, move.id, place): move
                for state in view.states
                for place, move in enumerate(state.moves)
                if move.written == group
            }
            if moves:
                yield f"● {group}: {self.comma.join(states)}"
            told: list[str] = []
            for move in moves.values():
                lines = list(self.move(move))
                if lines[1] not in told:
                    told.append(lines[1])
                    yield from lines

    def move(self, move: "MoveView") -> Iterator[str]:
        says = move.says
        rule = f" {move.id}" if move.id not in {"", move.trigger} else ""
        yield f"  → {move.label}  {move.trigger}{rule}"
        yield f"      {says.lead}"
        if says.listed:
            for place, (text, line) in enumerate(zip(says.conditions, move.guard, strict=True), 1):
                yield f"        {place}. {text}{self.source(line)}"
        for one in says.data:
            yield f"      {one}"
        if says.follows:
            yield f"      {self.word('follows')}{self.stop.join(says.follows)}"
        sources = [] if says.listed else [line.source for line in move.guard]
        named = self.comma.join(one for one in dict.fromkeys([*sources, move.source]) if one)
        if named:
            yield f"      {self.word('source')}{named}"

    def source(self, part: "LineView | TableRuleView") -> str:
        return f"  [{part.source}]" if part.source else ""

    def clock(self, clock: "ClockView") -> Iterator[str]:
        yield f"  {clock.label}  {clock.name}"
        yield f"      {clock.says.begins}{self.stop}{clock.says.ends}"
        shared = {tuple(length.time) for length in clock.lengths}
        for length in clock.lengths:
            kind = self.word(length.class_ or clock.class_ or "")
            source = length.source or clock.source
            marks = "; ".join(t for t in (kind, source) if t)
            yield f"      {length.says}" + (f"  [{marks}]" if marks else "")
            if len(shared) > 1:
                yield from (f"        · {one}" for one in length.time)
        if len(shared) == 1:
            yield from (f"        · {one}" for one in clock.lengths[0].time)

    def ladder(self, ladder: "LadderView") -> Iterator[str]:
        yield f"  {ladder.name}"
        yield from (f"        · {one}" for one in ladder.says)

    def table(self, table: "TableView") -> Iterator[str]:
        yield f"  {table.label}  {table.name}  ({table.says})"
        for rule in table.rules:
            yield f"      {rule.id}: {rule.says}{self.source(rule)}"
