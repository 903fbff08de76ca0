"""Makes views of alerts and dead letters for their readers."""

from datetime import datetime

from engine.case.text import said
from engine.case.values import day_of
from engine.time.times import moment_text
from heyi.app.alerts import words
from heyi.app.alerts.delivery import MOOT, Deliveries
from heyi.app.alerts.models import AlertView, DeadLetter, DeadLetters, UnheardAlert
from heyi.app.alerts.notices import Known
from heyi.app.alerts.senders.addresses import masked
from heyi.app.alerts.senders.base import reason_text
from heyi.app.alerts.texts import Notice, foreign_text, rung_text
from storage.kernel.errors import AddressBroken
from storage.kernel.timerecords import Address, Alert, Delivery
from storage.work import Work


def own_alerts(
    deliveries: Deliveries, person: str, *, now: datetime, lang: str, limit: int
) -> list[AlertView]:
    """Return a person's alerts, newest first, sent or not: by name, or as the holder of a role.

    Raises:
        PersonNotFound: there is no such person.
    """
    notices = deliveries.notices
    with deliveries.store.read() as work:
        actor = work.people.actor(person, on=day_of(now, deliveries.zone))
        roles = {role for role, _unit in actor.posts}
        told = work.alerts.to_roles(roles, limit=limit)
        known = notices.known(work, told)
        ours = [one for one in told if notices.is_for(work, one, person, known, now=now)]
        found = sorted([*work.alerts.to(person, limit=limit), *ours], key=lambda one: -one.id)
        known = notices.known(work, found[:limit])
        return [
            _alert(
                deliveries, alert, known, now, lang,
                deliveries.notices.told(work, alert, known, actor, now=now),
            )
            for alert in found[:limit]
        ]  # fmt: skip


def _alert(
    deliveries: Deliveries, alert: Alert, known: Known, now: datetime, lang: str, notice: Notice
) -> AlertView:
    settled = deliveries.notices.is_settled(alert, known, now=now)
    return AlertView(
        uid=alert.uid, kind=alert.kind, case=None if notice.foreign else alert.case,
        number=notice.number or None, clock=alert.clock if notice.clock else None,
        label=notice.clock.text(lang), item=None if notice.foreign else alert.item,
        rung=alert.rung, text=words_of(alert, notice, lang), due=notice.due or None,
        provisional=notice.provisional, level=alert.level, settled=settled,
        at=moment_text(alert.at), send_at=moment_text(alert.send_at), state=alert.state,
    )  # fmt: skip


def words_of(alert: Alert, notice: Notice, lang: str) -> str:
    """Return in a few words what an alert is about."""
    if alert.kind == "digest":
        return said(words.DIGEST_OF, day=alert.day).text(lang)
    if notice.foreign:
        return foreign_text(notice, lang)
    if alert.clock is None:
        return words.MOVED_ON.text(lang)
    return rung_text(notice, lang)


def dead_letters(deliveries: Deliveries, *, now: datetime, lang: str, limit: int) -> DeadLetters:
    """Return what could not be delivered, newest first.

    ``dead``: messages given up, with the reason; ``nobody``: alerts for which nobody was found
    to tell.
    """
    with deliveries.store.read() as work:
        dead = [one for one in work.deliveries.listed("dead", limit=limit) if one.error != MOOT]
        alerts = work.alerts.by_uid(one.alert for one in dead)
        unheard = [one for one in work.alerts.unheard(limit=limit) if one.state == "dead"]
        known = deliveries.notices.known(work, [*alerts.values(), *unheard])

        def about(alert: Alert) -> UnheardAlert:
            # An operator sees to these: of the case its unit and its kind, as to nobody.
            notice = deliveries.notices.told(work, alert, known, None, now=now)
            view = _alert(deliveries, alert, known, now, lang, notice)
            return UnheardAlert(**{name: getattr(view, name) for name in UnheardAlert.model_fields})

        return DeadLetters(
            dead=tuple(_letter(work, one, about(alerts[one.alert]), lang) for one in dead),
            nobody=tuple(about(one) for one in unheard),
        )


def _letter(work: Work, one: Delivery, about: UnheardAlert, lang: str) -> DeadLetter:
    found, owner = _address(work, one.address)
    return DeadLetter(
        id=one.id, attempts=one.attempts, error=one.error,
        reason=reason_text(one.error or "", lang), address=one.address, owner=owner,
        kind=found.kind if found else None, shown=masked(found.url) if found else None,
        **about.plain(),
    )  # fmt: skip


def _address(work: Work, address: str) -> tuple[Address | None, str | None]:
    """Return an address, None where it is gone or does not open, and its owner if known."""
    try:
        found = work.addresses.by_id([address]).get(address)
    except AddressBroken as error:
        return None, error.owner
    return found, found.owner if found else None
