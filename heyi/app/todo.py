"""The things an answer may advise an operator to do, one word each; a door says how.

A text of the application says ``run {todo}`` with a mark in place of the command or setting;
each door puts in what its people type or press. A mark holds no word of any door.
"""

import re
from enum import StrEnum

_MARK = re.compile(r"⟦([a-z_:]+)⟧")


class Todo(StrEnum):
    """Something an operator can do; its text is the mark."""

    UPGRADE = "⟦upgrade⟧"
    LOAD_CALENDAR = "⟦load_calendar⟧"
    SERVE = "⟦serve⟧"
    WORK = "⟦work⟧"
    VERIFY = "⟦verify⟧"
    SET_PROFILE = "⟦setting:profile⟧"
    SET_WORKFLOWS = "⟦setting:workflows⟧"
    FOUND = "⟦found⟧"


def told_how(text: str, ways: dict[Todo, str]) -> str:
    """Return a text with every mark replaced by the door's own instruction.

    Args:
        text: any text of the application; without marks it comes back as it is.
        ways: what stands for each mark at this door.
    """
    if "⟦" not in text:
        return text
    marks = {str(todo): way for todo, way in ways.items()}
    return _MARK.sub(lambda found: marks.get(found[0], found[0]), text)
