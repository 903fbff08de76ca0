"""The house rules of words: sentences stand in word modules, and these hold nothing else."""

import ast
import importlib
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from string import Formatter
from types import ModuleType

import pytest

from engine.case.text import Text
from tests.project.test_project import ROOT, name, sources

HAN = re.compile("[\u3400-\u9fff]")
LOGIC = {"engine/language/words.py", "engine/checking/promises/words.py"}
"""Modules about words that hold no words: the small types of a file, a check of its texts."""
MAKES = {"Text", "frozenset"}
"""What a word module may call."""
PLACE_OF_ONE = {
    "engine.clocks.words.EXTENDED_OFTEN",
    "engine.compiling.words.BY_CODE",
    "engine.compiling.words_of_values.NOT_VALID",
    "engine.compiling.words_of_values.NO_COLUMN",
    "engine.language.words_of_findings.BAD_SYNTAX",
    "engine.language.words_of_findings.BAD_TOKEN",
    "engine.language.words_of_findings.BAD_YAML",
    "engine.language.words_of_findings.CUT_BY_COMMA",
    "engine.language.words_of_findings.MISWRITTEN",
    "engine.language.words_of_findings.NO_PATTERN",
    "engine.checking.promises.words_of_breaches.OTHER_START",
}
"""Sentences that say more in one language: what a foreign parser said is English only."""


def is_word_module(path: Path) -> bool:
    named = path.stem in {"words", "codes"} or path.stem.startswith("words_of_")
    return named and name(path) not in LOGIC


ENGINE = [path for path in sources("engine") if "telling" not in path.parts]
WORDS = [path for path in ENGINE if is_word_module(path)]


def strings(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Yield the strings of a module, each with its line; what only explains is left out."""
    for node in ast.walk(tree):
        for child in ast.iter_child_nodes(node):
            if isinstance(node, ast.Expr) or not isinstance(child, ast.Constant):
                continue
            if isinstance(child.value, str):
                yield child.lineno, child.value


@pytest.mark.parametrize("path", [p for p in ENGINE if p not in WORDS], ids=name)
def test_no_line_that_decides_holds_a_chinese_word(path):
    found = strings(ast.parse(path.read_text(encoding="utf-8")))

    assert {line: text for line, text in found if HAN.search(text)} == {}


@pytest.mark.parametrize("path", WORDS, ids=name)
def test_a_word_module_holds_only_constants(path):
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        assert isinstance(node, ast.Import | ast.ImportFrom | ast.Expr | ast.Assign | ast.AnnAssign)
        for inner in ast.walk(node):
            assert not isinstance(inner, ast.Lambda | ast.comprehension | ast.JoinedStr)
            if isinstance(inner, ast.Call):
                assert ast.unparse(inner.func) in MAKES
            if isinstance(inner, ast.Name) and isinstance(inner.ctx, ast.Store):
                assert inner.id.isupper()


def texts(module: ModuleType) -> Iterator[tuple[str, Text]]:
    """Yield the sentences of a word module, those of its tables too, each with its name."""
    for word, value in vars(module).items():
        for one in value.values() if isinstance(value, Mapping) else [value]:
            if isinstance(one, Text):
                yield f"{module.__name__}.{word}", one


def places(sentence: str) -> set[str]:
    """Return the facts of a sentence; ids, which one language may leave to the other, aside."""
    fields = {field for _text, field, _spec, _how in Formatter().parse(sentence) if field}
    return {field for field in fields if field != "id" and not field.endswith("_id")}


@pytest.mark.parametrize("path", WORDS, ids=name)
def test_a_sentence_says_the_same_in_both_languages(path):
    module = importlib.import_module(".".join(path.relative_to(ROOT).with_suffix("").parts))

    for word, sentence in texts(module):
        assert sentence.zh, word
        assert sentence.en, word
        same = places(sentence.zh) == places(sentence.en)
        assert same is (word not in PLACE_OF_ONE), f"{word}: {sentence}"
