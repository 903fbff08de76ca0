"""The errors for a deployment that cannot be set up."""

from engine.case.errors import SettingsError
from engine.case.text import Text
from heyi.app.errors import FactsNotFound


class KeyLost(SettingsError):
    """The database has content, but its key file is not there; a new key would not open it."""

    code = "settings.key_lost"

    def __init__(self, path: str) -> None:
        self.path = path
        super().__init__(f"the database is in use but '{path}' is missing; put its key file back")


class FolderMissing(FactsNotFound):
    """The folder in which the database shall lie is not there."""

    says = Text("没有文件夹“{path}”", "no folder '{path}'")
