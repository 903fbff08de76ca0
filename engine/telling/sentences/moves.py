"""Makes sentences about a transition: when, who may do what, with which data, and what follows."""

from collections.abc import Mapping
from dataclasses import dataclass

from engine.case.values import Lang
from engine.compiling.plan import Branch, Workflow
from engine.language.model import TransitionDef
from engine.telling.sentences.conditions import Conditions
from engine.telling.sentences.effects import Effects
from engine.telling.sentences.people import People

_INLINE = {"zh": 60, "en": 110}
"""Conditions longer than this, or more than two, are listed under the sentence."""
_MOST = 2
_OUTCOMES = {
    "positive": ("正面", "positive"),
    "negative": ("负面", "negative"),
    "neutral": ("中性", "neutral"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveSaid:
    """A transition in words.

    Attributes:
        lead: the sentence; it ends with a colon where conditions are listed.
        conditions: each guard line as a clause; with its source where it has one.
        listed: the conditions stand in a list under the lead, not in it.
        data: what must and may be given, as sentences; may be empty.
        follows: what the move brings about beside the change of state, as phrases.
    """

    lead: str
    conditions: tuple[tuple[str, str], ...] = ()
    listed: bool = False
    data: tuple[str, ...] = ()
    follows: tuple[str, ...] = ()


class Moves:
    """Makes sentences about the transitions of one workflow."""

    def __init__(self, workflow: Workflow, lang: Lang) -> None:
        """Take the labels from ``workflow``."""
        self.workflow, self.lang = workflow, lang
        self.people, self.effects = People(workflow, lang), Effects(workflow, lang)
        self.conditions = Conditions(workflow, lang)
        self.tongue = self.conditions.tongue

    def said(self, branch: Branch) -> MoveSaid:
        """Return a transition or an opening in words.

        Source:
            language.md 1 ``opening`` and ``states.*.on``, 3.
        """
        phrases = [self.conditions.line(line) for line in branch.guard]
        told = self.conditions.joined(phrases, "and").text
        many = len(phrases)
        listed = many > _MOST or (many > 1 and len(told) > _INLINE[self.lang])
        return MoveSaid(
            lead=self._lead(branch, "" if listed else told, many if listed else 0),
            conditions=tuple(
                (phrase.text, line.source)
                for phrase, line in zip(phrases, branch.guard, strict=True)
            ),
            listed=listed,
            data=self._data(branch),
            follows=self.effects.of(branch),
        )

    def name(self, branch: Branch) -> str:
        """Return a move's label; an opening without one is known by where it leads."""
        if branch.definition.label is not None:
            return branch.definition.label.text(self.lang)
        if branch.state:
            return branch.trigger
        return self.conditions.nouns.label("states", branch.definition.to)

    def _lead(self, branch: Branch, when: str, listed: int) -> str:
        say = self.tongue.say
        does, goes = self._does(branch), self._goes(branch)
        if listed:
            count = "both" if listed == _MOST else f"all {listed}"
            return say(
                f"下列{listed}项都具备时，{does}，{goes}：",
                f"If {count} of these hold, {does}; {goes}:",
            )
        told = say(f"{when}时，", f"If {when}, ") if when else ""
        return say(f"{told}{does}，{goes}。", f"{_capital(told + does)}; {goes}.")

    def _does(self, branch: Branch) -> str:
        """Return who may do what, and who signs with them."""
        say, what = self.tongue.say, self.tongue.quoted(self.name(branch))
        who = self.people.any_of(branch.by)
        told = say(f"{who}可以{what}", f"{who} may {what}")
        if branch.cosign:
            others = self.people.roles(branch.cosign)
            told += say(f"，并经{others}共同签署", f", signed by {others} too")
        if branch.propose:
            others = self.people.any_of(branch.propose)
            told += say(f"（{others}可以提议）", f" ({others} may propose it)")
        return told

    def _goes(self, branch: Branch) -> str:
        say, target = self.tongue.say, branch.definition.to
        if branch.stays:
            return say("环节不变", "the state stays")
        if branch.returns:
            return say("回到原来的环节", "the case goes back to where it was")
        label = self.tongue.quoted(self.conditions.nouns.label("states", target))
        state = self.workflow.definition.states[target]
        if state.final:
            outcome = self._outcome(branch, state.outcome)
            return say(f"案件以{label}办结{outcome}", f"the case ends as {label}{outcome}")
        if branch.state and self.workflow.is_final(branch.state):
            return say(f"案件重开，进入{label}", f"the case is reopened into {label}")
        if not branch.state:
            return say(f"案件立在{label}", f"the case begins in {label}")
        return say(f"案件进入{label}", f"the case goes to {label}")

    def _outcome(self, branch: Branch, of_state: str | None) -> str:
        rule = branch.definition
        own = rule.outcome if isinstance(rule, TransitionDef) else None
        words = _OUTCOMES.get(own or of_state or "")
        return self.tongue.say(f"（{words[0]}）", f" ({words[1]})") if words else ""

    def _data(self, branch: Branch) -> tuple[str, ...]:
        say, rule = self.tongue.say, branch.definition
        told = []
        for zh, en, names in (
            ("须填", "must be given", rule.asks),
            ("可填", "may be given", rule.may),
            ("登记一项或多项", "one or more are added to", rule.adds),
        ):
            if names:
                fields = self._fields(names)
                told.append(say(f"{zh}：{fields}", f"{en}: {fields}"))
        if branch.edits:
            edited = self._edits(branch.edits)
            told.append(say(f"逐项修改：{edited}", f"changed entry by entry: {edited}"))
        if branch.from_ or branch.until:
            first, last = branch.from_ or "", branch.until or ""
            told.append(say(f"适用日期：{first}至{last}", f"on law dates {first} to {last}"))
        return tuple(told)

    def _fields(self, names: tuple[str, ...]) -> str:
        return self.tongue.names(self._item(name) for name in names)

    def _item(self, name: str) -> str:
        nouns = self.conditions.nouns
        return nouns.item(nouns.label("fields", name))

    def _edits(self, edits: Mapping[str, tuple[str, ...]]) -> str:
        nouns = self.conditions.nouns
        return self.tongue.names(
            self.tongue.say(
                f"{nouns.label('fields', name)}的{self._columns(name, columns)}",
                f"{self._columns(name, columns)} of {nouns.label('fields', name)}",
            )
            for name, columns in edits.items()
        )

    def _columns(self, name: str, columns: tuple[str, ...]) -> str:
        return self.tongue.quotes(self.conditions.nouns.column(name, one) for one in columns)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
