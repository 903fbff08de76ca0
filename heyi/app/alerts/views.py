"""Alerts and dead letters as plain data, for printing and for JSON."""

from datetime import datetime
from typing import Any

from engine.time.times import moment_text
from heyi.app.alerts.delivery import MOOT, Deliveries
from heyi.app.alerts.notices import Known
from heyi.app.alerts.senders.addresses import masked
from heyi.app.alerts.senders.base import reason_text
from heyi.app.alerts.texts import Notice, rung_text
from storage.kernel.errors import AddressBroken
from storage.kernel.timerecords import Address, Alert, Delivery
from storage.work import Work

View = dict[str, Any]


def own_alerts(
    deliveries: Deliveries, person: str, *, now: datetime, lang: str, limit: int
) -> list[View]:
    """Return a person's alerts, newest first, sent or not: by name, or as the holder of a role.

    Raises:
        PersonNotFound: there is no such person.
    """
    notices = deliveries.notices
    with deliveries.store.read() as work:
        roles = {role for role, _unit in work.people.actor(person).posts}
        told = work.alerts.to_roles(roles, limit=limit)
        known = notices.known(work, told)
        ours = [one for one in told if notices.is_for(work, one, person, known, now=now)]
        found = sorted([*work.alerts.to(person, limit=limit), *ours], key=lambda one: -one.id)
        known = notices.known(work, found[:limit])
        return [_alert(deliveries, alert, known, now, lang) for alert in found[:limit]]


def _alert(deliveries: Deliveries, alert: Alert, known: Known, now: datetime, lang: str) -> View:
    notice = deliveries.notices.notice(alert, known, now=now)
    settled = deliveries.notices.is_settled(alert, known, now=now)
    return {
        "uid": alert.uid, "kind": alert.kind, "case": alert.case, "number": notice.number or None,
        "clock": alert.clock, "label": notice.clock[1 if lang == "en" else 0], "item": alert.item,
        "rung": alert.rung, "text": words_of(alert, notice, lang), "due": notice.due or None,
        "provisional": notice.provisional, "level": alert.level, "settled": settled,
        "at": moment_text(alert.at), "send_at": moment_text(alert.send_at), "state": alert.state,
    }  # fmt: skip


def words_of(alert: Alert, notice: Notice, lang: str) -> str:
    """Return what an alert is about, in a few words."""
    zh = lang != "en"
    if alert.kind == "digest":
        return f"{alert.day} 每日汇总" if zh else f"daily digest of {alert.day}"
    if alert.clock is None:
        return "案件有新的进展" if zh else "the case has moved on"
    return rung_text(notice, lang)


def dead_letters(
    deliveries: Deliveries, *, now: datetime, lang: str, limit: int
) -> dict[str, list[View]]:
    """Return what could not be delivered, newest first.

    Returns:
        ``dead``: messages given up, with the reason; ``nobody``: alerts for which nobody was
        found to tell.
    """
    with deliveries.store.read() as work:
        dead = [one for one in work.deliveries.listed("dead", limit=limit) if one.error != MOOT]
        alerts = work.alerts.by_uid(one.alert for one in dead)
        unheard = [one for one in work.alerts.unheard(limit=limit) if one.state == "dead"]
        known = deliveries.notices.known(work, [*alerts.values(), *unheard])
        return {
            "dead": [
                {
                    "id": one.id, "attempts": one.attempts, "error": one.error,
                    "reason": reason_text(one.error or "", lang), **_address(work, one),
                    **_about(deliveries, alerts[one.alert], known, now, lang),
                }
                for one in dead
            ],
            "nobody": [_about(deliveries, one, known, now, lang) for one in unheard],
        }  # fmt: skip


def _about(deliveries: Deliveries, alert: Alert, known: Known, now: datetime, lang: str) -> View:
    view = _alert(deliveries, alert, known, now, lang)
    return {name: view[name] for name in ("uid", "case", "number", "label", "text", "due")}


def _address(work: Work, one: Delivery) -> View:
    try:
        found: Address | None = work.addresses.by_id([one.address]).get(one.address)
    except AddressBroken as error:
        return {"address": one.address, "owner": error.owner, "kind": None, "shown": None}
    if found is None:
        return {"address": one.address, "owner": None, "kind": None, "shown": None}
    return {
        "address": found.id, "owner": found.owner, "kind": found.kind, "shown": masked(found.url),
    }  # fmt: skip
