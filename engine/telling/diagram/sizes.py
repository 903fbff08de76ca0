"""Computes the room that a state, an edge's text and a card's row take."""

from dataclasses import dataclass

from engine.telling.diagram.graph import Size
from engine.telling.diagram.model import Edge, Node
from engine.telling.diagram.say import says
from engine.telling.diagram.text import LEADING, extent, wrap
from engine.telling.diagram.way import Way

TITLE, NOTE, LABEL = 14.0, 11.5, 12.0
PAD = 11.0
MARK = 16.0
AWAY = 4.0
ICON = 18.0
PILL = 19.0
_BOLD = 1.04
_LEAST = 76.0
_START = 16.0
_ROOM = {"zh": (119.0, 104.0), "en": (140.0, 118.0)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """What stands in a state's box.

    Attributes:
        title: its label's lines.
        notes: the lines of each note.
        pill: the places of a case's way and whether it stands there now, or "".
        size: of the whole box.
    """

    title: tuple[str, ...]
    notes: tuple[tuple[str, ...], ...]
    pill: str
    size: Size


def content(node: Node, lang: str, way: Way | None = None) -> Content:
    """Return what stands in a state's box and how large it is."""
    if node.kind == "start":
        return Content(title=(), notes=(), pill="", size=Size(width=_START, height=_START))
    room = _ROOM.get(lang, _ROOM["zh"])[0]
    title = wrap(node.label, TITLE * _BOLD, room)
    notes = tuple(wrap(note.text, NOTE, room) for note in node.notes)
    pill = _pill(node.name, lang, way) if way else ""
    head, aside = extent(title, TITLE * _BOLD), MARK + 2
    inner = head.width + (aside * len(node.letters) + AWAY if node.letters else 0)
    inner += ICON if node.kind == "final" else 0
    noted = [extent(lines, NOTE) for lines in notes]
    inner = max([inner, *(size.width + ICON for size in noted), extent((pill,), NOTE).width + 12])
    height = len(title) * TITLE * LEADING + sum(size.height for size in noted)
    height += 2 * PAD + (3 if notes else 0) + (PILL if pill else 0)
    size = Size(width=max(inner + 2 * PAD, _LEAST), height=height)
    return Content(title=title, notes=notes, pill=pill, size=size)


def _pill(name: str, lang: str, way: Way) -> str:
    places = [str(place) for place in way.places(name)]
    if len(places) > 5:  # noqa: PLR2004 - more numbers than this would not be read
        places = [*places[:3], "…", places[-1]]
    return " · ".join([*places, says(lang)["now"]] if name == way.present else places)


def text_of(edge: Edge, lang: str) -> tuple[str, ...]:
    """Return the lines of an edge's text; several triggers have a dot each."""
    room = _ROOM.get(lang, _ROOM["zh"])[1]
    dot = "· " if len(edge.lines) > 1 else ""
    return tuple(line for text in edge.lines for line in wrap(dot + text, LABEL, room))


def text_size(lines: tuple[str, ...]) -> Size:
    """Return the room of an edge's text, with a small margin."""
    inner = extent(lines, LABEL)
    if not inner.width:
        return inner
    return Size(width=inner.width + 6, height=inner.height + 4)
