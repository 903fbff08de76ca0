"""``heyi workflow``: files checked, shown, drawn and explained."""

import json
import re
import time
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from engine.case.codes import REFUSAL_CODES
from engine.language.codes import CODES
from engine.language.reader import read_yaml
from heyi.app.authors.writing.schema import schema_text, workflow_schema
from heyi.bootstrap import shipped_folder
from tests.cli.runner import HALL, run

ROOT = Path(__file__).resolve().parents[3]
SHIPPED = sorted(
    path
    for path in shipped_folder().glob("*.yaml")
    if re.search("^workflow:", path.read_text(encoding="utf-8"), re.MULTILINE)
)
MISTAKES = (
    ("purpose: {type: text", "purpose: {type: txt"),
    (
        "to: lent\n        by: [keeper]\n        label",
        "to: lnt\n        by: [keeper]\n        label",
    ),
    ("people <= 60", "peple <= 60"),
    ("by: [keeper], label: {zh: 婉拒", "by: [keper], label: {zh: 婉拒"),
    ("within: 2 working days", "within: 2 wroking days"),
)


@pytest.fixture
def hall(bare):
    path = bare / "hall.yaml"
    path.write_text(HALL.read_text(encoding="utf-8"), encoding="utf-8")
    return path


def spoil(path, *mistakes):
    text = path.read_text(encoding="utf-8")
    for right, wrong in mistakes:
        assert right in text
        text = text.replace(right, wrong, 1)
    path.write_text(text, encoding="utf-8")


def test_the_shipped_files_are_right(bare):
    told = run("workflow", "check")

    assert told.code == 0
    assert told.out == ""


def test_a_folder_means_its_files(bare):
    told = run("workflow", "check", str(shipped_folder()), str(shipped_folder() / "catalogues"))

    assert told.code == 0
    assert told.err.startswith(f"{len([*shipped_folder().rglob('*.yaml')]) - 8}") or told.err


@pytest.mark.parametrize("kind", ["packs", "calendars", "catalogues"])
def test_what_is_no_workflow_is_checked_as_what_it_is(bare, kind):
    told = run("workflow", "check", str(shipped_folder() / kind))

    assert told.code == 0, told.out


def test_every_mistake_of_a_file_is_told_at_once(hall):
    spoil(hall, *MISTAKES[2:4])
    shape = hall.with_name("shape.yaml")
    shape.write_text(HALL.read_text(encoding="utf-8"), encoding="utf-8")
    spoil(shape, MISTAKES[0], MISTAKES[4])

    told = run("workflow", "check", "hall.yaml", "shape.yaml", "--json")

    assert told.code == 1
    assert {(p["file"], p["code"]) for p in told.json if p["severity"] == "error"} == {
        ("hall.yaml", "HY301"),
        ("hall.yaml", "HY201"),
        ("shape.yaml", "HY103"),
    }


@pytest.mark.parametrize("mistake", MISTAKES, ids=lambda pair: pair[1][:20])
def test_a_mistake_is_told_with_line_column_and_code(hall, mistake):
    spoil(hall, mistake)

    told = run("workflow", "check", "hall.yaml", "--format", "concise")

    assert told.code == 1
    assert re.match(r"hall\.yaml:\d+:\d+: HY\d{3} ", told.out)


def test_full_points_at_the_place_under_chinese_text_too(hall):
    spoil(hall, ("label: {zh: 婉拒, en: decline}", "label: {zh: 婉拒, en: decline}, lable: 1"))

    told = run("workflow", "check", "hall.yaml")

    _place, line, caret = told.out.splitlines()[:3]
    before = line[: line.index("lable")]
    wide = sum(2 if ord(char) > 0x2E80 else 1 for char in before)
    assert caret == " " * wide + "^"


def test_warnings_do_not_fail(hall):
    spoil(hall, ("title: {zh: 活动室借用, en: Borrowing the hall}", "title: {zh: 活动室借用}"))

    told = run("workflow", "check", "hall.yaml")

    assert told.code == 0
    assert "HY501" in told.out
    assert "警告" in told.out


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(b"", id="empty"),
        pytest.param(b"\xff\xfe\x00x", id="utf-16"),
        pytest.param(b"format: 1\n\xe5\x28\xa1", id="broken bytes"),
        pytest.param(b"a:\n\tb: 1\n", id="tab"),
        pytest.param(b"a: &a [*a]\n", id="self-reference"),
        pytest.param(b"x: " + b"[" * 100_000, id="deep"),
        pytest.param(b"x: '" + b"a" * 1_000_000 + b"\n", id="a line of a megabyte"),
        pytest.param(b"x" * 3_000_000, id="too large"),
        pytest.param(b"a: \x00\x01", id="control characters"),
        pytest.param(b"- 1\n- 2\n", id="a list"),
        pytest.param("workflow: \U0001f600\n".encode(), id="four bytes"),
        pytest.param(
            b"".join(b"a%d: &a%d [*a%d]\n" % (n, n, n - 1) for n in range(1, 99)), id="bomb"
        ),
    ],
)
@pytest.mark.parametrize("layout", ["full", "concise", "json"])
def test_a_hopeless_file_gives_findings_quickly(bare, data, layout):
    (bare / "bad.yaml").write_bytes(data)

    before = time.perf_counter()
    told = run("workflow", "check", "bad.yaml", "--format", layout)

    assert told.code == 1
    assert "HY" in told.out
    assert max(map(len, told.out.splitlines())) < 1000
    assert time.perf_counter() - before < 2


