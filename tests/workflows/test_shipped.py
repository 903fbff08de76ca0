"""The shipped files are clean: checked without a word, labelled in both languages, sourced."""

from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from engine.checking.build import check_workflow
from engine.language.clocks import ClockRule
from engine.language.words import Label
from tests.builders.shelves import SHIPPED, folder, shipped, shipped_names

NAMES = shipped_names()
SECTIONS = ("states", "fields", "roles", "documents", "facts")


def test_these_workflows_are_shipped():
    assert NAMES == (
        "access_control", "assessment", "certificate", "confirmation", "consultation", "dispute",
        "evaluation", "joint_consultation", "mediation", "participatory_budget",
        "screening_round", "task",
    )  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_a_shipped_file_checks_with_no_error_and_no_warning(name: str):
    text = (SHIPPED / f"{name}.yaml").read_text(encoding="utf-8")

    workflow, problems = check_workflow(text, file=f"{name}.yaml", shelf=folder(SHIPPED))

    assert [str(problem) for problem in problems] == []
    assert workflow is not None


def _rules(name: str) -> Iterator[tuple[str, ClockRule]]:
    """Yield every set of a clock's keys with the class and source it inherits."""
    for clock, part in shipped(name).definition.clocks.items():
        if not part.rules:
            yield clock, part
        for place, rule in enumerate(part.rules, 1):
            inherited = {"class_": rule.class_ or part.class_, "source": rule.source or part.source}
            yield f"{clock}[{place}]", rule.model_copy(update=inherited)


@pytest.mark.parametrize("name", NAMES)
def test_every_statutory_and_local_clock_names_its_source(name: str):
    unsourced = [
        clock
        for clock, rule in _rules(name)
        if rule.class_ in {"statutory", "local"} and not rule.source
    ]

    assert unsourced == []


@pytest.mark.parametrize("name", NAMES)
def test_a_statutory_clock_rests_on_more_than_a_default_of_this_system(name: str):
    weak = [
        clock
        for clock, rule in _rules(name)
        if rule.class_ == "statutory" and (rule.source or "").startswith("design#")
    ]

    assert weak == []


@pytest.mark.parametrize("name", NAMES)
def test_every_clock_says_of_which_class_it_is(name: str):
    assert [clock for clock, rule in _rules(name) if rule.class_ is None] == []


@pytest.mark.parametrize("section", SECTIONS)
@pytest.mark.parametrize("name", NAMES)
def test_everything_people_read_is_labelled_in_chinese_and_english(name: str, section: str):
    parts: Mapping[str, Any] = getattr(shipped(name).definition, section)

    assert parts, f"'{name}' has no {section}"
    assert [word for word, part in parts.items() if not _both(part.label)] == []


@pytest.mark.parametrize("name", NAMES)
def test_every_column_and_option_is_labelled_in_chinese_and_english(name: str):
    unlabelled = []
    for field, part in shipped(name).definition.fields.items():
        columns = part.of if isinstance(part.of, dict) else {}
        for word, one in {field: part, **columns}.items():
            unlabelled += [word] if not _both(one.label) else []
            options = one.options or {}
            unlabelled += [
                f"{word}={option}" for option, label in options.items() if not _both(label)
            ]

    assert unlabelled == []


@pytest.mark.parametrize("name", NAMES)
def test_every_move_is_labelled_and_every_refusal_of_a_guard_says_why_in_both(name: str):
    branches = [b for ways in shipped(name).branches.values() for b in ways]

    assert [b.name for b in branches if not _both(b.definition.label)] == []
    assert [
        (b.name, line.ask.source) for b in branches for line in b.guard if not _both(line.otherwise)
    ] == []


def _both(label: Label | None) -> bool:
    return label is not None and bool(label.zh.strip()) and bool((label.en or "").strip())
