"""Which branch a move takes, or every reason why it takes none.

The same code answers ``take_step`` and ``offers``: there is no second truth.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from engine.case.errors import Reason, Reasons
from engine.case.values import Actor, Lang
from engine.compiling.plan import Branch, Line, Workflow
from engine.facts.facts import Facts
from engine.facts.given import Given
from engine.facts.messages import fill, name_of, names_of
from engine.facts.reading import may_read_fact
from engine.facts.roles import Standing, standing
from engine.language.cel import Answer


class Recorder(Protocol):
    """Listens to a chooser; it changes nothing of what is chosen."""

    def judged(self, branch: Branch, answers: Sequence[Answer], after: Facts) -> None:
        """Take note of what the lines of a branch's guard said, in order; may come repeatedly."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A branch that grants, and as what its maker acts."""

    branch: Branch
    target: str
    standing: Standing
    proposing: bool = False


class Chooser:
    """Judges the branches of one trigger for one actor."""

    def __init__(
        self,
        workflow: Workflow,
        branches: Sequence[Branch],
        facts: Facts,
        actor: Actor,
        *,
        on_behalf_of: str | None = None,
        recorder: Recorder | None = None,
    ) -> None:
        self.recorder = recorder
        self.workflow, self.branches, self.facts, self.actor = workflow, branches, facts, actor
        self.standings: dict[int, Standing] = {}
        self.proposing: set[int] = set()
        self.barred = False
        for branch in branches:
            self._stand(branch, on_behalf_of)

    def _stand(self, branch: Branch, on_behalf_of: str | None) -> None:
        if not _in_force(branch, self.facts):
            return
        found = standing(branch.by, self.actor, self.facts, on_behalf_of=on_behalf_of)
        if not found and branch.propose:
            other = standing(branch.propose, self.actor, self.facts, on_behalf_of=on_behalf_of)
            if other:
                self.proposing.add(branch.place)
                found = other
        self.barred = self.barred or found.barred
        if found:
            self.standings[branch.place] = found

    @property
    def allowed(self) -> list[Branch]:
        """The branches whose role the actor has, in document order."""
        return [b for b in self.branches if b.place in self.standings]

    def refuse_role(self, reasons: Reasons) -> None:
        """Note that no branch is for this actor; no other reason is told (it could leak)."""
        roles = list(dict.fromkeys(word for b in self.branches for word in b.by))
        if self.barred:
            zh, en = (
                "您在本案中须回避，请由他人办理",
                "you are barred in this case; somebody else must act",
            )
            reasons.add("move.barred", zh, en)
            return
        who_zh = "、".join(_role_label(self.workflow, r, "zh") for r in roles)
        who_en = ", ".join(_role_label(self.workflow, r, "en") for r in roles)
        zh, en = f"您的岗位不能做；可由：{who_zh}", f"not for your posts; may be done by: {who_en}"
        reasons.add("move.role", zh, en, names=roles)

    def pick(self, after: Facts, given: Given, reasons: Reasons) -> Choice | None:
        """Return the first branch in document order whose role and guard hold.

        A guard that is unknown only because data its own branch asks for was not given does
        not pass the move on to the next branch: the missing data refuses.

        Args:
            after: the facts with the move's data.
            given: the data; its problems are reasons too.
            reasons: every failing reason of every branch the actor may use.
        """
        waiting: list[Branch] = []

        def grants(place: int) -> bool:
            if place not in self.standings:
                return False
            branch = self.branches[place]
            if self._lines(branch, after, Reasons()) is None:
                return True
            if self._waits(branch, after, given):
                waiting.append(branch)
                return True
            return False

        reasons.found.extend(given.reasons.found)
        below = self.facts.case.stack[-1] if self.facts.case.stack else None
        first = self.branches[0]
        found = self.workflow.machine.target(first.state, first.trigger, below=below, grants=grants)
        return self._chosen(found, after, given, reasons)

    def pick_opening(self, after: Facts, given: Given, reasons: Reasons) -> Choice | None:
        """Return the first opening whose role and guard hold."""
        reasons.found.extend(given.reasons.found)
        for branch in self.allowed:
            held = self._lines(branch, after, Reasons()) is None
            if held or self._waits(branch, after, given):
                place = self.branches.index(branch)
                return self._chosen((place, branch.definition.to), after, given, reasons)
        return self._chosen(None, after, given, reasons)

    def _chosen(
        self, found: tuple[int, str] | None, after: Facts, given: Given, reasons: Reasons
    ) -> Choice | None:
        if found is None:
            for branch in self.allowed:
                self._lines(branch, after, reasons)
                self._missing(branch, given, reasons, quiet=True)
            self._ambiguous(after, reasons)
            if not reasons.found:
                zh, en = "没有适用的规则", "no branch applies"
                reasons.add("move.guard", zh, en)
            return None
        place, target = found
        branch = self.branches[place]
        self._missing(branch, given, reasons)
        self._surplus(branch, given, reasons)
        if not reasons.found:
            self._lines(branch, after, reasons)
        if reasons.found:
            return None
        return Choice(
            branch=branch,
            target=target,
            standing=self.standings[branch.place],
            proposing=branch.place in self.proposing,
        )

    def _waits(self, branch: Branch, after: Facts, given: Given) -> bool:
        """Tell whether the guard is unknown for want of data that the branch itself asks for."""
        owed = set(branch.definition.asks) - given.names
        answers = [after.ask(line.ask) for line in branch.guard]
        if any(a.known and not a.holds for a in answers):
            return False
        unknown = [a for a in answers if not a.known]
        return bool(unknown) and all(set(a.missing) & owed for a in unknown)

    def _lines(self, branch: Branch, after: Facts, reasons: Reasons) -> Reasons | None:
        """Note every line that does not hold; return None where all hold."""
        start = len(reasons.found)
        answers = [after.ask(line.ask) for line in branch.guard]
        if self.recorder is not None:
            self.recorder.judged(branch, answers, after)
        for line, answer in zip(branch.guard, answers, strict=True):
            if not answer.holds:
                self.explain(line, after, reasons)
        return reasons if len(reasons.found) > start else None

    def explain(self, line: Line, after: Facts, reasons: Reasons) -> None:
        """Note why a line does not hold: the file's words, and what is not known yet."""
        answer = after.ask(line.ask)
        zh, en = (self._says(line, after, lang, answer.missing) for lang in ("zh", "en"))
        names = answer.missing or line.ask.names
        reasons.add("move.guard", zh, en, names=names, source=line.source)

    def _says(self, line: Line, after: Facts, lang: Lang, missing: Sequence[str]) -> str:
        """Return the sentence for a line: the file's words, or what must be known first."""
        otherwise = line.otherwise
        if missing:
            names = names_of(after, missing, lang)
            lacks = f"尚不能判断，请先填写：{names}" if lang == "zh" else f"not known yet: {names}"
            # Words with facts in them would only say "not set".
            if otherwise is None or "{" in otherwise.text(lang):
                return lacks
            words = otherwise.text(lang)
            return f"{words}（{lacks}）" if lang == "zh" else f"{words} ({lacks})"
        if otherwise is not None:
            return fill(otherwise, after, self._readable(after), lang)
        names = names_of(after, line.ask.names, lang)
        return f"条件未满足，涉及：{names}" if lang == "zh" else f"does not hold; it reads: {names}"

    def _readable(self, after: Facts) -> Callable[[str], bool]:
        return lambda name: may_read_fact(name, self.actor, after)

    def _missing(
        self, branch: Branch, given: Given, reasons: Reasons, *, quiet: bool = False
    ) -> None:
        wanted = (*branch.definition.asks, *branch.definition.adds, *branch.edits)
        refused = {name for reason in given.reasons.found for name in reason.names}
        for name in dict.fromkeys(wanted):
            if name in given.names or name in refused:
                continue
            zh, en = f"请填写{name_of(self.facts, name, 'zh')}", f"'{name}' is missing"
            known = any(name in r.names and r.code == "move.missing" for r in reasons.found)
            if not known and not (quiet and name not in branch.definition.asks):
                reasons.add("move.missing", zh, en, names=[name])

    def _surplus(self, branch: Branch, given: Given, reasons: Reasons) -> None:
        for name in sorted(given.names - branch.accepts):
            zh = f"按所选情形不能填写{name_of(self.facts, name, 'zh')}"
            reasons.add("move.field", zh, f"'{name}' is not asked for in this branch", names=[name])

    def _ambiguous(self, after: Facts, reasons: Reasons) -> None:
        for decision in after.ambiguous():
            rules = "、".join(decision.hits)
            zh = f"决策表“{decision.table}”有多条规则同时适用：{rules}"
            en = (
                f"table '{decision.table}' has several rules that apply: {', '.join(decision.hits)}"
            )
            reasons.add("table.ambiguous", zh, en, names=decision.hits)


