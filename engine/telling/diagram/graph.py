"""The input and output of the layout: sizes in, rectangles and lines out.

Nothing here knows workflows: nodes are names, so the layout can be tested on any graph.
All lengths are in CSS pixels; x grows to the right, y downwards.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

Point = tuple[float, float]
Ends = tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Size:
    """How much room something needs; zero for a label without text."""

    width: float
    height: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Rect:
    """A box: left, top, width, height."""

    x: float
    y: float
    width: float
    height: float

    @property
    def middle(self) -> float:
        """The x of its middle."""
        return self.x + self.width / 2

    @property
    def right(self) -> float:
        """The x of its right border."""
        return self.x + self.width

    @property
    def bottom(self) -> float:
        """The y of its lower border."""
        return self.y + self.height

    def meets(self, other: "Rect") -> bool:
        """Tell whether two boxes share more than a border."""
        across = self.x < other.right and other.x < self.right
        return across and self.y < other.bottom and other.y < self.bottom

    def moved(self, dx: float, dy: float) -> "Rect":
        """Return the same box elsewhere."""
        return Rect(x=self.x + dx, y=self.y + dy, width=self.width, height=self.height)


@dataclass(frozen=True, slots=True, kw_only=True)
class Graph:
    """A directed graph to be laid out.

    Attributes:
        nodes: by name, in the order that decides where nothing else does.
        edges: the label's size by (source, target); no edge from a node to itself.
        roots: where the way begins.
        goals: where the main way may end, the best kind first; of one kind the lowest is taken.
        ghosts: pairs that are not drawn: the second stands below the first if it can.
    """

    nodes: Mapping[str, Size]
    edges: Mapping[Ends, Size]
    roots: tuple[str, ...] = ()
    goals: tuple[tuple[str, ...], ...] = ()
    ghosts: tuple[Ends, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Laid:
    """Where everything stands; the upper left corner of it all is (0, 0).

    Attributes:
        nodes: by name.
        labels: by edge; an edge without text has none.
        routes: by edge one or two lines of points, from the source's border to the label and
            from the label to the target's border. Edges to one target may share their last
            part, edges from one source their first.
        main: the nodes of the main way, which stand in one column.
    """

    width: float
    height: float
    nodes: Mapping[str, Rect]
    labels: Mapping[Ends, Rect] = field(default_factory=dict)
    routes: Mapping[Ends, tuple[tuple[Point, ...], ...]] = field(default_factory=dict)
    main: tuple[str, ...] = ()
