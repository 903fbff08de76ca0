"""A folder with one workflow that has a param of every kind, and profiles written beside it."""

import json
from pathlib import Path
from typing import Any

from engine.language.load import Findings
from heyi.app.library.profilefile import Profile, read_profile
from heyi.app.library.shelf import FolderShelf
from tests.builders.toy_workflows import text_of

STYLES = {"plain": {"zh": "普通", "en": "plain"}, "strict": {"zh": "从严", "en": "strict"}}
PARAMS: dict[str, dict[str, Any]] = {
    "term": {"value": "3 days", "label": {"zh": "期限", "en": "term"}},
    "longest": {"value": "9 days"},
    "most": {"value": 7},
    "share": {"value": 0.5},
    "open": {"value": True},
    "style": {"value": "plain", "options": STYLES},
    "note": {"value": "free"},
    "words": {"value": ["a", "b"]},
    "law": {"value": "5 days", "class": "statutory"},
    "bound": {"value": "6 days", "class": "local"},
}
BOUND = frozenset({"law", "bound"})
"""What no profile may set: statutory itself, or the length of a statutory clock."""
PARTS: dict[str, Any] = {
    "sources": {"rules": {"title": "园规"}},
    "params": PARAMS,
    "clocks": {
        "answer": {
            "within": "term", "starts": ["asked"], "class": "local",
            "pauses": {"in": ["asked"], "each": "longest"}, "extend": {"at_most": "longest"},
        },
        "duty": {"within": "bound", "starts": ["asked"], "class": "statutory"},
    },
}  # fmt: skip
WHY = {"zh": "未取得原文", "en": "the text was not obtained"}
WAIVED = {"by": "园长", "on": "2026-03-01", "why": {"zh": "暂照旧", "en": "as before for now"}}
SET = {"value": "4 days", "source": "rules#1"}
UNKNOWN = {"unknown": True, "source": "rules#2", "why": WHY}


def profile_parts(name: str = "club", **parts: Any) -> dict[str, Any]:
    """Return the sections of a profile."""
    return {"format": 1, "profile": name, "title": {"zh": "园区", "en": "the club's"}, **parts}


def profile_text(name: str = "club", **parts: Any) -> str:
    """Return the text of a profile."""
    return lines(profile_parts(name, **parts))


def lines(sections: dict[str, Any]) -> str:
    """Return a YAML file's text, a section a line."""
    return "".join(
        f"{key}: {json.dumps(part, ensure_ascii=False)}\n" for key, part in sections.items()
    )


def settings(**params: Any) -> str:
    """Return the text of a profile that sets these params of the toy."""
    return profile_text(params={"toy": params})


def put(folder: Path, text: str, name: str = "club") -> Path:
    """Write a profile, and the workflow above it; return the profile's file."""
    (folder / "profiles").mkdir(exist_ok=True)
    (folder / "toy.yaml").write_text(toy_yaml(), encoding="utf-8")
    file = folder / "profiles" / f"{name}.yaml"
    file.write_text(text, encoding="utf-8")
    return file


def toy_yaml(**params: Any) -> str:
    """Return the workflow's file with these values in place of its own, top keys on lines."""
    mine = {
        name: {**param, "value": params.get(name, param["value"])} for name, param in PARAMS.items()
    }
    return lines(json.loads(text_of(**{**PARTS, "params": mine})))


def read(folder: Path, text: str) -> tuple[Profile | None, Findings]:
    """Read a profile of this text in a folder that has the toy."""
    file = put(folder, text)
    return read_profile(text, file=str(file), shelf=FolderShelf([folder]))


def codes(folder: Path, text: str) -> list[str]:
    """Return the codes of what is found in a profile."""
    return [problem.code for problem in read(folder, text)[1].problems]
