"""Writes the same diagram in words: a list for people, Mermaid, DOT and JSON for programs."""

from collections.abc import Iterator
from typing import Any

from engine.telling.diagram.model import START, Arrow, Diagram, Node, Row
from engine.telling.diagram.say import says
from engine.telling.diagram.way import Way


def listing(diagram: Diagram, way: Way | None = None) -> tuple[str, ...]:
    """Return the list alternative: every state with every transition, a line each.

    A transition that several states share stands under each of them, so that nothing has to be
    looked up; ``way`` adds where a case was.
    """
    say = says(diagram.lang)
    states = [node for node in diagram.nodes if node.kind != "start"]
    summary = say["summary"].format(title=diagram.title, n=len(states), m=len(diagram.arrows))
    lines = [summary]
    for node in diagram.nodes:
        lines.append(_line(diagram, node))
        lines += [f"  {_move(diagram, one)}" for one in diagram.arrows if one.source == node.name]
    if way is not None:
        went = " → ".join(_label(diagram, stop) for stop in way.stops)
        now = f"{say['now']}{say['colon']}{_label(diagram, way.present)}"
        lines.append(f"{say['way']}{say['colon']}{went}{say['stop']}{now}")
    return tuple(lines)


def _line(diagram: Diagram, node: Node) -> str:
    say = says(diagram.lang)
    kinds = {"overlay": say["overlay"], "final": say["final"]}
    what = [kinds[node.kind]] if node.kind in kinds else []
    what += [say[node.outcome]] if node.outcome else []
    marks = f" [{say['comma'].join(what)}]" if what else ""
    return f"{node.label}{marks}"


def _move(diagram: Diagram, arrow: Arrow) -> str:
    say = says(diagram.lang)
    places = {"stay": say["stay"], "back": say["return"]}
    return f"{arrow.label} → {places.get(arrow.to) or _label(diagram, arrow.to)}"


def _label(diagram: Diagram, name: str) -> str:
    return diagram.node(name).label


def plain(diagram: Diagram, way: Way | None = None) -> dict[str, Any]:
    """Return the diagram as plain data: nodes, every transition as an edge, the cards."""
    nodes = [
        {"id": n.name, "label": n.label, "kind": n.kind, "final": n.kind == "final",
         "outcome": n.outcome or None}
        for n in diagram.nodes if n.kind != "start"
    ]  # fmt: skip
    edges = [
        {"from": a.source, "to": {"stay": a.source, "back": ""}.get(a.to, a.to),
         "trigger": a.trigger, "label": a.label, "word": a.to}
        for a in diagram.arrows
    ]  # fmt: skip
    cards = [
        {"letter": c.letter, "heading": c.heading, "states": list(c.members),
         "rows": [{"text": row.text, "to": row.target} for row in c.rows]}
        for c in diagram.cards
    ]  # fmt: skip
    found: dict[str, Any] = {
        "workflow": diagram.name, "version": diagram.version, "title": diagram.title,
        "nodes": nodes, "edges": edges, "shared": cards,
    }  # fmt: skip
    if way is not None:
        steps = [list(step) for step in sorted(way.steps)]
        found["way"] = {"stops": list(way.stops), "present": way.present, "steps": steps}
    return found


def mermaid(diagram: Diagram, way: Way | None = None) -> str:
    """Return a state diagram in Mermaid's language; cards are states of their own."""
    lines = ["stateDiagram-v2"]
    # A prefix, because "end", "state" and "note" are words of Mermaid's own.
    states = [node for node in diagram.nodes if node.kind != "start"]
    lines += [f'  state "{_safe(node.label)}" as s_{node.name}' for node in states]
    lines += [f"  s_{node.name} : {_safe(_noted(note))}" for node in states for note in node.notes]
    for edge in diagram.edges:
        source = f"s_{edge.source}" if edge.source != START else "[*]"
        lines.append(f"  {source} --> s_{edge.target} : {_safe(' / '.join(edge.lines))}")
    for number, card in enumerate(diagram.cards):
        lines.append(f'  state "{_safe(_heading(card.letter, card.heading))}" as card_{number}')
        for row in card.rows:
            to = f"--> s_{row.target} : " if row.target else ": ↻ "
            lines.append(f"  card_{number} {to}{_safe(row.text)}")
    lines += [f"  s_{node.name} --> [*]" for node in states if node.kind == "final"]
    lines += list(_mermaid_way(way)) if way is not None else []
    return "\n".join(lines)


def _mermaid_way(way: Way) -> Iterator[str]:
    yield "  classDef been stroke:#175cd3,stroke-width:2px"
    yield "  classDef now fill:#dbe8fd,stroke:#0b3f94,stroke-width:4px"
    been = [f"s_{name}" for name in dict.fromkeys(way.stops) if name != way.present]
    if been:
        yield f"  class {','.join(been)} been"
    yield f"  class s_{way.present} now"


def dot(diagram: Diagram, way: Way | None = None) -> str:
    """Return a directed graph in the language of Graphviz; cards are notes."""
    lines = [f"digraph {diagram.name} {{", '  rankdir=TB; "" [shape=point];']
    for node in diagram.nodes[1:]:
        shape = {"final": "doubleoctagon", "overlay": "box, style=dashed"}.get(node.kind, "box")
        label = "\\n".join([_escaped(node.label), *(_escaped(_noted(note)) for note in node.notes)])
        bold = ", penwidth=3" if way is not None and way.places(node.name) else ""
        bold = ", penwidth=5" if way is not None and way.present == node.name else bold
        lines.append(f'  {node.name} [label="{label}", shape={shape}{bold}];')
    for edge in diagram.edges:
        label = "\\n".join(_escaped(line) for line in edge.lines)
        lines.append(f'  "{edge.source}" -> "{edge.target}" [label="{label}"];')
    for number, card in enumerate(diagram.cards):
        heading = _heading(card.letter, card.heading)
        stays = [row.text for row in card.rows if not row.target]
        text = "\\n".join(_escaped(line) for line in (heading, *stays))
        lines.append(f'  "card {number}" [label="{text}", shape=note];')
        lines += [
            f'  "card {number}" -> "{row.target}" [label="{_escaped(row.text)}"];'
            for row in card.rows
            if row.target
        ]
    return "\n".join([*lines, "}"])


def _noted(note: Row) -> str:
    return note.text if note.target else f"↻ {note.text}"


def _heading(letter: str, heading: str) -> str:
    return f"{letter} {heading}".strip()


def _safe(text: str) -> str:
    return " ".join(text.replace('"', "'").replace(":", "：").replace(";", "；").split())


def _escaped(text: str) -> str:
    return " ".join(text.replace("\\", "\\\\").replace('"', '\\"').split())
