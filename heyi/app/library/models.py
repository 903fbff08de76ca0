"""The views of publishing."""

from heyi.app.view import View


class PublishedView(View):
    """A workflow's version that is published; ``new`` where it was not before."""

    name: str
    version: int
    new: bool


class ShelfView(View):
    """The newly published workflows and catalogues of a shelf, as ``name@version``."""

    new: tuple[str, ...]
