"""Files are read, merged and typed: libraries, packs, published definitions, and any mutant of them."""

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.case.errors import DefinitionError, MoveRefused
from engine.case.problems import Position, Problem
from engine.case.text import Text
from engine.checking.build import check_workflow, load_workflow
from engine.compiling.build import definition_digest, workflow_from_definition
from engine.compiling.plan import Workflow
from engine.language.codes import CODES
from engine.language.load import Shelf, load_definition, no_shelf
from engine.language.model import WorkflowDef
from engine.language.reader import read_yaml
from tests.builders.mutated_files import in_structure, in_text
from tests.builders.random_walks import Walk
from tests.builders.shelves import (
    FILES,
    ROOT,
    SHIPPED,
    folder,
    plot,
    rows,
    shipped,
    shipped_names,
    texts,
)
from tests.builders.toy_workflows import codes_of, is_meaning, text_of, toy
from tests.effort import examples
from tests.engine.language.test_whole import SHELF, WHOLE

PLOT = (FILES / "plot.yaml").read_text(encoding="utf-8")


def check_any(text: str, shelf=no_shelf) -> None:
    workflow, problems = check_workflow(text, file="any.yaml", shelf=shelf)

    assert workflow is not None or any(p.severity == "error" for p in problems)
    assert len({str(p) for p in problems}) == len(problems)
    for problem in problems:
        # What a pack promises has the number of its rule, and no code of the language.
        assert problem.code in CODES or not problem.code.startswith("HY")
        assert problem.words.zh
        assert problem.text("zh")
        assert str(problem).startswith(f"{problem.at}: {problem.code} ")


@given(st.text())
def test_any_text_ends_in_a_workflow_or_in_problems(text):
    check_any(text)
    check_any(f"format: 1\nworkflow: x\nversion: 1\n{text}")


@settings(max_examples=examples(everyday=12, full=40))
@given(seed=st.integers(0, 2**31), name=st.sampled_from(["plot", "whole"]))
def test_any_mutant_of_a_whole_file_ends_in_a_workflow_or_in_problems(seed, name):
    text, shelf = (PLOT, folder(FILES)) if name == "plot" else (WHOLE, SHELF)
    random = Random(seed)

    check_any(
        in_structure(read_yaml(text).value, random) if seed % 3 else in_text(text, random), shelf
    )


@pytest.mark.parametrize("name", shipped_names())
@settings(max_examples=examples(everyday=3, full=6))
@given(seed=st.integers(0, 2**31))
def test_any_mutant_of_a_shipped_file_ends_in_a_workflow_or_in_problems(name, seed):
    text = (SHIPPED / f"{name}.yaml").read_text(encoding="utf-8")
    random = Random(seed)

    check_any(
        in_structure(read_yaml(text).value, random) if seed % 2 else in_text(text, random),
        folder(SHIPPED),
    )


@pytest.mark.parametrize("name", shipped_names())
def test_a_shipped_file_is_right_and_lacks_no_label(name):
    text = (SHIPPED / f"{name}.yaml").read_text(encoding="utf-8")

    _workflow, problems = check_workflow(text, file=name, shelf=folder(SHIPPED))

    assert [str(p) for p in problems if not is_meaning(p) or p.severity == "error"] == []


# --- libraries and packs


def test_a_library_and_a_pack_are_merged_into_the_file():
    workflow = plot()

    assert workflow.definition.roles["gardener"].level == "garden"
    assert "terms" in workflow.tables
    assert workflow.triggers["frozen"] == ("thaw", "storm", "clear")
    assert workflow.triggers["growing"][-1] == "withdraw"


LIBRARY = (
    "format: 1\nlibrary: lib\nroles:\n  head: {level: region}\nfields:\n  n: {type: integer}\n"
)
PACK = "format: 1\npack: law\ntables:\n  t:\n    hit: first\n    gives: {n: integer}\n    rules: [{id: a, then: {n: 1}}]\n"


