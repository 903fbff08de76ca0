"""The page for strangers is true: its files are there, and a request touches those it names."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.builders.shelves import ROOT

PAGE = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
FILE = re.compile(r"`((?:engine|storage|heyi|tests|workflows|docs|senders)[\w/.*-]*)`")
REQUESTS = {
    row[0]: (row[1], row[2])
    for row in re.findall(r"^\| (.+?) \| (.+?) \| (.+?) \|$", PAGE, re.MULTILINE)
    if row[0] not in {"request", "room"} and "/" in row[1] and row[0][0] != "`"
}


def files_in(text: str) -> list[str]:
    """Return the files that a text names; what stands beside the first folder is completed."""
    return [
        f"heyi/app/alerts/{one}" if one.startswith("senders") else one for one in FILE.findall(text)
    ]


def test_the_ten_requests_stand_there():
    assert len(REQUESTS) == 10


@pytest.mark.parametrize("request_", REQUESTS, ids=lambda one: one.replace("`", ""))
def test_every_file_to_open_is_there(request_):
    first, then = REQUESTS[request_]

    assert len(files_in(first)) == 1
    assert [one for one in files_in(first + then) if not (ROOT / one).exists()] == []


@pytest.mark.parametrize("request_", REQUESTS, ids=lambda one: one.replace("`", ""))
def test_a_name_in_brackets_is_in_the_file_before_it(request_):
    named = re.findall(r"`([\w/.]+\.py)` \(`([\w.]+)`\)", " ".join(REQUESTS[request_]))

    for file, name in named:
        text = (ROOT / file).read_text(encoding="utf-8")
        assert all(re.search(rf"\b{part}\b", text) for part in name.split(".")), (file, name)


def test_every_file_that_the_page_names_is_there():
    named = [one for one in files_in(PAGE) if "/" in one and "*" not in one]

    assert [one for one in named if not (ROOT / one).exists()] == []


@pytest.mark.slow
def test_a_unit_that_is_added_is_a_type_error_in_the_files_that_the_page_names(tmp_path: Path):
    units = "engine/time/units.py"
    copy = tmp_path / "units.py"
    text = (ROOT / units).read_text(encoding="utf-8")
    line = '    MONTHS = "months"\n'
    assert line in text
    copy.write_text(text.replace(line, f'{line}    WEEKS = "weeks"\n'), encoding="utf-8")

    told = subprocess.run(
        [
            sys.executable, "-m", "mypy", "--shadow-file", units, str(copy),
            "--cache-dir", str(tmp_path / "cache"),
        ],
        cwd=ROOT, capture_output=True, text=True, check=False,
    ).stdout  # fmt: skip

    wrong = {one.partition(":")[0] for one in told.splitlines() if '"assert_never"' in one}
    first, then = REQUESTS["a clock unit"]
    words = "engine/time/words_of_units.py"
    assert wrong == {*files_in(first), *files_in(then)} - {words}
