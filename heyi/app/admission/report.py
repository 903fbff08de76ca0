"""Makes the report on admission for supervisors: by body, never by person.

What a published workflow does not declare is left out and named under ``absent``.
"""

from datetime import date, datetime

from heyi.app.admission.files import Reading
from heyi.app.admission.funds import late
from heyi.app.admission.refusals import refused
from heyi.app.admission.reportmodels import ReportView
from heyi.app.admission.scores import scores
from heyi.app.admission.volumes import exceeded
from heyi.app.cases.casework import Casework


def report_view(
    cases: Casework, days: tuple[date, date], *, now: datetime, lang: str, least: int = 0
) -> ReportView:
    """Return refusals, late funds, exceeded volumes and grades of a span of days.

    Args:
        cases: the use cases.
        days: the first and the last day, both counted.
        now: the present moment.
        lang: of labels.
        least: the smallest group whose grades are told, where that is more than the files say.
    """
    with cases.store.read() as work:
        reading = Reading(cases=cases, work=work, first=days[0], last=days[1], now=now, lang=lang)
        parts = {
            "refused": refused(reading),
            "late": late(reading),
            "exceeded": exceeded(reading),
            "scores": scores(reading, least=least),
        }
    absent = [name for name, part in parts.items() if part is None]
    first, last = (day.isoformat() for day in days)
    return ReportView.model_validate({"from": first, "to": last, **parts, "absent": absent})
