"""What the documentation shows works, and it shows every command an author has."""

import re

import pytest

from heyi.cli.keys import keys_of, models
from tests.builders.shelves import ROOT
from tests.cli.office import settle
from tests.docs.pages import follow
from tests.house.language import title
from tests.house.pages import commands

DOCS = ROOT / "docs"
HOWTO = sorted((DOCS / "howto").glob("*.md"))


@pytest.fixture
def folder(tmp_path, monkeypatch):
    settle(tmp_path, monkeypatch)
    return tmp_path


@pytest.mark.parametrize("page", [*HOWTO, DOCS / "tutorial.md"], ids=lambda page: page.stem)
def test_the_commands_of_a_page_end_as_it_says(page, folder, monkeypatch):
    done = [*follow(page, folder, monkeypatch)]

    assert done
    assert [
        (one.line, one.told.code, one.told.err) for one in done if one.told.code != one.wanted
    ] == []


def test_the_case_of_the_tutorial_is_lent_for_a_fee(folder, monkeypatch):
    told = {one.line: one.told.out for one in follow(DOCS / "tutorial.md", folder, monkeypatch)}

    shown = told["heyi case show 借用001号 --as wang"]
    assert "已借出" in shown
    assert "50" in shown
    assert "签署" in told["heyi case history 借用001号 --as wang"]


@pytest.mark.parametrize("page", HOWTO, ids=lambda page: page.stem)
def test_a_page_has_a_title_in_both_languages(page):
    first = page.read_text(encoding="utf-8").splitlines()[0]

    assert re.fullmatch(r"# [\u4e00-\u9fff A-Za-z]*[\u4e00-\u9fff]+ · [A-Z][\w ]+", first)


def test_every_verb_of_an_author_has_a_page():
    verbs = {name.split()[2] for name, _command in commands() if name.startswith("heyi workflow ")}

    assert verbs - {"schema"} == {page.stem for page in HOWTO}


def test_the_reference_has_every_key_of_every_part():
    page = (DOCS / "reference" / "language.md").read_text(encoding="utf-8")
    sections = dict(re.findall(r"^## (\w+)\n(.*?)(?=^## |\Z)", page, re.MULTILINE | re.DOTALL))

    assert [*sections] == [title(model) for model in models()]
    for model in models():
        rows = re.findall(
            r"^\| `(\w+)`\*? \| ([^|]+) \| ([^|]+) \| ([^|]+) \| ",
            sections[title(model)],
            re.MULTILINE,
        )
        assert [row[0] for row in rows] == [key.name for key in keys_of(model)]
        assert all(cell.strip() for row in rows for cell in row)
