"""The use cases of admission: classify an item, show the lists, report what was refused."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfo

from engine.case.values import Data, Unit
from engine.compiling.catalogues import CatalogueDef
from engine.time.plain import Lang
from heyi.app.admission import listviews
from heyi.app.admission.classification import Asked, candidates, classify
from heyi.app.admission.classifier import Classifier, find_classifier
from heyi.app.admission.errors import CatalogueUnknown, GroupUnknown
from heyi.app.admission.models import (
    ChangesView,
    ListsView,
    QuestionView,
    SheetView,
    VerdictView,
)
from heyi.app.admission.questions import next_question
from heyi.app.admission.report import report_view
from heyi.app.admission.reportmodels import ReportView
from heyi.app.admission.sheet import sheet_page
from heyi.app.cases.casework import Casework
from heyi.app.cases.offerviews import field_form
from heyi.app.library.catalogues import Changes, changes, file_changes
from heyi.app.library.shelf import FolderShelf
from heyi.app.reader import Reader
from storage.work import Store, Work


class Admission:
    """Admission of work items. Lists are those that are stored, else those of the files."""

    def __init__(
        self,
        *,
        shelf: FolderShelf,
        zone: ZoneInfo,
        store: Callable[[], Store | None],
        casework: Callable[[], Casework],
    ) -> None:
        """Serve readers from these files, and from what is stored.

        Args:
            shelf: workflow files and catalogues.
            zone: the office's.
            store: opens the database; None while there is none, then the files alone count.
            casework: makes what the report reads from.
        """
        self._shelf, self._zone, self._store, self._casework = shelf, zone, store, casework

    def classify(
        self, reader: Reader, *, name: str, answers: Mapping[str, Any], now: datetime
    ) -> VerdictView:
        """Return what an item is, or what must be asked to know it.

        Args:
            reader: who asks.
            name: a code of the catalogue, which decides at once by its row, or an item's name.
            answers: values by field (or by the field's ``means`` or label).
            now: law and validity are judged on its day.

        Raises:
            AnswerRefused: an answer names no question, or no option of it.
            ClassificationMissing: no workflow file classifies.
        """
        return classify(self._asked(reader, now), name, answers)

    def question(
        self,
        reader: Reader,
        *,
        name: str,
        answers: Mapping[str, Any],
        now: datetime,
        passed: Iterable[str] = (),
    ) -> QuestionView | None:
        """Return the question that comes next; None once no answer could change the class.

        Args:
            reader: who asks.
            name: the item's; it finds rows that may match, and decides nothing.
            answers: as given so far.
            now: law and validity are judged on its day.
            passed: fields that were asked for and have no answer.

        Raises:
            AnswerRefused: an answer names no question, or no option of it.
            ClassificationMissing: no workflow file classifies.
        """
        asked = self._asked(reader, now)
        wanted = next_question(asked, name, answers, passed)
        if wanted is None:
            return None
        which = wanted == asked.classifier.item
        return QuestionView(
            field=field_form(asked.classifier.workflow, wanted, asked.lang),
            candidates=candidates(asked, name) if which else None,
        )

    def lists(
        self, reader: Reader, *, day: date, catalogue: str = "", group: str = ""
    ) -> ListsView:
        """Return the lists of a day, group by group.

        Args:
            reader: who asks.
            day: any.
            catalogue: its name; "" for that of the classification.
            group: one class only; "" for all.

        Raises:
            CatalogueUnknown: there is no such catalogue.
            GroupUnknown: it has no such class.
            ClassificationMissing: none is named, and no workflow file classifies.
        """
        rule = self._rule(catalogue, group)
        found, numbers = self._told(rule, (day, day))
        return _lists(rule, found, reader.lang, numbers, group)

    def changes(
        self, reader: Reader, *, days: tuple[date, date], catalogue: str = "", group: str = ""
    ) -> ChangesView:
        """Return what changed in a list between two days, in either order.

        Args:
            reader: who asks.
            days: from the end of one to the end of the other.
            catalogue: its name; "" for that of the classification.
            group: changes of one class only; "" for all.

        Raises:
            CatalogueUnknown: there is no such catalogue.
            GroupUnknown: it has no such class.
            ClassificationMissing: none is named, and no workflow file classifies.
        """
        rule = self._rule(catalogue, group)
        found, numbers = self._told(rule, days)
        return listviews.changes_view(rule, found, reader.lang, numbers, group)

    def sheet(
        self,
        reader: Reader,
        *,
        days: tuple[date, date],
        changed: bool,
        catalogue: str = "",
        group: str = "",
    ) -> SheetView:
        """Return the lists of a day as one page to print and post.

        Args:
            reader: who asks.
            days: the lists are those of the later one.
            changed: what changed between the days stands on the page, too.
            catalogue: its name; "" for that of the classification.
            group: one class only; "" for all.

        Raises:
            CatalogueUnknown: there is no such catalogue.
            GroupUnknown: it has no such class.
            ClassificationMissing: none is named, and no workflow file classifies.
        """
        rule, lang = self._rule(catalogue, group), reader.lang
        found, numbers = self._told(rule, days)
        lists = _lists(rule, found, lang, numbers, group)
        told = listviews.changes_view(rule, found, lang, numbers, group) if changed else None
        return SheetView(html=sheet_page(lists, told, lang))

    def report(
        self, reader: Reader, *, days: tuple[date, date], now: datetime, least: int = 0
    ) -> ReportView:
        """Return refusals, late funds, exceeded volumes and grades of a span of days.

        Args:
            reader: who asks; bodies are told of, never persons.
            days: the first and the last day, both counted.
            now: the present moment.
            least: the smallest group whose grades are told, where that is more than the files
                say.
        """
        return report_view(self._casework(), days, now=now, lang=reader.lang, least=least)

    @cached_property
    def _classifier(self) -> Classifier:
        # Read once: an interview asks for it with every question.
        return find_classifier(self._shelf)

    def _asked(self, reader: Reader, now: datetime) -> Asked:
        classifier = self._classifier
        name = classifier.catalogue.catalogue
        rows: dict[str, Data] = {str(row["code"]): row for row in classifier.catalogue.rows}
        units: Mapping[str, Unit] = {}
        store = self._store()
        if store is not None:
            with store.read() as work:
                units = work.units.all()
                if work.catalogues.current(name):
                    rows = dict(work.catalogues.rows(name))
        return Asked(
            classifier=classifier, rows=rows, now=now, zone=self._zone, lang=reader.lang,
            shelf=self._shelf, units=units,
        )  # fmt: skip

    def _rule(self, name: str, group: str) -> CatalogueDef:
        """Return a catalogue's file, having asked whether it has the class."""
        rule = self._catalogue(name) if name else self._classifier.catalogue
        known = listviews.group_words(rule)
        if group and group not in known:
            raise GroupUnknown(group, known)
        return rule

    def _catalogue(self, name: str) -> CatalogueDef:
        known = {one.catalogue: one for one in self._shelf.catalogues()}
        if name not in known:
            raise CatalogueUnknown(name, known)
        return known[name]

    def _told(
        self, rule: CatalogueDef, days: tuple[date, date]
    ) -> tuple[Changes, listviews.Numbers]:
        """Return what is stored of a list, or what its file says, and what cases are called."""
        store = self._store()
        if store is not None:
            with store.read() as work:
                if work.catalogues.current(rule.catalogue):
                    found = changes(work, rule.catalogue, days, self._zone)
                    names = _numbers(work, found)
                    return found, lambda case: names.get(case, case)
        return file_changes(rule, days), str


def _lists(
    rule: CatalogueDef, found: Changes, lang: Lang, numbers: listviews.Numbers, group: str
) -> ListsView:
    return ListsView(
        head=listviews.head_view(rule, found.second, lang, numbers),
        groups=listviews.groups(rule, found.second.rows.values(), lang, group),
    )


def _numbers(work: Work, found: Changes) -> dict[str, str]:
    cases = {one.case for one in found.editions} | {found.first.case, found.second.case}
    summaries = [work.cases.summary(case) for case in sorted(one for one in cases if one)]
    return {one.id: one.number or one.id for one in summaries}
