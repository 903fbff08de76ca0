"""Writes a sheet as SVG: one file that needs no fonts, styles or scripts from elsewhere."""

from collections.abc import Iterator

from engine.telling.diagram import marks
from engine.telling.diagram.graph import Ends, Point, Rect
from engine.telling.diagram.lane import INDENT, INNER, TEXT, PlacedCard
from engine.telling.diagram.model import Diagram, Node, Row
from engine.telling.diagram.say import says
from engine.telling.diagram.sheet import HEADER, KEY_SIGN, KEY_TEXT, MARGIN, Sheet, sheet_of
from engine.telling.diagram.sizes import AWAY, ICON, LABEL, MARK, NOTE, PAD, PILL, TITLE
from engine.telling.diagram.style import STYLE
from engine.telling.diagram.text import LEADING, width
from engine.telling.diagram.way import Way
from engine.telling.diagram.words import listing


def svg(diagram: Diagram, way: Way | None = None) -> str:
    """Return a picture of a workflow, with a title and the whole list as its description.

    Args:
        diagram: what is drawn.
        way: the way of one case to be marked, or None.
    """
    sheet = sheet_of(diagram, way)
    return "\n".join([*_frame(sheet), *_lines(sheet), *_boxes(sheet), *_key(sheet), "</svg>", ""])


def _frame(sheet: Sheet) -> Iterator[str]:
    diagram, way = sheet.diagram, sheet.way
    name = f"{diagram.name}-{diagram.version}"
    wide, tall = marks.number(sheet.width), marks.number(sheet.height)
    title = f"{diagram.title} {way.caption}" if way and way.caption else diagram.title
    version = says(diagram.lang)["version"].format(n=diagram.version)
    yield (
        f'<svg xmlns="http://www.w3.org/2000/svg" lang="{diagram.lang}" role="img" '
        f'aria-labelledby="{name}-title {name}-desc" viewBox="0 0 {wide} {tall}" '
        f'width="{wide}" height="{tall}">'
    )
    yield f'<title id="{name}-title">{marks.words(title)}</title>'
    yield f'<desc id="{name}-desc">{marks.words(chr(10).join(listing(diagram, way)))}</desc>'
    yield f"<style>{STYLE}</style>"
    yield f'<rect class="paper" width="{wide}" height="{tall}"/>'
    yield (
        f'<text x="{marks.number(MARGIN)}" y="{marks.number(HEADER - 28)}">'
        f'<tspan class="heading">{marks.words(title)}</tspan>'
        f'<tspan class="faint" dx="10">{marks.words(version)}</tspan></text>'
    )


def _lines(sheet: Sheet) -> Iterator[str]:
    """Yield the lines: plain ones first, so that the main way and a case's way lie above."""
    steps = sheet.way.steps if sheet.way else frozenset[Ends]()
    ranked = sorted(sheet.routes, key=lambda ends: (ends in steps, ends in sheet.main))
    for ends in ranked:
        pieces = sheet.routes[ends]
        style = "gone" if ends in steps else "main" if ends in sheet.main else "line"
        data = "".join(marks.path(piece) for piece in pieces)
        yield f'<path class="{style}" d="{data}"/>'
        # A way back is long and begins at a state's upper border: its label says which way it runs.
        heads = pieces if pieces[0][0][1] > pieces[-1][-1][1] else pieces[-1:]
        for piece in heads:
            yield f'<path class="{style} head" d="{marks.head(piece)}"/>'
    for name, points in sheet.lane.arrows:
        style = "gone" if sheet.way and sheet.way.places(name) else "line"
        yield f'<path class="{style}" d="{marks.path(points)}"/>'
        yield f'<path class="{style} head" d="{marks.head(points)}"/>'
    for ends, rect in sheet.labels.items():
        style = "label on" if ends in steps else "label"
        yield marks.text(sheet.texts[ends], (rect.middle, rect.y + 2), LABEL, style)


def _boxes(sheet: Sheet) -> Iterator[str]:
    for node in sheet.diagram.nodes:
        yield from _node(sheet, node, sheet.nodes[node.name])
    for card in sheet.lane.cards:
        yield from _card(card)


