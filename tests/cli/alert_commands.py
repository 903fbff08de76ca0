"""Helpers of the tests about alerts: an errand with a ladder, addresses, rounds."""

from pathlib import Path

from tests.cli.runner import Heyi

ERRAND = Path(__file__).resolve().parents[1] / "app" / "errand.yaml"
OPENED, PART, EVE = "2026-06-01 09:00", "2026-06-08 09:00", "2026-06-10 09:00"


def ask_errand(heyi: Heyi, folder: Path) -> None:
    """Have an errand asked for on 1 June; wang runs it, li is the head."""
    text = ERRAND.read_text(encoding="utf-8").replace("garden", "community")
    (folder / "errand.yaml").write_text(text, encoding="utf-8")
    told = heyi(
        "case", "open", "errand.yaml", "--unit", "heshun", "--as", "wang", "-d", "what=milk",
        "-d", "who=吴先生", "--at", OPENED,
    )  # fmt: skip
    assert told.code == 0, told.err
    assert heyi("person", "post", "wang", "runner@heshun").code == 0
    assert heyi("person", "post", "li", "head@heshun").code == 0


def add(heyi: Heyi, noun: str, owner: str, url: str, *more: str) -> str:
    """Register an address as an operator does: from a file; return its id."""
    Path("url.txt").write_text(url, encoding="utf-8")
    told = heyi(noun, "address", owner, "add", "--file", "url.txt", *more)
    assert told.code == 0, told.err
    return told.out.strip()


def sweep_and_deliver(heyi: Heyi, at: str) -> dict[str, int]:
    """Ring what is owed and send it; return the counts of the delivery."""
    assert heyi("clock", "sweep", "--at", at).code == 0
    told = heyi("alert", "deliver", "--at", at, "--json")
    assert told.code == 0, told.err
    counts: dict[str, int] = told.json["counts"]
    return counts
