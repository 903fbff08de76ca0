"""Chooses the next question: only one that can still decide, until the class is certain.

What a question decides is not told by its name but tried: a question is asked if the table
lacks its answer, or if some answer to it would change what the table says.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from engine.case.values import Plain
from engine.facts.origins import table_names
from engine.facts.reading import base_fields
from engine.facts.tables import Decision
from engine.language.kinds import FieldType
from engine.language.parts import FieldDef
from heyi.app.admission.classification import Asked, candidates, parsed

_SOME_FILE = "?"
"""Stands for a file there may be, to see whether it would change the verdict."""


def next_question(
    asked: Asked, name: str, answers: Mapping[str, Any], passed: Iterable[str] = ()
) -> str | None:
    """Return the field to ask for next; None once no answer could change the class.

    Args:
        asked: the classifier and the catalogue.
        name: the item's; it finds rows that may match, and decides nothing.
        answers: as given so far.
        passed: questions that were asked and have no answer: no file, no row that matches.

    Raises:
        AnswerRefused: an answer names no question, or no option of it.
    """
    fields = parsed(asked, answers)
    done = {*fields, *passed}
    decision = _decision(asked, fields)
    alike = [row.code for row in candidates(asked, name)]
    item = asked.classifier.item
    if item not in done and _changes(asked, fields, decision, [(item, one) for one in alike]):
        return item
    if not decision.outputs:
        return next(_lacking(asked, decision, done), None)
    return next(_open(asked, fields, decision, done), None)


def _decision(asked: Asked, fields: Mapping[str, Plain]) -> Decision:
    return asked.facts(fields).decision(asked.classifier.table.name)


def _lacking(asked: Asked, decision: Decision, done: set[str]) -> Iterator[str]:
    """Yield the questions the table lacks, in the order in which the file's author put them."""
    workflow = asked.classifier.workflow
    wanted = base_fields(workflow, decision.missing) - done
    yield from (name for name in workflow.fields if name in wanted)


def _open(
    asked: Asked, fields: Mapping[str, Plain], decision: Decision, done: set[str]
) -> Iterator[str]:
    """Yield questions that a table can do without, but whose answer would change the class."""
    workflow = asked.classifier.workflow
    reads = base_fields(workflow, table_names(asked.classifier.table))
    for name, part in workflow.fields.items():
        if name not in reads or name in done or name == asked.classifier.item:
            continue
        if part.type is FieldType.FILE or (part.many and _known_to_be_some(asked, fields, name)):
            tries = [(name, value) for value in _tries(part)]
            if _changes(asked, fields, decision, tries):
                yield name


def _tries(part: FieldDef) -> list[Plain]:
    return [_SOME_FILE] if part.type is FieldType.FILE else [*(part.options or {})]


def _known_to_be_some(asked: Asked, fields: Mapping[str, Plain], name: str) -> bool:
    """Tell whether a fact made from a list and other answers holds with the list empty.

    Then the answers say that there is something, and only the list says what.
    """
    workflow, facts = asked.classifier.workflow, asked.facts(fields)
    for fact, expression in workflow.facts.items():
        direct = {one.removeprefix("filled.").partition(".")[0] for one in expression.names}
        if name in direct and direct & fields.keys() and facts.ask(workflow.facts[fact]).holds:
            return True
    return False


def _changes(
    asked: Asked,
    fields: Mapping[str, Plain],
    decision: Decision,
    tries: Iterable[tuple[str, Plain]],
) -> bool:
    """Tell whether some of these answers would change the class, or decide it."""
    many = asked.classifier.workflow.fields
    output = asked.classifier.output
    for name, value in tries:
        answered: Plain = [value] if many[name].many else value
        other = _decision(asked, {**fields, name: answered})
        if other.outputs.get(output) != decision.outputs.get(output):
            return True
    return False
