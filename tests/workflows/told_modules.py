"""Lists the modules of the application: which tell of cases, and why the others do not."""

import inspect
import pkgutil
from collections.abc import Mapping
from importlib import import_module

import heyi.app

COVERED: Mapping[str, frozenset[str]] = {
    "alerts.alerts": frozenset({"Alerts.own", "Alerts.dead", "Alerts.replay", "Alerts.deliver", "Alerts.trial"}),
    "alerts.models": frozenset(),
    "alerts.views": frozenset({"own_alerts", "dead_letters", "words_of"}),
    "audit.audit": frozenset({"Audit.verify", "Audit.acts", "verified_without_key"}),
    "cases.cases": frozenset({"Cases.open", "Cases.move", "Cases.show", "Cases.history", "Cases.offers", "Cases.diagram", "Cases.list", "Cases.readings", "Cases.receipt"}),
    "cases.models": frozenset(),
    "cases.offermodels": frozenset(),
    "cases.names": frozenset({"share_of", "shows_field", "shows_in_text", "shows_paper", "shows_move", "shows_clock", "shows_person"}),
    "cases.sight": frozenset({"Sight.day", "Sight.actor", "Sight.named", "Sight.seen", "Sight.find", "Sight.offered", "Sight.narrowed", "Sight.grants"}),
    "cases.viewings": frozenset({"Viewings.request", "Viewings.own", "Viewings.waiting", "Viewings.allow", "Viewings.decline"}),
    "cases.handovers": frozenset({"Handovers.named", "Handovers.count", "Handovers.hand_over"}),
    "cases.receipts": frozenset({"opened_it", "receipt_view"}),
    "cases.readings": frozenset({"is_noted", "note", "is_head"}),
    "cases.linked": frozenset({"links_view", "names_foreign"}),
    "cases.casework": frozenset({"Casework.open", "Casework.open_in", "Casework.move", "Casework.moved", "Casework.move_in", "Casework.shown_hash", "Casework.see", "Casework.offers"}),
    "clocks.clocks": frozenset({"Clocks.explain", "Clocks.list", "Clocks.sweep", "Clocks.due_days", "Clocks.days", "Clocks.lacks", "Clocks.load"}),
    "clocks.calendarmodels": frozenset(),
    "clocks.calendarviews": frozenset({"calendar_view", "lack_view", "load_view"}),
    "clocks.lists": frozenset({"open_clocks"}),
    "clocks.models": frozenset(),
    "clocks.explanation": frozenset({"find_clock", "clock_view"}),
    "alerts.digest": frozenset({"Digest.lines", "Digests.owe", "Digests.of", "Digests.gather"}),
    "disputes.disputes": frozenset({"Disputes.report", "Disputes.similar"}),
    "disputes.models": frozenset(),
    "disputes.report": frozenset({"report_view"}),
    "cases.history": frozenset({"history_view", "event_view", "rung_view", "shows_event"}),
    "clocks.icsfile": frozenset({"own_dues", "calendar_file"}),
    "papers.models": frozenset(),
    "papers.papers": frozenset({"Papers.print", "Papers.issued"}),
    "disputes.similar": frozenset({"similar_view", "Search.asked", "Search.like"}),
    "clocks.sweepviews": frozenset({"sweep_view"}),
    "cases.views": frozenset({
        "look", "case_view", "value_text", "field_label",
    }),
    "cases.told": frozenset({"vacant_told", "knows_people", "name_of", "names_shown", "person_told", "signers_told"}),
    "cases.offerviews": frozenset({"offers_view", "reason_view", "field_form"}),
}  # fmt: skip
"""Modules that tell of cases, with every public function that they have."""

