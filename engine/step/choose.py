"""Chooses the branch that a move takes, or collects every reason why it takes none.

The same code answers ``take_step`` and ``offers``: there is no second truth.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from engine.case.errors import Reason, Reasons
from engine.case.text import Text, said, worded
from engine.case.values import Actor
from engine.compiling.plan import Branch, Line, Workflow
from engine.facts.facts import Facts
from engine.facts.given import Given
from engine.facts.messages import fill, label_or_id, names_of
from engine.facts.reading import may_read_fact
from engine.facts.roles import Standing, standing
from engine.language.cel import Answer
from engine.step import words


class Recorder(Protocol):
    """Is notified of each judged guard; it changes nothing of what is chosen."""

    def judged(self, branch: Branch, answers: Sequence[Answer], after: Facts) -> None:
        """Note the results of a branch's guard lines, in order; may come repeatedly."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A branch that grants, and the role in which the actor fires it."""

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

    @property
    def only_proposes(self) -> bool:
        """Whether the actor may propose at most: nobody of ``by``."""
        return all(branch.place in self.proposing for branch in self.allowed)

    def refuse_role(self, reasons: Reasons) -> None:
        """Note that no branch is for this actor, and no other reason (it could leak)."""
        roles = list(dict.fromkeys(role for b in self.branches for role in b.by))
        if self.barred:
            reasons.add("move.barred", words.BARRED)
            return
        who = [_WORDS.get(role) or self.workflow.labelled("roles", role) for role in roles]
        reasons.add("move.role", said(words.NOT_YOURS, who=who), names=roles)

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
                reasons.add("move.guard", words.NO_BRANCH)
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
        """Note why a line does not hold: the file's text, and which facts are unknown."""
        answer = after.ask(line.ask)
        names = answer.missing or line.ask.names
        told = self._says(line, after, answer.missing)
        reasons.add("move.guard", told, names=names, source=line.source)

    def _says(self, line: Line, after: Facts, missing: Sequence[str]) -> Text:
        """Return the sentence for a line: the file's words, or what must be known first."""
        otherwise = line.otherwise
        if otherwise is None:
            names = names_of(after, missing or line.ask.names)
            return said(words.NOT_KNOWN if missing else words.NOT_MET, names=names)
        if not missing:
            readable = self._readable(after)
            return worded(lambda lang: fill(otherwise, after, readable, lang))
        lacks = said(words.NOT_KNOWN, names=names_of(after, missing))
        both = said(words.BUT_NOT_KNOWN, words=otherwise, lacks=lacks)
        # Words with facts in them would only say "not set".
        return worded(lambda lang: (lacks if "{" in otherwise.text(lang) else both).text(lang))

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
            known = any(name in r.names and r.code == "move.missing" for r in reasons.found)
            if not known and not (quiet and name not in branch.definition.asks):
                missing = said(words.MISSING, field=label_or_id(self.facts, name))
                reasons.add("move.missing", missing, names=[name])

    def _surplus(self, branch: Branch, given: Given, reasons: Reasons) -> None:
        for name in sorted(given.names - branch.accepts):
            surplus = said(words.SURPLUS, field=label_or_id(self.facts, name))
            reasons.add("move.field", surplus, names=[name])

    def _ambiguous(self, after: Facts, reasons: Reasons) -> None:
        for decision in after.ambiguous():
            several = said(words.AMBIGUOUS, table=decision.table, rules=decision.hits)
            reasons.add("table.ambiguous", several, names=decision.hits)


def _in_force(branch: Branch, facts: Facts) -> bool:
    day = facts.today
    return (branch.from_ is None or branch.from_ <= day) and (
        branch.until is None or day <= branch.until
    )


_WORDS = {
    "anyone": words.ANYONE,
    "opener": words.OPENER,
    "clock": words.THE_CLOCK,
    "link": words.LINKED_CASE,
}


def not_offered(workflow: Workflow, state: str, trigger: str, allowed: Sequence[str]) -> Reason:
    """Return the reason that a state does not offer a trigger, naming what it offers."""
    label = workflow.move_label(trigger)
    move = said(words.QUOTED_WITH_ID if label else words.QUOTED, label=label, id=trigger)
    refused = said(
        words.NOT_OFFERED,
        move=Text(move.zh, said(words.QUOTED, id=trigger).en),
        state=workflow.labelled("states", state),
        state_id=state,
        allowed=[_offered(workflow, one) for one in allowed] or words.NONE,
    )
    return Reason(code="move.state", words=refused, names=tuple(allowed))


def _offered(workflow: Workflow, trigger: str) -> Text:
    return Text(said(words.WITH_ID, label=workflow.move_label(trigger), id=trigger).zh, trigger)
