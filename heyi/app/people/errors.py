"""The errors for changes about people that cannot be kept."""

from collections.abc import Sequence

from engine.case.errors import HeyiError
from engine.case.text import Text, said
from heyi.app.errors import FactsNotFound


class AbsenceRefused(HeyiError):
    """Days or substitute of an absence cannot be."""

    code = "usage.absence"

    def __init__(self, why: Text) -> None:
        self.told = why
        super().__init__(why.en)


class PostRefused(HeyiError):
    """A post that no published workflow knows, or knows at other levels."""

    code = "usage.post"

    def __init__(self, role: str, unit: str, why: Text) -> None:
        self.post, self.why = f"{role}@{unit}", why
        super().__init__(f"{self.post}: {why.en}")


def posts_words(role: str, *, near: str = "", level: str = "", levels: Sequence[str] = ()) -> Text:
    """Return why a role cannot be held: unknown, with the nearest, or not at this level."""
    if levels:
        return said(OTHER_LEVEL, role=role, level=level, levels=list(levels))
    unknown = said(NO_SUCH_POST, role=role)
    return said(NEAREST_POST, wrong=unknown, near=near) if near else unknown


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
NO_SUCH_POST = Text("没有岗位 {role}", "no post '{role}'")
NEAREST_POST = Text("{wrong}，是否 {near}", "{wrong}; did you mean '{near}'?")
OTHER_LEVEL = Text(
    "岗位 {role} 不设在 {level} 一级；设在：{levels}",
    "post '{role}' is not held at level '{level}'; held at: {levels}",
)