def test_the_place_of_a_broken_byte_is_told(bare):
    (bare / "bad.yaml").write_bytes("格式: 1\n好".encode() + b"\xff")

    assert run("workflow", "check", "bad.yaml").out.startswith("bad.yaml:2:2: HY005")


def test_a_file_with_a_byte_order_mark_is_right(hall):
    hall.write_bytes(b"\xef\xbb\xbf" + hall.read_bytes())

    assert run("workflow", "check", "hall.yaml").code == 0


def test_an_empty_folder_is_not_found(bare):
    (bare / "none").mkdir()

    assert run("workflow", "check", "none").code == 3


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_show_tells_every_state_and_move(bare, path, lang):
    told = run("workflow", "show", path.stem, "--lang", lang)
    plain = run("workflow", "show", path.stem, "--json").json

    assert told.code == 0
    for state in plain["states"]:
        assert f"  {state['name']}" in told.out
        for move in state["moves"]:
            assert f"  {move['trigger']}" in told.out
    assert (re.search("[\u4e00-\u9fff]", told.out.splitlines()[0]) is None) == (lang == "en")


def test_show_tells_guards_clocks_and_sources(hall):
    told = run("workflow", "show", "hall.yaml")

    assert (
        "人数不超过60人，且费用超过0时，管理员可以“借出”，案件以“已借出”办结（正面）。" in told.out
    )
    assert "依据：rules#3" in told.out
    assert "限2个工作日  [承诺]" in told.out
    assert "管理员可以“免费借出”，并经主任共同签署" in told.out


def test_show_of_a_wrong_file_tells_its_mistakes(hall):
    spoil(hall, MISTAKES[2])

    told = run("workflow", "show", "hall.yaml")

    assert told.code == 1
    assert "HY301" in told.err


def test_the_graph_has_every_state_and_way(hall):
    graph = run("workflow", "graph", "hall.yaml", "--format", "json").json

    assert [node["id"] for node in graph["nodes"]] == ["asked", "lent", "declined"]
    assert [(e["from"], e["to"]) for e in graph["edges"]] == [
        ("", "asked"), ("asked", "lent"), ("asked", "lent"), ("asked", "declined"),
    ]  # fmt: skip


def test_mermaid_and_dot_are_drawn_with_labels(hall):
    mermaid = run("workflow", "graph", "hall.yaml").out
    dot = run("workflow", "graph", "hall.yaml", "--format", "dot").out

    assert mermaid.startswith("stateDiagram-v2\n")
    assert "s_asked --> s_declined : 婉拒" in mermaid
    assert '"asked" -> "declined" [label="婉拒"];' in dot
    assert dot.rstrip().endswith("}")


def test_the_schema_in_the_reference_is_current():
    kept = (ROOT / "docs" / "reference" / "workflow.schema.json").read_text(encoding="utf-8")

    assert kept == schema_text(), (
        "run `heyi workflow schema -o docs/reference/workflow.schema.json`"
    )


@pytest.mark.parametrize("path", [*SHIPPED, HALL], ids=lambda path: path.stem)
def test_right_files_fit_the_schema(path):
    document = read_yaml(path.read_text(encoding="utf-8"), file=path.name)

    found = [
        error.json_path
        for error in Draft202012Validator(workflow_schema()).iter_errors(document.value)
    ]

    assert found == []


def test_the_schema_finds_a_misspelt_key():
    document = read_yaml(HALL.read_text(encoding="utf-8").replace("opening:", "opning:"), file="")

    assert list(Draft202012Validator(workflow_schema()).iter_errors(document.value))


def test_the_schema_can_be_written_to_a_file(bare):
    told = run("workflow", "schema", "-o", "schema.json")

    assert told.code == 0
    assert json.loads((bare / "schema.json").read_text(encoding="utf-8"))["title"] == "WorkflowDef"
    assert run("workflow", "schema").json == workflow_schema()


def test_a_schema_that_cannot_be_written_is_a_usage_error(bare):
    assert run("workflow", "schema", "-o", "no/such/folder.json").code == 2


@pytest.mark.parametrize("code", [*CODES, *REFUSAL_CODES])
def test_every_code_is_explained_in_both_languages(bare, code):
    means = {**CODES, **REFUSAL_CODES}[code]

    assert means.zh in run("workflow", "explain", code.lower()).out
    assert means.en in run("workflow", "explain", code, "--lang", "en").out
    assert run("workflow", "explain", code, "--json").json["code"] == code
