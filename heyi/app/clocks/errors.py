"""The errors for clocks and runs that a case does not have."""

from collections.abc import Sequence

from engine.case.errors import HeyiError


class ClockNotFound(HeyiError):
    """The case's workflow has no such clock; says what there is."""

    code = "not_found.clock"

    def __init__(self, name: str, known: Sequence[str]) -> None:
        self.name, self.known = name, tuple(known)
        self.names = ", ".join(known)
        super().__init__(f"no clock or run '{name}'; there is: {self.names}")


class RunNotFound(ClockNotFound):
    """The clock has no such run; says which it has.

    Attributes:
        clock: its name.
        item: the list item that was asked for; None for any.
        run: the run that was asked for; None for any.
        runs: those there are, as (item, run); item 0 for none.
    """

    code = "not_found.clock"

    def __init__(
        self, clock: str, item: int | None, run: int | None, runs: Sequence[tuple[int, int]]
    ) -> None:
        self.clock, self.item, self.run, self.runs = clock, item, run, tuple(runs)
        asked = [f"item {item}"] * (item is not None) + [f"run {run}"] * (run is not None)
        known = [f"item {i}, run {n}" if i else f"run {n}" for i, n in runs]
        super().__init__(" ".join([clock, *asked]), known)
