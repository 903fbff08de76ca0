"""Changes absences inside a transaction."""

from datetime import date, timedelta

from engine.case.values import Plain
from heyi.app.people.errors import ENDS_FIRST, OWN_SUBSTITUTE, AbsenceRefused
from storage.work import Work

_DAY = timedelta(days=1)


def check_absence(person: str, from_day: date, until_day: date, substitute: str | None) -> None:
    """Refuse an absence that cannot be.

    Raises:
        AbsenceRefused: it ends before it begins, or the person stands in for themselves.
    """
    if until_day < from_day:
        raise AbsenceRefused(ENDS_FIRST)
    if substitute == person:
        raise AbsenceRefused(OWN_SUBSTITUTE)


def put_absence(
    work: Work, person: str, from_day: date, until_day: date, substitute: str | None
) -> int:
    """Store an absence; return its id.

    Raises:
        PersonNotFound: there is no such person or substitute.
    """
    for one in (person, substitute):
        if one is not None:
            work.people.get(one)
    return work.absences.put(person, from_day, until_day, substitute)


def end_absences(work: Work, person: str, today: date, *, planned: bool) -> list[Plain] | None:
    """End the absence that holds today; return what is left of it, None where there is none.

    Of each absence that is left its new id and who stood in.

    It ends yesterday, so that the past stays true; one that began today is dropped.

    Args:
        work: the open transaction, for writing.
        person: who is back.
        today: in the office's zone.
        planned: later absences are dropped as well.
    """
    changed, left = False, list[Plain]()
    for one in work.absences.of(person):
        holds = one.from_day <= today <= one.until_day
        if not holds and not (planned and one.from_day > today):
            continue
        work.absences.drop(one.id)
        if one.from_day < today:
            new = work.absences.put(person, one.from_day, today - _DAY, one.substitute)
            left.append([new, one.substitute])
        changed = True
    return left if changed else None
