"""Stores marks, which show in one quick read whether what is held in memory is still valid."""

from secrets import token_hex

from storage.kernel.transaction import Transaction


def draw_mark(transaction: Transaction, name: str) -> None:
    """Change a mark, so that everybody who keeps what it is named after reads that anew."""
    transaction.run(transaction.sql.mark_put, {"name": name, "token": token_hex()})


def mark_of(transaction: Transaction, name: str) -> str:
    """Return the present mark, or "" where none was drawn yet."""
    row = transaction.one(transaction.sql.mark_get, {"name": name})
    return "" if row is None else str(row[0])
