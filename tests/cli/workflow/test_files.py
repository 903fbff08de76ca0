"""``new`` and ``fmt``: what authors begin with and how it is laid out."""

import json
import subprocess
import sys
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.case.errors import DefinitionError
from engine.checking.build import load_workflow
from engine.language.reader import read_yaml
from heyi.app.authors.writing.layout import COLUMNS, laid_out
from heyi.cli.shell.exits import InputWrong
from tests.builders.mutated_files import in_structure
from tests.builders.shelves import FILES, ROOT, SHIPPED, folder, shipped_names
from tests.cli.runner import HALL, run
from tests.effort import examples
from tests.engine.language.test_whole import WHOLE

PLOT = (FILES / "plot.yaml").read_text(encoding="utf-8")
LAID_OUT = [
    *(SHIPPED / f"{name}.yaml" for name in shipped_names()),
    *sorted((SHIPPED / "tests").glob("*.yaml")),
]


# --- new


def test_a_new_file_is_right_without_a_warning_and_its_test_passes(bare, monkeypatch):
    monkeypatch.setenv("HEYI_WORKFLOWS", str(bare))

    made = run("workflow", "new", "reading_room")
    checked = run("workflow", "check", "reading_room.yaml", "tests/reading_room.yaml")
    tested = run("workflow", "test", "tests/reading_room.yaml")

    assert made.out.splitlines() == [
        "reading_room.yaml",
        "tests/reading_room.yaml",
        "workflow.schema.json",
    ]
    assert (checked.code, checked.out) == (0, "")
    assert tested.code == 0, tested.out


def test_the_modeline_of_a_new_file_leads_to_its_schema(bare):
    run("workflow", "new", "room", "--folder", "own/files")

    first = (bare / "own" / "files" / "room.yaml").read_text(encoding="utf-8").splitlines()[0]
    target = first.removeprefix("# yaml-language-server: $schema=")
    assert (
        json.loads((bare / "own" / "files" / target).read_text(encoding="utf-8"))["title"]
        == "WorkflowDef"
    )


def test_a_new_file_is_laid_out(bare):
    run("workflow", "new", "room")

    assert run("workflow", "fmt", "room.yaml", "tests/room.yaml", "--check").code == 0


@pytest.mark.parametrize("there", ["room.yaml", "tests/room.yaml"])
def test_nothing_is_overwritten(bare, there):
    (bare / "tests").mkdir()
    (bare / there).write_text("mine", encoding="utf-8")

    told = run("workflow", "new", "room")

    assert told.code == 2
    assert "已存在" in told.err
    assert [p.name for p in bare.rglob("*.yaml")] == ["room.yaml"]
    assert (bare / there).read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize("name", ["Room", "../room", "for", "", "会议室"])
def test_a_name_that_is_none_is_refused(bare, name):
    assert run("workflow", "new", name).code == 2
    assert not list(bare.iterdir())


def test_a_folder_that_cannot_be_made_is_a_usage_error(bare):
    (bare / "file").touch()

    assert run("workflow", "new", "room", "--folder", "file/x").code == 2


# --- fmt


