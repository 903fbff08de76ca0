"""Makes problems of broken promises: the id as code, the text, the part, a way that leads to it."""

from collections.abc import Iterable
from dataclasses import dataclass

from engine.case.problems import Problem
from engine.case.text import Text, said
from engine.checking.promises import words_of_breaches as words
from engine.checking.promises.known import UnknownTagError
from engine.checking.promises.view import Arrow, View
from engine.language.promises import Promise
from engine.language.reader import Path


def with_way(wrong: Text, way: Iterable[str]) -> Text:
    """Return what is wrong, followed by the way that leads to it."""
    return said(words.WITH_WAY, wrong=wrong, way=" → ".join(way))


@dataclass(frozen=True, slots=True)
class Breaches:
    """Notes the breaches of one promise."""

    view: View
    promise: Promise

    def add(self, path: Path, wrong: Text, *, key: bool = True) -> None:
        """Note a breach at a path of the merged definition."""
        says, findings = self.promise.says, self.view.findings
        findings.problems.append(
            Problem(
                at=findings.at(path, key=key),
                code=self.promise.id,
                words=said(words.BREACH, promise=says, wrong=wrong, source=self.promise.source),
                severity=self.promise.severity,
            )
        )

    def add_move(self, arrow: Arrow, wrong: Text) -> None:
        """Note a breach of a move, with a shortest way to it."""
        name = arrow.branch.trigger
        told = said(words.BREACH_OF_MOVE, move=name, wrong=wrong)
        if way := self.view.way(arrow.state):
            told = with_way(told, [*way, name])
        self.add(arrow.path, told)

    def nothing_means(self, section: str, tags: tuple[str, ...]) -> None:
        """Note that the file has no part of the meaning that the promise is about."""
        told = said(words.NOTHING_MEANS, section=words.SECTIONS[section], tags=tags)
        self.add((section,) if section != "moves" else ("states",), told)

    def unknown(self, error: UnknownTagError) -> None:
        """Note a tag that a promise needs and no part carries."""
        self.nothing_means(error.section, (error.tag,))
