"""``heyi clock list`` and ``heyi clock sweep``, as a handler and a cron table use them."""

import pytest

from tests.cli.clock_commands import FIRST, SECOND, ask, do, explain
from tests.cli.runner import Heyi


@pytest.fixture
def repair(heyi: Heyi) -> Heyi:
    """An office with one repair that waited for parts from 12 to 18 May."""
    ask(heyi, "2026-04-28 10:00")
    do(heyi, "wait", "2026-05-12 10:00")
    do(heyi, "go_on", "2026-05-18 10:00")
    return heyi


def listed(heyi: Heyi, *more: str, at: str = "2026-05-20 10:00") -> list[tuple[str, str, str]]:
    rows = heyi("clock", "list", "--json", "--at", at, *more).json
    return [(one["number"], one["clock"], one["due_text"]) for one in rows]


def test_open_clocks_are_listed_the_first_due_first(repair):
    ask(repair, "2026-05-01 10:00")
    do(repair, "wait", "2026-05-01 10:30", SECOND)

    assert listed(repair, "--workflow", "repair") == [
        (FIRST, "call", "2026-04-28 12:00"),
        (FIRST, "duration", "2026-06-03"),
        (SECOND, "duration", "2026-06-22"),
        (SECOND, "call", "2026-05-01 12:00"),
    ]


def test_a_list_says_what_rests_what_is_overdue_and_what_comes_next(repair):
    ask(repair, "2026-05-01 10:00")
    do(repair, "wait", "2026-05-01 10:30", SECOND)

    told = repair("clock", "list", "--workflow", "repair", "--at", "2026-05-20 10:00").out
    english = repair("clock", "list", "--at", "2026-05-20 10:00", "--lang", "en").out
    lines = told.splitlines()

    assert "已逾期" in lines[0]
    assert "2026-05-25 00:00 期限过70%时" in lines[1]
    assert all("已暂停" in line for line in lines[2:])
    assert "overdue" in english
    assert "paused" in english


def test_a_list_can_be_narrowed(repair):
    workflow = ("--workflow", "repair")

    assert listed(repair, *workflow, "--overdue") == [(FIRST, "call", "2026-04-28 12:00")]
    assert listed(repair, *workflow, "--until", "2026-06-02") == [
        (FIRST, "call", "2026-04-28 12:00")
    ]
    assert len(listed(repair, *workflow, "--until", "2026-06-03")) == 2
    assert len(listed(repair, *workflow, "--until", "2026-06-03", "--overdue")) == 1
    assert listed(repair, "--unit", "shi") == []
    assert len(listed(repair, "--unit", "heshun", "--limit", "1")) == 1
    assert repair("clock", "list", "--workflow", "nothing").out == ""


def test_overdue_is_no_minimum_however_long_ago(repair):
    do(repair, "finish", "2026-05-20 10:00")

    later = "2026-07-01 10:00"
    assert "warranty" in [clock for _, clock, _ in listed(repair, at=later)]
    assert "warranty" not in [clock for _, clock, _ in listed(repair, "--overdue", at=later)]


def test_a_dry_run_of_the_sweep_says_what_would_ring_and_changes_nothing(repair):
    at = ("--at", "2026-06-05 10:00")

    told = repair("clock", "sweep", "--dry-run", *at)
    again = repair("clock", "sweep", "--dry-run", "--json", *at).json

    assert told.code == 0, told.err
    assert "2026-05-25 00:00  和顺社区修〔2026〕001号  维修期限  期限过70%时" in told.out
    assert "试运行，未改动：响铃3次" in told.out
    assert [one["rung"] for one in again["ringing"]] == ["70%", "due - 1 working day", "due"]
    assert again["ringing"][0]["persons"] == ["wang"]


def test_a_sweep_rings_once(repair):
    at = ("--at", "2026-06-05 10:00")

    first = repair("clock", "sweep", "--json", *at).json
    second = repair("clock", "sweep", "--json", *at).json
    told = explain(repair, at="2026-06-05 10:00").out

    assert (first["rungs"], first["cases"], first["left"]) == (3, 1, 0)
    assert (second["rungs"], second["cases"]) == (0, 0)
    assert told.count("✓ 已响") == 3
    assert repair("clock", "sweep", *at, "--lang", "en").out.startswith("rungs 0, alerts 0")
    assert repair("clock", "sweep", "--dry-run", *at, "--lang", "en").out.startswith("dry run")
