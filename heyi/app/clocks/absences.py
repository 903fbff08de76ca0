"""Who is away and who stands in: kept and told as plain data."""

from datetime import date, timedelta
from typing import Any

from engine.case.errors import HeyiError
from storage.work import Store

View = dict[str, Any]
_DAY = timedelta(days=1)


class AbsenceRefused(HeyiError):
    """Days or substitute of an absence cannot be."""

    code = "usage.absence"

    def __init__(self, *, zh: str, en: str) -> None:
        self.zh, self.en = zh, en
        super().__init__(en)


def put_absence(
    store: Store, person: str, *, from_day: date, until_day: date, substitute: str | None
) -> None:
    """Note that somebody is away, both days counted.

    Raises:
        AbsenceRefused: it ends before it begins, or the person stands in for themselves.
        PersonNotFound: there is no such person or substitute.
    """
    if until_day < from_day:
        raise AbsenceRefused(zh="最后一天早于第一天", en="the last day lies before the first")
    if substitute == person:
        zh, en = "不能由本人代理本人", "nobody stands in for themselves"
        raise AbsenceRefused(zh=zh, en=en)
    with store.write() as work:
        for one in (person, substitute):
            if one is not None:
                work.people.get(one)
        work.absences.put(person, from_day, until_day, substitute)


def absences_view(store: Store, person: str) -> list[View]:
    """Return a person's absences, the first first.

    Raises:
        PersonNotFound: there is no such person.
    """
    with store.read() as work:
        work.people.get(person)
        return [
            {
                "id": one.id, "from": one.from_day.isoformat(),
                "until": one.until_day.isoformat(), "substitute": one.substitute,
            }
            for one in work.absences.of(person)
        ]  # fmt: skip


def come_back(store: Store, person: str, *, today: date, planned: bool) -> int:
    """Let a person be back from today on; return how many absences that changed.

    The absence that holds today ends yesterday, so that the past stays true; one that began
    today is dropped. Later ones stay unless ``planned``.

    Raises:
        PersonNotFound: there is no such person.
    """
    changed = 0
    with store.write() as work:
        work.people.get(person)
        for one in work.absences.of(person):
            holds = one.from_day <= today <= one.until_day
            if not holds and not (planned and one.from_day > today):
                continue
            work.absences.drop(one.id)
            if one.from_day < today:
                work.absences.put(person, one.from_day, today - _DAY, one.substitute)
            changed += 1
    return changed
