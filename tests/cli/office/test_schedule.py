"""The doctor hears whether the schedule ring, and who has gone silent."""

from datetime import datetime, timedelta

import pytest

from heyi.app.office.rounds import Rounds
from heyi.bootstrap import build, rounds_of, schedule_of
from heyi.settings import Settings

NOW = datetime.fromisoformat("2026-03-02 10:00+08:00")


@pytest.fixture
def rounds(office):
    app = build(Settings())
    yield rounds_of(app)
    app.store.close()


def schedule(heyi, *more: str) -> list[tuple[bool, str]]:
    told = heyi("doctor", "--json", "--at", "2026-03-02 10:00", *more)
    return [(one["ok"], one["en"]) for one in told.json if one["check"] == "bells"]


def ring_all(rounds: Rounds, when: datetime) -> None:
    for scheduled in schedule_of(Settings()):
        rounds.ring(scheduled.round, by="test", clock=lambda: when)


def test_before_anything_rang_the_doctor_says_what_to_run(heyi):
    [(ok, text)] = schedule(heyi)

    assert ok
    assert "run heyi serve or heyi worker" in text


def test_bells_that_ring_are_one_line(heyi, rounds):
    ring_all(rounds, NOW)

    assert schedule(heyi) == [(True, "every round rings as it should")]


def test_a_silent_bell_is_a_finding_and_names_its_last_end(heyi, rounds):
    ring_all(rounds, NOW - timedelta(minutes=2))

    found = schedule(heyi)

    assert [ok for ok, _text in found] == [False, False]
    assert found[0][1].startswith("'sweep-clocks' has not rung since 2026-03-02 01:58 UTC")
    assert heyi("doctor", "--at", "2026-03-02 10:00").code == 1


def test_a_side_gone_silent_is_said_and_is_no_finding(heyi, rounds):
    rounds.heartbeat("prefect", now=NOW - timedelta(hours=1))
    ring_all(rounds, NOW)

    assert schedule(heyi) == [(True, "prefect has not been heard since 2026-03-02 01:00 UTC")]


def test_the_settings_of_the_bells_are_times_of_day(monkeypatch, heyi):
    monkeypatch.setenv("HEYI_DIGEST_AT", "25:00")

    told = heyi("doctor")

    assert told.code == 2
    assert "HEYI_DIGEST_AT" in told.err
