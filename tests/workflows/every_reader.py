"""Every use of the services by which something of a case is told, in one place.

``TOLD`` is called for everybody by the tests of privacy. ``SILENT`` says of every other module
why it need not be. A function that is in neither makes a test fail.
"""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from engine.case.errors import HeyiError, MoveRefused
from engine.case.values import Lang, Move
from engine.step.take import take_step
from engine.telling.diagram import words
from engine.telling.diagram.build import diagram_of
from engine.telling.diagram.way import way_of
from heyi.app.alerts.alerts import Alerts
from heyi.app.alerts.delivery import Deliveries
from heyi.app.alerts.digest import Digests
from heyi.app.alerts.views import dead_letters
from heyi.app.audit.audit import Audit
from heyi.app.cases.cases import Cases
from heyi.app.cases.casework import Casework
from heyi.app.cases.history import history_view
from heyi.app.cases.offerviews import reason_view
from heyi.app.cases.views import case_view, look
from heyi.app.clocks.clocks import Clocks
from heyi.app.disputes.disputes import Disputes
from heyi.app.papers.issue import issue_of
from heyi.app.papers.paper import paper_of
from heyi.app.papers.papers import Papers
from heyi.app.papers.rights import may_print
from heyi.app.reader import Reader as Asks
from storage.kernel.errors import CaseNotFound
from tests.builders.areas import bad_weather, clocks_of, deliveries_of
from tests.builders.plain_views import told

_SOME = 4
LANGS: tuple[Lang, ...] = ("zh", "en")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """Somebody who asks about a case.

    Attributes:
        cases: the use cases.
        ref: the case.
        person: who asks; None for nobody in particular.
        now: the present moment.
    """

    cases: Casework
    ref: str
    person: str | None
    now: datetime

    @property
    def asks(self) -> Asks:
        """The same, as the application knows who asks."""
        return Asks(person=self.person or "")

    @property
    def clocks(self) -> Clocks:
        """The use cases of clocks."""
        return clocks_of(self.cases)

    @property
    def deliveries(self) -> Deliveries:
        """What sends messages, without anybody to send by."""
        return deliveries_of(self.cases, self.now)

    @property
    def alerts(self) -> Alerts:
        """The use cases of alerts."""
        return Alerts(lambda: self.deliveries, ring=lambda _by, _now: {})


Tell = Callable[[Reader], Iterator[Any]]


def _case(reader: Reader) -> Iterator[Any]:
    seen, events = look(reader.cases, reader.ref, person=reader.person, now=reader.now)
    for lang in LANGS:
        yield case_view(seen, lang)
        yield history_view(seen, events, lang)
        yield words.plain(diagram_of(seen.workflow, lang), way_of(seen.case, events))


def _offers(reader: Reader) -> Iterator[Any]:
    if reader.person is not None:
        for lang in LANGS:
            asks = replace(reader.asks, lang=lang)
            yield Cases(reader.cases).offers(asks, ref=reader.ref, now=reader.now)


def _refusals(reader: Reader) -> Iterator[Any]:
    """Yield what is said of every move that is refused, with its data wanting and wrong."""
    seen, _events = look(reader.cases, reader.ref, person=reader.person, now=reader.now)
    for trigger in seen.workflow.triggers.get(seen.case.state, ()):
        accepts = {n for b in seen.workflow.branches[seen.case.state, trigger] for n in b.accepts}
        for data in ({}, dict.fromkeys(sorted(accepts), "?")):
            move = Move(actor=seen.actor, trigger=trigger, data=data)
            yield from _refused(seen, move, reader.now)
    whole = dict.fromkeys([*seen.case.fields][:_SOME], "?")
    for kind in ("amend", "correct"):
        move = Move(actor=seen.actor, kind=kind, data=whole, reason="更正")
        yield from _refused(seen, move, reader.now)


def _refused(seen: Any, move: Move, now: datetime) -> Iterator[Any]:
    try:
        take_step(seen.workflow, seen.case, move, now=now, world=seen.world)
    except MoveRefused as refused:
        yield str(refused)
        yield [reason_view(reason, lang) for reason in refused.reasons for lang in LANGS]


