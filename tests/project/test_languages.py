"""The languages: one place lists them, and a further one finds every sentence that lacks it."""

import re
from collections import Counter
from dataclasses import fields
from pathlib import Path
from typing import get_args

import pytest

from engine.case.text import LANGS, Text, lang_of, worded
from engine.time.plain import Lang
from tests.project.columns import ROOT, lacking, loose, places

ONE_LANGUAGE = {
    "heyi/app/papers/": "papers of a Chinese office are written in Chinese",
    "heyi/app/library/placetexts.py": "reads addresses as people write them",
    "heyi/app/people/sheets.py": "headings of a sheet, beside their English names",
    "heyi/app/alerts/senders/robots.py": "reads what a robot's server answers",
    "heyi/app/office/founding.py": "the title of the first unit, until somebody names it",
    "heyi/app/alerts/senders/longtail.py": "the product's name",
    "heyi/cli/shell/words.py": "settings: their English is the description in heyi/settings.py",
}
"""Where Chinese stands in no column, and why."""
PICKS = re.compile(r"\.(zh|en)\b(?! *=[^=])")
EXCEPTIONS = re.compile(r"super\(\).__init__\(|_LOG\.|log\.")
"""An error's own text and the log are for programmers: English."""
OPEN = {
    "heyi/app/admission/classification.py": "matches an option by either of its labels",
    "heyi/app/admission/listviews.py": "makes a Text of a file's label",
    "heyi/app/alerts/texts.py": "makes a Text of a unit's words",
    "heyi/app/authors/checking.py": "a view with a key a language",
    "heyi/app/authors/models.py": "a view with a key a language",
    "heyi/app/authors/playedviews.py": "a view with a key a language",
    "heyi/app/authors/scenarios.py": "author tests expect a sentence in either language",
    "heyi/app/authors/stories.py": "makes a Text of a file's label",
    "heyi/app/authors/workflowview.py": "makes a Text of a unit's words",
    "heyi/app/authors/writing/schema.py": "a description with both languages",
    "heyi/app/clocks/calendarviews.py": "a view with a key a language",
    "heyi/app/office/office.py": "a view with a key a language",
    "heyi/app/papers/values.py": "papers are written in Chinese",
    "heyi/cli/calendar/lines.py": "makes a Text of a view with a key a language",
    "heyi/cli/office/commands.py": "makes a Text of a view with a key a language",
    "heyi/cli/clock/lines.py": "makes a Text of a view with a key a language",
    "heyi/app/messages.py": "asks whether a row has a language at all",
}
"""Modules that name a column for another reason than to choose what a reader is told."""


def test_one_place_lists_the_languages():
    assert LANGS == get_args(Lang) == tuple(one.name for one in fields(Text))
    assert tuple(worded(str).plain()) == LANGS


@pytest.mark.parametrize("lang", LANGS)
def test_a_language_is_named_by_its_word_and_another_word_is_the_first(lang):
    assert lang_of(lang) == lang
    assert lang_of(lang.upper()) == LANGS[0]


def test_every_sentence_has_every_language():
    assert [one for one in lacking(len(LANGS)) if one.at.partition(":")[0] not in CHINESE] == []


CHINESE = {"heyi/cli/shell/words.py", "heyi/app/messages.py"}
"""Rows whose English is the error's own text."""


def test_a_further_language_finds_every_place_that_lacks_it():
    every = list(places())

    found = lacking(len(LANGS) + 1)

    assert found == every
    kinds = Counter(one.kind for one in found)
    assert kinds["text"] > 1000
    assert kinds["key"] > 100
    assert kinds["help"] > 150
    modules = {one.at.partition(":")[0] for one in found if one.kind == "text"}
    words = {
        path.relative_to(ROOT).as_posix()
        for path in ROOT.rglob("words*.py")
        if {"engine", "heyi"} & {path.relative_to(ROOT).parts[0]}
        and "Text(" in path.read_text(encoding="utf-8")
    }
    assert words <= modules
    for report in (
        "heyi/cli/dispute/lines.py",
        "heyi/cli/admission/lines.py",
        "heyi/cli/case/lines.py",
    ):
        assert report in modules


@pytest.mark.parametrize("room", ["heyi", "storage"])
def test_no_chinese_stands_outside_a_column(room):
    found = {
        at: text
        for at, text in loose(room)
        if not any(at.startswith(known) for known in ONE_LANGUAGE)
    }

    assert found == {}


def test_nobody_picks_a_language_by_hand():
    found = {
        f"{path.relative_to(ROOT).as_posix()}:{number}": line.strip()
        for path in sorted((ROOT / "heyi").rglob("*.py"))
        if path.relative_to(ROOT).as_posix() not in OPEN
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if (PICKS.search(line) and not EXCEPTIONS.search(line))
        or re.search(r'lang == "(zh|en)"|if (self\.)?zh else', line)
    }

    assert found == {}


def test_what_is_excused_is_there():
    assert [one for one in {*ONE_LANGUAGE, *OPEN} if not Path(ROOT, one).exists()] == []
