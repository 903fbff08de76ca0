"""Stores requests that must be granted at most once, by the key their sender chose."""

from storage.kernel.errors import IdempotencyMismatch, IdempotencyTaken
from storage.kernel.records import Granted, Once
from storage.kernel.transaction import Transaction


class Requests:
    """Keys of granted requests."""

    def __init__(self, transaction: Transaction) -> None:
        """Work inside this transaction."""
        self._transaction = transaction

    def granted(self, once: Once) -> Granted | None:
        """Return the result of this request if it was granted before, else None.

        Raises:
            IdempotencyMismatch: its key was used for another request.
        """
        found = self._transaction.one(self._transaction.sql.once_get, {"key": once.key})
        if found is None:
            return None
        case, seq, request_hash = found
        if request_hash != once.request_hash:
            raise IdempotencyMismatch(once.key)
        return Granted(case=case, seq=seq)

    def keep(self, once: Once, *, case: str, seq: int) -> None:
        """Note the result of a request.

        Raises:
            IdempotencyTaken: the same key was granted since ``granted`` was asked.
        """
        values = {"key": once.key, "request_hash": once.request_hash, "case_id": case, "seq": seq}
        if not self._transaction.run(self._transaction.sql.once_insert, values):
            raise IdempotencyTaken(once.key)
