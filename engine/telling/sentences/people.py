"""Makes words for who may act: roles, everybody, the clock; and whom a role means in a case."""

from collections.abc import Iterable

from engine.case.values import Lang
from engine.compiling.plan import Workflow
from engine.language.words import OWN
from engine.telling.sentences.nouns import Nouns

_WORDS = {
    "anyone": ("任何人", "anyone"),
    "opener": ("立案人", "whoever opened the case"),
    "clock": ("系统（期限到时）", "the system (when a clock says so)"),
    "link": ("关联案件", "a linked case"),
}


class People:
    """Makes words for who may act in one workflow."""

    def __init__(self, workflow: Workflow, lang: Lang) -> None:
        """Take the labels from ``workflow``."""
        self.workflow, self.nouns = workflow, Nouns(workflow, lang)
        self.tongue = self.nouns.tongue

    def role(self, word: str) -> str:
        """Return a role, or a word like ``anyone``, by its label."""
        if word in _WORDS:
            return self.tongue.say(*_WORDS[word])
        label = self.nouns.label("roles", word)
        return label if self.tongue.zh or label.startswith(("the ", "a ")) else f"the {label}"

    def roles(self, words: Iterable[str]) -> str:
        """Return an enumeration of roles."""
        return self.tongue.names(self.role(word) for word in words)

    def any_of(self, words: Iterable[str]) -> str:
        """Return roles of which one is enough."""
        return self.tongue.either([self.role(word) for word in words])

    def meaning(self, name: str) -> str:
        """Return whom a role means; "" where its label is enough.

        Source:
            language.md 1 ``roles``: in_case, level own, never, recorded_by, reach.
        """
        role = self.workflow.definition.roles[name]
        told = []
        if role.in_case:
            who = self._path(role.in_case)
            told.append(self.tongue.say(f"本案“{who}”所指的人", f"the person named by “{who}”"))
        if role.post:
            post = self.role(role.post)
            told.append(self.tongue.say(f"须有{post}岗位", f"holding the post of {post}"))
        if role.level == OWN:
            told.append(self.tongue.say("岗位在本案所在单位", "by a post at the case's own unit"))
        if role.reach:
            told.append(
                self.tongue.say("本案所在单位以下的单位", "at the units below the case's unit")
            )
        if role.never:
            barred = self.tongue.quotes(self._path(path) for path in role.never)
            told.append(self.tongue.say(f"{barred}所指的人除外", f"but nobody named by {barred}"))
        if role.recorded_by:
            by = self.any_of(role.recorded_by)
            told.append(self.tongue.say(f"可由{by}代为登记", f"{by} may record it for them"))
        return self.tongue.say("；", "; ").join(told)

    def _path(self, path: str) -> str:
        """Return a path to persons: a field, a fact, or a list and its column."""
        head, _, column = path.partition(".")
        kind = "facts" if head in self.workflow.facts else "fields"
        label = self.nouns.label(kind, head)
        if not column:
            return label
        inner = self.nouns.column(head, column)
        return label if inner == label else f"{label}·{inner}"
