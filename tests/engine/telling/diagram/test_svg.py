"""The picture is XML that stands alone, says what it shows, and is the same each time."""

import re
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings

from engine.telling.diagram.build import diagram_of
from engine.telling.diagram.marks import words
from engine.telling.diagram.model import START
from engine.telling.diagram.style import STYLE
from engine.telling.diagram.svg import svg
from engine.telling.diagram.way import Way
from engine.telling.diagram.words import listing
from tests.builders.shelves import plot, shipped, shipped_names
from tests.builders.toy_workflows import toy
from tests.effort import examples
from tests.engine.telling.diagram.drawings import workflows

SVG = "{http://www.w3.org/2000/svg}"


def read(text: str) -> ElementTree.Element:
    return ElementTree.fromstring(text)


def texts(picture: ElementTree.Element) -> list[str]:
    """Return every text of a picture, its lines put together, without spaces."""
    return ["".join("".join(one.itertext()).split()) for one in picture.iter(f"{SVG}text")]


@given(workflow=workflows())
@settings(max_examples=examples(everyday=10, full=30))
def test_a_picture_is_valid_and_names_every_state(workflow):
    diagram = diagram_of(workflow)

    picture = read(svg(diagram))

    shown = texts(picture)
    assert all("".join(node.label.split()) in shown for node in diagram.nodes if node.name)
    edges = {"".join("".join(edge.lines).split()) for edge in diagram.edges if len(edge.lines) == 1}
    assert edges <= set(shown)


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("name", [*shipped_names(), "plot"])
def test_a_picture_has_a_title_and_the_list_as_its_description(name, lang):
    diagram = diagram_of(plot() if name == "plot" else shipped(name), lang)

    picture = read(svg(diagram))

    title, description = picture.find(f"{SVG}title"), picture.find(f"{SVG}desc")
    assert title is not None
    assert description is not None
    assert title.text == diagram.title
    assert description.text == "\n".join(listing(diagram))
    assert picture.get("role") == "img"
    assert picture.get("aria-labelledby") == f"{title.get('id')} {description.get('id')}"


@pytest.mark.parametrize("name", shipped_names())
def test_the_same_workflow_gives_the_same_picture(name):
    assert svg(diagram_of(shipped(name))) == svg(diagram_of(shipped(name)))


def test_a_picture_fetches_nothing():
    text = svg(diagram_of(plot()))

    assert not re.search(r"href|@import|url\(|<script|<image", text)


def test_what_people_wrote_cannot_become_markup():
    label = {"zh": '<script>"&甲'}

    picture = read(svg(diagram_of(toy(title=label))))

    assert [one.text for one in picture.iter(f"{SVG}title")] == ['<script>"&甲']
    assert list(picture.iter(f"{SVG}script")) == []


def test_what_xml_cannot_hold_is_left_out():
    assert words("a\x07\x85\ufffe\ud800<b\tc\n") == "a&lt;b\tc\n"


def test_a_way_is_numbered_and_its_end_is_marked():
    diagram = diagram_of(shipped("consultation"))
    way = Way(
        stops=("submitted", "screening", "planning", "noticed", "planning"),
        present="planning",
        steps=frozenset({
            (START, "submitted"), ("submitted", "screening"), ("screening", "planning"),
            ("planning", "noticed"), ("noticed", "planning"),
        }),
        caption="第1号",
    )  # fmt: skip

    picture = read(svg(diagram, way))

    assert {"1", "2", "3·5·现在", "4"} <= set(texts(picture))
    assert sum(one.get("class") == "gone" for one in picture.iter(f"{SVG}path")) == 5
    boxes = [str(one.get("class")) for one in picture.iter(f"{SVG}rect")]
    # One state, and the sign in the key.
    assert sum(style.endswith(" now") and style.startswith("open") for style in boxes) == 2
    assert texts(picture)[0].startswith("社区协商第1号")


def test_a_state_in_the_lane_that_a_case_is_in_is_marked():
    way = Way(stops=("submitted", "withdrawn"), present="withdrawn", steps=frozenset())

    picture = read(svg(diagram_of(shipped("consultation")), way))

    assert "2·现在" in texts(picture)
    assert any(one.get("class") == "gone" for one in picture.iter(f"{SVG}path"))


def test_very_many_visits_are_shortened():
    way = Way(stops=("asked", "held") * 9, present="held", steps=frozenset())
    states = {"asked": {"on": {"go": {"to": "held", "by": "anyone"}}},
              "held": {"on": {"go": {"to": "done", "by": "anyone"}}}}  # fmt: skip

    shown = texts(read(svg(diagram_of(toy(states=states)), way)))

    assert {"1·3·5·…·17", "2·4·6·…·18·现在"} <= set(shown)


def contrast(one: str, other: str) -> float:
    """Return WCAG's contrast of two colours."""

    def light(colour: str) -> float:
        parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
        red, green, blue = [
            p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts
        ]
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    high, low = sorted((light(one), light(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


GROUNDS = ["#ffffff", "#f5f8fc", "#fff8e6", "#f2f4f7", "#e9f7ee", "#fdf0ee", "#dbe8fd"]


@pytest.mark.parametrize("ground", GROUNDS)
@pytest.mark.parametrize("ink", ["#1d2939", "#344054", "#175cd3", "#1a6b35", "#a3271a", "#475467"])
def test_inks_can_be_read_on_every_ground(ink, ground):
    assert ink in STYLE
    assert ground == "#ffffff" or ground in STYLE
    assert contrast(ink, ground) >= 4.5
