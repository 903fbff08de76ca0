"""``heyi workflow test --stories``: prints one line for each story."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from engine.case.text import Text

if TYPE_CHECKING:
    from heyi.app.authors.playedmodels import StoryView


def story_lines(stories: Sequence["StoryView"], lang: str) -> Iterator[str]:
    """Yield one line a story: ✓ all its tests pass, ✗ one fails, – there is none."""
    for one in stories:
        mark = "–" if not one.tests else "✓" if one.passed else "✗"
        count = Text(f"{one.tests}个情景", f"{one.tests} tests").text(lang)
        yield f"{mark} {one.name}  {count}  {one.says}"
