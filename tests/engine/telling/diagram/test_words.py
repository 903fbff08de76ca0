"""The same in words: list, Mermaid, DOT, plain data; and the way of a case from its events."""

import shutil
import subprocess

import pytest

from engine.case.values import Case, Event
from engine.telling.diagram.build import diagram_of
from engine.telling.diagram.model import START
from engine.telling.diagram.way import Way, way_of
from engine.telling.diagram.words import dot, listing, mermaid, plain
from tests.builders.shelves import plot, shipped, shipped_names
from tests.builders.toy_workflows import toy

GO = {"to": "done", "by": "anyone", "label": {"zh": '说"甲": 乙;', "en": "say"}}
NOTE = {"to": "stay", "by": "anyone", "label": {"zh": "记录"}}
HELD = {"on": {"go": {"to": "done", "by": "anyone"}, "stop": {"to": "ice", "by": "anyone"}}}
ICE = {"on": {"thaw": {"to": "back", "by": "anyone"}, "go": {"to": "done", "by": "anyone"}}}
SMALL = toy(
    states={
        "asked": {"label": {"zh": "已问"}, "on": {"go": GO, "note": NOTE}},
        "held": HELD,
        "ice": ICE,
    },
    overlays={"ice": {"over": ["held"]}},
    groups={"both": {"states": ["asked", "held"], "on": {"tell": NOTE, "end": GO}}},
)
WAY = Way(stops=("asked", "held"), present="held", steps=frozenset({("asked", "held")}))


def test_the_list_names_states_and_where_each_transition_leads():
    assert listing(diagram_of(SMALL)) == (
        "玩具：4个环节、11条流转的流程图。",
        "立案", "  立案 → 已问",
        "已问", '  说"甲": 乙; → done', "  记录 → 留在本环节", "  记录 → 留在本环节", '  说"甲": 乙; → done',
        "held", "  go → done", "  stop → ice", "  记录 → 留在本环节", '  说"甲": 乙; → done',
        "ice [覆盖]", "  thaw → 回到原环节", "  go → done",
        "done [终结、达成]",
    )  # fmt: skip


def test_the_list_says_the_way_of_a_case():
    assert (
        listing(diagram_of(SMALL, "en"), WAY)[-1] == "The way of this case: 已问 → held; now: held"
    )


def test_mermaid_draws_cards_as_states_and_cleans_labels():
    text = mermaid(diagram_of(SMALL))

    assert "  [*] --> s_asked : " in text
    assert "  s_asked --> s_done : 说'甲'： 乙；" in text
    assert "  s_asked : ↻ 记录" in text
    assert "  s_ice : go → done" in text
    assert "  card_0 --> s_done : 说'甲'： 乙；" in text
    assert "  card_0 : ↻ 记录" in text
    assert text.endswith("s_done --> [*]")


def test_mermaid_marks_the_way_of_a_case():
    assert mermaid(diagram_of(SMALL), WAY).splitlines()[-2:] == [
        "  class s_asked been", "  class s_held now",
    ]  # fmt: skip
    alone = Way(stops=("asked",), present="asked", steps=frozenset())
    assert mermaid(diagram_of(SMALL), alone).endswith("stroke-width:4px\n  class s_asked now")


def test_dot_quotes_and_marks():
    text = dot(diagram_of(SMALL), WAY)

    assert '"asked" -> "done" [label="说\\"甲\\": 乙;"];' in text
    assert 'asked [label="已问\\n↻ 记录", shape=box, penwidth=3];' in text
    assert 'held [label="held", shape=box, penwidth=5];' in text
    assert 'ice [label="ice\\n↻ thaw，回到原环节\\ngo → done", shape=box, style=dashed];' in text
    assert '"card 1" -> "ice" [label="stop"];' in text


@pytest.mark.skipif(shutil.which("dot") is None, reason="Graphviz is not installed")
@pytest.mark.parametrize("name", shipped_names())
def test_graphviz_reads_the_dot(name):
    text = dot(diagram_of(shipped(name)))

    told = subprocess.run(
        ["dot", "-Tplain"], input=text, capture_output=True, text=True, check=False
    )

    assert told.returncode == 0, told.stderr


def test_plain_data_has_every_transition_and_the_cards():
    data = plain(diagram_of(SMALL), WAY)

    assert [node["id"] for node in data["nodes"]] == ["asked", "held", "ice", "done"]
    assert {"from": "ice", "to": "", "trigger": "thaw", "label": "thaw", "word": "back"} in data[
        "edges"
    ]
    assert {
        "from": "asked",
        "to": "asked",
        "trigger": "note",
        "label": "记录",
        "word": "stay",
    } in data["edges"]
    assert data["shared"][0]["states"] == ["asked", "held"]
    assert data["way"] == {
        "stops": ["asked", "held"],
        "present": "held",
        "steps": [["asked", "held"]],
    }
    assert "way" not in plain(diagram_of(plot()))


def event(seq: int, **public: str) -> Event:
    return Event(
        case="x", seq=seq, kind="moved", at="2026-03-02T02:00:00Z",
        occurred_at="2026-03-02T02:00:00Z", actor="wang", public=dict(public),
    )  # fmt: skip


def test_the_way_is_read_from_what_events_entered():
    case = Case(
        id="x", workflow="toy", version=1, unit="u", number="1", state="held", revision=6,
        opened_by="wang", opened_at="2026-03-02T02:00:00Z", moved_at="2026-03-02T02:00:00Z",
    )  # fmt: skip
    events = [
        event(1, to="asked"), event(2, **{"from": "asked", "to": "asked"}), event(3),
        event(4, **{"from": "asked", "to": "ice"}), event(5, **{"from": "ice", "to": "asked"}),
        event(6, **{"from": "asked", "to": "held"}),
    ]  # fmt: skip

    way = way_of(case, events)

    assert way.stops == ("asked", "ice", "asked", "held")
    assert way.places("asked") == (1, 3)
    assert (START, "asked") in way.steps
    assert (way.present, way.caption) == ("held", "1")
