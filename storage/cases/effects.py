"""Stores what a step changes beside its case and event: clocks, numbers, links, what it owes."""

from collections.abc import Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from engine.case.values import Erase, Publish, Step, day_of
from storage.alerts.outbox import alert_rows
from storage.cases.keys import Keys
from storage.cases.numbers import Numbers
from storage.clocks.index import Clocks
from storage.definitions.catalogues import Catalogues
from storage.kernel.columns import stamp
from storage.kernel.transaction import Transaction


class Effects:
    """Keeps the consequences of steps."""

    def __init__(self, transaction: Transaction, *, keys: Keys) -> None:
        """Work inside this transaction."""
        self._transaction, self._keys = transaction, keys

    def keep(self, step: Step, *, zone: ZoneInfo) -> None:
        """Store all effects of a saved step."""
        before, after = step.before, step.after
        if step.schedule:
            Clocks(self._transaction).index(after.id, step.schedule)
        if step.drew is not None:
            Numbers(self._transaction).draw(step.drew)
        if after.links != (before.links if before else {}):
            self._keep_links(step)
        for alert in alert_rows(step):
            self._transaction.run(self._transaction.sql.time.alert_insert, alert)
        for effect in step.effects:
            if isinstance(effect, Erase):
                self._keys.destroy(after.id, effect.vault, at=stamp(step.event.at))
            elif isinstance(effect, Publish):
                self._publish(step, effect, zone)

    def _keep_links(self, step: Step) -> None:
        old = _pairs(step.before.links if step.before else {})
        new = _pairs(step.after.links)
        for statement, pairs in (
            (self._transaction.sql.link_drop, old - new),
            (self._transaction.sql.link_insert, new - old),
        ):
            for name, other in sorted(pairs):
                values = {"case_id": step.after.id, "name": name, "other_id": other}
                self._transaction.run(statement, values)

    def _publish(self, step: Step, effect: Publish, zone: ZoneInfo) -> None:
        Catalogues(self._transaction).publish(
            effect,
            at=datetime.fromisoformat(step.event.at),
            day=day_of(datetime.fromisoformat(step.event.occurred_at), zone),
            case=step.after.id,
        )


def _pairs(links: Mapping[str, tuple[str, ...]]) -> set[tuple[str, str]]:
    return {(name, other) for name, ids in links.items() for other in ids}
