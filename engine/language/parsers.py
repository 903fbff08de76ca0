"""The YAML parsers, from the quickest to the strictest: each returns a text's events.

The scalar rules of these loaders never apply, since only events are used.
"""

from collections.abc import Callable, Iterable
from typing import Any

import yaml
from ruamel.yaml import YAML

Parser = Callable[[str], Iterable[Any]]


def quick(text: str) -> Iterable[Any]:
    """Return the events of ruamel's libyaml, ten times faster than a parser in Python.

    It is old and knows YAML 1.1's lines only: it stumbles over ``10:00`` inside ``{}``.
    """
    events: Iterable[Any] = YAML(typ="safe", pure=False).parse(text)
    return events


def newer(text: str) -> Iterable[Any]:
    """Return the events of PyYAML's libyaml, which is newer: it knows ``10:00`` inside ``{}``."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    events: Iterable[Any] = yaml.parse(text, Loader=loader)
    return events


def pure(text: str) -> Iterable[Any]:
    """Return the events of the parser of YAML 1.2, which is slow and decides in case of doubt."""
    events: Iterable[Any] = YAML(typ="safe", pure=True).parse(text)
    return events
