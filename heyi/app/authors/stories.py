"""Reads the acceptance stories: which have tests, and whether they pass."""

from collections.abc import Sequence
from pathlib import Path

from engine.case.errors import DefinitionError
from engine.case.text import Text
from engine.case.values import Lang
from engine.language.load import Findings, validate
from engine.language.reader import read_yaml
from engine.language.words import Part
from engine.language.words import Text as Written
from heyi.app.authors.playedmodels import PlayedView, StoryView
from heyi.app.library.shelf import text_of


class StoryDef(Part):
    """One story: what happens, the way through the rules, and why."""

    zh: Written
    en: Written
    path: Written
    why: Written


class StoriesDef(Part):
    """A file of stories."""

    format: int = 1
    stories: dict[Written, StoryDef]


def known_stories(folders: Sequence[Path]) -> dict[str, StoryDef]:
    """Return the stories of every folder's `stories/`, those of the first folder first.

    Raises:
        DefinitionError: a file is wrong.
    """
    found: dict[str, StoryDef] = {}
    for path in (p for f in folders for p in sorted((f / "stories").glob("*.yaml"))):
        document = read_yaml(text_of(path), file=str(path))
        findings = Findings(document=document, problems=list(document.problems))
        rule: StoriesDef | None = validate(StoriesDef, document.value, findings)
        if rule is None:
            raise DefinitionError(findings.problems)
        found = {**rule.stories, **found}
    return found


def story_views(
    stories: dict[str, StoryDef], played: Sequence[PlayedView], lang: Lang
) -> tuple[StoryView, ...]:
    """Return each story with the number of its played tests, and whether all pass."""
    found = []
    for name, story in stories.items():
        own = [one.passed for one in played if one.story == name]
        says = Text(story.zh, story.en).text(lang)
        found.append(StoryView(name=name, says=says, tests=len(own), passed=all(own)))
    return tuple(found)