def _node(sheet: Sheet, node: Node, rect: Rect) -> Iterator[str]:
    if node.kind == "start":
        yield marks.disc((rect.middle, rect.y + rect.height / 2), 7.5, "start")
        return
    way, inside = sheet.way, sheet.contents[node.name]
    outcome = (node.outcome or "neutral") if node.kind == "final" else ""
    now = " now" if way and way.present == node.name else ""
    been = " been" if way and way.places(node.name) else ""
    yield f'<g id="{sheet.diagram.name}-{node.name}">'
    yield marks.box(rect, f"{node.kind} {outcome}{been}{now}".replace("  ", " "))
    if node.kind == "final":
        inner = Rect(x=rect.x + 3, y=rect.y + 3, width=rect.width - 6, height=rect.height - 6)
        yield marks.box(inner, f"inner {outcome}", round_=5.5)
    left, right = rect.x + PAD, rect.right - PAD
    if node.letters:
        right -= (MARK + 2) * len(node.letters) + AWAY
    y = rect.y + PAD
    first = y + TITLE * LEADING * len(inside.title) / 2
    if outcome:
        yield marks.sign(outcome, (left + 5, first))
        left += ICON
    yield marks.text(inside.title, ((left + right) / 2, y), TITLE, "title")
    for n, letter in enumerate(node.letters):
        yield from _letter(letter, (right + AWAY + (MARK + 2) * n + 2 + MARK / 2, first))
    y += TITLE * LEADING * len(inside.title)
    if inside.pill:
        yield from _pill(inside.pill, (rect.middle, y + PILL / 2 + 1), now)
        y += PILL
    y += 3
    for note, lines in zip(node.notes, inside.notes, strict=True):
        yield _bullet(note, (rect.x + PAD + 5, y + NOTE * LEADING / 2))
        yield marks.text(lines, (rect.x + PAD + ICON - 3, y), NOTE, "note")
        y += NOTE * LEADING * len(lines)
    yield "</g>"


def _letter(letter: str, middle: Point) -> Iterator[str]:
    x, y = middle
    yield marks.disc(middle, MARK / 2, "letter")
    yield marks.text((letter,), (x, y - 7.2), 10.5, "mark")


def _pill(words: str, middle: Point, now: str) -> Iterator[str]:
    wide = width(words, NOTE) + 12
    x, y = middle
    yield marks.box(Rect(x=x - wide / 2, y=y - 8, width=wide, height=16), f"pill{now}", round_=8)
    yield marks.text((words,), (x, y - 7.6), NOTE, "count")


def _card(placed: PlacedCard) -> Iterator[str]:
    rect, letter = placed.rect, placed.card.letter
    yield marks.box(rect, "card", round_=4)
    x, y = rect.x + INNER, rect.y + INNER
    if letter:
        yield from _letter(letter, (x + MARK / 2, y + TEXT * LEADING / 2))
        x += MARK + 6
    yield marks.text(placed.heading, (x, y), TEXT, "caption")
    x = rect.x + INNER
    for entry in placed.entries:
        yield _bullet(entry.row, (x + 5, entry.y + TEXT * LEADING / 2))
        yield marks.text(entry.lines, (x + INDENT, entry.y), TEXT, "row")


def _bullet(row: Row, middle: Point) -> str:
    """Return the sign before a line: a loop where the case stays, else a dot."""
    return marks.disc(middle, 2.2, "dot") if row.target else marks.sign("stay", middle)


def _key(sheet: Sheet) -> Iterator[str]:
    say = says(sheet.diagram.lang)
    for kind, x, y in sheet.key:
        yield from _key_sign(kind, x, y)
        yield marks.text((say[f"legend_{kind}"],), (x + KEY_SIGN, y - 8), KEY_TEXT, "row")


def _key_sign(kind: str, x: float, y: float) -> Iterator[str]:
    rect = Rect(x=x + 1, y=y - 8, width=30, height=16)
    if kind == "main":
        yield f'<path class="main" d="{marks.path(((x, y), (x + 30, y)))}"/>'
        yield f'<path class="main head" d="{marks.head(((x, y), (x + 32, y)))}"/>'
    elif kind == "stay":
        yield marks.sign("stay", (x + 16, y))
    elif kind == "letter":
        yield from _letter("A", (x + 16, y))
    elif kind == "visited":
        yield from _pill("1 · 4", (x + 16, y), "")
    elif kind in {"open", "overlay"}:
        yield marks.box(rect, kind, round_=5)
    elif kind == "now":
        yield marks.box(rect, "open been now", round_=5)
    else:
        yield marks.box(rect, f"final {kind}", round_=5)
        inner = Rect(x=rect.x + 2.5, y=rect.y + 2.5, width=25, height=11)
        yield marks.box(inner, f"inner {kind}", round_=3)
        yield marks.sign(kind, (x + 16, y))
