"""``check`` for programs and for editors, ``--watch``, ``explain`` with its examples, the schemas."""

import os
import re
from pathlib import Path
from urllib.parse import unquote

import pytest
from jsonschema import Draft202012Validator

from engine.case.problems import Position, Problem
from engine.case.text import Text
from engine.checking.build import check_workflow
from engine.language.codes import CODES
from heyi.app.authors.writing.examples import codes_with_examples, example, whole
from heyi.cli.workflow.formats import github_line, sarif
from heyi.cli.workflow.watching import stamp, watch
from tests.builders.shelves import SHIPPED
from tests.cli.runner import HALL, run

PENDING = frozenset({"HY504", "HY505", "HY600"})
"""Without an example: they take a folder of templates, a profile, a file of thousands of cases."""
BAD = HALL.read_text(encoding="utf-8").replace("purpose: {type: text", "purpose: {type: txt")

COMPANIONS = {"HY606": {"HY612"}, "HY607": {"HY612"}}
"""Where nobody can act or a clock never starts, it is for a field that nobody fills: told as well."""


@pytest.fixture
def bad(bare):
    (bare / "bad.yaml").write_text(BAD, encoding="utf-8")
    return bare / "bad.yaml"


# --- formats


def problem(zh="错", file="a.yaml", severity="error") -> Problem:
    return Problem(
        at=Position(file=file, line=3, column=5),
        code="HY101",
        words=Text(zh, "wrong"),
        severity=severity,
    )


def test_github_reads_one_annotation_a_finding(bad):
    told = run("workflow", "check", "bad.yaml", "--format", "github", "--lang", "en")

    assert told.code == 1
    assert re.fullmatch(r"::error file=bad\.yaml,line=\d+,col=\d+,title=HY103::[^:].*\n", told.out)


def test_what_github_would_take_for_its_own_is_escaped():
    line = github_line(problem("一\n二::100%", file="a,b:c.yaml", severity="warning"), "zh")

    assert line == "::warning file=a%2Cb%3Ac.yaml,line=3,col=5,title=HY101::一%0A二::100%25"


SARIF = {
    "type": "object",
    "required": ["version", "runs"],
    "additionalProperties": False,
    "properties": {
        "$schema": {"type": "string"},
        "version": {"const": "2.1.0"},
        "runs": {"type": "array", "items": {"$ref": "#/$defs/run"}},
    },
    "$defs": {
        "text": {"type": "object", "required": ["text"], "properties": {"text": {"type": "string", "minLength": 1}}, "additionalProperties": False},
        "level": {"enum": ["none", "note", "warning", "error"]},
        "run": {
            "type": "object",
            "required": ["tool"],
            "additionalProperties": False,
            "properties": {
                "columnKind": {"enum": ["utf16CodeUnits", "unicodeCodePoints"]},
                "tool": {"type": "object", "required": ["driver"], "additionalProperties": False, "properties": {"driver": {"$ref": "#/$defs/driver"}}},
                "results": {"type": "array", "items": {"$ref": "#/$defs/result"}},
            },
        },
        "driver": {
            "type": "object",
            "required": ["name"],
            "additionalProperties": False,
            "properties": {"name": {"type": "string"}, "version": {"type": "string"}, "rules": {"type": "array", "uniqueItems": True, "items": {"$ref": "#/$defs/rule"}}},
        },
        "rule": {
            "type": "object",
            "required": ["id"],
            "additionalProperties": False,
            "properties": {
                "id": {"type": "string"},
                "shortDescription": {"$ref": "#/$defs/text"},
                "help": {"$ref": "#/$defs/text"},
                "defaultConfiguration": {"type": "object", "properties": {"level": {"$ref": "#/$defs/level"}}},
            },
        },
        "result": {
            "type": "object",
            "required": ["message"],
            "additionalProperties": False,
            "properties": {
                "ruleId": {"type": "string"},
                "ruleIndex": {"type": "integer", "minimum": 0},
                "level": {"$ref": "#/$defs/level"},
                "message": {"$ref": "#/$defs/text"},
                "locations": {"type": "array", "items": {"$ref": "#/$defs/location"}},
            },
        },
        "location": {
            "type": "object",
            "additionalProperties": False,
            "properties": {
                "physicalLocation": {
                    "type": "object",
                    "required": ["artifactLocation"],
                    "additionalProperties": False,
                    "properties": {
                        "artifactLocation": {"type": "object", "required": ["uri"], "properties": {"uri": {"type": "string", "pattern": "^[!-~]+$"}}},
                        "region": {"type": "object", "properties": {"startLine": {"type": "integer", "minimum": 1}, "startColumn": {"type": "integer", "minimum": 1}}},
                    },
                }
            },
        },
    },
}  # fmt: skip
"""The part of OASIS SARIF 2.1.0 that heyi writes."""


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_sarif_has_the_structure_of_the_standard(bad, lang):
    log = run("workflow", "check", "bad.yaml", "--format", "sarif", "--lang", lang).json

    Draft202012Validator(SARIF).validate(log)
    (result,) = log["runs"][0]["results"]
    assert (
        log["runs"][0]["tool"]["driver"]["rules"][result["ruleIndex"]]["id"]
        == result["ruleId"]
        == "HY103"
    )


