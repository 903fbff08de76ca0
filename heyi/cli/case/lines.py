"""Prints cases, histories and offers as lines for people."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from heyi.cli.shell.words import ACT_FINDINGS, EVENTS, FINDINGS

if TYPE_CHECKING:
    from heyi.app.audit.audit import FindingView
    from heyi.app.cases.models import (
        CaseView,
        DocumentMarks,
        EventView,
        FieldForm,
        MoveView,
        ProposalView,
        RungView,
        RunView,
    )
    from heyi.app.cases.offermodels import OffersView, OfferView


_BESIDE = {
    "acting_for": ("代行职责", "acting for"),
    "to_person": ("转给", "to"),
    "from_person": ("来自", "from"),
    "on_behalf_of": ("代", "for"),
    "reason": ("理由", "reason"),
}
"""What stands beside an event, with its words."""
_HASH = 16
"""So many digits name a text."""


def moved_line(moved: "MoveView", lang: str) -> str:
    """Return one line for a granted move: what it was, and where the case stands now."""
    view, seq = moved.case, moved.event.seq
    done = EVENTS[moved.event.kind][lang == "en"]
    waits = [need for proposal in view.proposals for need in proposal.needs]
    wait = ""
    if waits:
        names = ", ".join(waits)
        wait = f"；等待签署：{names}" if lang == "zh" else f"; waits for signatures: {names}"
    name = view.number or view.id
    at = f"第{seq}版" if lang == "zh" else f"revision {seq}"
    return f"{name}  {done} → {view.state_label} ({view.state})  {at}{wait}"


def local(moment: str, zone: ZoneInfo) -> str:
    """Return a stored moment as the office's clock showed it."""
    found = datetime.fromisoformat(moment.replace("Z", "+00:00")).astimezone(zone)
    return f"{found:%Y-%m-%d %H:%M}"


def case_lines(view: "CaseView", zone: ZoneInfo, lang: str) -> Iterator[str]:
    """Yield a case for people."""
    zh = lang == "zh"
    yield f"{view.title}  {view.number or ('（未编号）' if zh else '(no number yet)')}"
    yield from _head_lines(view, zone, lang)
    yield from _field_lines(view, lang)
    for clock in view.clocks:
        yield _clock_line(clock, lang)
    for document in view.documents:
        yield _document_line(document, zone, lang)
    for proposal in view.proposals:
        yield from _proposal_lines(proposal, view.people, lang)
    for name, cases in view.links.items():
        told = ", ".join(str(one.number or one.id) for one in cases)
        yield f"  {'关联' if zh else 'linked'} {name}: {told}"


def _proposal_lines(
    proposal: "ProposalView", people: Mapping[str, str], lang: str
) -> Iterator[str]:
    """Yield a proposal with its text: what a signature covers, and how it is named."""
    zh = lang == "zh"
    needs = ("、" if zh else ", ").join(proposal.needs_labels)
    waits = f"{'等待' if zh else 'waits for'} {needs}"
    if proposal.complete:
        waits = "已签齐，条件具备后办理" if zh else "all have signed; taken once it is possible"
    by = people.get(proposal.by, proposal.by)
    yield f"  {'提议' if zh else 'proposed'} {proposal.trigger} ({by}): {waits}"
    yield f"      {'内容编号' if zh else 'text'} {proposal.hash[:_HASH]}"
    for name, found in proposal.text.items():
        yield f"      {found.label} ({name}): {found.text}"


def _field_lines(view: "CaseView", lang: str) -> Iterator[str]:
    zh = lang == "zh"
    for name, found in view.fields.items():
        if found.readable:
            yield f"  {found.label} ({name}): {found.text}"
    masked = [found.label for found in view.fields.values() if not found.readable]
    if masked:
        names = ("、" if zh else ", ").join(masked)
        yield f"  ＊＊＊ {'无权读取' if zh else 'not yours to read'}: {names}"
    for name in view.erased:
        yield f"  {name}: {'已销毁' if zh else 'erased'}"


