"""What documents print is checked at its place in the file."""

import pytest

from engine.checking.build import check_workflow
from engine.compiling.names.documents import printed
from engine.language.parts import DocumentDef
from tests.builders.shelves import texts

FILE = """\
format: 1
workflow: slips
version: 1
title: {{zh: 便条, en: slips}}
sources: {{act: {{title: 法}}}}
roles: {{clerk: {{level: desk, label: {{zh: 办, en: clerk}}}}}}
readers: {{public: anyone, internal: [clerk]}}
fields:
  topic: {{type: text, label: {{zh: 事, en: topic}}}}
  place: {{type: unit, label: {{zh: 地, en: place}}}}
  thing: {{type: item, of: things, label: {{zh: 物, en: thing}}}}
  rows: {{type: list, label: {{zh: 行, en: rows}}, of: {{what: {{type: text, label: {{zh: 何, en: what}}}}}}}}
facts:
  some: {{is: "rows.filter(r, r.what != '')", label: {{zh: 若干, en: some}}}}
tables:
  verdict:
    hit: first
    label: {{zh: 结论, en: verdict}}
    gives: {{route: label}}
    rules: [{{id: R1, then: {{route: {{zh: 走, en: go}}}}, source: "act#1"}}]
documents:
  slip: {{label: {{zh: "便条{{topic}}", en: slip}}, {keys}}}
clocks:
  fix: {{label: {{zh: 限, en: fix}}, within: 5 days, starts: [asked], class: internal, source: "act#1"}}
opening: {{to: asked, by: [clerk], asks: [topic, place, thing], label: {{zh: 立, en: ask}}, source: "act#1"}}
states:
  asked:
    label: {{zh: 在, en: asked}}
    assignee: clerk
    on: {{done: {{to: done, by: [clerk], label: {{zh: 完, en: done}}, issues: [slip], source: "act#1"}}}}
  done: {{label: {{zh: 完, en: done}}, final: true, outcome: positive}}
"""


def found(keys: str, **files: str) -> list[str]:
    """Return what is said of the line of the document; other lines say what they always say."""
    text = FILE.format(keys=keys)
    _workflow, problems = check_workflow(text, file="slips.yaml", shelf=texts(**files))
    return [
        f"{p.at.column} {p.code} {p.words.en} {p.hint.en}".rstrip()
        for p in problems
        if p.at.line == 22
    ]


@pytest.mark.parametrize(
    "keys",
    [
        "prints: [topic, place.title, thing.anything, verdict, verdict.route, verdict.rule, clocks.fix]",
        "prints: topic",
        "prints: [rows, rows.what, changed.rows, changed.rows.what, some, some.what, documents]",
        "prints: {head: topic, more: [place, clocks.fix], rule: verdict}",
        'says: {zh: "{topic}到{thing.name}，{verdict.route}，{number}，限{clocks.fix}", en: "{topic}"}',
        "template: slip",
    ],
)
def test_what_is_there_may_be_printed(keys):
    assert found(keys) == []


@pytest.mark.parametrize(
    ("keys", "said"),
    [
        ("prints: [topic, tpic]", "62 HY201 no field 'tpic' did you mean 'topic'?"),
        ("prints: {head: tpic}", "61 HY201 no field 'tpic' did you mean 'topic'?"),
        ("prints: {head: [topic, tpic]}", "69 HY201 no field 'tpic' did you mean 'topic'?"),
        ("prints: [clocks.fx]", "55 HY201 no clock 'fx' did you mean 'fix'?"),
        ("prints: [verdict.rout]", "55 HY201 no output 'rout' did you mean 'route'?"),
        ("prints: [place.titles]", "55 HY201 'place' has no 'titles' did you mean 'title'?"),
        ("prints: [topic.title]", "55 HY201 'topic' has no 'title'"),
        ("prints: [rows.whta]", "55 HY201 'rows' has no 'whta' did you mean 'what'?"),
        ("prints: [changed.rows.whta]", "55 HY201 'rows' has no 'whta' did you mean 'what'?"),
        ("prints: [some.whta]", "55 HY201 'some' has no 'whta' did you mean 'what'?"),
        ("prints: [changed.row]", "55 HY201 no list 'row' did you mean 'rows'?"),
        ("prints: [changed.topic]", "55 HY201 no list 'topic'"),
        ('says: {zh: "{topc}", en: a}', "52 HY201 no field 'topc' did you mean 'topic'?"),
        ("prints: {head: [1]}", "62 HY103 '0' must be text"),
    ],
)
def test_a_path_that_leads_nowhere_is_named_at_its_place(keys, said):
    assert found(keys) == [said]


def test_a_missing_template_is_a_warning_where_the_shelf_has_templates():
    assert found("template: slpi", template_general="", template_slip="") == [
        "56 HY504 no template 'slpi'; the general one will be used"
    ]
    assert found("template: slip", template_general="", template_slip="") == []


def test_a_shelf_without_templates_is_not_asked():
    assert found("template: slpi") == []


def test_a_list_has_no_places_and_a_mapping_has():
    listed = DocumentDef.model_validate({"prints": ["a", "b"]})
    placed = DocumentDef.model_validate({"prints": {"x": "a", "y": ["b", "c"]}})

    assert printed(listed) == [("", "a"), ("", "b")]
    assert printed(placed) == [("x", "a"), ("y", "b"), ("y", "c")]
    assert printed(DocumentDef()) == []
