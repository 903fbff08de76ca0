"""Chinese first, English complete; quick and light."""

import re
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from heyi.cli.shell.columns import columns, width
from heyi.cli.shell.inputs import split_value
from heyi.cli.shell.shell import printable
from tests.cli.runner import run
from tests.project.pages import commands

ROOT = Path(__file__).resolve().parents[3]
HAN = re.compile("[\u4e00-\u9fff]")


@pytest.mark.parametrize(("path", "command"), [*commands()], ids=str)
def test_every_command_and_option_is_explained_in_both_languages(path, command):
    texts = [command.help, *(getattr(p, "help", "") for p in command.params if p.name != "help")]

    for text in texts:
        assert text, path
        assert re.search("[a-zA-Z]", text)
    assert HAN.search(command.help)


@pytest.mark.parametrize(("path", "command"), [*commands()], ids=str)
def test_every_command_takes_a_language(path, command):
    assert "lang" in {parameter.name for parameter in command.params}


@pytest.mark.parametrize(
    "reader",
    [
        "workflow check", "workflow show", "workflow explain", "case show", "case list",
        "case history", "case verify", "case do", "unit list", "unit show", "person list",
        "admission check", "admission catalogue", "doctor", "settings",
    ],
)  # fmt: skip
def test_every_reader_speaks_json(reader):
    known = {path.removeprefix("heyi "): command for path, command in commands()}

    assert "as_json" in {parameter.name for parameter in known[reader].params}


def test_the_language_may_stand_before_and_after_the_command(bare):
    before = run("--lang", "en", "workflow", "explain", "HY101").out
    after = run("workflow", "explain", "HY101", "--lang", "en").out
    both = run("--lang", "en", "workflow", "explain", "HY101", "--lang", "zh").out

    assert before == after
    assert HAN.search(both)


def test_the_language_is_chinese_unless_set(bare, monkeypatch):
    assert HAN.search(run("workflow", "explain", "move.guard").out)

    monkeypatch.setenv("HEYI_LANG", "en")
    assert not HAN.search(run("workflow", "explain", "move.guard").out)


def test_english_output_has_no_chinese_of_ours(heyi):
    told = heyi("case", "show", "nope", "--lang", "en")

    assert not HAN.search(told.err)


def test_version_is_told(bare):
    assert run("--version").out.startswith("heyi")


def test_help_is_quick():
    command = [sys.executable, "-c", "from heyi.cli.main import main; main()", "--help"]

    def once():
        before = time.perf_counter()
        subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
        return time.perf_counter() - before

    # A busy machine may be slow once; the aim is 0.2 s on a free one.
    assert min(once() for _ in range(3)) < 1


@pytest.mark.parametrize(
    "module", ["sqlmodel", "prefect", "alembic", "cel_expr_python", "pydantic", "rich"]
)
def test_help_imports_nothing_that_only_commands_need(module):
    program = (
        "import sys\nfrom heyi.cli.main import main\nsys.argv = ['heyi', '--help']\n"
        f"try:\n    main()\nexcept SystemExit:\n    pass\nsys.exit({module!r} in sys.modules)"
    )

    assert (
        subprocess.run(
            [sys.executable, "-c", program], cwd=ROOT, check=False, capture_output=True
        ).returncode
        == 0
    )


def test_output_that_the_terminal_cannot_show_does_not_fail():
    program = "from heyi.cli.main import main; main()"
    done = subprocess.run(
        [sys.executable, "-c", program, "workflow", "explain", "HY101"],
        cwd=ROOT, check=False, capture_output=True,
        env={"PYTHONIOENCODING": "ascii", "PATH": ""},
    )  # fmt: skip

    assert done.returncode == 0
    assert b"HY101" in done.stdout


NAMES = st.from_regex(r"[a-z][a-z0-9_]{0,9}", fullmatch=True)


@given(name=NAMES, value=st.text().filter(lambda text: not text.startswith("@")))
def test_text_after_the_first_equals_sign_is_the_value_as_it_is(name, value):
    assert split_value(f"{name}={value}") == (name, value)


@given(
    name=NAMES, value=st.recursive(st.none() | st.booleans() | st.integers() | st.text(), st.lists)
)
def test_json_after_colon_equals_is_read(name, value):
    import json

    assert split_value(f"{name}:={json.dumps(value)}") == (name, value)


@given(st.text())
def test_what_is_printed_steers_no_terminal(text):
    shown = printable(text)

    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f]", shown)
    shown.encode()


@given(st.lists(st.lists(st.text(alphabet="a界 ·"), min_size=3, max_size=3), max_size=5))
def test_columns_begin_at_the_same_place_in_every_line(rows):
    lines = columns(rows)

    assert len(lines) == len(rows)
    widths = [max((width(row[place]) for row in rows), default=0) for place in (0, 1)]
    for line, row in zip(lines, rows, strict=True):
        cut = row[0] + " " * (widths[0] - width(row[0])) + "  " + row[1]
        assert line == cut.rstrip() or line.startswith(cut)
