"""Where people and units are reached outside: kept sealed, told masked."""

from typing import Any, Literal

from heyi.app.alerts.senders.addresses import masked
from storage.work import Store, Work

View = dict[str, Any]
OwnerKind = Literal["person", "unit"]


def put_address(store: Store, owner_kind: OwnerKind, owner: str, *, kind: str, url: str) -> str:
    """Keep an address and return its id; the same once more does nothing more.

    Args:
        store: where.
        owner_kind: ``person`` or ``unit``.
        owner: their id.
        kind: of ``senders.addresses.KINDS``.
        url: as ``read_address`` returned it.

    Raises:
        PersonNotFound, UnitNotFound: there is no such owner.
    """
    with store.write() as work:
        _check(work, owner_kind, owner)
        return work.addresses.put(owner_kind, owner, kind, url)


def addresses_view(store: Store, owner_kind: OwnerKind, owner: str) -> list[View]:
    """Return an owner's addresses, masked.

    Raises:
        PersonNotFound, UnitNotFound: there is no such owner.
        AddressBroken: one does not open.
    """
    with store.read() as work:
        _check(work, owner_kind, owner)
        return [
            {"id": one.id, "kind": one.kind, "shown": masked(one.url)}
            for one in work.addresses.of(owner_kind, owner)
        ]


def drop_address(store: Store, address: str) -> bool:
    """Forget an address; what waits for it is given up. Return whether it was kept."""
    with store.write() as work:
        return work.addresses.drop(address)


def _check(work: Work, owner_kind: OwnerKind, owner: str) -> None:
    if owner_kind == "unit":
        work.units.get(owner)
    else:
        work.people.get(owner)
