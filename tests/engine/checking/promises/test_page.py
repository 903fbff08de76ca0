"""The page on rule packs names every form, every key and every rule."""

import re

import pytest
from pydantic import BaseModel

from engine.language.promises import FORMS, Promise
from engine.language.select import Known, MoveSet, Needs, StateSet
from tests.builders.shelves import ROOT
from tests.engine.checking.promises.patched_files import EXAMPLES

PAGE = (ROOT / "docs" / "rule-packs.md").read_text(encoding="utf-8")
MODELS: list[type[BaseModel]] = [*FORMS.values(), StateSet, MoveSet, Known, Needs]
KEYS = sorted(
    {info.alias or name for model in MODELS for name, info in model.model_fields.items()}
    | set(Promise.model_fields)
)


@pytest.mark.parametrize("key", KEYS)
def test_the_page_names_every_key(key):
    assert re.search(rf"`[^`]*\b{key}\b[^`]*`", PAGE)


@pytest.mark.parametrize("promise", sorted(path.stem for path in EXAMPLES.glob("*.yaml")))
def test_the_page_names_every_rule(promise):
    assert re.search(rf"\b{promise}\b", PAGE)
