"""The base of every answer of the application: a frozen view, the same for every door.

The command line prints a view, the API returns it, a page shows it. A view holds words in
the reader's language and values as they are stored; how they are laid out is the door's.
"""

from typing import Any, Generic, TypeVar

from pydantic import BaseModel, ConfigDict


class View(BaseModel):
    """Base of all answers: frozen, no key that is not declared.

    A key that does not apply is left out when the view is made and when it is told: ``None``
    is told only where it was said.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)

    def plain(self) -> Any:
        """Return the view as JSON can hold it, under the names that programs know."""
        return self.model_dump(mode="json", by_alias=True, exclude_unset=True)


Item = TypeVar("Item")


class Page(View, Generic[Item]):
    """A part of a list, and where the next part begins.

    Attributes:
        items: in the list's order; may be empty.
        next: the cursor of the next page; None where this page is the last.
    """

    items: tuple[Item, ...]
    next: str | None = None


def paged(found: "list[Item] | tuple[Item, ...]", *, limit: int, cursor: str) -> Page[Item]:
    """Return a page of at most ``limit`` items of a list that was read one item further.

    Args:
        found: at most ``limit + 1`` items.
        limit: how many a page holds; at least 1.
        cursor: what the next page begins behind, where there is one.
    """
    more = len(found) > limit
    return Page(items=tuple(found[:limit]), next=cursor if more else None)
