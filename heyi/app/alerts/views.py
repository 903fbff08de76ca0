"""Makes views of alerts and dead letters for their readers."""

from collections.abc import Sequence
from datetime import datetime
from typing import Literal

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
from heyi.app.cursors import numbers_of, numbers_text
from heyi.app.view import Page
from storage.kernel.errors import AddressBroken
from storage.kernel.timerecords import Address, Alert, Delivery
from storage.work import Work


def own_alerts(
    deliveries: Deliveries, person: str, *, now: datetime, lang: str, limit: int, after: str = ""
) -> Page[AlertView]:
    """Return a person's alerts, newest first, sent or not: by name, or as the holder of a role.

    Of what was owed to a role so many are looked at, not told: a page may hold fewer than
    ``limit``, even none, and not be the last.

    Raises:
        CursorWrong: ``after`` is no place in such a list.
        PersonNotFound: there is no such person.
    """
    notices = deliveries.notices
    [before] = numbers_of(after)
    with deliveries.store.read() as work:
        actor = work.people.actor(person, on=day_of(now, deliveries.zone))
        roles = {role for role, _unit in actor.posts}
        told = work.alerts.to_roles(roles, limit=limit, before=before)
        named = work.alerts.to(person, limit=limit, before=before)
        known = notices.known(work, told)
        ours = [one for one in told if notices.is_for(work, one, person, known, now=now)]
        found, last = _first_of([*named, *ours], [told, named], limit)
        known = notices.known(work, found)
        views = [
            _alert(
                deliveries, alert, known, now, lang,
                notices.told(work, alert, known, actor, now=now),
            )
            for alert in found
        ]  # fmt: skip
        return Page(items=tuple(views), next=numbers_text(last) if last else None)


def _first_of(
    found: Sequence[Alert], read: Sequence[Sequence[Alert]], limit: int
) -> tuple[list[Alert], int]:
    """Return the newest alerts, and the id that the next page begins below; 0 for no such page.

    Args:
        found: what may be told.
        read: the lists it comes from, newest first, each of at most ``limit``; below the last
            of a full one nobody has looked yet.
        limit: how many a page holds.
    """
    floor = max((one[-1].id for one in read if len(one) == limit), default=0)
    shown = sorted((one for one in found if one.id >= floor), key=lambda one: -one.id)
    return shown[:limit], shown[limit - 1].id if len(shown) > limit else floor


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


def dead_letters(
    deliveries: Deliveries, *, now: datetime, lang: str, limit: int, after: str = ""
) -> DeadLetters:
    """Return what could not be delivered, newest first.

    ``dead``: messages given up, with the reason; ``nobody``: alerts for which nobody was found
    to tell. A page may hold fewer than ``limit`` of each, even none, and not be the last.

    Raises:
        CursorWrong: ``after`` is no place in such a list.
    """
    below, under = numbers_of(after, 2)
    with deliveries.store.read() as work:
        listed = work.deliveries.listed("dead", limit=limit, before=below)
        nobody = work.alerts.unheard(limit=limit, before=under)
        dead = [one for one in listed if one.error != MOOT]
        alerts = work.alerts.by_uid(one.alert for one in dead)
        unheard = [one for one in nobody if one.state == "dead"]
        known = deliveries.notices.known(work, [*alerts.values(), *unheard])

        def about(alert: Alert) -> UnheardAlert:
            # An operator sees to these: of the case its unit and its kind, as to nobody.
            notice = deliveries.notices.told(work, alert, known, None, now=now)
            view = _alert(deliveries, alert, known, now, lang, notice)
            return UnheardAlert(**{name: getattr(view, name) for name in UnheardAlert.model_fields})

        return DeadLetters(
            dead=tuple(_letter(work, one, about(alerts[one.alert]), lang) for one in dead),
            nobody=tuple(about(one) for one in unheard),
            **_next(listed, nobody, limit),
        )


def _next(
    listed: Sequence[Delivery], nobody: Sequence[Alert], limit: int
) -> dict[Literal["next"], str]:
    """Return where the next page begins, a number a list; nothing where both are at their end."""
    if max(len(listed), len(nobody)) < limit:
        return {}
    # Below 0 nothing lies: a list that is at its end stays there.
    ends = (one[-1].id if len(one) == limit else 0 for one in (listed, nobody))
    return {"next": numbers_text(*ends)}


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
