"""The views of publishing."""

from typing import Literal

from heyi.app.view import View


class PublishedView(View):
    """A workflow's version that is published; ``new`` where it was not before."""

    name: str
    version: int
    new: bool


class ShelfView(View):
    """What was published of a shelf.

    Attributes:
        new: workflows and catalogues, as ``name@version``.
        changed: files that are not as the release lists them, and so were not published.
    """

    new: tuple[str, ...]
    changed: tuple[str, ...] = ()


class HandedInView(View):
    """A file that waits for a second person, or was refused.

    Attributes:
        kind: ``workflow`` or ``catalogue``.
        name: the workflow's or catalogue's.
        version: of the file.
        by: the author's id.
        sha256: of what would be published.
        reason: why it was refused; None while it waits.
    """

    kind: Literal["workflow", "catalogue"]
    name: str
    version: int
    by: str
    sha256: str
    reason: str | None = None


class ReviewView(View):
    """What a second person looks at before publishing.

    Attributes:
        file: what waits.
        before: the version that is in force; 0 for none.
        changes: what the file would change of it, as a unified diff; all of it where none is.
    """

    file: HandedInView
    before: int
    changes: tuple[str, ...]
