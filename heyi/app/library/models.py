"""What is told of publishing."""

from heyi.app.view import View


class PublishedView(View):
    """A workflow's version that is published; ``new`` where it was not before."""

    name: str
    version: int
    new: bool


class ShelfView(View):
    """What of a shelf was newly published, as ``name@version``."""

    new: tuple[str, ...]