def _in_force(branch: Branch, facts: Facts) -> bool:
    day = facts.today
    return (branch.from_ is None or branch.from_ <= day) and (
        branch.until is None or day <= branch.until
    )


_WORDS = {
    "anyone": ("任何人", "anyone"),
    "opener": ("立案人", "whoever opened the case"),
    "clock": ("系统期限", "the clock"),
    "link": ("关联案件", "a linked case"),
}


def _role_label(workflow: Workflow, role: str, lang: str) -> str:
    if role in _WORDS:
        return _WORDS[role][lang == "en"]
    return workflow.label("roles", role, lang)


def not_offered(workflow: Workflow, state: str, trigger: str, allowed: Sequence[str]) -> Reason:
    """Return the reason that a state does not offer a trigger, naming what it offers."""
    where_zh, where_en = (workflow.label("states", state, lang) for lang in ("zh", "en"))
    named = [f"{workflow.move_label(one)}（{one}）" for one in allowed]
    names_zh, names_en = "、".join(named) or "无", ", ".join(allowed) or "nothing"
    label = workflow.move_label(trigger)
    what = f"“{label}”（{trigger}）" if label else f"“{trigger}”"
    return Reason(
        code="move.state",
        zh=f"环节“{where_zh}”不能做{what}；现在可做：{names_zh}",
        en=f"cannot '{trigger}' in state '{state}' ({where_en}); allowed now: {names_en}",
        names=tuple(allowed),
    )
