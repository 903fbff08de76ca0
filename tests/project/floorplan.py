"""Draws the rooms of the product and the way of one move through them: `docs/architecture.svg`.

Everything in the picture is read off the code (``rooms.py``): which rooms there are, how many
modules stand in each, which lie below which, and where a move comes by.
"""

from collections.abc import Iterator
from html import escape

from tests.project.rooms import FLOORS, Rooms, Stop, rooms_of, way_of_a_move

_WIDTH, _LEFT, _TOP = 1180, 24, 64
_ROOM_W, _ROOM_H, _GAP, _PAD = 124, 46, 12, 14
_PLAN = 760
"""How much of the width the plan takes; the way in words stands beside it."""

_STYLE = """
text{font-family:system-ui,-apple-system,"Segoe UI",Roboto,Arial,"Noto Sans CJK SC",sans-serif;fill:#1d2939}
.paper{fill:#fff}.title{font-size:20px;font-weight:600}.faint{font-size:12.5px;fill:#5d6b82}
.floor{fill:#f5f8fc;stroke:#b4bdc9}.name{font-size:14px;font-weight:600}
.room{fill:#fff;stroke:#475467}.label{font-size:13px;text-anchor:middle}
.size{font-size:11px;fill:#5d6b82;text-anchor:middle}
.stop{fill:#175cd3}.number{fill:#fff;font-size:11px;font-weight:600;text-anchor:middle}
.been{fill:#f2f7ff;stroke:#175cd3;stroke-width:2}
.step{font-size:12.5px}
"""

Place = tuple[float, float]


def floorplan() -> str:
    """Return the picture as SVG; the same code gives the same picture."""
    plans = [(package, words, rooms_of(package)) for package, words in FLOORS]
    way = way_of_a_move()
    body: list[str] = []
    places: dict[str, Place] = {}
    y = float(_TOP)
    been = {stop.room for stop in way}
    for package, words, rooms in plans:
        lines, height = _floor(package, words, rooms, y, places, been)
        body += lines
        y += height + _GAP
    body += [*_way(way, places), *_words(way)]
    height = max(y, _TOP + 26 * (len(way) + 2)) + 16
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height:g}" '
        f'width="{_WIDTH}" height="{height:g}" role="img" aria-label="rooms of heyi">'
    )
    title = (
        f'<text class="title" x="{_LEFT}" y="30">The rooms, and the way of one move · 房间与一次办理的路</text>'
        f'<text class="faint" x="{_LEFT}" y="50">A room may know those below it, on its own floor and on the '
        "floors beneath; numbers are modules. Drawn from the code.</text>"
    )
    paper = f'<rect class="paper" width="{_WIDTH}" height="{height:g}"/>'
    return "\n".join([head, f"<style>{_STYLE}</style>", paper, title, *body, "</svg>", ""])


def _floor(
    package: str, words: str, rooms: Rooms, y: float, places: dict[str, Place], been: set[str]
) -> tuple[list[str], float]:
    """Return a floor with its rooms, what lies lowest at the bottom, and how high it is."""
    a_row = int((_PLAN - 2 * _PAD + _GAP) // (_ROOM_W + _GAP))
    rows: list[tuple[str, ...]] = []
    for level in reversed(rooms.levels):
        rows += [level[n : n + a_row] for n in range(0, len(level), a_row)]
    rows = _merged(rows, a_row)
    height = 30 + len(rows) * (_ROOM_H + _GAP) + 4
    lines = [
        f'<rect class="floor" x="{_LEFT}" y="{y:g}" width="{_PLAN}" height="{height:g}" rx="6"/>',
        f'<text class="name" x="{_LEFT + _PAD}" y="{y + 20:g}">{package}</text>',
        f'<text class="faint" x="{_LEFT + _PAD + 9 * len(package) + 14:g}" y="{y + 20:g}">{escape(words)}'
        f"; {len(rooms.modules)} rooms, {len(rooms.arrows)} arrows, no circle</text>",
    ]
    for number, row in enumerate(rows):
        for place, room in enumerate(row):
            x = _LEFT + _PAD + place * (_ROOM_W + _GAP)
            top = y + 30 + number * (_ROOM_H + _GAP)
            lines += _room(room, rooms.modules[room], x, top, been=room in been)
            places[room] = (x + _ROOM_W / 2, top + _ROOM_H / 2)
    return lines, height


def _merged(rows: list[tuple[str, ...]], a_row: int) -> list[tuple[str, ...]]:
    """Return rows with neighbours put side by side while they fit: left knows right."""
    found: list[tuple[str, ...]] = []
    for row in rows:
        if found and len(found[-1]) + len(row) <= a_row:
            found[-1] += row
        else:
            found.append(row)
    return found


def _room(room: str, modules: int, x: float, y: float, *, been: bool) -> Iterator[str]:
    name = room.rpartition(".")[2]
    kind = "room been" if been else "room"
    middle = x + _ROOM_W / 2
    yield f'<rect class="{kind}" x="{x:g}" y="{y:g}" width="{_ROOM_W}" height="{_ROOM_H}" rx="4"/>'
    yield f'<text class="label" x="{middle:g}" y="{y + 20:g}">{name}</text>'
    yield f'<text class="size" x="{middle:g}" y="{y + 36:g}">{modules}</text>'


def _way(way: tuple[Stop, ...], places: dict[str, Place]) -> Iterator[str]:
    """Yield the number of each stop at the corner of its room."""
    for number, stop in enumerate(way, 1):
        if stop.room in places:
            x, y = places[stop.room]
            yield from _number(number, x + _ROOM_W / 2 - 4, y - _ROOM_H / 2 + 4)


def _number(number: int, x: float, y: float) -> Iterator[str]:
    yield f'<circle class="stop" cx="{x:g}" cy="{y:g}" r="9"/>'
    yield f'<text class="number" x="{x:g}" y="{y + 4:g}">{number}</text>'


def _words(way: tuple[Stop, ...]) -> Iterator[str]:
    x = _LEFT + _PLAN + 24
    yield f'<text class="name" x="{x}" y="{_TOP + 14}">heyi case do NUMBER decline</text>'
    yield f'<text class="faint" x="{x}" y="{_TOP + 32}">first call in each room, in order</text>'
    for number, stop in enumerate(way, 1):
        y = _TOP + 34 + 26 * number
        room = stop.room.removeprefix("heyi.")
        call = stop.function.removeprefix(f"{stop.room}.")
        yield from _number(number, x + 9, y - 4)
        yield f'<text class="step" x="{x + 24}" y="{y}">{escape(room)} · {escape(call)}</text>'
