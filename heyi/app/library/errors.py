"""The errors of publishing."""

from engine.case.text import Text
from heyi.app.errors import FactsNotFound


class NothingHandedIn(FactsNotFound):
    """No file of this name and version waits for a second person."""

    says = Text("没有待发布的“{name}”第{version}版", "no '{name}' version {version} is handed in")
