"""The use cases of requests to read a case: ask with a reason, allow for some days, decline.

Whoever asks may not know the case, so nothing tells whether there is one: each request is kept and
answered alike, and waits. Who decides sees those of the cases that they may allow.
"""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from itertools import islice

from engine.case.errors import AccessError
from engine.case.text import Text
from engine.case.values import Actor, Viewing
from engine.facts.viewing import may_allow, may_ask
from engine.time.times import moment_text
from heyi.app.acts.deeds import note
from heyi.app.acts.errors import SignInNeeded
from heyi.app.cases.sight import Seen, Sight
from heyi.app.errors import InputWrong
from heyi.app.reader import Reader
from heyi.app.view import Page, View, paged
from storage.kernel.errors import CaseNotFound, RequestNotFound
from storage.kernel.officerecords import Request
from storage.work import Work

LAPSES = timedelta(days=30)
"""A request on which nobody decides for so long is over."""
_BATCH = 50
NO_REASON = Text("请写明理由", "say why")
LONG_REASON = Text("理由不超过500字", "say why in at most 500 characters")
_LONGEST = 500


class RequestDecided(AccessError):
    """Somebody has decided on this request already."""

    code = "access.request_decided"

    def __init__(self, request: str) -> None:
        self.request = request
        super().__init__(f"request '{request}' has been decided on already")


class RequestView(View):
    """A request to read a case.

    Attributes:
        id: its own.
        person: who asks.
        ref: the case as they wrote it; for who decides, its number.
        reason: why.
        asked_at: when.
        state: ``waiting``, ``allowed``, ``declined``; ``over`` once its days are, or where nobody
            decided for 30.
        until: the last day of reading; only where it was allowed.
        decided_by: who decided; only where somebody did.
        answer: what they said to it.
    """

    id: str
    person: str
    ref: str
    reason: str
    asked_at: str
    state: str
    until: str | None = None
    decided_by: str | None = None
    answer: str = ""