def _clocks(reader: Reader) -> Iterator[Any]:
    seen, _events = look(reader.cases, reader.ref, person=reader.person, now=reader.now)
    for name in seen.workflow.clocks:
        yield reader.clocks.explain(reader.asks, ref=reader.ref, clock=name, now=reader.now)
    yield reader.clocks.list(reader.asks, now=reader.now)
    yield reader.clocks.load(
        reader.asks, text=bad_weather(reader.now), file="news.yaml", now=reader.now, correct=True
    )


def _lists(reader: Reader) -> Iterator[Any]:
    yield Cases(reader.cases).list(reader.asks, now=reader.now)
    yield reader.clocks.sweep(reader.asks, now=reader.now, dry_run=True)


def _verified(reader: Reader) -> Iterator[Any]:
    yield Audit(reader.cases).verify(reader.asks, now=reader.now, ref=reader.ref)


def _alerts(reader: Reader) -> Iterator[Any]:
    if reader.person is None:
        return
    for lang in LANGS:
        yield reader.alerts.own(replace(reader.asks, lang=lang), now=reader.now, limit=200)


def _messages(reader: Reader) -> Iterator[Any]:
    """Yield every message that could leave the office, and the letters that came back."""
    deliveries = reader.deliveries
    with reader.cases.store.read() as work:
        alerts = work.alerts.of(reader.ref)
        known = deliveries.notices.known(work, alerts)
    for alert in alerts:
        yield str(deliveries.message(deliveries.notices.notice(alert, known, now=reader.now)))
    # Letters that came back are the administrators', who may know as little of the case as anybody.
    yield dead_letters(reader.deliveries, now=reader.now, lang="zh", limit=50)


def _own_days(reader: Reader) -> Iterator[Any]:
    if reader.person is None:
        return
    lines = Digests(reader.cases).of(reader.person, reader.now).lines()
    yield [line.text(lang) for line in lines for lang in LANGS]
    for lang in LANGS:
        found = reader.clocks.due_days(replace(reader.asks, lang=lang), now=reader.now)
        yield found.content.decode()


def _papers(reader: Reader) -> Iterator[Any]:
    """Yield what is handed to a template: all that could stand on a printed page."""
    seen, events = look(reader.cases, reader.ref, person=reader.person, now=reader.now)
    yield Papers(reader.cases).issued(
        Asks(person=reader.person or ""), ref=reader.ref, now=reader.now
    )
    for name, marks in seen.case.documents.items():
        if "issued" in marks:
            issue = issue_of(seen, events, name, {})
            if may_print(issue):
                yield paper_of(issue, None, now=reader.now)


def _figures(reader: Reader) -> Iterator[Any]:
    if reader.person is None:
        return
    days = ((reader.now - timedelta(days=40)).date(), reader.now.date())
    asks, disputes = Asks(person=reader.person), Disputes(reader.cases)
    for tell in (
        lambda: disputes.similar(asks, ref=reader.ref, now=reader.now),
        lambda: disputes.report(asks, days=days, now=reader.now),
    ):
        try:
            yield tell()
        except HeyiError as error:
            yield str(error)


TOLD: Mapping[str, Tell] = {
    "views": _case,
    "offers": _offers,
    "refusals": _refusals,
    "clocks": _clocks,
    "lists": _lists,
    "verified": _verified,
    "alerts": _alerts,
    "messages": _messages,
    "days": _own_days,
    "papers": _papers,
    "figures": _figures,
}
"""What is told, and how it is asked for."""


def everything_told(reader: Reader, ways: Collection[str] = ()) -> Iterator[tuple[str, str]]:
    """Yield what a reader is told by each way, or by some, as text."""
    for name in ways or TOLD:
        try:
            for found in TOLD[name](reader):
                yield name, told(found)
        except CaseNotFound as error:
            # Whoever may not know the case is told what is told where there is none.
            yield name, str(error)
