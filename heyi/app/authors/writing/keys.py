"""Holds the meaning of every key of a workflow file, for the schema and the reference."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, get_args

from pydantic import BaseModel

from engine.language.model import WorkflowDef
from engine.language.reader import read_yaml

_FILE = Path(__file__).with_name("keys.yaml")
_ANY = "any"


@dataclass(frozen=True, slots=True, kw_only=True)
class Key:
    """A key of one part of a file.

    Attributes:
        name: as it is written.
        zh: its meaning in Chinese.
        en: its meaning in English.
        example: a value it can have, as it is written.
        required: whether it must stand there.
    """

    name: str
    zh: str
    en: str
    example: str
    required: bool


def models(model: type[BaseModel] = WorkflowDef) -> list[type[BaseModel]]:
    """Return a model and all models inside it, each once, in the order they are met."""
    found = [model]
    for part in found:
        for info in part.model_fields.values():
            found += [inner for inner in _inside(info.annotation) if inner not in found]
    return list(dict.fromkeys(found))


def _inside(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for part in get_args(annotation):
        yield from _inside(part)


def keys_of(model: type[BaseModel]) -> list[Key]:
    """Return the keys of a part in the order of the model.

    Raises:
        KeyError: a key has no words; a test sees to it that none lacks them.
    """
    return [
        _key(model, info.alias or name, required=info.is_required())
        for name, info in model.model_fields.items()
    ]


def _key(model: type[BaseModel], name: str, *, required: bool) -> Key:
    words = _words()
    homes = [*(c.__name__ for c in model.__mro__), _ANY]
    zh, en, example = next(words[home][name] for home in homes if name in words.get(home, {}))
    shown = str(example).lower() if isinstance(example, bool) else str(example)
    return Key(name=name, zh=str(zh), en=str(en), example=shown, required=required)


def about(model: type[BaseModel]) -> tuple[str, str]:
    """Return what a part is, in Chinese and English."""
    zh, en = _words()[model.__name__]["_"]
    return zh, en


@cache
def _words() -> dict[str, dict[str, Any]]:
    document = read_yaml(_FILE.read_text(encoding="utf-8"), file=_FILE.name)
    found: dict[str, dict[str, Any]] = document.value
    return found
