"""The views of publishing."""

from typing import Literal

from heyi.app.view import View


class PublishedView(View):
    """A workflow's version that is published; ``new`` where it was not before."""

    name: str
    version: int
    new: bool


class ShelfView(View):
    """The newly published workflows and catalogues of a shelf, as ``name@version``."""

    new: tuple[str, ...]


class HandedInView(View):
    """A file that waits for a second person.

    Attributes:
        kind: ``workflow`` or ``catalogue``.
        name: the workflow's or catalogue's.
        version: of the file.
        by: the author's id.
        sha256: of what would be published.
    """

    kind: Literal["workflow", "catalogue"]
    name: str
    version: int
    by: str
    sha256: str
