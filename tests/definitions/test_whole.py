"""The whole language is read and typed; what is not carried out yet is refused where it stands."""

import re
from pathlib import Path

from engine.definitions.build import check_workflow, workflow_from_definition
from engine.definitions.load import load_definition
from engine.definitions.model import WorkflowDef
from engine.definitions.parts import ExtendDef, LadderDef, PausesDef, RecurDef
from engine.definitions.words import Span
from tests.builders.shelves import texts

HERE = Path(__file__).resolve().parent
WHOLE = (HERE / "whole.yaml").read_text(encoding="utf-8")
COMMON = "format: 1\nlibrary: common\nroles: {handler: {label: {zh: 经办人, en: handler}, level: community}}\n"
LAW = """format: 1
pack: law
sources: {law2026: {title: 法}}
tables:
  verdict:
    hit: first
    gives: {class: [F, G, X]}
    rules: [{id: a, then: {class: F}}]
"""
SHELF = texts(library_common=COMMON, pack_law=LAW)


def line_of(text: str, nth: int = 1) -> int:
    """Return the line on which a text stands for the nth time."""
    places = [m.start() for m in re.finditer(re.escape(text), WHOLE)]
    return WHOLE.count("\n", 0, places[nth - 1]) + 1


def test_every_construct_is_typed():
    rule, _findings = load_definition(WHOLE, file="whole.yaml", shelf=SHELF)

    assert isinstance(rule, WorkflowDef)
    duration = rule.clocks["duration"]
    assert isinstance(duration.pauses, PausesDef)
    assert duration.pauses.all == Span(n=90, unit="days")
    assert isinstance(duration.extend, ExtendDef)
    assert duration.rules[0].pauses == "none"
    assert isinstance(rule.ladders["standard"], LadderDef)
    assert [rung.at for rung in rule.ladders["standard"].rungs][:2] == [
        "70%",
        "due - 1 working day",
    ]
    assert rule.ladders["danger"].quiet == "none"
    assert isinstance(rule.recurs["round"], RecurDef)
    assert rule.roles["handler"].level == "community"
    assert rule.tables["verdict"].gives == {"class": ["F", "G", "X"]}
    assert rule.states["submitted"].on["publish"][0].extends == {"duration": "extend_to"}
    assert rule.counts["used"].within == "this year"


def test_what_time_brings_is_refused_at_each_place_and_nothing_else_is_wrong():
    workflow, problems = check_workflow(WHOLE, file="whole.yaml", shelf=SHELF)

    found = sorted((p.at.file, p.at.line, p.code) for p in problems)
    expected = sorted(
        [
            ("whole.yaml", line_of("ladder: standard"), "HY900"),
            ("whole.yaml", line_of("pauses: {in"), "HY900"),
            ("whole.yaml", line_of("extend: {at_most: 30"), "HY900"),
            ("whole.yaml", line_of("ladder: standard", 2), "HY900"),
            ("whole.yaml", line_of("extend: {at_most: 5"), "HY900"),
            ("whole.yaml", line_of("rungs: [{at: due,"), "HY900"),
            ("whole.yaml", line_of("ladder: danger"), "HY900"),
            ("whole.yaml", line_of("  standard:\n"), "HY900"),
            ("whole.yaml", line_of("  danger: {quiet"), "HY900"),
            ("whole.yaml", line_of("extends: {"), "HY900"),
            ("whole.yaml", line_of("recurs: {round"), "HY900"),
        ]
    )
    assert workflow is None
    assert found == expected


def test_without_what_is_not_yet_carried_out_the_same_file_is_a_workflow():
    kept: list[str] = []
    skipping = False
    for line in WHOLE.splitlines():
        if re.match(r"(ladders|recurs):", line):
            skipping = True
        elif skipping and not line.startswith(" "):
            skipping = False
        if skipping or re.match(r" +(pauses|extend|extends|ladder|rungs): ", line):
            continue
        kept.append(re.sub(r", (ladder: \w+|extend: \{.*?\}|pauses: none)", "", line))

    rule, findings = load_definition("\n".join(kept), shelf=SHELF)
    assert rule is not None, findings.problems
    workflow = workflow_from_definition(rule, shelf=SHELF)

    assert workflow.vaults == {"caucus_notes": "confidential/caucus_notes"}
    assert workflow.covers["urgent"] == (
        "submitted",
        "screening",
        "published",
        "accepted",
        "agreed",
        "suspended",
    )
    assert workflow.triggers["accepted"] == ("agree", "close_late", "danger")
