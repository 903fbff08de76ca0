"""Repairs: cases with clocks that rest, for the tests of ``heyi clock``."""

from pathlib import Path

from tests.cli.runner import Heyi, Told

REPAIR = Path(__file__).parent / "repair.yaml"
FIRST = "和顺社区修〔2026〕001号"
SECOND = "和顺社区修〔2026〕002号"


def ask(heyi: Heyi, at: str, *more: str, file: str = str(REPAIR)) -> None:
    told = heyi(
        "case", "open", file, "--unit", "heshun", "--as", "wang", "-d", "what=水管", *more,
        "--at", at,
    )  # fmt: skip
    assert told.code == 0, told.err


def do(heyi: Heyi, trigger: str, at: str, number: str = FIRST) -> None:
    told = heyi("case", "do", number, trigger, "--as", "wang", "--at", at)
    assert told.code == 0, told.err


def explain(heyi: Heyi, clock: str = "duration", *more: str, at: str = "2026-05-20 10:00") -> Told:
    return heyi("clock", "explain", FIRST, clock, "--at", at, *more)
