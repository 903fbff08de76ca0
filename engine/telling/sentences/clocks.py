"""Makes sentences about clocks: when they start, how long they run, what ends them."""

from collections.abc import Sequence

from engine.case.values import Lang
from engine.compiling.plan import Clock, ClockVariant, Workflow
from engine.language.words import Span
from engine.telling.sentences.conditions import Conditions
from engine.time.units import TimeUnit


class Clocks:
    """Makes sentences about the clocks of one workflow."""

    def __init__(self, workflow: Workflow, lang: Lang) -> None:
        """Take the labels from ``workflow``."""
        self.workflow, self.lang = workflow, lang
        self.conditions = Conditions(workflow, lang)
        self.tongue = self.conditions.tongue

    def begins(self, clock: Clock) -> str:
        """Return when a clock starts, and when it starts again.

        Source:
            language.md 4: ``starts``, ``when``, ``each``, ``again``.
        """
        say = self.tongue.say
        starts = self.occasions(clock.starts_in, clock.starts_on)
        told = say(f"{starts}时开始计算", f"starts {starts}")
        if clock.when is not None:
            when = self._scoped(clock).phrase(clock.when.source).text
            told += say(f"，须{when}", f", provided {when}")
        if clock.definition.each:
            each = self.conditions.nouns.label("fields", clock.definition.each)
            told += say(f"；“{each}”逐项计算", f"; one for each entry of “{each}”")
        if clock.definition.again == "restart":
            told += say("；再次发生时重新起算", "; starts anew when it happens again")
        return told

    def runs(self, clock: Clock, case: ClockVariant, *, brief: bool = False) -> str:
        """Return how long a clock runs in one of its cases; brief leaves out the param's name."""
        say, conditions = self.tongue.say, self._scoped(clock)
        length, param = self.length(clock, case)
        if case.definition.due:
            told = say(f"到{length}为止", f"until {length}")
        elif case.definition.at_least is not None:
            told = say(f"至少{length}", f"at least {length}")
        else:
            told = say(f"限{length}", f"within {length}")
        if param and not brief:
            told += say(f"（参数“{param}”）", f" (param “{param}”)")
        if case.definition.runs_from:
            since = conditions.value(case.definition.runs_from)
            told = say(f"自{since}起，{told}", f"{told}, counted from {since}")
        if case.condition is not None:
            when = conditions.phrase(case.condition.source).text
            return say(f"{when}的，{told}", f"if {when}: {told}")
        if len(clock.variants) > 1:
            return say(f"其他情形，{told}", f"otherwise: {told}")
        return told

    def ends(self, clock: Clock) -> str:
        """Return what ends a clock."""
        say = self.tongue.say
        told = []
        if clock.met_column is not None:
            done = self.conditions.nouns.column(str(clock.definition.each), clock.met_column)
            told.append(say(f"填写“{done}”即为办到", f"met once “{done}” is given"))
        elif clock.met is not None:
            met = self._scoped(clock).phrase(clock.met.source).text
            told.append(say(f"{met}即为办到", f"met once {met}"))
        stops = self.occasions(clock.stops_in, clock.stops_on)
        if stops:
            told.append(say(f"{stops}时停止", f"stops {stops}"))
        elif clock.leaving:
            told.append(say("离开该环节即停止", "stops when that state is left"))
        elif clock.ends_at_final:
            told.append(say("办结时停止", "stops when the case ends"))
        else:
            told.append(say("离开环节也不停止", "runs on whatever the state"))
        return say("；", "; ").join(told)

    def length(self, clock: Clock, case: ClockVariant) -> tuple[str, str]:
        """Return the length of a case in words, and the label of the param it comes from or "".

        For a date in the data its label is the length.
        """
        rule, conditions = case.definition, self._scoped(clock)
        if rule.due:
            return conditions.value(rule.due), ""
        span = rule.within if rule.within is not None else rule.at_least
        if not isinstance(span, Span):
            value = self.workflow.definition.params[str(span)].value
            return self.tongue.value(value), conditions.nouns.label("params", str(span))
        if case.length is None:
            return self._counted(span.n, span.unit), ""
        head, _, rest = case.length.source.strip().partition(".")
        if head == "params":
            value = self.workflow.definition.params[rest].value
            return self._counted(value, span.unit), conditions.nouns.label("params", rest)
        if head in self.workflow.tables:
            table = conditions.nouns.plain(conditions.nouns.label("tables", head))
            unit = self.tongue.unit(span.unit)
            said = f"{table}所定的{unit.removeprefix('个')}数", f"the {unit} that {table} gives"
            return self.tongue.say(*said), ""
        return self.tongue.span(conditions.value(case.length.source), span.unit), ""

    def _counted(self, n: int | str, unit: TimeUnit) -> str:
        if n == 0:
            return self.tongue.say("当日", "the same day")
        return self.tongue.span(n, unit)

    def occasions(self, states: frozenset[str], moves: frozenset[str]) -> str:
        """Return states that are entered and moves that are made, as an occasion."""
        names = [name for name in self.workflow.definition.states if name in states]
        entered = [self.conditions.nouns.label("states", name) for name in names]
        nouns = self.conditions.nouns
        made = [label for name in sorted(moves) for label in nouns.made(name) or [name]]
        told = []
        if entered:
            told.append(self._named("进入", "when “{}” is entered", entered))
        if made:
            told.append(self._named("办理", "when “{}” is done", made))
        return self.tongue.either(told)

    def _named(self, zh: str, en: str, names: Sequence[str]) -> str:
        quoted = self.tongue.either([self.tongue.quoted(name) for name in names])
        return self.tongue.say(f"{zh}{quoted}", en.replace("“{}”", "{}").format(quoted))

    def _scoped(self, clock: Clock) -> Conditions:
        """Return the words for a clock's own expressions, which may read ``item``."""
        if clock.definition.each is None:
            return self.conditions
        return Conditions(self.workflow, self.lang, each=clock.definition.each)
