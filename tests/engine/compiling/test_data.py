"""Values that people give: every type, its edges, and what is said of a bad one."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.compiling.bad import BadValue
from engine.compiling.data import (
    MAX_ITEMS,
    MAX_TEXT,
    MAX_WHOLE,
    parse_item,
    parse_value,
    plain_of,
)
from engine.language.parts import FieldDef
from tests.builders.club_worlds import OTHER, world

DAY = date(2026, 3, 2)
OPTIONS = {"red": {"zh": "红", "en": "red"}, "blue": {"zh": "蓝", "en": "blue"}}
ROWS = {
    "pea": {"code": "pea", "name": "豌豆"},
    "old": {"code": "old", "name": "旧", "until": "2026-03-01"},
    "new": {"code": "new", "name": "新", "from": "2026-03-03"},
    "now": {"code": "now", "name": "今", "from": "2026-03-02", "until": "2026-03-02"},
}
LIST = {"what": {"type": "text"}, "n": {"type": "integer", "optional": True, "min": 1}}


def part(kind: str, **more: Any) -> FieldDef:
    extra: dict[str, dict[str, Any]] = {
        "choice": {"options": OPTIONS},
        "item": {"of": "plants"},
        "list": {"of": LIST},
    }
    return FieldDef.model_validate({"type": kind, **extra.get(kind, {}), **more})


def read(kind: str, raw: Any, **more: Any) -> Any:
    return parse_value(part(kind, **more), raw, world(catalogues={"plants": ROWS}), day=DAY)


@pytest.mark.parametrize(
    ("kind", "raw", "plain"),
    [
        ("text", " 和·顺 ", " 和·顺 "), ("text", "x" * MAX_TEXT, "x" * MAX_TEXT), ("text", "𠮷", "𠮷"),
        ("text", "é\r\n\t", "é\r\n\t"), ("person", "ke", "ke"), ("file", "a.pdf", "a.pdf"),
        ("integer", 3, 3), ("integer", "3", 3), ("integer", " -3 ", -3), ("integer", "+3", 3),
        ("integer", MAX_WHOLE, MAX_WHOLE), ("integer", -MAX_WHOLE, -MAX_WHOLE),
        ("decimal", 2.5, "2.5"), ("decimal", "2.50", "2.50"), ("decimal", 3, "3"), ("decimal", "1e3", "1000"),
        ("decimal", "-0.001", "-0.001"), ("money", "12.50", "12.50"), ("money", 12, "12"),
        ("money", "9999999999999.99", "9999999999999.99"),
        ("boolean", True, True), ("boolean", "是", True), ("boolean", "No", False), ("boolean", "false", False),
        ("date", "2026-02-28", "2026-02-28"), ("date", "2028-02-29", "2028-02-29"),
        ("moment", "2026-03-02 10:00", "2026-03-02T02:00:00Z"), ("moment", "2026-03-02T10:00Z", "2026-03-02T10:00:00Z"),
        ("moment", "2026-03-02T10:00:00+01:00", "2026-03-02T09:00:00Z"), ("moment", "2026-03-02", "2026-03-01T16:00:00Z"),
        ("choice", "red", "red"), ("unit", "north", "north"), ("item", "pea", "pea"), ("item", "now", "now"),
        ("case", OTHER.id, OTHER.id), ("case", OTHER.number, OTHER.id),
        ("list", [], []), ("list", [{"n": "2", "what": "x"}], [{"what": "x", "n": 2}]), ("list", [{"what": "x"}], [{"what": "x"}]),
    ],
)  # fmt: skip
def test_a_good_value_becomes_plain(kind, raw, plain):
    found = read(kind, raw)

    assert found == plain
    assert type(found) is type(plain)


@pytest.mark.parametrize(
    ("kind", "raw", "zh", "en"),
    [
        ("text", "", "不能为空", "not empty"), ("text", "  \n", "不能为空", "not empty"), ("text", 3, "应为文字", "must be text"),
        ("text", None, "应为文字", "must be text"), ("text", "x" * (MAX_TEXT + 1), "最多", "at most"),
        ("text", "a\ud800b", "孤立代理", "surrogate"), ("person", "", "不能为空", "not empty"),
        ("integer", "3.0", "应为整数", "whole number"), ("integer", 3.0, "应为整数", "whole number"),
        ("integer", True, "应为整数", "whole number"), ("integer", "三", "应为整数", "whole number"),
        ("integer", "٣", "应为整数", "whole number"), ("integer", MAX_WHOLE + 1, "应为整数", "whole number"),
        ("integer", "12345678901234567", "应为整数", "whole number"), ("integer", None, "应为整数", "whole number"),
        ("decimal", "abc", "应为数字", "must be a number"), ("decimal", True, "应为数字", "must be a number"),
        ("decimal", None, "应为数字", "must be a number"), ("decimal", [1], "应为数字", "must be a number"),
        ("decimal", "NaN", "数字过大", "too large"), ("decimal", "sNaN", "数字过大", "too large"), ("decimal", "inf", "数字过大", "too large"),
        ("decimal", "1e13", "数字过大", "too large"), ("decimal", "1e999999", "数字过大", "too large"),
        ("decimal", "0." + "1" * 30, "位数过多", "too long"), ("money", "1.005", "两位小数", "two decimals"),
        ("boolean", "maybe", "应为是或否", "true or false"), ("boolean", 1, "应为是或否", "true or false"),
        ("boolean", None, "应为是或否", "true or false"),
        ("date", "2026-02-30", "日期应写作", "2026-03-02"), ("date", "20260302", "日期应写作", "2026-03-02"),
        ("date", "2026-3-2", "日期应写作", "2026-03-02"), ("date", "2026-W10-1", "日期应写作", "2026-03-02"),
        ("date", DAY, "日期应写作", "2026-03-02"), ("date", "２０２６-03-02", "日期应写作", "2026-03-02"),
        ("moment", "soon", "时刻应写作", "2026-03-02 10:00"), ("moment", None, "时刻应写作", "2026-03-02 10:00"),
        ("moment", "0001-01-01 00:00", "时刻应写作", "2026-03-02 10:00"),
        ("choice", "green", "red（红）、blue（蓝）", "red, blue"), ("choice", None, "应为其中之一", "one of"), ("choice", ["red"], "应为其中之一", "one of"),
        ("unit", "nowhere", "没有单位“nowhere”", "no unit 'nowhere'"), ("unit", ["north"], "没有单位", "no unit"),
        ("item", "oak", "清单中没有“oak”", "has no 'oak'"),
        ("item", "old", "不在有效期内", "not valid on 2026-03-02"), ("item", "new", "不在有效期内", "not valid"),
        ("case", "nothing", "没有案件", "no case 'nothing'"), ("case", None, "没有案件", "no case"),
        ("list", "x", "应为列表", "must be a list"), ("list", {"what": "x"}, "应为列表", "must be a list"),
        ("list", [{"what": "x"}] * (MAX_ITEMS + 1), "最多1000项", "at most 1000 items"),
        ("list", ["x"], "第1项应为各列的值", "item 1 must be a mapping"),
        ("list", [{"what": "x"}, {"why": "x"}], "第2项没有列“why”（有：what、n）", "item 2: no column 'why'"),
        ("list", [{"n": 2}], "第1项缺少：what", "item 1 lacks: what"),
        ("list", [{"what": "x", "n": 0}], "第1项“n”不得小于1", "item 1, 'n' must be at least 1"),
        ("list", [{1: "x"}], "没有列", "no column"),
    ],
)  # fmt: skip
def test_a_bad_value_says_in_both_languages_what_would_be_right(kind, raw, zh, en):
    with pytest.raises(BadValue) as bad:
        read(kind, raw)

    assert zh in bad.value.words.zh
    assert en in bad.value.words.en


@pytest.mark.parametrize(
    ("kind", "raw", "good"),
    [("integer", 1, False), ("integer", 2, True), ("integer", 5, True), ("integer", 6, False),
     ("decimal", "1.99", False), ("decimal", "5.01", False), ("money", "2.00", True), ("decimal", "5.00", True)],
)  # fmt: skip
def test_the_bounds_belong_to_what_is_allowed(kind, raw, good):
    if good:
        read(kind, raw, min=2, max=5)
    else:
        with pytest.raises(BadValue):
            read(kind, raw, min=2, max=5)


def test_the_length_of_a_list_has_a_lower_bound():
    assert len(read("list", [{"what": "x"}] * 2, min=2)) == 2
    with pytest.raises(BadValue, match="at least 2 items"):
        read("list", [{"what": "x"}], min=2)


@pytest.mark.parametrize(
    ("kind", "raw", "plain"),
    [
        ("choice", "red,blue", ["red", "blue"]), ("choice", ["blue", "red", "blue"], ["blue", "red"]),
        ("choice", "", []), ("choice", [], []), ("person", ["a"], ["a"]), ("integer", "1,2", [1, 2]),
    ],
)  # fmt: skip
def test_many_values_are_a_list_without_repeats(kind, raw, plain):
    assert read(kind, raw, many=True) == plain


@pytest.mark.parametrize(
    ("kind", "raw"), [("choice", {"red": 1}), ("choice", None), ("choice", ["red", "green"])]
)
def test_many_values_are_checked_one_by_one(kind, raw):
    with pytest.raises(BadValue):
        read(kind, raw, many=True)


def test_an_edit_may_leave_columns_out():
    assert parse_item(part("list"), {"n": 3}, world(), day=DAY, place=1, partly=True) == {"n": 3}


@given(st.text())
def test_text_is_kept_byte_for_byte_or_refused(text):
    try:
        found = read("text", text)
    except BadValue:
        assert not text.strip()
    else:
        assert found == text


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.binary(max_size=3),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3)
    ),
    max_leaves=6,
)
KINDS = ("text", "integer", "decimal", "money", "boolean", "date", "moment", "choice", "person", "unit", "case", "item", "file", "list")  # fmt: skip


@given(kind=st.sampled_from(KINDS), raw=ANYTHING, many=st.booleans())
def test_any_value_at_all_is_read_or_refused_and_never_more(kind, raw, many):
    try:
        plain = read(kind, raw, **({} if kind == "list" else {"many": many}))
    except BadValue as bad:
        said = (bad.words.zh, bad.words.en)
        assert all(said)
    else:
        # What was read once reads the same again: a value can go through any door twice.
        assert read(kind, plain, **({} if kind == "list" else {"many": many})) == plain


@pytest.mark.parametrize(
    ("kind", "value", "plain"),
    [
        ("unit", {"id": "north", "level": "garden"}, "north"), ("unit", "north", "north"),
        ("item", {"code": "pea", "name": "豌豆"}, "pea"), ("decimal", 2.5, "2.5"), ("decimal", 3, "3"),
        ("money", 12.5, "12.5"), ("decimal", 1e-7, "0.0000001"), ("integer", 3, 3), ("boolean", True, True), ("text", "x", "x"),
        ("list", [{"what": "x", "n": 1}], [{"what": "x", "n": 1}]), ("list", {"what": "x"}, [{"what": "x"}]),
        ("text", datetime(2026, 3, 2, tzinfo=UTC), "2026-03-02 00:00:00+00:00"),
    ],
)  # fmt: skip
def test_the_result_of_an_expression_becomes_plain(kind, value, plain):
    assert plain_of(part(kind), value) == plain


def test_the_result_for_many_values_is_a_list():
    assert plain_of(part("choice", many=True), ["red"]) == ["red"]
    assert plain_of(part("choice", many=True), "red") == ["red"]
