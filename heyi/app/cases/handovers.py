"""The use cases of leaving: which open cases name somebody, and handing them over in one go.

What only a move of the workflow can change, as the mediator that a field names, is listed with the
reason why it was left; so is what the reader may not hand over.
"""

from collections.abc import Iterator
from datetime import datetime
from itertools import islice

from engine.case.errors import MoveRefused
from engine.case.text import Text
from engine.case.values import Actor, Move
from engine.facts.naming import ASSIGNEE, HANDING, TEXT, named_in, word_of
from engine.facts.reading import base_fields, knows_person, may_read
from heyi.app.acts.deeds import permit
from heyi.app.cases.casework import Casework
from heyi.app.cases.names import shows_person
from heyi.app.cases.sight import Seen
from heyi.app.reader import Reader
from heyi.app.view import Page, View, paged
from storage.kernel.errors import CaseNotFound
from storage.work import Work

_BATCH = 100
_AS = {
    ASSIGNEE: Text("经办", "has the case in hand"),
    HANDING: Text("转办中", "is handing it over, or is to take it"),
    TEXT: Text("提议或签名待齐", "proposed or signed an open text"),
}
LEFT_BY_MOVE = Text(
    "由案件的办理动作更换，不能转办", "a move of the case names another; it is not handed over"
)


class NamedCase(View):
    """An open case that names somebody.

    Attributes:
        case: its id.
        number: its number; None while it has none.
        workflow: its name.
        state_label: where it stands, in the reader's language.
        named_as: as what it names the person, in the reader's language.
    """

    case: str
    number: str | None
    workflow: str
    state_label: str
    named_as: tuple[str, ...]


class LeftCase(NamedCase):
    """A case that was not handed over, and why."""

    why: str


class Handover(View):
    """What was handed over, and what was left.

    Attributes:
        handed: to the receiver, who accepts each or gives it back.
        left: what still names the person.
    """

    handed: tuple[NamedCase, ...]
    left: tuple[LeftCase, ...]


class Handovers:
    """Cases of who leaves. Each use case is one transaction."""

    def __init__(self, cases: Casework) -> None:
        """Serve readers from this casework."""
        self._cases = cases

    def named(
        self, reader: Reader, *, person: str, now: datetime, after: str = "", limit: int = 50
    ) -> Page[NamedCase]:
        """Return a page of the open cases that name somebody, as far as the reader may know it.

        Args:
            reader: who asks.
            person: whom they name.
            now: the present moment.
            after: the last case seen, by id; "" for the first page.
            limit: at most so many, from 1.

        Raises:
            PersonNotFound: there is no such person.
        """
        with self._cases.store.read() as work:
            work.people.get(person)
            actor = reader.actor(work, self._cases.day(now))
            found = islice(self._seen(work, person, actor, after, now), limit + 1)
            views = [_view(seen, words, reader) for seen, words in found]
        return paged(views, limit=limit, cursor=views[limit - 1].case if views[limit:] else "")

    def count(self, reader: Reader, *, person: str) -> int:
        """Return how many open cases name somebody, for who may end their posts.

        Raises:
            ActRefused: no post of the reader permits it.
            PersonNotFound: there is no such person.
        """
        with self._cases.store.read() as work:
            permit(work, reader, "post.taken", person=person)
            work.people.get(person)
            return sum(1 for _case in _ids(work, person, ""))

    def hand_over(
        self, reader: Reader, *, person: str, to: str, now: datetime, reason: str = ""
    ) -> Handover:
        """Hand over every case that somebody has in hand, in one go; the rest is listed.

        Args:
            reader: who hands over: the person, or who stands above them in the case.
            person: who leaves.
            to: who is to take them.
            now: the present moment.
            reason: why; may be empty.

        Raises:
            PersonNotFound: there is no such person, or no such receiver.
        """
        handed: list[NamedCase] = []
        left: list[LeftCase] = []
        with self._cases.store.write() as work:
            for one in (person, to):
                work.people.get(one)
            actor = reader.actor(work, self._cases.day(now))
            move = Move(actor=Actor(id=actor.id), kind="hand", to=to, reason=reason, via=reader.via)
            # All of them before the first is handed over: then it names others.
            for seen, words in list(self._seen(work, person, actor, "", now)):
                view = _view(seen, words, reader)
                why = self._handed(work, seen, words, move, now)
                if why is None:
                    handed.append(view)
                else:
                    left.append(LeftCase(**view.plain(), why=why.text(reader.lang)))
        return Handover(handed=tuple(handed), left=tuple(left))

    def _handed(
        self, work: Work, seen: Seen, words: tuple[str, ...], move: Move, now: datetime
    ) -> Text | None:
        """Hand one case over; return why not, None where it was."""
        if ASSIGNEE not in words:
            return LEFT_BY_MOVE
        try:
            self._cases.move_in(work, seen.case.id, move, now=now)
        except MoveRefused as refused:
            return refused.reasons[0].words
        return None

    def _seen(
        self, work: Work, person: str, actor: Actor, after: str, now: datetime
    ) -> Iterator[tuple[Seen, tuple[str, ...]]]:
        """Yield the open cases that name somebody and as what, where the actor may know both."""
        for case in _ids(work, person, after):
            try:
                seen = self._cases.find(work, case, actor, now=now)
            except CaseNotFound:
                continue
            named = named_in(seen.facts).get(person, ())
            words = tuple(one for one in named if _is_told(seen, one, person))
            if words:
                yield seen, words


def _ids(work: Work, person: str, after: str) -> Iterator[str]:
    while page := work.grants.open_with(word_of(person), after=after, limit=_BATCH):
        yield from page
        after = page[-1]


def _is_told(seen: Seen, word: str, person: str) -> bool:
    """Tell whether the reader may know that the case names a person as this."""
    if word in {ASSIGNEE, HANDING, TEXT}:
        told = knows_person(person, seen.actor, seen.facts)
        return told or (word != TEXT and shows_person(seen, person))
    path = seen.workflow.definition.roles[word].in_case or ""
    fields = base_fields(seen.workflow, [path.partition(".")[0]])
    return all(may_read(field, seen.actor, seen.facts) for field in fields)


def _view(seen: Seen, words: tuple[str, ...], reader: Reader) -> NamedCase:
    rules = seen.workflow
    return NamedCase(
        case=seen.case.id, number=seen.case.number, workflow=rules.name,
        state_label=rules.label("states", seen.case.state, reader.lang),
        named_as=tuple(
            _AS[one].text(reader.lang) if one in _AS else rules.label("roles", one, reader.lang)
            for one in words
        ),
    )  # fmt: skip
