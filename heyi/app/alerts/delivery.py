"""Delivers alerts in small steps; a crash after any of them loses nothing.

No message is sent inside a transaction, and every step leaves rows from which the next round
goes on, whoever takes it: an alert is spread over its addresses once, a delivery is claimed,
sent, and noted before the next is sent. A process that dies loses nothing; what it was just
sending goes out again, with the same id.
"""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from datetime import datetime, timedelta
from secrets import token_hex

from engine.case.values import Actor
from heyi.app.alerts.attempts import TRIES, is_rated, may_again, wait_before
from heyi.app.alerts.digest import Digests
from heyi.app.alerts.notices import Known, Notices
from heyi.app.alerts.senders import Answer, Message, Sender
from heyi.app.alerts.texts import Notice, message, trial
from heyi.app.cases.casework import Casework
from storage.kernel.errors import AddressBroken
from storage.kernel.timerecords import Address, Alert, Delivery
from storage.work import Work

ALERTS = 100
"""How many alerts one call spreads over their addresses."""
MESSAGES = 10
"""How many messages one call sends; the lease outlasts them at the senders' longest."""
LEASE = timedelta(minutes=10)
_SENDING = 300
"""Seconds after which no further message of a claim is begun."""

MOOT = "moot"
"""What is noted of a delivery whose matter was settled before it went out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryReport:
    """The result of one call.

    Attributes:
        alerts: alerts spread; of them
        moot: settled before they went out,
        inapp: with no address, to be read in heyi alone,
        nobody: for which nobody was found to tell, nor any robot of the unit.
        claimed: messages taken up; of them
        sent: arrived,
        retry: to be tried again,
        dead: given up, to be listed,
        dropped: settled meanwhile.
    """

    alerts: int = 0
    moot: int = 0
    inapp: int = 0
    nobody: int = 0
    claimed: int = 0
    sent: int = 0
    retry: int = 0
    dead: int = 0
    dropped: int = 0

    @property
    def more(self) -> bool:
        """Tell whether there may be more to do at once."""
        return bool(self.alerts or self.claimed)

    def __add__(self, other: "DeliveryReport") -> "DeliveryReport":
        """Return the sums."""
        names = [one.name for one in fields(self)]
        return DeliveryReport(
            **{name: getattr(self, name) + getattr(other, name) for name in names}
        )

    @property
    def counts(self) -> dict[str, int]:
        """The numbers by name."""
        return {one.name: getattr(self, one.name) for one in fields(self)}


class Deliveries:
    """Delivers the alerts that are owed."""

    def __init__(
        self,
        cases: Casework,
        senders: Mapping[str, Sender],
        *,
        clock: Callable[[], datetime],
        jitter: Callable[[], float],
        lang: str = "zh",
        base_url: str = "",
        new_lease: Callable[[], str] = token_hex,
        elapsed: Callable[[], float] = time.monotonic,
    ) -> None:
        """Deliver for these cases.

        Args:
            cases: the use cases, with their store.
            senders: by kind of address.
            clock: tells the present moment: leases and new attempts are counted from it.
            jitter: gives numbers ``0 ≤ x < 1``, so that failures do not come back all at once.
            lang: of the messages: ``zh``, ``en`` or ``both``.
            base_url: for links; "" for none.
            new_lease: makes a word for each claim.
            elapsed: seconds, for how long a claim takes.
        """
        self._cases, self.store, self.zone = cases, cases.store, cases.zone
        self.notices = Notices(cases.library, cases.worlds)
        self._senders, self._clock, self._jitter = senders, clock, jitter
        self._lang, self._base_url = lang, base_url
        self._new_lease, self._elapsed = new_lease, elapsed

    def deliver(
        self, now: datetime, *, alerts: int = ALERTS, messages: int = MESSAGES
    ) -> DeliveryReport:
        """Spread alerts and send messages that are owed by ``now``; a batch of each.

        Args:
            now: what may leave the office by then is taken up.
            alerts: how many alerts at most.
            messages: how many messages at most.

        Returns:
            What was done; ask again while ``more``.
        """
        return self._spread(now, alerts) + self._send(now, messages)

    def _until(self, now: datetime) -> datetime:
        return max(now, self._clock()) + LEASE

    def _spread(self, now: datetime, limit: int) -> DeliveryReport:
        """Turn owed alerts into one delivery for each address, each alert once."""
        with self.store.write() as work:
            lease, until = self._new_lease(), self._until(now)
            owed = work.alerts.claim_owed(now, limit=limit, lease=lease, until=until)
        report = DeliveryReport(alerts=len(owed))
        if not owed:
            return report
        with self.store.read() as work:
            known = self.notices.known(work, owed)
            found = [(alert, *self._places(work, alert, known, now)) for alert in owed]
        with self.store.write() as work:
            for alert, addresses, what in found:
                work.deliveries.put(alert.uid, addresses)
                state = {"moot": "moot", "nobody": "dead"}.get(what, "sent")
                work.alerts.settle(alert.uid, state)  # type: ignore[arg-type]
                report += DeliveryReport(**{what: 1} if what else {})
        return report

    def _places(
        self, work: Work, alert: Alert, known: Known, now: datetime
    ) -> tuple[list[str], str]:
        """Return the addresses of an alert, and the word under which it is counted if none."""
        if self.notices.is_settled(alert, known, now=now):
            return [], "moot"
        # One that is broken is found so when it is sent to, and listed where an operator sees it.
        owners = self.notices.owners(work, alert, known, now=now)
        addresses = [one for kind, owner in owners for one in work.addresses.ids_of(kind, owner)]
        if addresses:
            return addresses, ""
        return [], "inapp" if alert.person or alert.role else "nobody"

    def _send(self, now: datetime, limit: int) -> DeliveryReport:
        """Send what is claimed, one by one, each noted before the next."""
        began = self._elapsed()
        with self.store.write() as work:
            lease, until = self._new_lease(), self._until(now)
            claimed = work.deliveries.claim(now, limit=limit, lease=lease, until=until)
        if not claimed:
            return DeliveryReport()
        with self.store.read() as work:
            alerts = work.alerts.by_uid(one.alert for one in claimed)
        digests = None
        if any(alert.kind == "digest" for alert in alerts.values()):
            digests = Digests(self._cases).gather(now)
        with self.store.read() as work:
            known = self.notices.known(work, alerts.values(), digests=digests)
            letters = self._letters(work, claimed, alerts, known, now)
        report = DeliveryReport()
        rested: dict[str, Answer] = {}
        for one in claimed:
            if self._elapsed() - began > _SENDING:
                # Somebody else may take the rest up soon; they must not go out twice.
                break
            # A robot that was asked too fast is left alone for the rest of the claim.
            answer = rested.get(one.address) or self._sent(one, letters[one.id])
            if is_rated(answer.reason):
                rested[one.address] = answer
            report += self._noted(one, answer, now)
        return report

    def _letters(
        self,
        work: Work,
        claimed: tuple[Delivery, ...],
        alerts: Mapping[str, Alert],
        known: Known,
        now: datetime,
    ) -> dict[int, "_Letter"]:
        """Return what is to be sent for each delivery, and where."""
        places = {one.address: _place(work, one.address) for one in claimed}
        found = {}
        for one in claimed:
            alert = alerts[one.alert]
            settled = self.notices.is_settled(alert, known, now=now)
            place = places[one.address]
            reader = self._receiver(work, place, now)
            notice = None if settled else self.notices.told(work, alert, known, reader, now=now)
            found[one.id] = _Letter(place, notice)
        return found

    def _receiver(self, work: Work, place: Address | str, now: datetime) -> Actor | None:
        """Return who reads what comes to an address; None for a robot, and where it is gone."""
        if isinstance(place, str) or place.owner_kind != "person":
            return None
        return self._cases.actor(work, place.owner, now)

    def _sent(self, one: Delivery, letter: "_Letter") -> Answer:
        """Send one message, if there is still anything to send and anywhere to send it to."""
        if letter.notice is None:
            return Answer(outcome="dead", reason=MOOT)
        if isinstance(letter.place, str):
            return Answer(outcome="dead", reason=letter.place)
        if one.attempts > TRIES and one.error is None:
            # Each claim is an attempt, and none of them came back with an answer.
            return Answer(outcome="dead", reason="lost")
        sender = self._senders.get(letter.place.kind)
        if sender is None:
            return Answer(outcome="dead", reason="kind")
        return sender.send(letter.place.url, self.message(letter.notice))

    def test(self, address: str) -> Answer | None:
        """Send a trial message to an address by its id; None where there is none.

        Raises:
            AddressBroken: it does not open.
        """
        with self.store.read() as work:
            found = work.addresses.by_id([address]).get(address)
        if found is None:
            return None
        sender = self._senders.get(found.kind)
        if sender is None:
            return Answer(outcome="dead", reason="kind")
        return sender.send(found.url, trial(self._lang))

    def message(self, notice: Notice) -> Message:
        """Return the message of a notice, in this office's language and with its link."""
        return message(notice, lang=self._lang, base_url=self._base_url, zone=self.zone)

    def _noted(self, one: Delivery, answer: Answer, now: datetime) -> DeliveryReport:
        """Note what became of a delivery, in a transaction of its own."""
        with self.store.write() as work:
            if answer.outcome == "sent":
                work.deliveries.sent(one.id)
                return DeliveryReport(claimed=1, sent=1)
            if answer.outcome == "retry" and may_again(one, answer):
                wait = timedelta(seconds=wait_before(one, answer, jitter=self._jitter()))
                work.deliveries.retry(one.id, max(now, self._clock()) + wait, answer.reason)
                return DeliveryReport(claimed=1, retry=1)
            work.deliveries.dead(one.id, answer.reason)
        settled = answer.reason == MOOT
        return DeliveryReport(claimed=1, dropped=int(settled), dead=int(not settled))


@dataclass(frozen=True, slots=True)
class _Letter:
    """Where a message goes, or the reason why nowhere; what it says, None where settled."""

    place: Address | str
    notice: Notice | None


def _place(work: Work, address: str) -> Address | str:
    try:
        return work.addresses.by_id([address]).get(address, "gone")
    except AddressBroken:
        return "broken"
