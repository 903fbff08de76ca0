"""The databases of the storage suite, for services that must hold on both."""

from tests.storage.conftest import postgres, sqlite_template, url

__all__ = ["postgres", "sqlite_template", "url"]
