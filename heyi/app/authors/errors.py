"""The errors for names that an author gave and that do not exist."""

from engine.case.text import Text
from heyi.app.errors import FactsNotFound


class WorkflowUnknown(FactsNotFound):
    """No folder has a workflow of this name."""

    says = Text("没有流程“{name}”；有：{known}", "no workflow '{name}'; there are: {known}")


class TestedWorkflowUnknown(FactsNotFound):
    """A file of author tests is for a workflow that no folder has."""

    says = Text("“{path}”：没有流程“{name}”", "'{path}': no workflow '{name}'")


class StoryUnknown(FactsNotFound):
    """There is none of the stories that shall be played."""

    says = Text("没有故事“{stories}”", "no story {stories}")


class NothingToPlay(FactsNotFound):
    """No scenario of the files fits what was asked for."""

    says = Text("没有要跑的测试", "there is no test to run")