def _document_line(document: "DocumentMarks", zone: ZoneInfo, lang: str) -> str:
    zh = lang == "zh"
    marks = {"issued": ("出具", "issued"), "delivered": ("送达", "delivered")}
    told = ", ".join(
        f"{marks[mark][not zh]} {local(when, zone)}"
        for mark, when in (("issued", document.issued), ("delivered", document.delivered))
        if when
    )
    return f"  {'文书' if zh else 'document'} {document.label}: {told}"


def _head_lines(view: "CaseView", zone: ZoneInfo, lang: str) -> Iterator[str]:
    zh = lang == "zh"
    ended = ("已结：" if zh else "ended: ") + str(view.outcome) if view.final else ""
    for word, value in (
        (("id", "id"), view.id),
        (("单位", "unit"), f"{view.unit.title} ({view.unit.id})"),
        (("环节", "state"), f"{view.state_label} ({view.state})  {ended}".rstrip()),
        (("覆盖于", "over"), ", ".join(one.label for one in view.under)),
        (("经办", "assignee"), view.people.get(view.assignee or "", view.assignee or "")),
        (
            ("立案", "opened"),
            f"{local(view.opened_at, zone)}  {view.people.get(view.opened_by, view.opened_by)}",
        ),
        (("版本", "revision"), f"{view.revision}  {view.workflow}@{view.version}"),
        (("密封", "sealed"), ("是" if zh else "yes") if view.sealed else ""),
    ):
        if value:
            yield f"  {word[0] if zh else word[1]}  {value}"


def _clock_line(clock: "RunView", lang: str) -> str:
    zh = lang == "zh"
    words = {
        "running": ("在计", "running"),
        "overdue": ("已逾期", "overdue"),
        "paused": ("已暂停", "paused"),
        "met": ("按期完成", "met"),
        "met_late": ("逾期完成", "met late"),
        "stopped": ("停止", "stopped"),
        "restarted": ("重新起算", "restarted"),
    }
    going = "paused" if clock.paused else "overdue" if clock.overdue else "running"
    status = clock.ended or going
    told = words.get(status, (status, status))[not zh]
    maybe = ("（预计）", " (provisional)")[not zh] if clock.provisional else ""
    source = f"  [{clock.source}]" if clock.source else ""
    item = f" {clock.item}" if clock.item else ""
    due = ("到期", "due")[not zh]
    head = f"  {('期限', 'clock')[not zh]} {clock.label}{item}"
    return f"{head}: {due} {clock.due_text}{maybe}  {told}{source}"


def history_lines(view: "Sequence[EventView]", zone: ZoneInfo, lang: str) -> Iterator[str]:
    """Yield events for people: when it happened and, where that differs, when it was entered."""
    zh = lang == "zh"
    for event in view:
        happened, entered = local(event.occurred_at, zone), local(event.at, zone)
        actor = event.people.get(event.actor, event.actor)
        yield f"{event.seq:>3}  {happened}  {actor}  {_event_head(event, lang)}"
        if happened != entered:
            yield f"       {'登记于' if zh else 'entered'} {entered}"
        for kind, pair in _BESIDE.items():
            if told := getattr(event, kind):
                yield f"       {pair[not zh]}: {event.people.get(told, told)}"
        for change in event.changes.values():
            text = ("已销毁", "erased")[not zh] if change.erased else change.text
            yield f"       {change.label}: {text}"
        for rung in event.rungs:
            yield f"       {rung_line(rung, lang)}"
        for moved in event.moved:
            maybe = ("（预计）" if zh else " (provisional)") if moved.provisional else ""
            item = f" {moved.item}" if moved.item else ""
            yield f"       {moved.label}{item}: {moved.from_} → {moved.to}{maybe}"


def rung_line(rung: "RungView", lang: str) -> str:
    """Return a rung that rang in one line: the clock, its place, what was refused."""
    item = f" {rung.item}" if rung.item else ""
    words = f"{rung.label}{item}: {rung.words}"
    if rung.refused:
        words += (
            f"（自动办理未成：{rung.refused}）" if lang == "zh" else f" (refused: {rung.refused})"
        )
    return words


