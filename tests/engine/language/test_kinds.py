"""Types of fields: every type has a whole row and is decided wherever a type decides."""

import subprocess
import sys
from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.case.values import Unit, World
from engine.compiling.bad import BadValue
from engine.compiling.data import parse_value, plain_of
from engine.language.cel import Environment
from engine.language.kinds import KINDS, FieldType
from engine.language.parts import FieldDef
from engine.language.scope import field_columns, field_kind
from engine.language.words import Label
from engine.time.calendars import weekdays_only

LOOKED_UP = {FieldType.UNIT, FieldType.CASE, FieldType.ITEM}
UNITS = {"u": Unit(id="u", level="l", title="u", parent=None)}
WORLD = World(calendar=weekdays_only(), zone=ZoneInfo("UTC"), units=UNITS)
DAY = date(2026, 3, 2)


def part_of(type_: FieldType, **more: object) -> FieldDef:
    needs: dict[FieldType, dict[str, object]] = {
        FieldType.CHOICE: {"options": {"a": Label(zh="甲")}},
        FieldType.ITEM: {"of": "goods"},
        FieldType.LIST: {"of": {"one": {"type": "text"}}},
    }
    return FieldDef.model_validate({"type": type_.value, **needs.get(type_, {}), **more})


@pytest.mark.parametrize("type_", FieldType)
def test_every_type_has_a_whole_row(type_: FieldType):
    kind = KINDS[type_]

    assert kind.label.zh
    assert kind.label.en
    assert kind.is_looked_up is (type_ in LOOKED_UP)
    assert (kind.sample is None) is (
        type_ in LOOKED_UP - {FieldType.UNIT} | {FieldType.CHOICE, FieldType.LIST}
    )
    assert kind.least is None or type(kind.least) is type(kind.sample)
    assert not kind.bounded or isinstance(kind.least, (int, float))


@pytest.mark.parametrize("type_", FieldType)
def test_what_a_type_sees_can_be_declared_to_expressions(type_: FieldType):
    part = part_of(type_)

    Environment({"x": field_kind(part)}, {}).compile("x == x")

    assert field_kind(part) == KINDS[type_].sees


@pytest.mark.parametrize("type_", FieldType)
def test_every_type_reads_a_value_or_says_why_not(type_: FieldType):
    given = {"unit": "u", "choice": "a", "list": [{"one": "x"}]}.get(type_, KINDS[type_].sample)
    part = part_of(type_)

    if type_ in {FieldType.ITEM, FieldType.CASE}:
        with pytest.raises(BadValue):
            parse_value(part, "nothing", WORLD, day=DAY)
    else:
        plain = parse_value(part, given, WORLD, day=DAY)
        assert parse_value(part, plain, WORLD, day=DAY) == plain


@pytest.mark.parametrize("type_", FieldType)
def test_a_sample_has_a_plain_form(type_: FieldType):
    sample = KINDS[type_].sample

    if sample is not None:
        assert plain_of(part_of(type_), sample) == {
            "unit": "u",
            "decimal": "1.0",
            "money": "1.0",
        }.get(type_, sample)


@pytest.mark.parametrize("type_", FieldType)
@pytest.mark.parametrize("many", [False, True])
def test_an_unset_field_is_unknown_but_for_flags_and_lists(type_: FieldType, many):
    unset = part_of(type_, many=many).unset

    if many or type_ is FieldType.LIST:
        assert unset == []
    else:
        assert unset == (False if type_ is FieldType.BOOLEAN else None)


@pytest.mark.parametrize("type_", FieldType)
def test_columns_are_known_of_what_is_looked_up_and_of_lists(type_: FieldType):
    part = part_of(type_)

    known = field_columns(part, {"goods": frozenset({"code"})})

    assert bool(known) is (type_ in LOOKED_UP or type_ is FieldType.LIST)
    assert part.catalogue == ("goods" if type_ is FieldType.ITEM else None)
    assert list(part.columns) == (["one"] if type_ is FieldType.LIST else [])


@pytest.mark.parametrize("type_", FieldType)
def test_a_type_is_read_and_written_as_its_word(type_: FieldType):
    part = part_of(type_)

    assert part.type is type_
    assert part.model_dump(mode="json")["type"] == type_.value
    assert FieldDef.model_validate(part.model_dump()).type is type_


def test_the_schema_of_a_type_is_its_words():
    schema = FieldDef.model_json_schema()["$defs"]["FieldDef"]["properties"]["type"]

    assert schema["enum"] == [type_.value for type_ in FieldType]


@given(st.text(max_size=12).filter(lambda word: word not in list(FieldType)))
def test_no_other_word_is_a_type(word):
    with pytest.raises(ValueError, match="Input should be 'text', 'integer'"):
        FieldDef.model_validate({"type": word})


@pytest.mark.slow
def test_a_type_that_is_added_is_a_type_error_wherever_a_type_decides(tmp_path: Path):
    root = Path(__file__).parents[3]
    copy = tmp_path / "kinds.py"
    text = (root / "engine/language/kinds.py").read_text(encoding="utf-8")
    copy.write_text(
        text.replace('    LIST = "list"\n', '    LIST = "list"\n    SOUND = "sound"\n'),
        encoding="utf-8",
    )

    told = subprocess.run(
        [sys.executable, "-m", "mypy", "--shadow-file", "engine/language/kinds.py", str(copy), "--cache-dir", str(tmp_path)],
        cwd=root, capture_output=True, text=True, check=False,
    ).stdout  # fmt: skip

    wrong = {line.partition(":")[0] for line in told.splitlines() if '"assert_never"' in line}
    assert wrong == {
        "engine/language/kinds.py", "engine/language/scope.py", "engine/compiling/data.py", "engine/facts/facts.py",
        "engine/checking/meaning/domains.py", "heyi/app/cases/views.py", "heyi/app/papers/values.py",
    }  # fmt: skip
