"""No name of a shipped file means anything to the code: renamed throughout, all runs alike."""

import shutil
from pathlib import Path

import pytest

from engine.checking.build import check_workflow
from engine.compiling.plan import Workflow
from engine.language.scope import triggers
from tests.builders.shelves import SHIPPED, folder, shipped, shipped_names
from tests.workflows.renamed_workflows import Names, Renamer, names_of
from tests.workflows.scenario_player import Cast, Script, plain, scripts, yaml_of

VOCABULARY = {
    path.relative_to(SHIPPED): file
    for path in (*sorted(SHIPPED.glob("*.yaml")), *sorted((SHIPPED / "packs").glob("*.yaml")))
    if {"workflow", "library", "pack"} & (file := plain(path)).keys()
}
TESTS = {
    path.relative_to(SHIPPED): plain(path) for path in sorted((SHIPPED / "tests").glob("*.yaml"))
}
NAMES = names_of(VOCABULARY.values())
KINDS = ("states", "triggers", "fields", "roles")
IDS = [script.id for script in scripts()]


def _scope(stem: str) -> set[str]:
    """Return the fields that a file's expressions may read: its own, its libraries', its users'.

    What is a field in one user of a library and a fact in another, the library cannot read.
    """
    users = [f for f in VOCABULARY.values() if stem in {f.get("workflow"), *f.get("uses", [])}]
    together = {name for file in users for name in (stem, *file.get("uses", []))}
    parts = [*users, *(f for path, f in VOCABULARY.items() if path.stem in together)]
    fields = {name for file in parts for name in file.get("fields", {})}
    return fields - {
        name for f in parts for part in ("facts", "tables") for name in f.get(part, {})
    }


@pytest.fixture(scope="session")
def renamed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The shipped folder with every name changed."""
    target: Path = tmp_path_factory.mktemp("renamed") / "workflows"
    shutil.copytree(SHIPPED, target)
    for path, file in VOCABULARY.items():
        new = Renamer(NAMES, _scope(path.stem)).file(file)
        (target / path).write_text(yaml_of(new), encoding="utf-8")
    for path, file in TESTS.items():
        new = Renamer(NAMES, _scope(str(file["workflow"]))).author_tests(file)
        (target / path).write_text(yaml_of(new), encoding="utf-8")
    return target


@pytest.fixture(scope="session")
def strangers(renamed: Path, tmp_path_factory: pytest.TempPathFactory) -> Cast:
    """Plays the renamed files."""
    return Cast(tmp_path_factory.mktemp("strangers"), shelf=renamed)


@pytest.fixture(scope="session")
def renamed_scripts(renamed: Path) -> dict[str, Script]:
    """The renamed scenarios by id."""
    return {script.id: script for script in scripts(renamed)}


def _words(workflow: Workflow, kind: str) -> set[str]:
    return set(
        triggers(workflow.definition) if kind == "triggers" else getattr(workflow.definition, kind)
    )


@pytest.mark.parametrize("name", shipped_names())
def test_a_renamed_file_checks_as_clean_as_the_shipped_one(name: str, renamed: Path):
    text = (renamed / f"{name}.yaml").read_text(encoding="utf-8")

    workflow, problems = check_workflow(text, file=f"{name}.yaml", shelf=folder(renamed))

    assert [str(problem) for problem in problems] == []
    assert workflow is not None


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", shipped_names())
def test_nothing_is_left_of_the_old_names(name: str, kind: str, strangers: Cast):
    old: dict[str, str] = getattr(NAMES, kind)

    words = _words(strangers.workflow(name), kind)

    assert words == {old[word] for word in _words(shipped(name), kind)}
    assert not words & old.keys()


@pytest.mark.parametrize("script", IDS)
def test_a_renamed_scenario_goes_as_it_did_before(
    script: str, strangers: Cast, renamed_scripts: dict[str, Script]
):
    performance = strangers.perform(renamed_scripts[script])

    assert performance.differences == []
    assert performance.findings == ()


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        pytest.param("topic == 'topic'", "qf1 == 'topic'", id="a text stays"),
        pytest.param("filled.topic && before.topic", "filled.qf1 && before.qf1", id="behind filled"),
        pytest.param("taken.close < 1", "taken.qt1 < 1", id="a trigger"),
        pytest.param("state in ['open', 'shut']", "state in ['qs1', 'shut']", id="states in a list"),
        pytest.param("'open' != state", "'qs1' != state", id="a state on the left"),
        pytest.param("links.x.exists(l, l.state == 'open')", "links.x.exists(l, l.state == 'qs1')",
                     id="another case's state"),
        pytest.param("lines.all(topic, topic.topic > 0) && topic", "qf2.all(topic, topic.topic > 0) && qf1",
                     id="a macro's variable and a column stay"),
        pytest.param("size(lines) > 0 || lines.topic", "size(qf2) > 0 || qf2.topic", id="a function stays"),
    ],
)  # fmt: skip
def test_expressions_are_renamed_by_token(source: str, expected: str):
    names = Names(
        states={"open": "qs1"}, triggers={"close": "qt1"}, roles={},
        fields={"topic": "qf1", "lines": "qf2", "size": "qf3"},
    )  # fmt: skip

    assert Renamer(names, names.fields).expression(source) == expected
