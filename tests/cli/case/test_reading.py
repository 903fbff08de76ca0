"""The cases of the demonstration, read by everybody, in both languages."""

from functools import cache
from pathlib import Path

import pytest

from tests.builders.demo_data import unmarked
from tests.cli.runner import run, settle


@pytest.fixture(scope="session")
def played(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data that ``heyi demo --keep`` leaves."""
    folder = tmp_path_factory.mktemp("demo") / "kept"
    with pytest.MonkeyPatch.context() as patch:
        settle(folder.parent, patch)
        assert run("demo", "--keep", str(folder)).code == 0
    return folder


@pytest.fixture
def demo(played: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The numbers of its cases."""
    settle(played, monkeypatch)
    return sorted({number for person in people() for number in known_to(person)})


@cache
def known_to(person: str) -> list[str]:
    """Return the numbers that somebody may know: no test here changes a case."""
    return [one["number"] for one in run("case", "list", *as_person(person), "--json").json]


def knower(number: str) -> list[str]:
    """Return the options of the first who may know a case."""
    return as_person(next(one for one in people() if number in known_to(one)))


@cache
def people() -> list[str]:
    """Return everybody of the demonstration, nobody first."""
    return ["", *(one["id"] for one in run("person", "list", "--json").json)]


def test_the_demonstration_leaves_three_verified_cases(demo):
    assert len(demo) == 3
    assert run("case", "verify", "--json").json == {
        "cases": 3, "acts": 1, "macs": True, "verified": True, "findings": [],
    }  # fmt: skip


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_case_can_be_read_in_words(demo, lang):
    for number in demo:
        for reading in ("show", "history"):
            told = run("case", reading, number, *knower(number), "--lang", lang)
            assert told.code == 0, told.err
            assert told.out.count("\n") > 5


def as_person(person: str) -> list[str]:
    return ["--as", person] if person else []


def test_what_a_case_masks_its_history_masks_too(demo):
    for person in ["", *people()[1::5], "zhao"]:
        for number in known_to(person):
            view = run("case", "show", number, "--json", *as_person(person)).json
            history = run("case", "history", number, "--json", *as_person(person)).json
            hidden = {n for n, field in view["fields"].items() if not field["readable"]}
            told = [c for e in history for n, c in e["changes"].items() if n in hidden]

            assert all(view["fields"][name]["value"] is None for name in hidden)
            assert all(change["text"] == "＊＊＊" and "value" not in change for change in told)


def test_what_the_parties_want_is_read_by_few(demo):
    mediation = next(number for number in demo if "民调" in number)

    some = ["", "zhao", *people()[1::4]]

    def readers(reading):
        return {
            person
            for person in some
            if "孩子踢球砸坏玻璃" in run("case", reading, mediation, *as_person(person)).out
        }

    assert "zhao" in readers("show")
    assert "" not in readers("show")
    assert readers("show") == readers("history")
    assert len(readers("show")) < len(some) / 2


def test_somebody_reads_what_others_may_not(demo):
    mediation = next(number for number in demo if "民调" in number)

    def readable(*acting):
        view = run("case", "show", mediation, "--json", *acting).json
        return {name for name, field in view["fields"].items() if field["readable"]}

    assert run("case", "show", mediation).code == 3
    others = [one for one in people() if one and mediation in known_to(one)]
    assert any(readable("--as", one) < readable("--as", "zhao") for one in others)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_everybody_is_told_what_they_may_do_in_every_case(demo, lang):
    for number in demo:
        for person in people()[1::7]:
            told = run("case", "do", number, "--as", person, "--lang", lang)
            if number not in known_to(person):
                assert told.code == 3
                continue
            plain = run("case", "do", number, "--as", person, "--json").json
            assert told.code == 0, told.err
            for offer in plain["offers"]:
                assert offer["trigger"] in told.out
                assert offer["open"] or offer["reasons"]


def test_a_reading_of_nobody_needs_no_permission(demo, tmp_path, monkeypatch):
    real = unmarked(Path("heyi.db"), tmp_path / "real.db")
    monkeypatch.setenv("HEYI_DATABASE", real)

    assert run("case", "show", demo[0]).code == 3
    assert run("case", "show", demo[0], "--as", "zhao").code == 4


def test_a_cosigned_rejection_is_told_by_its_name(demo):
    admission = next(number for number in demo if "准入" in number)

    kinds = {
        e["kind"]: e for e in run("case", "history", admission, *knower(admission), "--json").json
    }

    assert kinds["proposed"]["label"] == "不予准入"
    assert kinds["opened"]["label"]


def test_a_story_by_its_number_is_played_with_all_its_scenarios(tmp_path, monkeypatch):
    settle(tmp_path, monkeypatch)

    done = run("demo", "--keep", str(tmp_path / "kept"), "--story", "M-12", "--lang", "en")

    assert done.code == 0
    assert done.out.count("verified") >= 3
    assert "due" in done.out


def test_a_story_that_nobody_wrote_is_not_found(tmp_path, monkeypatch):
    settle(tmp_path, monkeypatch)

    done = run("demo", "--story", "X-99")

    assert done.code == 3
    assert "X-99" in done.err