def test_a_place_in_sarif_is_a_uri(tmp_path):
    far = tmp_path / "文 件.yaml"
    log = sarif([problem(file="文 件.yaml"), problem(file=str(far))], "zh")
    uris = [
        one["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
        for one in log["runs"][0]["results"]
    ]

    Draft202012Validator(SARIF).validate(log)
    assert [unquote(uri) for uri in uris] == ["文 件.yaml", f"file://{far}"]


def test_a_clean_file_has_a_sarif_run_without_results(bare):
    log = run("workflow", "check", "--format", "sarif").json

    Draft202012Validator(SARIF).validate(log)
    assert [r for r in log["runs"][0]["results"] if r["level"] == "error"] == []


# --- watch


def test_the_watch_looks_again_after_every_change_and_ends_quietly():
    times = [{Path("a"): (1, 1)}]
    waits = iter([False, True, False, True, None])
    looks = []

    def wait():
        change = next(waits)
        if change is None:
            raise KeyboardInterrupt
        if change:
            times.append({Path("a"): (len(times) + 1, 1)})

    assert watch(lambda: looks.append(len(times)), lambda: times[-1], wait) == 3
    assert looks == [1, 2, 3]


def test_a_change_while_it_looks_is_not_missed():
    times = [1]
    looks = []

    def look():
        looks.append(times[-1])
        if len(looks) == 1:
            times.append(2)

    def wait():
        raise KeyboardInterrupt

    assert watch(look, lambda: {Path("a"): (times[-1], 0)}, wait) == 2


def test_a_file_that_is_gone_has_no_time(tmp_path):
    (tmp_path / "a").touch()
    os.utime(tmp_path / "a", ns=(5, 7))

    assert stamp([tmp_path / "a", tmp_path / "b"]) == {tmp_path / "a": (7, 0)}


def test_watch_checks_until_it_is_stopped(bad, monkeypatch):
    rounds = iter(["mend", "lose", "stop"])

    def pause():
        now = next(rounds)
        if now == "mend":
            bad.write_text(HALL.read_text(encoding="utf-8"), encoding="utf-8")
        elif now == "lose":
            bad.unlink()
        else:
            raise KeyboardInterrupt

    monkeypatch.setattr("heyi.cli.workflow.watching.pause", pause)
    told = run("workflow", "check", "bad.yaml", "--watch")

    assert told.code == 0
    assert told.out.count("HY103") == 1
    assert "1个错误" in told.err
    assert "0个错误" in told.err
    assert "没有文件" in told.err


# --- every file is checked as what it says it is


@pytest.mark.parametrize("kind", ["packs", "tests", "catalogues", "calendars"])
def test_every_shipped_file_is_right(bare, kind):
    told = run("workflow", "check", str(SHIPPED / kind))

    assert (told.code, told.out) == (0, "")


def test_a_wrong_test_file_is_told(bare):
    (bare / "t.yaml").write_text(
        "workflow: x\nunits: {}\npeople: {}\nscenarios: []\n", encoding="utf-8"
    )

    assert "t.yaml:4:12: HY103" in run("workflow", "check", "t.yaml").out


# --- explain


def codes_in(part: str) -> list[str]:
    return [p.code for p in check_workflow(whole(part), file="example.yaml")[1]]


def test_every_code_has_an_example():
    assert CODES.keys() - codes_with_examples() == PENDING


@pytest.mark.parametrize("code", sorted(codes_with_examples()))
def test_the_bad_example_gives_the_code_alone_and_the_good_one_does_not(code):
    found = example(code)
    assert found is not None

    assert set(codes_in(found[0])) == {code} | COMPANIONS.get(code, set())
    assert code not in codes_in(found[1])
    assert set(codes_in(found[1])) <= {"HY613"}


def test_an_explanation_shows_both_examples(bare):
    told = run("workflow", "explain", "hy101")

    assert told.out.startswith("HY101  未知的键  [错误]\n\n错误写法：\n    fields:\n")
    assert "\n\n正确写法：\n    fields:\n" in told.out
    assert "lable" in run("workflow", "explain", "HY101", "--json").json["bad"]


def test_a_promise_of_a_pack_is_explained_with_its_source(bare):
    told = run("workflow", "explain", "lr23")

    assert told.out.startswith("LR23  ")
    assert "依据：seed#3.3" in told.out


def test_a_code_that_is_none_names_those_there_are(bare):
    told = run("workflow", "explain", "HY000")

    assert told.code == 3
    assert "HY101" in told.err
