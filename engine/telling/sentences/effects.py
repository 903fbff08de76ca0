"""Makes phrases of a move's effects: fields, documents, alerts, clocks, cases."""

from collections.abc import Iterable, Iterator
from typing import Any

from engine.case.values import Lang
from engine.compiling.plan import Branch, Literal, Workflow
from engine.language.cel import Expression
from engine.language.model import MoveDef, TransitionDef
from engine.telling.sentences.clocks import Clocks
from engine.telling.sentences.people import People


class Effects:
    """Makes words for the effects of the moves of one workflow."""

    def __init__(self, workflow: Workflow, lang: Lang) -> None:
        """Take the labels from ``workflow``."""
        self.workflow = workflow
        self.clocks, self.people = Clocks(workflow, lang), People(workflow, lang)
        self.nouns = self.people.nouns
        self.tongue = self.nouns.tongue

    def of(self, branch: Branch) -> tuple[str, ...]:
        """Return every effect of a branch as a phrase, in the order of language.md 3.1."""
        return (
            *self._sets(branch),
            *self._people(branch.definition),
            *self._cases(branch.definition),
            *self._papers(branch.definition),
            *self._extended(branch.definition),
            *self._started(branch),
        )

    def _sets(self, branch: Branch) -> Iterator[str]:
        for name, value in branch.sets:
            label = self.tongue.quoted(self.nouns.label("fields", name))
            words = self._value(name, value)
            yield self.tongue.say(f"{label}记为{words}", f"{label} becomes {words}")

    def _value(self, name: str, value: Expression | Literal) -> str:
        if not isinstance(value, Literal):
            return self.clocks.conditions.value(value.source)
        options = self.nouns.noun(name).options
        plain: Any = value.value
        if isinstance(plain, str):
            return self.tongue.quoted(options.get(plain, plain))
        return self.tongue.value(plain)

    def _people(self, rule: MoveDef) -> Iterator[str]:
        say = self.tongue.say
        if rule.assigns:
            label = self.tongue.quoted(self.nouns.label("fields", rule.assigns))
            yield say(f"此后由{label}所指的人经办", f"the person named by {label} takes over")
        if rule.tells:
            who = self.people.roles(rule.tells)
            yield say(f"告知{who}", f"told: {who}")

    def _cases(self, rule: MoveDef) -> Iterator[str]:
        say, quoted = self.tongue.say, self.tongue.quoted
        for opened in rule.opens:
            link = quoted(self.nouns.label("links", opened.as_))
            each = quoted(self.nouns.label("fields", opened.each)) if opened.each else ""
            told = say(f"另立案件：{link}", f"a case is opened: {link}")
            yield told + say(f"（{each}每项一件）", f" (one for each of {each})") * bool(each)
        if not isinstance(rule, TransitionDef):
            return
        for path, signal in rule.signals.items():
            link = quoted(self.nouns.label("links", path.removeprefix("links.")))
            yield say(f"{link}随之办理“{signal.does}”", f"{link}: “{signal.does}” is done too")
        if rule.joins:
            case = quoted(self.nouns.label("fields", rule.joins.case))
            yield say(f"并入{case}", f"the case joins {case}")
        if rule.publishes:
            name = quoted(rule.publishes.catalogue)
            if rule.publishes.put is not None:
                yield say(f"清单{name}更新一条", f"a row of catalogue {name} is put")
            else:
                yield say(f"清单{name}停用一条", f"a row of catalogue {name} is ended")

    def _papers(self, rule: MoveDef) -> Iterator[str]:
        say = self.tongue.say
        if rule.issues:
            yield say("出具", "issued: ") + self._labels("documents", rule.issues)
        if not isinstance(rule, TransitionDef):
            return
        if rule.delivers:
            yield say("送达", "delivered: ") + self._labels("documents", rule.delivers)
        if rule.erases:
            yield say("销毁", "erased: ") + self._labels("fields", rule.erases)

    def _labels(self, kind: str, names: Iterable[str]) -> str:
        return self.tongue.quotes(self.nouns.label(kind, name) for name in names)

    def _extended(self, rule: MoveDef) -> Iterator[str]:
        for clock, field in getattr(rule, "extends", {}).items():
            what = self.tongue.quoted(self.nouns.label("clocks", clock))
            to = self.tongue.quoted(self.nouns.label("fields", field))
            yield self.tongue.say(f"{what}延长到{to}", f"{what} is extended to {to}")

    def _started(self, branch: Branch) -> Iterator[str]:
        """Yield the clocks that a move starts, by entering a state or by being made."""
        ends = branch.enters is not None and self.workflow.is_final(branch.enters)
        words = {branch.trigger, *((branch.definition.id or "").split(", "))}
        for clock in self.workflow.clocks.values():
            made = words & clock.starts_on and not (ends and clock.ends_at_final)
            if branch.enters not in clock.starts_in and not made:
                continue
            label = self.tongue.quoted(self.nouns.label("clocks", clock.name))
            how = (
                self.clocks.runs(clock, clock.variants[0], brief=True)
                if len(clock.variants) == 1
                else ""
            )
            told = self.tongue.say(f"开始计算{label}", f"clock starts: {label}")
            yield told + self.tongue.say(f"（{how}）", f" ({how})") * bool(how)