def _event_head(event: "EventView", lang: str) -> str:
    words = [EVENTS[event.kind][lang == "en"]]
    name = " ".join(part for part in (event.label, event.rule) if part)
    if name:
        words.append(name)
    if event.to and event.to != event.from_:
        before = f"{event.from_label} → " if event.from_ else "→ "
        words.append(f"{before}{event.to_label}")
    if event.role_label:
        words.append(f"({event.role_label})")
    return "  ".join(words)


def offer_lines(view: "OffersView", lang: str) -> Iterator[str]:
    """Yield what may be done with what data, and for the rest why not."""
    zh = lang == "zh"
    yield f"{view.case}  {view.state_label} ({view.state})  {view.name}"
    done = [offer for offer in view.offers if offer.open]
    rest = [offer for offer in view.offers if not offer.open]
    if done:
        yield "现在可做：" if zh else "may be done now:"
    for offer in done:
        yield f"  ✓ {_offer_head(offer, lang)}"
        yield from _asked(offer.asks, ("须填", "asks")[not zh], lang)
        yield from _asked(offer.may, ("可填", "may give")[not zh], lang)
    if view.amends:
        yield "可补录（--amend）：" if zh else "may be amended (--amend):"
        yield from _asked(view.amends, "", lang)
    if rest:
        yield "现在不能做：" if zh else "may not be done now:"
    for offer in rest:
        yield f"  ✗ {_offer_head(offer, lang)}"
        for reason in offer.reasons:
            source = f"  [{reason.source}]" if reason.source else ""
            yield f"      - {reason.text}{source}"


def _offer_head(offer: "OfferView", lang: str) -> str:
    rule = f" {offer.rule}" if offer.rule else ""
    mark = ""
    if offer.signs:
        how = f"--sign --text {offer.hash[:_HASH]}"
        mark = f"  （待您签署：{how}）" if lang == "zh" else f"  (waits for you: {how})"
    elif offer.complete:
        mark = "  （已签齐）" if lang == "zh" else "  (all have signed)"
    elif offer.proposed:
        mark = "  （已提议，等待签署）" if lang == "zh" else "  (proposed, waits for others)"
    return f"{offer.trigger}  {offer.label}{rule}{mark}"


def _asked(fields: "Sequence[FieldForm]", word: str, lang: str) -> Iterator[str]:
    for field in fields:
        head = f"{word} " if word else ""
        yield f"      {head}{field.name}  {field_text(field, lang)}"


def field_text(field: "FieldForm", lang: str) -> str:
    """Return a field's label, type and options in one line."""
    zh = lang == "zh"
    type_ = field.type_label
    if field.many:
        type_ += "，可多个" if zh else ", several"
    told = f"{field.label} ({type_})"
    if field.options:
        separator = "；" if zh else "; "
        told += ": " + separator.join(f"{o.value} {o.label}" for o in field.options)
    if field.columns:
        told += ": " + ", ".join(f"{c.name} {c.label}" for c in field.columns)
    return told


def finding_line(finding: "FindingView", lang: str) -> str:
    """Return a finding of ``verify``, naming case and event."""
    what = FINDINGS[finding.kind][lang == "en"]
    name = finding.number or finding.case
    if not name:
        return _act_line(finding, lang)
    tail = f" ({finding.kind}{': ' + finding.name if finding.name else ''})"
    if lang == "en":
        where = f"event {finding.event}" if finding.event else "its row"
        return f"case '{name}', {where}: {what}{tail}"
    where = f"第{finding.event}个事件" if finding.event else "案件行"
    return f"案件“{name}”，{where}：{what}{tail}"


def _act_line(finding: "FindingView", lang: str) -> str:
    what = ACT_FINDINGS[finding.kind][lang == "en"]
    if not finding.event:
        return f"{what}{': ' if lang == 'en' else '：'}{finding.name} ({finding.kind})"
    if lang == "en":
        return f"act {finding.event} of the office: {what} ({finding.kind})"
    return f"办公室行为第{finding.event}项：{what} ({finding.kind})"
