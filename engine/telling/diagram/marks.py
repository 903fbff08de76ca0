"""Makes small pieces of SVG: paths with round corners, arrowheads, signs, lines of text.

Text is escaped here and nowhere else; numbers are rounded so that a picture is the same on
every machine.
"""

from collections.abc import Sequence
from math import hypot
from xml.sax.saxutils import escape

from engine.telling.diagram.graph import Point, Rect
from engine.telling.diagram.text import LEADING

_RADIUS = 7.0
_HEAD = 8.0
_HALF = 4.2


def number(value: float) -> str:
    """Return a length with one decimal at most."""
    return f"{round(value, 1) + 0.0:.1f}".removesuffix(".0")


def words(text: str) -> str:
    """Return text as XML may hold it; control characters, which it may not, are left out."""
    clean = "".join(
        c for c in text if c in "\t\n" or (c >= " " and not "\x7f" <= c <= "\x9f" and _allowed(c))
    )
    return escape(clean, {'"': "&quot;"})


def _allowed(letter: str) -> bool:
    return not ("\ud800" <= letter <= "\udfff" or letter in "\ufffe\uffff")


def path(points: Sequence[Point]) -> str:
    """Return the data of a line through points, its corners rounded."""
    first, *_ = points
    parts = [f"M{number(first[0])} {number(first[1])}"]
    for before, corner, after in zip(points, points[1:], points[2:], strict=False):
        radius = min(_RADIUS, _far(before, corner) / 2, _far(corner, after) / 2)
        a, b = _towards(corner, before, radius), _towards(corner, after, radius)
        parts.append(f"L{_pair(a)}Q{_pair(corner)} {_pair(b)}")
    return "".join([*parts, f"L{_pair(points[-1])}"])


def head(points: Sequence[Point]) -> str:
    """Return the data of an arrowhead at the end of a line."""
    before, tip = points[-2], points[-1]
    far = _far(before, tip) or 1.0
    dx, dy = (tip[0] - before[0]) / far, (tip[1] - before[1]) / far
    x, y = tip[0] - dx * _HEAD, tip[1] - dy * _HEAD
    left, right = (x - dy * _HALF, y + dx * _HALF), (x + dy * _HALF, y - dx * _HALF)
    return f"M{_pair(tip)}L{_pair(left)}L{_pair(right)}Z"


def box(rect: Rect, style: str, *, round_: float = 8) -> str:
    """Return a rectangle of a style's class."""
    return (
        f'<rect class="{style}" x="{number(rect.x)}" y="{number(rect.y)}" '
        f'width="{number(rect.width)}" height="{number(rect.height)}" rx="{number(round_)}"/>'
    )


def text(lines: Sequence[str], at: Point, size: float, style: str) -> str:
    """Return lines of text; ``at`` is the anchor of the first line's upper edge."""
    x, y = at
    base = [number(y + size * (LEADING * n + 1.03)) for n in range(len(lines))]
    spans = "".join(
        f'<tspan x="{number(x)}" y="{level}">{words(line)}</tspan>'
        for level, line in zip(base, lines, strict=True)
    )
    return f'<text class="{style}" font-size="{number(size)}">{spans}</text>'


def disc(middle: Point, radius: float, style: str) -> str:
    """Return a circle of a style's class."""
    x, y = middle
    return f'<circle class="{style}" cx="{number(x)}" cy="{number(y)}" r="{number(radius)}"/>'


def sign(kind: str, middle: Point) -> str:
    """Return the sign of an outcome, or of staying: a shape, so that colour is not needed."""
    x, y = middle
    if kind == "positive":
        data = f"M{_pair((x - 4.5, y))}L{_pair((x - 1, y + 4))}L{_pair((x + 5, y - 4.5))}"
    elif kind == "negative":
        data = f"M{_pair((x - 4, y - 4))}L{_pair((x + 4, y + 4))}"
        data += f"M{_pair((x - 4, y + 4))}L{_pair((x + 4, y - 4))}"
    elif kind == "stay":
        data = f"M{_pair((x + 3.4, y - 1.6))}A3.8 3.8 0 1 0 {_pair((x + 3.4, y + 1.6))}"
        data += (
            f"M{_pair((x + 4.4, y - 4.6))}L{_pair((x + 3.6, y - 1.2))}L{_pair((x + 0.4, y - 2))}"
        )
    else:
        data = f"M{_pair((x - 4.5, y))}L{_pair((x + 4.5, y))}"
    return f'<path class="sign {kind}" d="{data}"/>'


def _pair(point: Point) -> str:
    return f"{number(point[0])} {number(point[1])}"


def _far(a: Point, b: Point) -> float:
    return hypot(a[0] - b[0], a[1] - b[1])


def _towards(start: Point, end: Point, distance: float) -> Point:
    far = _far(start, end) or 1.0
    share = distance / far
    return (start[0] + (end[0] - start[0]) * share, start[1] + (end[1] - start[1]) * share)
