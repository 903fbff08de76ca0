"""What a diagram keeps of a workflow: everything, and the shared things once."""

import pytest
from hypothesis import given, settings

from engine.compiling.plan import Workflow
from engine.telling.diagram.build import diagram_of
from engine.telling.diagram.model import Row, merged
from engine.telling.diagram.sheet import sheet_of
from engine.telling.diagram.words import listing
from tests.builders.shelves import plot, shipped, shipped_names
from tests.builders.toy_workflows import toy
from tests.effort import examples
from tests.engine.telling.diagram.drawings import boxes_of, overlaps, run_over, workflows

NAMES = [*shipped_names(), "plot"]


def known(name: str) -> Workflow:
    return plot() if name == "plot" else shipped(name)


def keeps_everything(workflow: Workflow) -> None:
    diagram = diagram_of(workflow)
    lines, sheet = listing(diagram), sheet_of(diagram)

    for name in workflow.definition.states:
        label = workflow.label("states", name)
        assert any(line == label or line.startswith(f"{label} [") for line in lines)
        assert name in sheet.nodes
    branches = [b for some in workflow.branches.values() for b in some]
    assert len(diagram.arrows) == len(workflow.openings) + len(branches)
    for arrow in diagram.arrows:
        assert any(line.startswith(f"  {arrow.label} → ") for line in lines)


def touches_nothing(workflow: Workflow, lang: str = "zh") -> None:
    sheet = sheet_of(diagram_of(workflow, lang))
    boxes = boxes_of(sheet)

    assert overlaps(boxes) == []
    assert run_over(dict(sheet.routes), boxes) == []
    for box in boxes:
        assert box.x >= 0
        assert box.y >= 0
        assert box.right <= sheet.width
        assert box.bottom <= sheet.height
    below = max((card.rect.bottom for card in sheet.lane.cards), default=0)
    assert all(y > below for _sign, _x, y in sheet.key)


@given(workflow=workflows())
def test_every_state_and_transition_is_in_the_drawing_or_the_list(workflow):
    keeps_everything(workflow)


@given(workflow=workflows())
@settings(max_examples=examples(everyday=10, full=30))
def test_nothing_lies_over_anything(workflow):
    touches_nothing(workflow)


@pytest.mark.parametrize("name", NAMES)
def test_a_known_file_keeps_everything(name):
    keeps_everything(known(name))


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("name", NAMES)
def test_a_known_file_is_drawn_free_of_overlaps(name, lang):
    touches_nothing(known(name), lang)


@pytest.mark.parametrize("name", NAMES)
def test_every_transition_is_a_line_a_note_or_a_row(name):
    workflow = known(name)
    diagram = diagram_of(workflow)

    drawn = sum(len(edge.lines) for edge in diagram.edges)
    drawn += sum(len(node.notes) for node in diagram.nodes)
    folded = sum(len(card.rows) * len(card.members) for card in diagram.cards)
    assert drawn + folded > 0
    shown = {edge.target for edge in diagram.edges} | {
        r.target for c in diagram.cards for r in c.rows
    }
    shown |= {note.target for node in diagram.nodes for note in node.notes}
    assert {arrow.to for arrow in diagram.arrows} - {"stay", "back"} <= shown | {
        arrow.source for arrow in diagram.arrows
    }


def move(to: str, label: str = "") -> dict[str, object]:
    return {"to": to, "by": "anyone", **({"label": {"zh": label}} if label else {})}


END = {"final": True, "outcome": "neutral"}


def test_transitions_between_two_states_are_one_edge():
    on = {"a": [move("done", "甲"), move("done", "乙")], "b": move("done", "丙")}

    diagram = diagram_of(toy(states={"asked": {"on": on}}))

    assert [edge.lines for edge in diagram.edges if edge.source] == [("甲 / 乙", "丙")]


def test_what_stays_stands_inside_the_state():
    on = {"note": move("stay", "记录"), "again": move("asked", "重来"), "go": move("done")}

    diagram = diagram_of(toy(states={"asked": {"on": on}}))

    assert diagram.node("asked").notes == (Row(text="记录"), Row(text="重来"))
    assert [(edge.source, edge.target) for edge in diagram.edges] == [
        ("", "asked"), ("asked", "done"),
    ]  # fmt: skip


def test_a_group_is_a_card_and_its_states_carry_its_letter():
    states = {
        "asked": {"on": {"go": move("held")}},
        "held": {"on": {"go": move("late")}},
        "late": {"on": {"go": move("done")}},
        "lost": END,
    }
    groups = {"early": {"states": ["asked", "held"], "on": {"leave": move("lost", "离开")}}}

    diagram = diagram_of(toy(states=states, groups=groups))

    assert [(c.letter, c.heading, c.rows) for c in diagram.cards] == [
        ("A", "asked、held", (Row(text="离开", target="lost"),))
    ]
    assert [node.name for node in diagram.nodes if node.letters] == ["asked", "held"]
    assert diagram.lane == ("lost",)


