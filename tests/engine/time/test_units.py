"""Units of time: every unit has all that is asked of a unit, and no other word is one."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.case.codec import run_from_plain, run_to_plain
from engine.language.words import Span, parse_span
from engine.telling.sentences.tongue import Tongue
from engine.time.calendars import weekdays_only
from engine.time.due import Cap, between, planned, plus
from engine.time.units import EXACT, WRITTEN, TimeUnit
from tests.builders.stored_steps import run

IN_FILES = [unit for unit in TimeUnit if unit is not TimeUnit.SECONDS]
DAY = date(2026, 3, 2)


@pytest.mark.parametrize("unit", TimeUnit)
def test_every_spelling_of_a_unit_is_read(unit: TimeUnit):
    one, several = unit.written, f"{unit.written}s"

    assert {TimeUnit.read(word) for word in (one, several, unit.value)} == {unit}


@given(st.text(max_size=20))
def test_no_other_word_is_a_unit(word: str):
    spelt = {form for unit in TimeUnit for form in (unit.value, unit.written, f"{unit.written}s")}

    if word.replace("_", " ") in {one.replace("_", " ") for one in spelt}:
        assert TimeUnit.read(word) in TimeUnit
    else:
        with pytest.raises(ValueError, match="is not a valid TimeUnit"):
            TimeUnit.read(word)


@pytest.mark.parametrize("unit", TimeUnit)
def test_a_unit_counts_off_moments_or_days(unit: TimeUnit):
    assert (unit in EXACT) is (unit.counted is TimeUnit.SECONDS)
    assert unit.counted.counted is unit.counted


@given(st.sampled_from(TimeUnit), st.integers(-9999, 9999))
def test_a_length_is_so_many_of_one_where_one_has_a_length(unit: TimeUnit, n: int):
    if unit.seconds is None:
        with pytest.raises(ValueError, match=f"{unit.value} have no length of their own"):
            unit.length(n)
    else:
        assert unit.length(n) == n * timedelta(seconds=unit.seconds)


def test_units_that_have_a_length_come_in_order_of_it():
    lengths = [unit.seconds for unit in TimeUnit if unit.seconds is not None]

    assert lengths == sorted(lengths) == [1, 60, 3600, 86_400]


@given(st.sampled_from(IN_FILES), st.integers(0, 99_999))
def test_a_file_may_write_every_unit_but_seconds(unit: TimeUnit, n: int):
    span = Span(n=n, unit=unit)

    assert parse_span(f"{n} {unit.written}") == span == parse_span(f"{n} {unit.written}s")
    assert parse_span({"n": n, "unit": unit.value}) == span
    assert span.model_dump(mode="json") == {"n": n, "unit": unit.value}


@pytest.mark.parametrize("word", ["5 seconds", {"n": 5, "unit": "seconds"}, "1 second"])
def test_no_file_writes_seconds(word: object):
    with pytest.raises(ValueError, match="a length of time is"):
        parse_span(word)


@given(st.sampled_from(IN_FILES), st.integers(0, 999))
def test_a_cap_reads_what_a_run_keeps_of_a_span(unit: TimeUnit, n: int):
    assert Cap.read(f"{n} {unit}") == Cap(n, unit)


@pytest.mark.parametrize("unit", TimeUnit)
def test_a_unit_leads_from_day_to_day_or_from_moment_to_moment(unit: TimeUnit):
    if unit in EXACT:
        with pytest.raises(ValueError, match=f"{unit.value} lead to no day"):
            plus(DAY, 3, unit, weekdays_only())
    else:
        reached = plus(DAY, 3, unit, weekdays_only())
        assert plus(reached, -3, unit, weekdays_only()) == DAY


@given(st.integers(-400, 400))
def test_days_between_are_working_days_for_working_days_alone(n: int):
    end, calendar = DAY + timedelta(days=n), weekdays_only()

    found = {unit: between(DAY, end, unit, calendar) for unit in TimeUnit}

    assert found.pop(TimeUnit.WORKING_DAYS) == calendar.working_days_between(DAY, end)
    assert set(found.values()) == {n}


@pytest.mark.parametrize("unit", TimeUnit)
def test_a_run_is_stored_with_the_word_of_its_unit(unit: TimeUnit):
    kept = run_to_plain(run(unit=unit))

    assert type(kept["unit"]) is str
    assert kept["unit"] == unit.value
    assert run_from_plain(kept).unit is unit


def test_a_stored_run_of_an_unknown_unit_is_refused_and_never_counted_as_days():
    kept = {**run_to_plain(run()), "unit": "weeks"}

    with pytest.raises(ValueError, match="'weeks' is not a valid TimeUnit"):
        run_from_plain(kept)


@pytest.mark.parametrize("unit", TimeUnit)
def test_every_unit_can_be_planned(unit: TimeUnit):
    anchor = "2026-03-02T01:00:00Z" if unit in EXACT else DAY.isoformat()

    due = planned(kind="within", anchor=anchor, n=2, unit=unit, calendar=weekdays_only())

    assert due.due > anchor


@pytest.mark.parametrize("unit", TimeUnit)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_unit_has_words(unit: TimeUnit, lang):
    tongue = Tongue(lang)

    assert tongue.span(2, unit) == tongue.say(f"2{unit.zh}", f"2 {unit.written}s")
    assert tongue.span(1, unit) == tongue.say(f"1{unit.zh}", f"1 {unit.written}")
    assert tongue.unit(unit)


def test_units_are_written_as_the_language_says():
    assert WRITTEN == ("minute", "hour", "day", "working day", "month")


@pytest.mark.parametrize("unit", TimeUnit)
def test_only_the_calendar_tells_how_many_days_a_month_has(unit):
    assert unit.by_calendar == (unit is TimeUnit.MONTHS)
