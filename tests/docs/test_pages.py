"""What the documentation shows works, and it shows every command an author has."""

import re
from typing import Any

import pytest

from engine.language.clocks import ExtendDef, PausesDef, RecurDef, RungDef
from engine.language.reader import read_yaml
from engine.time.recurrence import recurrence_problems
from heyi.app.authors.writing.keys import keys_of, models
from tests.builders.shelves import ROOT
from tests.cli.runner import settle
from tests.docs.pages import follow
from tests.project.language import title
from tests.project.pages import commands

DOCS = ROOT / "docs"
HOWTO = sorted((DOCS / "howto").glob("*.md"))


@pytest.fixture
def folder(tmp_path, monkeypatch):
    settle(tmp_path, monkeypatch)
    return tmp_path


PAGES = [*HOWTO, DOCS / "tutorial.md", DOCS / "time.md"]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
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


MODELS: dict[str, Any] = {"pauses": PausesDef, "extend": ExtendDef}


def test_the_short_examples_of_the_page_on_time_are_of_the_language():
    page = (DOCS / "time.md").read_text(encoding="utf-8")
    shown = {
        key: read_yaml(f"{key}: {text}").value[key]
        for key, text in re.findall(r"^`(pauses|extend|recurs): (\{.*?\})`", page, re.MULTILINE)
    }
    cells = re.findall(r"^\| `([^`]+)` \|", page, re.MULTILINE)
    keys = [cell for cell in cells if ":" in cell]

    assert shown.keys() == {*MODELS, "recurs"}
    for key, model in MODELS.items():
        model.model_validate(shown[key])
    assert [RecurDef.model_validate(one).on for one in shown["recurs"].values()] == [
        "days 1 and 16"
    ]
    for at in set(cells) - set(keys) - {"at", "says"}:
        RungDef.model_validate({"at": at})
    for key in keys:
        RungDef.model_validate({"at": "due", **read_yaml(key).value})


def test_every_wording_of_what_recurs_on_the_page_can_be_read():
    page = (DOCS / "time.md").read_text(encoding="utf-8")
    (line,) = re.findall(r"^- `on`: (.*?)\. In a", page, re.MULTILINE | re.DOTALL)

    found = re.findall(r"`([^`]+)`", line)

    assert len(found) == 9
    assert [recurrence_problems(one, "09:00") for one in found] == [[]] * 9
