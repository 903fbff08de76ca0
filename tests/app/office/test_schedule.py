"""When a round is owed, missed, silent: by the office's wall clock, and through a change of hours."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from heyi.app.office.schedule import ROUNDS, ScheduledRound, heartbeat_of, whole_schedule

SHANGHAI = ZoneInfo("Asia/Shanghai")
YORK = ZoneInfo("America/New_York")
SWEEP = ScheduledRound(round="sweep-clocks", every=timedelta(seconds=30))
NIGHTLY = ScheduledRound(round="verify-history", every=timedelta(days=1), at=time(2))
NOON = datetime(2026, 6, 1, 12, tzinfo=SHANGHAI)
MOMENTS = st.integers(0, 364 * 1440).map(
    lambda minutes: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
)


def test_every_round_has_one_bell():
    schedule = whole_schedule(ring=timedelta(seconds=30), digest_at=time(8, 30), verify_at=time(2))

    assert tuple(scheduled.round for scheduled in schedule) == ROUNDS
    assert {scheduled.round: scheduled.at for scheduled in schedule if scheduled.at} == {
        "re-plan-calendars": time(1), "daily-digest": time(8, 30), "verify-history": time(2)
    }  # fmt: skip


@pytest.mark.parametrize(
    ("heard", "owed", "missed"),
    [
        pytest.param(None, True, True, id="never heard"),
        pytest.param(NOON - timedelta(seconds=29), False, False, id="just before its time"),
        pytest.param(NOON - timedelta(seconds=30), True, False, id="its time"),
        pytest.param(NOON - timedelta(seconds=60), True, True, id="a period too late"),
        pytest.param(NOON + timedelta(days=9), True, True, id="somebody tried out a later day"),
    ],
)
def test_a_bell_that_rings_all_day(heard, owed, missed):
    assert SWEEP.is_owed(heard, now=NOON, zone=SHANGHAI) is owed
    assert SWEEP.is_missed(heard, now=NOON, zone=SHANGHAI) is missed


@pytest.mark.parametrize(
    ("heard", "now", "owed"),
    [
        pytest.param("06-01 02:00", "06-02 01:59", False, id="a minute before"),
        pytest.param("06-01 02:00", "06-02 02:00", True, id="on time"),
        pytest.param("06-02 02:00", "06-02 02:00", False, id="heard on time"),
        pytest.param("06-01 14:00", "06-02 01:00", False, id="heard late yesterday"),
        pytest.param("05-20 02:00", "06-02 01:00", True, id="yesterday's was missed too"),
    ],
)
def test_a_bell_that_rings_once_a_day(heard, now, owed):
    moments = [datetime.fromisoformat(f"2026-{text}").replace(tzinfo=SHANGHAI) for text in (heard, now)]  # fmt: skip

    assert NIGHTLY.is_owed(moments[0], now=moments[1].astimezone(UTC), zone=SHANGHAI) is owed


def test_a_daily_bell_is_missed_after_a_quarter_of_an_hour():
    heard = datetime(2026, 6, 1, 2, tzinfo=SHANGHAI)
    late = datetime(2026, 6, 2, 2, 14, tzinfo=SHANGHAI)

    assert not NIGHTLY.is_missed(heard, now=late, zone=SHANGHAI)
    assert NIGHTLY.is_missed(heard, now=late + timedelta(minutes=1), zone=SHANGHAI)


def test_an_hour_that_is_skipped_is_rung_an_hour_later():
    # On 2026-03-08 New York's clocks go from 02:00 to 03:00, which is 07:00 in UTC.
    heard = datetime(2026, 3, 7, 7, tzinfo=UTC)

    assert not NIGHTLY.is_owed(heard, now=datetime(2026, 3, 8, 6, 59, tzinfo=UTC), zone=YORK)
    assert NIGHTLY.is_owed(heard, now=datetime(2026, 3, 8, 7, tzinfo=UTC), zone=YORK)


@given(start=MOMENTS, days=st.integers(1, 9))
def test_whoever_rings_when_owed_rings_a_daily_bell_once_a_day(start, days):
    heard, rung = start, 0
    for quarter in range(days * 96):
        now = start + timedelta(minutes=15 * quarter)
        if NIGHTLY.is_owed(heard, now=now, zone=SHANGHAI):
            heard, rung = now, rung + 1

    # Whoever was last heard before today's ring owes it at once.
    assert days - 1 <= rung <= days + 1


@pytest.mark.parametrize(("seconds", "silent"), [(90, False), (91, True)])
def test_three_periods_without_an_end_make_silence(seconds, silent):
    assert SWEEP.is_silent(NOON - timedelta(seconds=seconds), now=NOON) is silent


def test_a_stand_in_rings_before_a_bell_counts_as_silent():
    heard = NOON - timedelta(seconds=60)

    assert SWEEP.is_missed(heard, now=NOON, zone=SHANGHAI)
    assert not SWEEP.is_silent(heard, now=NOON)


def test_a_side_has_a_heartbeat_that_is_no_round():
    assert heartbeat_of("prefect") not in ROUNDS
