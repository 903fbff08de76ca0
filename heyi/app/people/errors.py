"""The errors for changes about people that cannot be kept."""

from engine.case.errors import HeyiError
from engine.case.text import Text
from heyi.app.errors import FactsNotFound


class AbsenceRefused(HeyiError):
    """Days or substitute of an absence cannot be."""

    code = "usage.absence"

    def __init__(self, why: Text) -> None:
        self.told = why
        super().__init__(why.en)


class PostNotHeld(FactsNotFound):
    """A person does not hold a post that should end."""

    says = Text("“{person}”没有岗位 {posts}", "'{person}' does not hold {posts}")


class NotAway(FactsNotFound):
    """A person who should be back was not away."""

    says = Text("“{person}”今日没有外出", "'{person}' is not away today")


class AddressUnknown(FactsNotFound):
    """An owner has no such address."""

    says = Text("“{owner}”没有地址“{address}”", "'{owner}' has no address '{address}'")


ENDS_FIRST = Text("最后一天早于第一天", "the last day lies before the first")
OWN_SUBSTITUTE = Text("不能由本人代理本人", "nobody stands in for themselves")