_MADE_UP = "author tests, on made-up people in a store of their own"
_WRITES = "writes and sends; what it says goes through the modules above"
_INSIDE = "used by the modules above, tells nobody anything itself"
_OFFICE = "the office: units, people, calendars, lists, workflow files; nothing of a case"
_ADMISSION = "admissions of work items: public by law, and of no mediation"
SILENT: Mapping[str, str] = {
    **dict.fromkeys(
        ("authors.coverage", "authors.expectations", "authors.expectshapes", "authors.explanations", "authors.stage", "authors.scenariofile", "authors.scenarios",
         "authors.trail", "authors.rights", "authors.wishes"), _MADE_UP),
    **dict.fromkeys(
        ("alerts.delivery", "clocks.recurring", "clocks.replanning", "office.rounds", "cases.steps", "clocks.sweeps", "alerts.senders",
         "alerts.senders.addresses", "alerts.senders.base", "alerts.senders.longtail", "alerts.senders.robots",
         "alerts.senders.web"), _WRITES),
    **dict.fromkeys(
        ("app", "audit", "alerts.words", "authors.words", "clocks.words", "library.words", "office.words", "messages", "todo", "people",  "reader", "view", "admission", "alerts", "authors", "cases", "clocks", "disputes", "library", "office",
         "alerts.texts", "cases.clockwords", "disputes.files", "disputes.late", "disputes.rounds",
         "disputes.tables", "cases.knowing", "cases.granting", "disputes.suppression", "disputes.words", "authors.linked", "alerts.notices", "library.placetexts", "papers",
         "papers.changes", "papers.errors", "papers.fonts", "papers.issue",
         "papers.lists", "papers.masks", "papers.paper", "papers.render",
         "papers.rights", "papers.texts", "papers.values", "cursors", "clocks.errors", "clocks.sweepreads", "cases.worlds", "cases.registered", "cases.sent"), _INSIDE),
    **dict.fromkeys(
        ("alerts.attempts", "office.schedulecheck", "office.schedule", "office.vacancies", "clocks.calendarcheck", "clocks.calendars",
         "library.catalogues", "admission.sheet", "admission.listviews", "library.chosen", "office.doctor", "library.library",
         "library.likeness", "people.changes", "people.absences", "accounts", "accounts.accounts", "accounts.commonwords", "accounts.errors", "accounts.models", "accounts.passwords", "accounts.tokens", "acts", "acts.deeds", "acts.errors", "acts.permits", "acts.words", "library.errors", "library.release", "office.founding",
         "people.people", "people.importing", "people.importwords", "people.roles", "people.sheets", "authors.authors", "authors.checking", "authors.demo", "authors.playedmodels", "authors.playedviews", "authors.runs", "authors.stories", "authors.errors", "authors.models", "office.office", "office.models", "office.errors", "office.places", "library.publishing", "library.handed", "audit.evidence", "library.models", "library.sources", "people.models", "people.views", "people.errors", "errors", "library.periods", "office.profilecheck", "library.profilefile", "library.profiles",
         "library.shelf", "disputes.warningrules", "authors.workflowview", "authors.writing", *(f"authors.writing.{one}" for one in ("cells", "edits", "errors", "examples", "explaining", "keys", "layout", "models", "patching", "schema", "sheets", "starting", "workbook", "writing"))), _OFFICE),
    **dict.fromkeys(
        ("admission.classification", "admission.files", "admission.funds", "admission.questions",
         "admission.refusals", "admission.report", "admission.scores", "admission.volumes",
         "admission.classifier", "admission.admission", "admission.errors", "admission.models",
         "admission.reportmodels", "admission.words"), _ADMISSION),
}  # fmt: skip
"""Every other module, and why it need not be asked."""


def modules() -> set[str]:
    """Return the modules of the services, without their common head."""
    head = f"{heyi.app.__name__}."
    return {one.name.removeprefix(head) for one in pkgutil.walk_packages(heyi.app.__path__, head)}


def functions(module: str) -> set[str]:
    """Return the public functions of a module and the public methods of its classes."""
    home = import_module(f"heyi.app.{module}")
    found = set()
    for name, part in vars(home).items():
        if name.startswith("_") or getattr(part, "__module__", "") != home.__name__:
            continue
        if inspect.isfunction(part):
            found.add(name)
        elif inspect.isclass(part) and not issubclass(part, Exception):
            methods = (n for n, m in vars(part).items() if inspect.isfunction(m))
            found |= {f"{name}.{one}" for one in methods if not one.startswith("_")}
    return found
