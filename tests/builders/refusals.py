"""What a refusal said: its codes and the names it speaks of."""

from typing import Any

import pytest

from engine.case.errors import MoveRefused


def refused(make: Any) -> MoveRefused:
    with pytest.raises(MoveRefused) as found:
        make()
    return found.value


def codes(error: MoveRefused) -> list[str]:
    return [reason.code for reason in error.reasons]


def names(error: MoveRefused) -> list[tuple[str, ...]]:
    return [reason.names for reason in error.reasons]
