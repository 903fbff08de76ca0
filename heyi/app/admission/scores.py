"""Computes the mean grades of bodies; groups that are too small to publish stay hidden.

A grade is read only once the seal on it is broken, and leaves this module only as a mean over
enough of them. No total over all groups is told: with it a hidden group could be worked out.
"""

from collections.abc import Iterator
from fractions import Fraction

from engine.case.values import Case, day_of
from engine.compiling.plan import Workflow
from engine.facts.facts import Facts
from engine.facts.reading import is_sealed, is_shut
from engine.language.kinds import FieldType
from engine.language.parts import FieldDef
from engine.language.readers import role_of
from engine.time.times import parse_moment
from heyi.app.admission.files import Reading, body_field
from heyi.app.admission.reportmodels import ScoreRow, ScoresView

SCORE = "score"
"""What a number says it means that is a grade of a body."""
LEAST = 10
"""The smallest group that is published, where a file's param ``min_group`` says nothing."""


def scores(reading: Reading, *, least: int = 0) -> ScoresView | None:
    """Return the mean grade of each body and question; None where no file has grades.

    Args:
        reading: what to read from.
        least: the smallest group to publish, where that is more than the files say.
    """
    files = [one for one in reading.workflows() if _questions(one)]
    if not files:
        return None
    least = max(least, *(_least(one) for one in files))
    groups: dict[tuple[str, str, str], list[int]] = {}
    for workflow in files:
        for case in reading.cases_of(workflow, sealed=True):
            for body, name, grade in _grades(reading, case):
                groups.setdefault((body, workflow.name, name), []).append(grade)
    labels = {one.name: one for one in files}
    rows = []
    for (body, file, name), grades in sorted(groups.items()):
        hidden = len(grades) < least
        rows.append(
            ScoreRow(
                body=body, title=reading.unit_title(body),
                question=labels[file].label("fields", name, reading.lang),
                hidden=hidden, n=None if hidden else len(grades),
                mean=None if hidden else _mean(grades),
            )
        )  # fmt: skip
    return ScoresView(min_group=least, rows=tuple(rows))


def _mean(grades: list[int]) -> float:
    return round(float(Fraction(sum(grades), len(grades))), 1)


def _least(workflow: Workflow) -> int:
    param = workflow.definition.params.get("min_group")
    return int(param.value) if param is not None else LEAST


def _questions(workflow: Workflow) -> dict[str, FieldDef]:
    """Return the grades of a file: tagged so, or whole numbers in bounds that are sealed."""
    return {
        name: part
        for name, part in workflow.fields.items()
        if part.type is FieldType.INTEGER
        and (part.means == SCORE or (part.seal and part.min is not None and part.max is not None))
    }


def _grades(reading: Reading, case: Case) -> Iterator[tuple[str, str, int]]:
    """Yield body, question and grade of a case that ended within the report's days."""
    rules = reading.rules_of(case)
    ended = day_of(parse_moment(case.moved_at), reading.zone)
    if not rules.is_final(case.state) or not reading.holds(ended):
        return
    if rules.sealed is not None:
        facts = Facts(rules, case, reading.world(case), now=reading.now)
        if is_sealed(facts):
            return
    for name, part in _questions(rules).items():
        body = _graded(rules, part, case)
        value = case.fields.get(name)
        if body and isinstance(value, int) and not is_shut(part, case):
            yield body, name, value


def _graded(rules: Workflow, part: FieldDef, case: Case) -> str | None:
    """Return whom a grade is about: the place of the case, or the other body, never its giver."""
    other = body_field(rules)
    if other is None:
        return None
    giver = {
        rules.definition.roles[role].in_case
        for role in map(role_of, part.seal_to)
        if role in rules.definition.roles
    }
    about = case.unit if other in giver else case.fields.get(other)
    return str(about) if about else None
