"""``heyi workflow test --stories``: the acceptance stories, told one by one."""

import pytest

from heyi.app.authors.stories import known_stories, story_views
from tests.builders.shelves import SHIPPED
from tests.cli.runner import HALL, run
from tests.workflows.scenario_player import scripts

STORIES = """
format: 1
stories:
  H-1: {zh: 借礼堂, en: the hall is lent, path: H1, why: 收费}
  H-2: {zh: 没有测试, en: nobody tells it, path: H2, why: "-"}
"""


@pytest.fixture
def hall(bare, monkeypatch):
    """An office's own folder with one workflow, its test and two stories."""
    for folder in ("tests", "stories"):
        (bare / folder).mkdir()
    (bare / "hall.yaml").write_text(HALL.read_text(encoding="utf-8"), encoding="utf-8")
    tests = HALL.with_name("hall_tests.yaml").read_text(encoding="utf-8")
    (bare / "tests" / "hall.yaml").write_text(tests, encoding="utf-8")
    (bare / "stories" / "own.yaml").write_text(STORIES, encoding="utf-8")
    monkeypatch.setenv("HEYI_WORKFLOWS", str(bare))
    return bare


def test_there_are_twenty_one_stories_and_each_is_told_by_a_test():
    stories = known_stories([SHIPPED])
    told = {script.scenario.story for script in scripts()}

    assert len(stories) == 21
    assert set(stories) - told == set()


def test_only_tests_that_tell_a_story_are_played(hall):
    told = run("workflow", "test", "--stories", "tests/hall.yaml", "--lang", "en")

    assert told.code == 0
    assert "✓ H-1  1 tests  the hall is lent" in told.out
    assert "H-2" not in told.out


def test_a_story_that_no_test_tells_is_a_finding(hall):
    stories = known_stories([hall])

    untold = [one.name for one in story_views(stories, [], "zh") if not one.tests]

    assert untold == ["H-1", "H-2"]


@pytest.mark.parametrize("text", [b"", b"[]", b"format: 1", b"stories: {H-1: }", b"\xff\xfe"])
def test_a_wrong_file_of_stories_is_a_finding(hall, text):
    (hall / "stories" / "own.yaml").write_bytes(text)

    told = run("workflow", "test", "--stories", "tests/hall.yaml")

    assert told.code == 1
    assert "own.yaml:1:" in told.err


def test_a_story_whose_test_fails_is_marked(hall):
    path = hall / "tests" / "hall.yaml"
    text = path.read_text(encoding="utf-8").replace(
        "expect: {state: lent}", "expect: {state: asked}"
    )
    path.write_text(text, encoding="utf-8")

    told = run("workflow", "test", "--stories", "tests/hall.yaml")

    assert told.code == 1
    assert "✗ H-1  1个情景  借礼堂" in told.out


def test_a_file_of_stories_that_is_wrong_is_said_with_its_place(hall):
    (hall / "stories" / "own.yaml").write_text(
        "format: 1\nstories: {H-1: {zh: 礼堂}}\n", encoding="utf-8"
    )

    told = run("workflow", "test", "--stories", "tests/hall.yaml")

    assert told.code == 1
    assert "own.yaml:2:" in told.err
    assert "HY102" in told.err
