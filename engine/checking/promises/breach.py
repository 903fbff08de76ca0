"""A broken promise as a problem: its id as the code, its text, what breaks it, the way there."""

from dataclasses import dataclass

from engine.case.problems import Problem
from engine.checking.promises.known import UnknownTagError
from engine.checking.promises.view import Arrow, View
from engine.language.promises import Promise
from engine.language.reader import Path

_SECTIONS = {
    "fields": "字段", "tables": "决策表", "clocks": "期限", "documents": "文书",
    "roles": "角色", "states": "环节", "moves": "流转",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Breaches:
    """Notes the breaches of one promise."""

    view: View
    promise: Promise

    def add(self, path: Path, zh: str, en: str, *, key: bool = True) -> None:
        """Note a breach at a path of the merged definition."""
        says, findings = self.promise.says, self.view.findings
        findings.problems.append(
            Problem(
                at=findings.at(path, key=key),
                code=self.promise.id,
                zh=f"{says.zh}：{zh}（依据 {self.promise.source}）",
                en=f"{says.text('en')}: {en} (source: {self.promise.source})",
                severity=self.promise.severity,
            )
        )

    def add_move(self, arrow: Arrow, zh: str, en: str) -> None:
        """Note a breach of a move, with a shortest way to it."""
        name = arrow.branch.trigger
        zh = f"“{name}”{zh}"
        en = f"'{name}' {en}"
        if way := self.view.way(arrow.state):
            zh += f"；走法：{' → '.join([*way, name])}"
            en += f"; the way: {' → '.join([*way, name])}"
        self.add(arrow.path, zh, en)

    def nothing_means(self, section: str, tags: tuple[str, ...]) -> None:
        """Note that the file has nothing that the promise speaks of."""
        kind, words = _SECTIONS[section], "、".join(tags)
        zh = f"文件里没有标明 means: {words} 的{kind}"
        en = f"nothing in '{section}' says means: {', '.join(tags)}"
        self.add((section,) if section != "moves" else ("states",), zh, en)

    def unknown(self, error: UnknownTagError) -> None:
        """Note a tag that a promise needs and no part carries."""
        self.nothing_means(error.section, (error.tag,))
