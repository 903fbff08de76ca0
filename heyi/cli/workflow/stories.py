"""``heyi workflow test --stories``: which acceptance stories have tests, and whether they pass."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from engine.language.words import Part, Text

if TYPE_CHECKING:
    from engine.case.values import Lang
    from heyi.app.authors.stage import Played


class StoryDef(Part):
    """One story: what happens, the way through the rules, and why."""

    zh: Text
    en: Text
    path: Text
    why: Text


class StoriesDef(Part):
    """A file of stories."""

    format: int = 1
    stories: dict[Text, StoryDef]


def known_stories(folders: Sequence[Path]) -> dict[str, StoryDef]:
    """Return the stories of every folder's `stories/`, those of the first folder first.

    Raises:
        DefinitionError: a file is wrong.
    """
    from engine.case.errors import DefinitionError
    from engine.language.load import Findings, validate
    from engine.language.reader import read_yaml
    from heyi.app.library.shelf import text_of

    found: dict[str, StoryDef] = {}
    for path in (p for f in folders for p in sorted((f / "stories").glob("*.yaml"))):
        document = read_yaml(text_of(path), file=str(path))
        findings = Findings(document=document, problems=list(document.problems))
        rule: StoriesDef | None = validate(StoriesDef, document.value, findings)
        if rule is None:
            raise DefinitionError(findings.problems)
        found = {**rule.stories, **found}
    return found


def untold(stories: dict[str, StoryDef], played: Sequence["Played"]) -> list[str]:
    """Return the stories that no test names."""
    named = {one.scenario.story for one in played}
    return [story for story in stories if story not in named]


def story_lines(
    stories: dict[str, StoryDef], played: Sequence["Played"], lang: "Lang"
) -> Iterator[str]:
    """Yield one line a story: ✓ all its tests pass, ✗ one fails, – there is none."""
    for name, story in stories.items():
        own = [one for one in played if one.scenario.story == name]
        mark = "–" if not own else "✓" if all(one.passed for one in own) else "✗"
        count = f"{len(own)}个情景" if lang == "zh" else f"{len(own)} tests"
        yield f"{mark} {name}  {count}  {story.zh if lang == 'zh' else story.en}"
