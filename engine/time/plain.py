"""The type names of plain data: what JSON can hold."""

from collections.abc import Mapping
from typing import Literal, TypeAlias

Plain: TypeAlias = "str | int | float | bool | list[Plain] | dict[str, Plain] | None"
Data: TypeAlias = Mapping[str, Plain]
Lang: TypeAlias = Literal["zh", "en"]
