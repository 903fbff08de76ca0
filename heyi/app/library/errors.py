"""The errors of publishing."""

from engine.case.errors import HeyiError
from engine.case.text import Text, said
from heyi.app.errors import FactsNotFound


class NothingHandedIn(FactsNotFound):
    """No file of this name and version waits for a second person."""

    says = Text("没有待发布的“{name}”第{version}版", "no '{name}' version {version} is handed in")


class FileChanged(HeyiError):
    """What waits is not the file that the second person has looked at."""

    code = "conflict.file"
    says = Text(
        "“{name}”第{version}版现在的摘要是 {sha256}，不是您看过的那一份；请再看一遍",
        "'{name}' version {version} is now {sha256}, not what you have looked at; look again",
    )

    def __init__(self, *, name: str, version: int, sha256: str) -> None:
        self.told = said(self.says, name=name, version=version, sha256=sha256)
        super().__init__(self.told.en)


class FileForged(HeyiError):
    """What waits is not what the act of handing in names: somebody changed the database."""

    code = "conflict.file"
    says = Text(
        "“{name}”第{version}版与交来时的记录不符，不能发布；请作者重新交来",
        "'{name}' version {version} is not as it was handed in; ask the author to do it anew",
    )

    def __init__(self, *, name: str, version: int) -> None:
        self.told = said(self.says, name=name, version=version)
        super().__init__(self.told.en)
