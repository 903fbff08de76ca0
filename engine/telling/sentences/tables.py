"""Makes sentences about decision tables: each rule, and how the rules relate to one another."""

from engine.case.values import Lang
from engine.compiling.plan import Literal, Table, TableRule, Workflow
from engine.language.words import Label
from engine.telling.sentences.conditions import Conditions

_HITS = {
    "first": ("自上而下，以第一条符合的规则为准", "the first rule that holds decides"),
    "unique": ("只应有一条规则符合", "only one rule may hold"),
    "any": ("符合的规则须结论一致", "all rules that hold must agree"),
    "collect": ("采用所有符合的规则", "every rule that holds counts"),
}


class Tables:
    """Makes sentences about the decision tables of one workflow."""

    def __init__(self, workflow: Workflow, lang: Lang) -> None:
        """Take the labels from ``workflow``."""
        self.workflow, self.lang = workflow, lang
        self.conditions = Conditions(workflow, lang)
        self.tongue = self.conditions.tongue

    def policy(self, table: Table) -> str:
        """Return how the rules of a table relate to one another.

        Source:
            DMN 1.4, 8.2.10 hit policies.
        """
        return self.tongue.say(*_HITS[table.hit])

    def rule(self, table: Table, rule: TableRule) -> str:
        """Return one rule: when it holds, from and until when, and what it gives."""
        say = self.tongue.say
        when = say("其余情形", "in all other cases")
        if rule.conditions:
            clauses = [self.conditions.phrase(one.source) for one in rule.conditions]
            held = self.conditions.joined(clauses, "and").text
            when = say(f"{held}的", f"if {held}")
        outputs = say("；", "; ").join(
            self._output(table, name, value) for name, value in rule.then.items()
        )
        return say(f"{when}，{outputs}{self._law(rule)}", f"{when}: {outputs}{self._law(rule)}")

    def _output(self, table: Table, name: str, value: Literal | object) -> str:
        gives = self.workflow.definition.tables[table.name].gives[name]
        if not isinstance(value, Literal):
            words = self.conditions.value(getattr(value, "source", ""))
        elif gives == "share":
            words = self.tongue.share(str(value.value))
        elif gives == "label":
            words = Label.model_validate(value.value).text(self.lang)
        else:
            words = self.tongue.value(value.value)
        return self.tongue.say(f"{name}为{words}", f"{name} is {words}")

    def _law(self, rule: TableRule) -> str:
        say = self.tongue.say
        told = []
        if rule.from_:
            told.append(say(f"自{rule.from_}起", f"from {rule.from_}"))
        if rule.until:
            told.append(say(f"至{rule.until}止", f"until {rule.until}"))
        return say(f"（{''.join(told)}）", f" ({' '.join(told)})") if told else ""
