"""Refusals of ``heyi clock``, worded as its commands are typed."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from engine.case.text import Text
from heyi.cli.shell.exits import NotFound

if TYPE_CHECKING:
    from heyi.app.clocks.errors import RunNotFound


class ClockRunUnknown(NotFound):
    """A clock has no such run; runs are named as the command takes them."""

    code = "not_found.clock"


def run_unknown(error: "RunNotFound") -> ClockRunUnknown:
    """Return the refusal of a run that there is not, with those there are."""
    name = " ".join([error.clock, *_asked(error.item, error.run)])
    names = ", ".join(" ".join(_asked(item or None, run)) for item, run in error.runs)
    told = Text(
        f"没有期限或计次“{name}”；现有：{names}", f"no clock or run '{name}'; there is: {names}"
    )
    return ClockRunUnknown(told)


def _asked(item: int | None, run: int | None) -> Iterator[str]:
    if item is not None:
        yield f"--item {item}"
    if run is not None:
        yield f"--run {run}"
