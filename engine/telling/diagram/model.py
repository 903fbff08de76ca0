"""The content of a workflow's diagram in one language, before anything has a place.

Calm comes from folding: transitions between the same two states are one edge; what a group
gives its states stands once, on a card, and the states carry the card's letter; what leaves a
case where it stands is a line inside the state.
"""

from dataclasses import dataclass
from typing import Literal

START = ""
Kind = Literal["start", "open", "overlay", "final"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrow:
    """One transition as its author wrote it, for the list and for programs.

    Attributes:
        source: the state; ``START`` for an opening.
        trigger: its trigger; the opening's id for openings.
        label: what people read.
        to: a state, ``stay`` or ``back``.
        card: the letter of the card that it is grouped into, or "".
    """

    source: str
    trigger: str
    label: str
    to: str
    card: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A transition on a card or inside a state, and where it leads; "" where it stays."""

    text: str
    target: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """A state.

    Attributes:
        name: its id.
        label: what people read.
        kind: ``start`` is the point where cases are opened.
        outcome: ``positive``, ``negative`` or ``neutral`` for final states, else "".
        notes: what may be done without leaving it; for states in the lane also where its
            transitions lead.
        letters: the cards that hold for it.
    """

    name: str
    label: str
    kind: Kind
    outcome: str = ""
    notes: tuple[Row, ...] = ()
    letters: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Edge:
    """All transitions from one state to another; one line of text a trigger."""

    source: str
    target: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """Transitions that several states share.

    Attributes:
        letter: what its states carry; "" where it holds for every open state.
        heading: for which states it holds, in words.
        members: their ids.
        rows: its transitions.
    """

    letter: str
    heading: str
    members: tuple[str, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Diagram:
    """A workflow to be drawn.

    Attributes:
        nodes: every state, and the start, in the file's order.
        edges: what is drawn as lines.
        cards: what is grouped.
        lane: ids of the states that stand beside the cards: overlays, and states that only
            cards and overlays lead to.
        arrows: every transition, unfolded.
    """

    name: str
    version: int
    title: str
    lang: str
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    cards: tuple[Card, ...]
    lane: tuple[str, ...]
    arrows: tuple[Arrow, ...]

    def node(self, name: str) -> Node:
        """Return a node by its id."""
        return next(node for node in self.nodes if node.name == name)


def merged(labels: tuple[str, ...]) -> str:
    """Return one text for the branches of a trigger: two labels whole, more as their number."""
    distinct = tuple(dict.fromkeys(labels))
    if len(labels) == 1:
        return labels[0]
    if len(distinct) <= 2:  # noqa: PLR2004 - two labels still fit
        return " / ".join(distinct) + (f" ×{len(labels)}" if len(distinct) == 1 else "")
    return f"{distinct[0]} ×{len(labels)}"
