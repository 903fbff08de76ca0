"""The use cases on disputes: early warning, and hints at duplicates."""

from datetime import date, datetime

from heyi.app.cases.casework import Casework
from heyi.app.disputes.files import Scope
from heyi.app.disputes.models import ReportView, SimilarView
from heyi.app.disputes.report import report_view
from heyi.app.disputes.similar import Search, similar_view
from heyi.app.disputes.warningrules import WarningRules, read_rules
from heyi.app.library.periods import periods
from heyi.app.reader import Reader


class Disputes:
    """The use cases on many disputes at once, and on two that may be the same."""

    def __init__(self, cases: Casework, rules: WarningRules | None = None) -> None:
        """Serve readers from this casework.

        Args:
            cases: what works on cases.
            rules: the numbers, and who may see; None for those of the shelf's library.
        """
        self._cases, self._rules = cases, rules

    def report(
        self, reader: Reader, *, days: tuple[date, date], now: datetime, unit: str = ""
    ) -> ReportView:
        """Return the early warning of a unit.

        Args:
            reader: who asks; a post of theirs has to allow it.
            days: the first and the last day; the report has the periods that they touch, and the
                one before them.
            now: the present moment.
            unit: whose figures, with all below; "" where the reader's posts leave no choice.

        Raises:
            ReportRefused: no post of the reader allows it, or several units are to choose from.
            PersonNotFound: there is no such person.
            UnitNotFound: there is no such unit.
            RulesWrong: the library is missing or wrong.
        """
        rules = self._numbers()
        with self._cases.store.read() as work:
            actor = work.people.actor(reader.person)
            if unit:
                work.units.get(unit)
            place = rules.unit_for(actor, work.units.all(), unit)
            scope = Scope(
                cases=self._cases, work=work, rules=rules, unit=place, now=now, lang=reader.lang
            )
            return report_view(scope, periods(*days, rules.period_months))

    def similar(self, reader: Reader, *, ref: str, now: datetime) -> SimilarView:
        """Return cases that may be about the same matter as one, and why each is listed.

        Args:
            reader: who asks; what they may not read is neither told nor counted.
            ref: the case, by id or number.
            now: the present moment.

        Raises:
            CaseNotFound: there is no such case.
            PersonNotFound: there is no such person.
            CompareRefused: the reader may not read the case's kind of dispute and place.
            RulesWrong: the library of early warning is missing or wrong.
        """
        rules = self._numbers()
        with self._cases.store.read() as work:
            actor = self._cases.actor(work, reader.person, now)
            search = Search(self._cases, work, rules, actor, now, reader.lang)
            return similar_view(search, self._cases.find(work, ref, actor, now=now).case)

    def _numbers(self) -> WarningRules:
        return self._rules or read_rules(self._cases.library.shelf)