class Viewings:
    """Requests to read cases. Each use case is one transaction."""

    def __init__(self, cases: Sight) -> None:
        """Serve readers from where cases are seen."""
        self._cases = cases

    def request(self, reader: Reader, *, ref: str, reason: str, now: datetime) -> RequestView:
        """Ask to read a case; answer alike whether or not there is one to be asked for.

        Args:
            reader: who asks.
            ref: the case, by id or number.
            reason: why; kept sealed, for who decides.
            now: the present moment.

        Raises:
            InputWrong: no reason, or too long a one.
            SignInNeeded: nobody in particular asks.
            PersonNotFound: there is no such reader.
        """
        if not reader.person:
            raise SignInNeeded
        _check(reason)
        with self._cases.store.write() as work:
            actor = reader.actor(work, self._cases.day(now))
            new = work.viewings.put(actor.id, ref=ref.strip(), reason=reason.strip(), at=now)
            note(work, reader, "viewing.requested", now=now, request=new)
            return self._view(work.viewings.get(new), now)

    def own(
        self, reader: Reader, *, now: datetime, after: str = "", limit: int = 50
    ) -> Page[RequestView]:
        """Return a page of the reader's own requests, the newest first.

        Args:
            reader: who asks.
            now: the present moment.
            after: the last request seen; "" for the first page.
            limit: at most so many, from 1.

        Raises:
            RequestNotFound: there is no request ``after``.
        """
        with self._cases.store.read() as work:
            actor = reader.actor(work, self._cases.day(now))
            found = work.viewings.of(actor.id, after=after, limit=limit + 1)
        views = [self._view(one, now) for one in found]
        return paged(views, limit=limit, cursor=views[limit - 1].id if views[limit:] else "")

    def waiting(
        self, reader: Reader, *, now: datetime, after: str = "", limit: int = 50
    ) -> Page[RequestView]:
        """Return a page of the requests on which the reader may decide, the newest first.

        Args:
            reader: who asks.
            now: the present moment.
            after: the last request seen; "" for the first page.
            limit: at most so many, from 1.

        Raises:
            RequestNotFound: there is no request ``after``.
        """
        with self._cases.store.read() as work:
            actor = reader.actor(work, self._cases.day(now))
            views = list(islice(self._decidable(work, actor, after, now), limit + 1))
        return paged(views, limit=limit, cursor=views[limit - 1].id if views[limit:] else "")

    def _decidable(
        self, work: Work, actor: Actor, after: str, now: datetime
    ) -> Iterator[RequestView]:
        since = now - LAPSES
        while page := work.viewings.waiting(since=since, after=after, limit=_BATCH):
            for one in page:
                seen = self._seen(work, one, actor, now)
                if seen is not None and self._asked_as(work, one, seen, now) is not None:
                    yield self._view(one, now, seen)
            after = page[-1].id

    def allow(
        self, reader: Reader, *, request: str, now: datetime, answer: str = ""
    ) -> RequestView:
        """Let somebody read a case for the days that its file names, from today on.

        Args:
            reader: who decides: as the file says, and never on their own request.
            request: which.
            now: the present moment.
            answer: what is to be heeded; may be empty.

        Raises:
            RequestNotFound: there is none on which the reader may decide.
            RequestDecided: somebody has.
        """
        return self._decide(reader, request, now=now, allowed=True, answer=answer)

    def decline(self, reader: Reader, *, request: str, now: datetime, answer: str) -> RequestView:
        """Refuse that somebody reads a case, saying why.

        Args:
            reader: who decides.
            request: which.
            now: the present moment.
            answer: why.

        Raises:
            InputWrong: no reason.
            RequestNotFound: there is none on which the reader may decide.
            RequestDecided: somebody has.
        """
        _check(answer)
        return self._decide(reader, request, now=now, allowed=False, answer=answer)

    def _decide(
        self, reader: Reader, request: str, *, now: datetime, allowed: bool, answer: str
    ) -> RequestView:
        if len(answer) > _LONGEST:
            raise InputWrong(LONG_REASON)
        today = self._cases.day(now)
        with self._cases.store.write() as work:
            actor, found = reader.actor(work, today), work.viewings.get(request)
            seen = self._seen(work, found, actor, now)
            viewing = self._asked_as(work, found, seen, now) if seen else None
            if seen is None or viewing is None:
                raise RequestNotFound(request)
            if found.decided_at is not None:
                raise RequestDecided(request)
            work.viewings.decide(request, by=actor.id, at=now, answer=answer.strip())
            if allowed:
                work.viewings.allow(request, viewing, until=_last_day(seen, today))
            kind = "viewing.allowed" if allowed else "viewing.declined"
            note(work, reader, kind, now=now, request=request)
            return self._view(work.viewings.get(request), now, seen)

    def _seen(self, work: Work, one: Request, actor: Actor, now: datetime) -> Seen | None:
        """Return the case of a request for who may decide on it; None where there is none."""
        try:
            seen = self._cases.find(work, one.ref, actor, now=now)
        except CaseNotFound:
            return None
        return seen if may_allow(actor, seen.facts, asked_by=one.person) else None

    def _asked_as(self, work: Work, one: Request, seen: Seen, now: datetime) -> Viewing | None:
        """Return the role and post as which somebody may ask for a case; None: as none."""
        asker = work.people.actor(one.person, on=self._cases.day(now))
        role = may_ask(asker, seen.facts)
        if not role:
            return None
        held = seen.workflow.definition.roles[role].held_by(role)
        post = next(post for post in asker.posts if post[0] == held)
        return Viewing(case=seen.case.id, role=role, post=post)

    def _view(self, one: Request, now: datetime, seen: Seen | None = None) -> RequestView:
        view = RequestView(
            id=one.id, person=one.person, ref=(seen.case.number if seen else None) or one.ref,
            reason=one.reason, asked_at=moment_text(one.asked_at),
            state=_state(one, now, self._cases.day(now)),
        )  # fmt: skip
        if one.decided_at is None:
            return view
        decided = {"decided_by": one.decided_by, "answer": one.answer}
        until = {"until": one.until.isoformat()} if one.until else {}
        return RequestView(**view.plain(), **decided, **until)


def _check(reason: str) -> None:
    if not reason.strip():
        raise InputWrong(NO_REASON)
    if len(reason) > _LONGEST:
        raise InputWrong(LONG_REASON)


def _last_day(seen: Seen, today: date) -> date:
    """Return the last day of reading: today is the first."""
    rule = seen.workflow.definition.viewing
    days = rule.days if rule else 1
    return today + timedelta(days=min(days - 1, (date.max - today).days))


def _state(one: Request, now: datetime, today: date) -> str:
    if one.decided_at is None:
        return "waiting" if one.asked_at >= now - LAPSES else "over"
    if one.until is None:
        return "declined"
    return "allowed" if today <= one.until else "over"
