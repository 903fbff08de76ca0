"""Views of the application as the JSON that programs are given."""

import json
from typing import Any

from heyi.app.view import View


def plain(found: Any) -> Any:
    """Return a view, or a list of views, as plain data."""
    if isinstance(found, View):
        return found.plain()
    if isinstance(found, (list, tuple)):
        return [plain(one) for one in found]
    return found


def told(found: Any) -> str:
    """Return anything an application answers as one text, views and plain data alike."""
    return found if isinstance(found, str) else json.dumps(found, ensure_ascii=False, default=plain)
