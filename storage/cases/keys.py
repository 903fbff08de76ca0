"""Reads and makes the data keys of the cases of one transaction."""

from collections.abc import Iterable, Mapping
from typing import Any

from storage.kernel.errors import SealBroken
from storage.kernel.texts import from_text, to_text
from storage.kernel.transaction import Transaction
from storage.kernel.vaults import DataKey, generation_of, new_key

Generations = dict[int, DataKey | None]
"""By generation, oldest first, the key, or None where it was destroyed."""


class Keys:
    """Seals and opens the parts of cases and events."""

    def __init__(self, transaction: Transaction) -> None:
        """Keep no key longer than the transaction: elsewhere it may be destroyed."""
        self._transaction = transaction
        self._known: dict[str, dict[str, Generations]] = {}

    def seal(self, case: str, parts: Mapping[str, Any], *, place: str) -> str:
        """Return the text ``{vault: sealed}``; a vault without a living key gets a new one."""
        if not parts:
            return "{}"
        sealed = {
            vault: self._living(case, vault).seal(values, place=place)
            for vault, values in parts.items()
        }
        return to_text(sealed, what="vault")

    def open(self, case: str, sealed: str, *, place: str) -> dict[str, Any]:
        """Return ``{vault: values}`` in clear, None for what was destroyed.

        Raises:
            SealBroken: something was changed, or belongs elsewhere.
        """
        if sealed == "{}":
            return {}
        return {
            vault: self._opened(case, vault, part, place=place)
            for vault, part in from_text(sealed).items()
        }

    def destroy(self, case: str, vault: str, *, at: str) -> None:
        """Destroy all keys of this vault of the case; twice does nothing more.

        Args:
            case: the case's id.
            vault: the vault's name.
            at: the moment, as text of fixed width.
        """
        values = {"of_case": case, "of_vault": vault, "destroyed_at": at}
        self._transaction.run(self._transaction.sql.key_destroy, values)
        self._transaction.destroyed_keys = True
        self._known.pop(case, None)

    def read(self, cases: Iterable[str]) -> None:
        """Read the keys of many cases at once, so that ``open`` need not ask for each."""
        wanted = [case for case in cases if case not in self._known]
        if not wanted:
            return
        self._known |= {case: {} for case in wanted}
        sql, packed = self._transaction.sql.time.keys_of, self._transaction.texts(wanted)
        try:
            for case, *row in self._transaction.all(sql, {"ids": packed}):
                self._keep(case, *row)
        except BaseException:
            # Else the others would look as if their keys had been destroyed.
            for case in wanted:
                self._known.pop(case, None)
            raise

    def _living(self, case: str, vault: str) -> DataKey:
        generations = self._of(case).setdefault(vault, {})
        last = max(generations, default=0)
        return generations.get(last) or self._new(case, vault, last + 1)

    def _new(self, case: str, vault: str, generation: int) -> DataKey:
        master = self._transaction.master
        wrapped = master.wrap(new_key(), case=case, vault=vault, generation=generation)
        values = {"case_id": case, "vault": vault, "generation": generation}
        self._transaction.run(
            self._transaction.sql.key_insert, {**values, "wrapped": wrapped, "destroyed_at": None}
        )
        key = master.unwrap(wrapped, case=case, vault=vault, generation=generation)
        self._of(case).setdefault(vault, {})[generation] = key
        return key

    def _opened(self, case: str, vault: str, sealed: str, *, place: str) -> Any:  # noqa: ANN401 - any plain value
        generation = generation_of(sealed)
        generations = self._of(case).get(vault, {})
        if generation not in generations:
            raise SealBroken(case, vault=vault, place=place)
        key = generations[generation]
        return None if key is None else key.open(sealed, place=place)

    def _of(self, case: str) -> dict[str, Generations]:
        known = self._known.get(case)
        if known is None:
            known = self._known[case] = {}
            for row in self._transaction.all(self._transaction.sql.keys, {"case_id": case}):
                self._keep(case, *row)
        return known

    def _keep(self, case: str, vault: str, generation: int, wrapped: str | None) -> None:
        master, bound = self._transaction.master, {"case": case, "vault": vault}
        key = master.unwrap(wrapped, **bound, generation=generation) if wrapped else None
        self._known[case].setdefault(vault, {})[generation] = key
