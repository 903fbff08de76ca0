"""The JSON Schemas and the words for every key."""

import json
import re

import pytest
from jsonschema import Draft7Validator, Draft202012Validator

from engine.language.reader import read_yaml
from heyi.app.authors.writing.keys import about, keys_of, models
from heyi.app.authors.writing.schema import schema_text, workflow_schema
from tests.builders.shelves import FILES, ROOT, SHIPPED, shipped_names
from tests.cli.runner import HALL, run

DRAFTS = {"2020-12": Draft202012Validator, "07": Draft7Validator}
FITTING = [
    *(SHIPPED / f"{name}.yaml" for name in shipped_names()),
    FILES / "plot.yaml",
    ROOT / "tests" / "engine" / "language" / "whole.yaml",
    HALL,
]


@pytest.mark.parametrize("draft", DRAFTS)
def test_a_schema_is_one_of_its_draft(draft):
    DRAFTS[draft].check_schema(workflow_schema(draft))

    assert "#/$defs/" not in schema_text("07")
    assert json.loads(schema_text(draft)) == workflow_schema(draft)


@pytest.mark.parametrize("draft", DRAFTS)
@pytest.mark.parametrize("path", FITTING, ids=lambda path: path.stem)
def test_right_files_fit_both_schemas(draft, path):
    value = read_yaml(path.read_text(encoding="utf-8")).value

    assert [e.json_path for e in DRAFTS[draft](workflow_schema(draft)).iter_errors(value)] == []


@pytest.mark.parametrize("draft", DRAFTS)
@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        pytest.param("opening:", "opning:", id="a key of the file"),
        pytest.param("label: {zh: 管理员", "lable: {zh: 管理员", id="a key of a role"),
        pytest.param("keeper: {label", "Keeper-1: {label", id="an id"),
        pytest.param(
            "type: integer, privacy: public, label: {zh: 人数",
            "type: number, privacy: public, label: {zh: 人数",
            id="a word",
        ),
        pytest.param("within: 2 working days", "within: 2 wroking days", id="a length of time"),
        pytest.param(
            "title: {zh: 活动室借用", "title: {cn: 活动室借用", id="a label without Chinese"
        ),
    ],
)
def test_wrong_files_fit_neither(draft, right, wrong):
    text = HALL.read_text(encoding="utf-8")
    assert right in text

    assert [
        *DRAFTS[draft](workflow_schema(draft)).iter_errors(
            read_yaml(text.replace(right, wrong, 1)).value
        )
    ]


def test_every_key_is_described_in_both_languages():
    for model in models():
        assert all(about(model))
        for key in keys_of(model):
            assert re.search("[\u4e00-\u9fff]", key.zh), f"{model.__name__}.{key.name}"
            assert key.en
            assert key.example


def test_no_words_are_left_over_for_keys_that_are_gone():
    kept = read_yaml(
        (ROOT / "heyi" / "app" / "authors" / "writing" / "keys.yaml").read_text(encoding="utf-8")
    ).value
    used = {
        c.__name__: {i.alias or n for n, i in c.model_fields.items()}
        for m in models()
        for c in m.__mro__
        if hasattr(c, "model_fields")
    }

    assert kept.keys() - {"any"} <= used.keys()
    assert {
        f"{part}.{key}"
        for part, keys in kept.items()
        if part != "any"
        for key in keys
        if key != "_" and key not in used[part]
    } == set()


def test_the_schema_for_older_editors_can_be_asked_for(bare):
    assert run("workflow", "schema", "--draft", "07").json == workflow_schema("07")
