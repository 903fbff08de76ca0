"""The errors of the writing room: a code, name or file that is not there."""

from engine.case.text import Text
from heyi.app.errors import FactsNotFound


class CodeUnknown(FactsNotFound):
    """No finding, refusal or promise has this code."""

    says = Text("没有代码“{code}”；有：{known}", "no code '{code}'; there are: {known}")


class FileUnknown(FactsNotFound):
    """No folder has a workflow or catalogue of this name."""

    says = Text("没有流程或清单“{name}”", "no workflow or catalogue '{name}'")