def test_a_group_for_every_open_state_needs_no_letter():
    states = {"asked": {"on": {"go": move("held")}}, "held": {"on": {"go": move("done")}}}
    groups = {"all": {"states": "all open", "on": {"leave": move("done")}}}

    (card,) = diagram_of(toy(states=states, groups=groups)).cards

    assert (card.letter, card.heading) == ("", "所有未结环节")


def test_a_state_with_a_trigger_of_its_own_is_named_on_the_card():
    own = {"leave": move("done", "另走")}
    states = {
        "asked": {"on": {"go": move("held")}},
        "held": {"on": {"go": move("late")}},
        "late": {"on": own},
    }
    groups = {"all": {"states": "all open", "on": {"leave": move("done", "离开")}}}

    diagram = diagram_of(toy(states=states, groups=groups), "en")

    assert diagram.cards[0].rows == (Row(text="离开 (not late)", target="done"),)
    assert ("late", "done", ("另走",)) in [(e.source, e.target, e.lines) for e in diagram.edges]


def test_a_group_of_one_state_is_drawn_as_its_own():
    states = {"asked": {"on": {"go": move("done")}}}
    groups = {"one": {"states": ["asked"], "on": {"leave": move("done", "离开")}}}

    diagram = diagram_of(toy(states=states, groups=groups))

    assert diagram.cards == ()
    assert diagram.edges[-1].lines == ("go", "离开")


def test_ways_into_an_overlay_are_one_card_and_no_lines():
    states = {
        "asked": {"on": {"go": move("held"), "stop": move("frozen", "暂停")}},
        "held": {"on": {"go": move("done"), "stop": move("frozen", "暂停")}},
        "frozen": {"on": {"thaw": move("back", "恢复"), "drop": move("done", "放弃")}},
    }

    diagram = diagram_of(toy(states=states, overlays={"frozen": {"over": ["all open"]}}))

    assert [(card.heading, card.rows) for card in diagram.cards] == [
        ("所有未结环节", (Row(text="暂停", target="frozen"),))
    ]
    assert diagram.node("frozen").notes == (
        Row(text="恢复，回到原环节"), Row(text="放弃 → done", target="done"),
    )  # fmt: skip
    assert diagram.lane == ("frozen",)


def test_groups_may_name_groups_and_go_back():
    states = {
        "asked": {"on": {"go": move("held")}},
        "held": {"on": {"go": move("done")}},
        "frozen": {"on": {"drop": move("done")}},
        "stormy": {"on": {"drop": move("done")}},
    }
    groups = {
        "both": {"states": ["frozen", "stormy"], "on": {"calm": move("back", "恢复")}},
        "four": {"states": ["both", "asked", "held"], "on": {"tell": move("stay", "告知")}},
        "into": {
            "states": ["asked", "held"],
            "on": {"ice": move("frozen"), "rain": move("stormy")},
        },
    }
    overlays = {"frozen": {"over": ["all open"]}, "stormy": {"over": ["all open"]}}

    diagram = diagram_of(toy(states=states, groups=groups, overlays=overlays))

    assert [(card.letter, card.heading) for card in diagram.cards] == [
        ("A", "frozen、stormy"), ("", "所有未结环节、frozen、stormy"), ("", "所有未结环节"),
    ]  # fmt: skip
    assert diagram.cards[0].rows == (Row(text="恢复，回到原环节"),)


def test_many_groups_run_out_of_letters_and_go_on():
    names = [f"s{n}" for n in range(30)]
    states = {
        name: {"on": {"go": move(after)}}
        for name, after in zip(names, [*names[1:], "done"], strict=True)
    }
    groups = {
        f"g{n}": {"states": names[n : n + 2], "on": {f"t{n}": move("done")}} for n in range(28)
    }

    letters = [card.letter for card in diagram_of(toy(states=states, groups=groups)).cards]

    assert letters[:2] == ["A", "B"]
    assert letters[25:] == ["Z", "A2", "B2"]


@pytest.mark.parametrize(
    ("labels", "text"),
    [
        pytest.param(["甲"], "甲", id="one is itself"),
        pytest.param(["甲", "甲", "甲"], "甲 ×3", id="the same is counted"),
        pytest.param(["甲", "乙"], "甲 / 乙", id="two stand whole"),
        pytest.param(["甲", "乙", "丙"], "甲 ×3", id="more are counted"),
    ],
)
def test_branches_are_merged_into_one_text(labels, text):
    assert merged(tuple(labels)) == text


def test_a_label_of_blanks_takes_no_room():
    blank = diagram_of(toy(states={"asked": {"on": {"go": move("done", "　")}}}))

    assert ("asked", "done") not in sheet_of(blank).labels


def test_a_state_that_nothing_leads_to_still_has_its_place():
    diagram = diagram_of(toy(states={"asked": {"on": {"go": move("done")}}, "lone": END}))

    assert diagram.lane == ("lone",)
    assert "lone" in sheet_of(diagram).nodes