def problems(uses: list, shelf, **parts) -> list[str]:
    _workflow, found = check_workflow(
        text_of(uses=uses, roles={}, **parts), file="toy.yaml", shelf=shelf
    )
    return [f"{p.at.file}:{p.at.line} {p.code}" for p in found if p.severity == "error"]


@pytest.mark.parametrize(
    ("uses", "shelf", "parts", "found"),
    [
        pytest.param(["lib", "law"], {"library_lib": LIBRARY, "pack_law": PACK}, {}, [], id="both are right"),
        pytest.param(["nobody"], {}, {}, ["toy.yaml:1 HY201"], id="there is none"),
        pytest.param(["lib"], {"library_lib": LIBRARY}, {"fields": {"n": {"type": "text"}}}, ["toy.yaml:1 HY202"], id="a name redefined"),
        pytest.param(["law"], {"pack_law": PACK}, {"tables": {"t": {"hit": "first", "gives": {"n": "integer"}, "rules": [{"id": "b", "then": {"n": 2}}]}}}, ["toy.yaml:1 HY202"], id="a table of the law redefined"),
        pytest.param(["lib", "two"], {"library_lib": LIBRARY, "library_two": LIBRARY.replace("library: lib", "library: two")}, {}, ["lib.yaml:4 HY202", "lib.yaml:6 HY202"], id="two libraries give one name"),
        pytest.param(["law"], {"pack_law": PACK + "roles: {}\n"}, {}, ["law.yaml:8 HY101"], id="a pack gives what packs may not"),
        pytest.param(["lib"], {"library_lib": LIBRARY.replace("level: region", "levle: region")}, {}, ["lib.yaml:4 HY101"], id="a fault of the library has its own place"),
        pytest.param(["lib"], {"library_lib": "a: [\n"}, {}, ["lib.yaml:2 HY001"], id="a library that is no YAML"),
        pytest.param(["lib"], {"library_lib": "[]"}, {}, ["lib.yaml:1 HY103"], id="a library that is a list"),
        pytest.param(["lib"], {"library_lib": ""}, {}, ["lib.yaml:1 HY006"], id="an empty library"),
        pytest.param(["lib"], {"library_lib": LIBRARY + "facts: {m: {is: 'n +'}}\n"}, {}, ["lib.yaml:7 HY301"], id="an expression of the library"),
        pytest.param(["lib", "lib"], {"library_lib": LIBRARY}, {}, ["lib.yaml:4 HY202", "lib.yaml:6 HY202"], id="the same twice"),
        pytest.param([3], {}, {}, ["toy.yaml:1 HY104"], id="a number is no name"),
        pytest.param(["../x"], {}, {}, ["toy.yaml:1 HY104"], id="a path is no name"),
        pytest.param(["lib"], {"library_lib": LIBRARY}, {"fields": [1], "opening": {"to": "asked", "by": "anyone"}}, ["toy.yaml:1 HY103"], id="a section that is no mapping"),
    ],
)  # fmt: skip
def test_what_a_file_uses_is_checked_where_it_stands(uses, shelf, parts, found):
    assert problems(uses, texts(**shelf), **parts) == found


def test_uses_must_be_a_list():
    assert codes_of(uses="lib") == ["HY103"]


# --- the file as a whole


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("[]", "HY103"),
        ("x", "HY103"),
        ("3", "HY103"),
        ("", "HY006"),
        ("a: [", "HY001"),
        ("a: 1\n---\n", "HY006"),
    ],
)
def test_a_file_that_is_no_mapping_is_one_problem(text, code):
    workflow, found = check_workflow(text, file="x.yaml")

    assert workflow is None
    assert [p.code for p in found] == [code]


def test_loading_a_wrong_file_raises_every_error_and_no_warning():
    text = text_of(
        title={"zh": "玩具"}, states={"asked": {"on": {"go": {"to": "nowhere", "by": "nobody"}}}}
    )

    with pytest.raises(DefinitionError) as wrong:
        load_workflow(text, file="toy.yaml")

    assert [p.code for p in wrong.value.problems] == ["HY201", "HY201"]
    assert str(wrong.value).count("toy.yaml:1:") == 2


