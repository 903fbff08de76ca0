"""Diagrams of a workflow's view: Mermaid, DOT, and the bare graph."""

from collections.abc import Callable, Mapping
from typing import Any

View = Mapping[str, Any]


def graph_of(view: View) -> dict[str, Any]:
    """Return nodes and edges.

    An opening is an edge from ``""``; ``stay`` leads to its own state; ``back`` out of an
    overlay leads to ``""``, because it ends wherever the case was before.
    """
    nodes = [
        {"id": s["name"], "label": s["label"], "final": s["final"], "outcome": s["outcome"]}
        for s in view["states"]
    ]
    edges = [
        {"from": "", "to": move["to"], "trigger": move["trigger"], "label": move["label"]}
        for move in view["openings"]
    ]
    for state in view["states"]:
        for move in state["moves"]:
            to = {"stay": state["name"], "back": ""}.get(move["to"], move["to"])
            edge = {"from": state["name"], "to": to}
            edges.append({**edge, "trigger": move["trigger"], "label": move["label"]})
    return {"workflow": view["name"], "version": view["version"], "nodes": nodes, "edges": edges}


def mermaid(view: View) -> str:
    """Return a state diagram in Mermaid's language."""
    graph = graph_of(view)
    lines = ["stateDiagram-v2"]
    # A prefix, because "end", "state" and "note" are words of Mermaid's own.
    lines += [f'  state "{_clean(n["label"])}" as s_{n["id"]}' for n in graph["nodes"]]
    for edge in graph["edges"]:
        source = f"s_{edge['from']}" if edge["from"] else "[*]"
        target = f"s_{edge['to']}" if edge["to"] else "[*]"
        lines.append(f"  {source} --> {target} : {_clean(edge['label'])}")
    lines += [f"  s_{n['id']} --> [*]" for n in graph["nodes"] if n["final"]]
    return "\n".join(lines)


def dot(view: View) -> str:
    """Return a directed graph in the language of Graphviz."""
    graph = graph_of(view)
    lines = [f"digraph {graph['workflow']} {{", '  rankdir=LR; "" [shape=point];']
    for node in graph["nodes"]:
        shape = "doubleoctagon" if node["final"] else "box"
        lines.append(f"  {node['id']} [label={_quoted(node['label'])} shape={shape}];")
    for edge in graph["edges"]:
        ends = f"{_quoted(edge['from'])} -> {_quoted(edge['to'])}"
        lines.append(f"  {ends} [label={_quoted(edge['label'])}];")
    return "\n".join([*lines, "}"])


def _clean(text: str) -> str:
    return text.replace('"', "'").replace(":", "：").replace(";", "；").replace("\n", " ")


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", " ") + '"'


DRAWN: Mapping[str, Callable[[View], str]] = {"mermaid": mermaid, "dot": dot}
