"""Aligns text in columns of a terminal, where a Chinese character takes two."""

import unicodedata
from collections.abc import Iterable


def width(text: str) -> int:
    """Return how many columns of a terminal a text takes."""
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)


def columns(rows: Iterable[Iterable[str]]) -> list[str]:
    """Return rows as lines with their cells aligned, two blanks between."""
    table = [[*row] for row in rows]
    widths = [max(width(cell) for cell in column) for column in zip(*table, strict=True)]
    return [
        "  ".join(
            cell + " " * (wide - width(cell)) for cell, wide in zip(row, widths, strict=True)
        ).rstrip()
        for row in table
    ]
