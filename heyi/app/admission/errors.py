"""Why admission cannot answer."""

from collections.abc import Iterable, Mapping

from engine.case.errors import HeyiError


class AnswerRefused(HeyiError):
    """An answer names no question, or no option of it."""

    code = "usage.answer"

    def __init__(self, zh: str, en: str) -> None:
        self.zh, self.en = zh, en
        super().__init__(en)


class CatalogueUnknown(HeyiError):
    """There is no catalogue of this name; says what there is."""

    code = "not_found"

    def __init__(self, name: str, known: Iterable[str]) -> None:
        self.name, self.known = name, tuple(known)
        self.zh = f"没有清单“{name}”；有：{'、'.join(self.known)}"
        super().__init__(f"no catalogue '{name}'; there are: {', '.join(self.known)}")


class GroupUnknown(HeyiError):
    """A catalogue has no such class; says which it has."""

    code = "usage.input"

    def __init__(self, name: str, zh: Mapping[str, str], en: Mapping[str, str]) -> None:
        """Take the class that was asked for, and the known ones by word in both languages."""
        self.name = name
        known = ["、".join(f"{word} {label}" for word, label in one.items()) for one in (zh, en)]
        self.zh = f"没有类别“{name}”；有：{known[0]}"
        super().__init__(f"no class '{name}'; {known[1]}")