@pytest.mark.parametrize("path", LAID_OUT, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_shipped_files_are_laid_out(path):
    text = path.read_text(encoding="utf-8")

    assert laid_out(text, file=path.name) == text
    assert max(map(len, text.splitlines())) <= COLUMNS


def test_another_layout_has_the_same_digest_and_the_same_comments():
    text = laid_out(PLOT)
    was, now = (load_workflow(one, shelf=folder(FILES)) for one in (PLOT, text))

    assert text != PLOT
    assert now.digest == was.digest
    assert max(map(len, text.splitlines())) <= COLUMNS
    assert text.splitlines()[0] == PLOT.splitlines()[0]


@settings(max_examples=examples(everyday=3, full=8), deadline=None)
@given(seed=st.integers(0, 2**31))
def test_laid_out_twice_is_laid_out_once(seed):
    text = in_structure(read_yaml(WHOLE if seed % 2 else PLOT).value, Random(seed))
    try:
        once = laid_out(text)
    except (DefinitionError, InputWrong):
        return

    assert laid_out(once) == once
    assert read_yaml(once).value == read_yaml(text).value


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param("a:   1\nb:\n    - 1\n    - 2\n", "a: 1\nb:\n  - 1\n  - 2\n", id="blanks"),
        pytest.param("a: {b: 1,\n    c: 2}\n", "a: {b: 1, c: 2}\n", id="joined where it fits"),
        pytest.param("a: 2026-01-01\nb: 1.10\nc: '017'\nd: 10:00\n", "a: 2026-01-01\nb: 1.10\nc: '017'\nd: 10:00\n", id="scalars stay"),
        pytest.param("a: [{b: 1}]\n", "a: [{b: 1}]\n", id="a pair in a list keeps its braces"),
        pytest.param("# one\na: 1 # two\n\n# three\nb: 2\n# four", "# one\na: 1 # two\n\n# three\nb: 2\n# four\n", id="comments"),
        pytest.param("a: 1\r\nb: 2\r\n", "a: 1\nb: 2\n", id="line ends"),
        pytest.param("\ufeffa: 1\n", "a: 1\n", id="byte order mark"),
        pytest.param("a: '" + "word " * 30 + "end'\n", "a: >-\n  " + " ".join(["word"] * 23) + "\n  " + " ".join(["word"] * 7) + " end\n", id="a long text is folded"),
        pytest.param("- " + "word " * 30 + "end\n", "  - >-\n    " + " ".join(["word"] * 23) + "\n    " + " ".join(["word"] * 7) + " end\n", id="in a list too"),
        pytest.param("a: " + "字" * 200 + "\n", "a: " + "字" * 200 + "\n", id="a text without a blank stays"),
        pytest.param("a: " + "字" * 200 + " 字\n", "a: >-\n  " + "字" * 200 + "\n  字\n", id="a word too long is broken after"),
        pytest.param("a: " + "w" * 60 + " " + "w" * 200 + "\n", "a: >-\n  " + "w" * 60 + "\n  " + "w" * 200 + "\n", id="and before"),
        pytest.param("a: |\n  one\n  " + "two " * 50 + "\n", "a: |\n  one\n  " + ("two " * 50).rstrip() + "\n", id="written lines stay"),
    ],
)  # fmt: skip
def test_a_layout(text, found):
    if "|" in text:
        with pytest.raises(InputWrong):
            laid_out(text)
        return
    assert laid_out(text) == found


def test_what_is_no_yaml_has_no_layout(bare):
    (bare / "bad.yaml").write_text("a: [\n", encoding="utf-8")

    told = run("workflow", "fmt", "bad.yaml")

    assert told.code == 1
    assert "HY001" in told.err


def test_fmt_writes_and_check_only_tells(bare):
    path = bare / "hall.yaml"
    path.write_text(
        HALL.read_text(encoding="utf-8").replace("version: 1", "version:    1"), encoding="utf-8"
    )

    before = run("workflow", "fmt", "hall.yaml", "--check")
    changed = run("workflow", "fmt", "hall.yaml")
    after = run("workflow", "fmt", "hall.yaml", "--check")

    assert (before.code, changed.code, after.code) == (1, 0, 0)
    assert before.out == "hall.yaml\n"
    assert "version: 1\n" in path.read_text(encoding="utf-8")


@pytest.mark.parametrize("module", ["openpyxl", "ruamel.yaml", "pydantic"])
def test_help_imports_nothing_that_only_authors_need(module):
    program = (
        "import sys\nfrom heyi.cli.main import main\nsys.argv = ['heyi', '--help']\n"
        f"try:\n    main()\nexcept SystemExit:\n    pass\nsys.exit({module!r} in sys.modules)"
    )

    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, check=False
    )

    assert done.returncode == 0
