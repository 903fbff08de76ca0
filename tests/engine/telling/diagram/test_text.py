"""Lines of text fit where they shall stand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.telling.diagram.text import extent, width, wrap

TEXTS = st.text("公示异议处理，、（）《》abc DEF.,()mi·é", max_size=60)


@given(text=TEXTS, room=st.floats(30, 200))
def test_lines_are_within_the_room(text, room):
    for line in wrap(text, 12, room):
        # Punctuation that may not begin a line may hang over by itself.
        assert width(line.rstrip("，、）》.,)·"), 12) <= room + 12


@given(text=TEXTS, room=st.floats(30, 200))
def test_nothing_is_lost_in_breaking(text, room):
    assert "".join("".join(wrap(text, 12, room)).split()) == "".join(text.split())


@given(text=st.text("公示异议，", min_size=1, max_size=40))
def test_no_line_begins_with_a_comma(text):
    assert all(not line.startswith("，") for line in wrap(f"公{text.strip('，')}", 12, 60))


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        pytest.param("", ("",), id="nothing is one empty line"),
        pytest.param("公示", ("公示",), id="short"),
        pytest.param("合法性与少数权益审查", ("合法性与少", "数权益审查"), id="evened out"),
        pytest.param(
            "circumstances changed; plan again",
            ("circumstances", "changed;", "plan again"),
            id="words stay whole",
        ),
        pytest.param("送达告（知）", ("送达告", "（知）"), id="a bracket begins a line"),
    ],
)
def test_texts_break_where_a_reader_expects_it(text, lines):
    assert wrap(text, 10, 80 if text[:1].isascii() else 60 if len(text) > 6 else 40) == lines


def test_a_combining_accent_takes_no_room():
    assert width("e\u0301", 10) == width("e", 10) == width("\u00e9", 10)


def test_no_text_needs_no_room():
    assert extent((), 12) == extent(("",), 12)
    assert extent((), 12).width == 0
