"""The pictures of the shipped workflows in `docs/workflows/`; `make docs` draws them."""

from collections.abc import Callable
from functools import partial

from engine.telling.diagram.build import diagram_of
from engine.telling.diagram.svg import svg
from tests.builders.shelves import shipped, shipped_names


def picture(name: str) -> str:
    """Return the SVG of a shipped workflow, in Chinese."""
    return svg(diagram_of(shipped(name)))


PICTURES: dict[str, tuple[str, Callable[[], str]]] = {
    f"../workflows/{name}.svg": (f"workflows/{name}.yaml", partial(picture, name))
    for name in shipped_names()
}
