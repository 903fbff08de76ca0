"""The use cases of alerts: show one's own and the dead letters, send, replay."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from heyi.app.acts.deeds import note, permit
from heyi.app.alerts.delivery import Deliveries
from heyi.app.alerts.models import AlertView, DeadLetters, DeliveryView, TrialView
from heyi.app.alerts.senders.base import reason_text
from heyi.app.alerts.views import dead_letters, own_alerts
from heyi.app.reader import Reader
from heyi.app.view import Page

Rung = Callable[[str, datetime], Mapping[str, Any]]
"""Takes the round that delivers, rung by whom and when, notes it, and says what it did."""


class Alerts:
    """The use cases on alerts, for people and operators."""

    def __init__(self, deliveries: Callable[[], Deliveries], *, ring: Rung) -> None:
        """Serve readers.

        Args:
            deliveries: what delivers, made when it is first needed.
            ring: takes the round that delivers.
        """
        self._made, self._ring = deliveries, ring

    @property
    def _deliveries(self) -> Deliveries:
        return self._made()

    def own(
        self, reader: Reader, *, now: datetime, after: str = "", limit: int = 50
    ) -> Page[AlertView]:
        """Return the reader's alerts, newest first, sent or not: by name, or as holder of a role.

        Args:
            reader: whose.
            now: the present moment.
            after: ``next`` of the page before; "" for the first.
            limit: at most so many, from 1; a page may hold fewer and not be the last.

        Raises:
            CursorWrong: ``after`` is no place in such a list.
            PersonNotFound: there is no such person.
        """
        return own_alerts(
            self._deliveries, reader.person, now=now, lang=reader.lang, limit=limit, after=after
        )

    def dead(
        self, reader: Reader, *, now: datetime, after: str = "", limit: int = 100
    ) -> DeadLetters:
        """Return what could not be delivered, newest first, and why.

        Args:
            reader: who asks.
            now: the present moment.
            after: ``next`` of the page before; "" for the first.
            limit: at most so many of each kind, from 1.

        Raises:
            CursorWrong: ``after`` is no place in such a list.
            ActRefused: no post of the reader permits it.
        """
        with self._deliveries.store.read() as work:
            permit(work, reader, "letters.read")
        return dead_letters(self._deliveries, now=now, lang=reader.lang, limit=limit, after=after)

    def replay(self, reader: Reader, *, now: datetime, letter: int | None = None) -> int:
        """Owe the dead letters anew; return how many messages.

        Args:
            reader: who asks.
            now: the present moment; they are owed from then on.
            letter: one dead letter's id; None for all. Of one whose address is gone: 0.

        Raises:
            ActRefused: no post of the reader permits it.
        """
        with self._deliveries.store.write() as work:
            permit(work, reader, "alerts.replayed")
            count = work.deliveries.replay(letter, at=now)
            note(work, reader, "alerts.replayed", now=now, letter=letter, count=count)
        return count

    def deliver(self, reader: Reader, *, now: datetime, by: str) -> DeliveryView:  # noqa: ARG002 - Readers
        """Send the alerts that are owed by now, noted as a round.

        Args:
            reader: who asks.
            now: the present moment.
            by: who rings, as the round notes it, e.g. ``cron``.

        Raises:
            HeyiError: a batch failed; the round is noted as failed.
        """
        return DeliveryView(**self._ring(by, now))

    def trial(self, reader: Reader, *, address: str, now: datetime) -> TrialView | None:
        """Send a trial message to an address by its id; None where there is no such address.

        Raises:
            ActRefused: the reader is neither the owner, nor the unit's head, and has no such post.
            AddressBroken: the address does not open.
        """
        with self._deliveries.store.write() as work:
            owner_kind, owner = work.addresses.owner(address) or ("person", "")
            if owner_kind == "unit":
                permit(work, reader, act := "unit_address.tried", units=(owner,))
            else:
                permit(work, reader, act := "address.tried", person=owner)
            if owner:
                note(work, reader, act, now=now, owner=owner, address=address)
        answer = self._deliveries.test(address)
        if answer is None:
            return None
        sent = answer.outcome == "sent"
        return TrialView(sent=sent, reason="" if sent else reason_text(answer.reason, reader.lang))
