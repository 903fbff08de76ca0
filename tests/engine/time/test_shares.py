"""Shares: just enough is enough, one less is not, and nothing is rounded on the way."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.time.shares import Share, meets, needed, parse_share

SHARES = st.builds(
    lambda bottom, top, over: Share(over=over, top=min(top, bottom), bottom=bottom),
    st.integers(1, 999_999_999),
    st.integers(0, 999_999_999),
    st.booleans(),
)
SMALL = st.builds(
    lambda bottom, top, over: Share(over=over, top=min(top, bottom), bottom=bottom),
    st.integers(1, 12),
    st.integers(0, 12),
    st.booleans(),
)


@pytest.mark.parametrize(
    ("share", "part", "whole", "met"),
    [
        pytest.param("> 1/2", 50, 100, False, id="half is not more than half"),
        pytest.param("> 1/2", 51, 100, True, id="one above half"),
        pytest.param("> 1/2", 3, 5, True, id="three of five"),
        pytest.param(">= 2/3", 2, 3, True, id="two thirds include the number"),
        pytest.param(">= 2/3", 66, 100, False, id="66 of 100 is below two thirds"),
        pytest.param(">= 2/3", 67, 100, True, id="67 of 100 is above"),
        pytest.param("all", 9, 10, False, id="all but one are not all"),
        pytest.param("all", 10, 10, True, id="all"),
        pytest.param("> 0/1", 0, 10, False, id="more than none: nobody"),
        pytest.param("> 0/1", 1, 10, True, id="more than none: one"),
        pytest.param(">= 0/1", 0, 10, True, id="none is enough"),
        pytest.param(">= 0/1", 0, 0, False, id="nobody carries no vote"),
        pytest.param("all", 0, 0, False, id="an empty list is not unanimous"),
        pytest.param("> 1/2", -1, 5, False, id="a negative part meets nothing"),
        pytest.param(">= 0/1", -1, 5, False, id="a negative part does not even meet none"),
        pytest.param(">= 1/3", 0.1, 0.3, True, id="floats are taken at their exact value"),
    ],
)
def test_a_share_is_met_at_the_number_it_names(share, part, whole, met):
    assert meets(parse_share(share), part, whole) is met


@given(share=SHARES, part=st.integers(-3, 10**12), whole=st.integers(-3, 10**12))
def test_meeting_a_share_is_what_fractions_say(share, part, whole):
    found = meets(share, part, whole)

    if whole <= 0 or part < 0:
        assert not found
    else:
        exact, limit = Fraction(part, whole), Fraction(share.top, share.bottom)
        assert found == (exact > limit if share.over else exact >= limit)


@given(share=SHARES, whole=st.integers(1, 10**12))
def test_needed_meets_and_one_less_does_not(share, whole):
    part = needed(share, whole)

    assert meets(share, part, whole)
    assert not meets(share, part - 1, whole)


@given(share=SMALL, whole=st.integers(1, 40))
def test_needed_is_the_smallest_part_that_meets(share, whole):
    meeting = [part for part in range(whole + 2) if meets(share, part, whole)]

    assert needed(share, whole) == meeting[0]


@given(share=SHARES, part=st.decimals(0, 10**6, places=4), whole=st.decimals(1, 10**6, places=4))
def test_areas_are_compared_without_rounding(share, part, whole):
    exact = Fraction(Decimal(part)) / Fraction(Decimal(whole))
    limit = Fraction(share.top, share.bottom)

    assert meets(share, part, whole) == (exact > limit if share.over else exact >= limit)


@given(share=SHARES)
def test_a_share_reads_what_it_writes(share):
    assert parse_share(str(share)) == share


def test_all_is_written_all():
    assert str(parse_share(">= 1/1")) == "all"
    assert str(parse_share("> 1/1")) == "> 1/1"


@pytest.mark.parametrize("whole", [0, -1])
def test_of_nothing_nothing_is_needed(whole):
    assert needed(parse_share("> 1/2"), whole) == 0


@pytest.mark.parametrize(
    "text",
    ["", "half", "1/2", "< 1/2", "> 3/2", "> 1/0", ">= -1/2", "> 1/2 of", "> ½", "> 1e3/2",
     "> 1234567890/1234567890", "allx", "==1/2"],
)  # fmt: skip
def test_what_is_no_share_is_refused(text):
    with pytest.raises(ValueError, match="is no share; write"):
        parse_share(text)
