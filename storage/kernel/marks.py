"""Marks: one short look tells whether what is kept in memory still stands."""

from secrets import token_hex

from storage.kernel.transaction import Transaction


def draw_mark(transaction: Transaction, name: str) -> None:
    """Let everybody who keeps what this mark is named after read it anew."""
    transaction.run(transaction.sql.mark_put, {"name": name, "token": token_hex()})


def mark_of(transaction: Transaction, name: str) -> str:
    """Return the present mark, or "" where none was drawn yet."""
    row = transaction.one(transaction.sql.mark_get, {"name": name})
    return "" if row is None else str(row[0])
