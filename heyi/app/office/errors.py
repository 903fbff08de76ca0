"""The errors for a deployment that cannot be set up."""

from engine.case.errors import HeyiError, SettingsError
from engine.case.text import Text
from heyi.app.errors import FactsNotFound


class KeyLost(SettingsError):
    """The database has content, but its key file is not there; a new key would not open it."""

    code = "settings.key_lost"

    def __init__(self, path: str) -> None:
        self.path = path
        super().__init__(f"the database is in use but '{path}' is missing; put its key file back")


class OfficeInUse(HeyiError):
    """Only an empty database can be marked as demo data."""

    code = "office.in_use"

    def __init__(self) -> None:
        super().__init__("something is in this database, it cannot become demo data; make another")


class OfficeFounded(HeyiError):
    """The three persons were named before; that happens once."""

    code = "office.founded"

    def __init__(self) -> None:
        super().__init__("administrator, security and auditor are named already")


class FoundersWrong(HeyiError):
    """An office cannot be founded with what was given."""

    code = "office.founders"

    def __init__(self, why: Text) -> None:
        self.told = why
        super().__init__(why.en)


class FolderMissing(FactsNotFound):
    """The folder in which the database shall lie is not there."""

    says = Text("没有文件夹“{path}”", "no folder '{path}'")