def test_warnings_do_not_keep_a_file_from_being_used():
    workflow, found = check_workflow(
        text_of(
            title={"zh": "玩具"},
            fields={"n": {"type": "integer"}},
            opening={"to": "asked", "by": "anyone", "source": "law#1"},
        )
    )

    assert workflow is not None
    assert {p.code for p in found} >= {"HY501", "HY502", "HY503"}
    assert {p.severity for p in found} == {"warning"}


def test_a_file_with_five_mistakes_has_five_diagnostics():
    bad = (ROOT / "tests" / "engine" / "language" / "bad" / "five_mistakes.yaml").read_text(
        encoding="utf-8"
    )

    _workflow, found = check_workflow(bad, file="five_mistakes.yaml")

    assert len([p for p in found if p.severity == "error"]) == 5


def test_a_problem_is_written_in_both_languages_with_its_hint():
    problem = Problem(
        at=Position(file="a.yaml", line=3, column=5),
        code="HY101",
        words=Text("错", "wrong"),
        hint=Text("甲", "a"),
    )

    assert problem.text("zh") == "a.yaml:3:5: HY101 错（甲）"
    assert str(problem) == "a.yaml:3:5: HY101 wrong (a)"


# --- published definitions


def published(workflow: Workflow) -> Workflow:
    """Return the workflow as it is after it was stored as JSON and read again."""
    plain = workflow.definition.model_dump_json(by_alias=True, exclude_defaults=True)
    return workflow_from_definition(WorkflowDef.model_validate_json(plain), shelf=folder(SHIPPED))


@pytest.mark.parametrize("name", ["plot", "toy", *shipped_names()])
def test_a_published_definition_has_the_same_digest(name):
    workflow = plot() if name == "plot" else toy() if name == "toy" else shipped(name)

    again = published(workflow)

    assert again.digest == workflow.digest == definition_digest(again.definition)
    assert (again.vaults, again.covers, again.triggers, again.aliases) == (
        workflow.vaults,
        workflow.covers,
        workflow.triggers,
        workflow.aliases,
    )


def walked(workflow: Workflow, seed: int) -> list[str]:
    way = Walk(workflow=workflow, rows=rows(FILES), random=Random(seed))
    return [
        str(found) if isinstance(found, MoveRefused) else repr(found.after)
        for _move, found in way.steps(20)
    ]


@settings(max_examples=examples(everyday=8, full=20))
@given(seed=st.integers(0, 2**31))
def test_a_published_definition_behaves_as_its_file(seed):
    assert walked(published(plot()), seed) == walked(plot(), seed)


@pytest.mark.parametrize(
    "other",
    [
        {"version": 2},
        {"title": {"zh": "别的", "en": "other"}},
        {"states": {"asked": {"on": {"go": {"to": "done", "by": "head"}}}}},
    ],
)
def test_another_meaning_has_another_digest(other):
    assert toy(**other).digest != toy().digest


def test_the_order_of_keys_does_not_change_a_digest_but_comments_and_defaults_do_not_either():
    one = load_workflow(text_of(roles={"a": {"level": "x"}, "b": {"level": "y"}}))
    text = (
        text_of(roles={"b": {"level": "y"}, "a": {"level": "x", "never": []}}) + "\n# a comment\n"
    )

    assert load_workflow(text).digest == one.digest


def test_a_definition_that_no_longer_compiles_is_a_definition_error():
    rule, _findings = load_definition(text_of())
    assert rule is not None
    broken = rule.model_copy(update={"facts": toy(facts={"x": {"is": "1 == 1"}}).definition.facts})
    wrong = broken.model_copy(
        update={"facts": {"x": broken.facts["x"].model_copy(update={"is_": "1 +"})}}
    )

    assert workflow_from_definition(broken).facts.keys() == {"x"}
    with pytest.raises(DefinitionError) as error:
        workflow_from_definition(wrong)
    assert error.value.problems[0].at.file == "toy@1"


def test_a_shelf_with_nothing_on_it_has_nothing():
    shelf: Shelf = no_shelf

    assert shelf("library", "x") is None
