"""What publishes into a store, as the application wires it, but from the shipped files alone."""

from heyi.app.library.library import Library
from heyi.app.library.publishing import Publishing
from heyi.app.library.shelf import FolderShelf
from storage.work import Store
from tests.builders.errand_office import ZONE
from tests.builders.shelves import SHIPPED


def publishing(store: Store) -> Publishing:
    """Return what publishes into a store."""
    shelf = FolderShelf([SHIPPED])
    return Publishing(store, Library(shelf), ZONE, release=shelf)
