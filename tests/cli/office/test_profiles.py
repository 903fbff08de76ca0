"""An office under a profile: what is unknown stops its cases, and nothing else."""

import shutil

import pytest

from heyi.bootstrap import make_key
from storage.kernel.schema import upgrade
from tests.builders.demo_data import mark_database
from tests.builders.profile_folders import SET, UNKNOWN, WAIVED, put, settings
from tests.cli.runner import run

GAPS = settings(term=UNKNOWN, most={"value": 3, "source": "rules#1"})


@pytest.fixture
def club(bare, monkeypatch):
    """An office with tables and a key, whose own folder has a profile with one unknown limit."""
    own = bare / "own"
    own.mkdir()
    put(own, GAPS)
    make_key(bare / "heyi.key")
    upgrade(f"sqlite:///{bare}/heyi.db")
    mark_database()
    monkeypatch.setenv("HEYI_WORKFLOWS", str(own))
    monkeypatch.setenv("HEYI_PROFILE", "club")
    return own


@pytest.mark.parametrize(
    "line",
    ["case list", "case show x", "clock sweep", "alert deliver", "worker --once"],
)
def test_no_case_is_worked_on_while_a_limit_is_unknown(club, line):
    told = run(*line.split())

    assert told.code == 2
    assert "toy.term" in told.err
    assert "HEYI_WORKFLOWS/profiles/club.yaml" in told.err


def test_the_refusal_speaks_both_languages_and_json(club):
    told = run("case", "list", "--json")

    assert told.json["error"]["code"] == "settings.profile_unfilled"
    assert "尚未查明" in told.json["error"]["zh"]
    assert "still unknown" in run("case", "list", "--lang", "en").err


@pytest.mark.parametrize(
    "line",
    ["settings", "calendar show cn", "calendar check", "workflow show toy", "db upgrade",
     "unit add shi --level garden --title 园", "unit list", "person list", "--help"],
)  # fmt: skip
def test_everything_that_is_no_case_still_works(club, line):
    told = run(*line.split())

    assert told.code in {0, 1}, told.err
    assert "尚未查明" not in told.err


def test_the_settings_show_the_profile(club, monkeypatch):
    assert "HEYI_PROFILE=club" in run("settings").out

    monkeypatch.delenv("HEYI_PROFILE")
    assert "HEYI_PROFILE=national" in run("settings").out


def profile_lines(*more: str) -> list[str]:
    told = run("doctor", *more)
    return [line for line in told.out.splitlines() if line.endswith("[profile]")]


def test_the_doctor_names_the_profile_and_finds_its_gaps(club):
    named, gap = profile_lines()

    assert named.startswith("✓")
    assert "club" in named
    assert gap.startswith("✗")
    assert "toy.term" in gap
    assert "is still unknown" in profile_lines("--lang", "en")[1]


def test_a_limit_is_filled_in_in_the_offices_own_copy(club):
    put(club, settings(term=SET))

    assert run("case", "list").code == 0
    assert [line[0] for line in profile_lines()] == ["✓"]


def test_a_waiver_is_told_with_post_day_and_reason(club):
    put(club, settings(term={"waived": WAIVED}))

    assert run("case", "list").code == 0
    waiver = profile_lines()[1]
    assert waiver.startswith("·")
    assert all(word in waiver for word in ("3 days", "园长", "2026-03-01", "暂照旧"))


def test_a_profile_that_is_not_there_is_answered_with_those_that_are(club, monkeypatch):
    monkeypatch.setenv("HEYI_PROFILE", "mars")

    told = run("case", "list")

    assert told.code == 2
    assert all(name in told.err for name in ("mars", "club", "national", "xj"))
    assert profile_lines()[0].startswith("✗")


def test_a_profile_that_is_wrong_is_told_with_its_place(club):
    put(club, settings(law=SET))

    told = run("case", "list")

    assert told.code == 1
    assert "profiles/club.yaml:4:" in told.err
    assert "HY203" in told.err


def test_the_check_warns_of_each_limit_at_its_place_and_passes(club):
    told = run("workflow", "check", str(club / "profiles"), "--format", "json")

    assert told.code == 0
    [warning] = told.json
    assert (warning["code"], warning["severity"]) == ("HY505", "warning")
    place = GAPS.split("\n")[warning["line"] - 1][warning["column"] - 1 :]
    assert place.startswith('"term"')
    assert "尚未查明" in warning["zh"]
    assert "still unknown" in warning["en"]


def test_a_profile_is_checked_against_the_workflows_of_the_folder_above(
    club, monkeypatch, tmp_path
):
    monkeypatch.delenv("HEYI_WORKFLOWS")
    moved = shutil.copytree(club, tmp_path / "elsewhere")
    put(moved, settings(trem=SET))

    told = run("workflow", "check", str(moved / "profiles" / "club.yaml"), "--lang", "en")

    assert told.code == 1
    assert "did you mean 'term'?" in told.out


def test_the_code_is_explained(bare):
    assert "法域参数尚未查明" in run("workflow", "explain", "HY505").out
