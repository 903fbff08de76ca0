"""Small groups stay hidden: no number that is told lets anybody work out one that is not."""

from collections import defaultdict
from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from heyi.app.disputes.suppression import Suppressed, suppress

COUNTS = st.dictionaries(st.sampled_from("abcdefgh"), st.integers(0, 30), min_size=1)


def told(counts: dict[str, int], least: int = 5, wide: int = 10) -> Suppressed:
    return suppress(counts, least=least, wide=wide)


@pytest.mark.parametrize(("least", "wide"), [(3, 5), (3, 4), (4, 5)])
@pytest.mark.parametrize("cells", [1, 2, 3, 4])
def test_what_is_told_fits_tables_in_which_a_small_cell_holds_something_else(least, wide, cells):
    """Whoever knows the rule and reads the table still cannot tell any small cell's number.

    All tables up to a size are made; those that read the same are put together. With the sum
    told, tables over the same cases add nothing: each is chosen freely among its own.
    """
    alike: dict[Any, list[tuple[int, ...]]] = defaultdict(list)
    for numbers in product(range(wide + 4), repeat=cells):
        found = told({str(n): value for n, value in enumerate(numbers)}, least, wide)
        read = (found.total, *found.shown.items(), found.rest, found.whole, found.most)
        alike[read].append(numbers)

    for tables in alike.values():
        for values in zip(*tables, strict=True):
            if any(0 < value < least for value in values):
                assert len(set(values)) > 1


@given(COUNTS)
def test_no_small_number_is_told_nor_the_difference_of_those_that_are(counts):
    found = told(counts)
    total = found.total

    assert not [n for n in found.shown.values() if 0 < n < 5]
    if total is None:
        assert (found.shown, found.rest) == ({}, None)
        return
    assert total == 0 or total >= 5
    rest = total - sum(found.shown.values())
    assert rest == 0 or rest >= 5
    assert found.rest in {None, rest}


@given(COUNTS)
def test_what_is_told_is_true(counts):
    found = told(counts)

    assert found.total in {None, sum(counts.values())}
    assert all(counts[key] == n for key, n in found.shown.items())
    assert all(n <= found.most for key, n in counts.items() if key not in found.shown)
    assert found.whole == (found.shown.keys() == counts.keys())


@given(COUNTS, st.randoms())
def test_the_order_of_the_cells_says_nothing(counts, chance):
    keys = [*counts]
    chance.shuffle(keys)
    one, other = told(counts), told({key: counts[key] for key in keys})

    assert (one.total, dict(one.shown), one.rest) == (other.total, dict(other.shown), other.rest)


def test_a_table_without_small_cells_is_told_whole():
    assert told({"a": 5, "b": 0, "c": 12}).shown == {"a": 5, "b": 0, "c": 12}


def test_with_a_small_cell_all_that_is_not_large_goes_into_one_rest():
    found = told({"a": 3, "b": 0, "c": 7, "d": 12})

    assert (dict(found.shown), found.rest, found.total) == ({"d": 12}, 10, 22)


@pytest.mark.parametrize(
    ("counts", "shown", "rest"),
    [
        pytest.param({"a": 3, "b": 12, "c": 30}, {"c": 30}, 15, id="a single cell"),
        pytest.param({"a": 3, "b": 0, "c": 12, "d": 30}, {"d": 30}, 15, id="a small rest"),
        pytest.param({"a": 3, "b": 12, "c": 12, "d": 30}, {"d": 30}, 27, id="as large as another"),
        pytest.param({"a": 3, "b": 12}, {}, None, id="nothing would be left"),
    ],
)
def test_a_rest_that_would_tell_takes_the_least_of_the_others_in(counts, shown, rest):
    found = told(counts)

    assert (dict(found.shown), found.rest) == (shown, rest)
    assert found.total == sum(counts.values())


def test_a_small_sum_is_not_told():
    assert told({"a": 3, "b": 1}).total is None


def test_nothing_is_told_as_nothing():
    assert (told({"a": 0}).total, dict(told({"a": 0}).shown)) == (0, {"a": 0})
