"""Prints cases, histories and offers as lines for people."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from engine.case.text import Text
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
    "acting_for": Text("代行职责", "acting for"),
    "to_person": Text("转给", "to"),
    "from_person": Text("来自", "from"),
    "on_behalf_of": Text("代", "for"),
    "reason": Text("理由", "reason"),
}
"""What stands beside an event, with its words."""
_VACANT = Text("没有人担任", "nobody is")
_HASH = 16
"""So many digits name a text."""


def moved_line(moved: "MoveView", lang: str) -> str:
    """Return one line for a granted move: what it was, and where the case stands now."""
    view, seq = moved.case, moved.event.seq
    done = EVENTS[moved.event.kind].text(lang)
    waits = [need for proposal in view.proposals for need in proposal.needs]
    wait = ""
    if waits:
        names = ", ".join(waits)
        wait = Text(f"；等待签署：{names}", f"; waits for signatures: {names}").text(lang)
    name = view.number or view.id
    at = Text(f"第{seq}版", f"revision {seq}").text(lang)
    return f"{name}  {done} → {view.state_label} ({view.state})  {at}{wait}"


def local(moment: str, zone: ZoneInfo) -> str:
    """Return a stored moment as the office's clock showed it."""
    found = datetime.fromisoformat(moment.replace("Z", "+00:00")).astimezone(zone)
    return f"{found:%Y-%m-%d %H:%M}"


def case_lines(view: "CaseView", zone: ZoneInfo, lang: str) -> Iterator[str]:
    """Yield a case for people."""
    yield f"{view.title}  {view.number or (Text('（未编号）', '(no number yet)').text(lang))}"
    yield from _head_lines(view, zone, lang)
    yield from _field_lines(view, lang)
    for clock in view.clocks:
        yield _clock_line(clock, lang)
    for document in view.documents:
        yield _document_line(document, zone, lang)
    for proposal in view.proposals:
        yield from _proposal_lines(proposal, view.people, lang)
    for post in view.vacant:
        yield f"  ! {_VACANT.text(lang)} {post.label} ({post.name})"
    for name, cases in view.links.items():
        told = ", ".join(str(one.number or one.id) for one in cases)
        yield f"  {Text('关联', 'linked').text(lang)} {name}: {told}"


def _proposal_lines(
    proposal: "ProposalView", people: Mapping[str, str], lang: str
) -> Iterator[str]:
    """Yield a proposal with its text: what a signature covers, and how it is named."""
    needs = (Text("、", ", ").text(lang)).join(proposal.needs_labels)
    waits = f"{Text('等待', 'waits for').text(lang)} {needs}"
    if proposal.complete:
        waits = Text("已签齐，条件具备后办理", "all have signed; taken once it is possible").text(
            lang
        )
    by = people.get(proposal.by, proposal.by)
    yield f"  {Text('提议', 'proposed').text(lang)} {proposal.trigger} ({by}): {waits}"
    yield f"      {Text('内容编号', 'text').text(lang)} {proposal.hash[:_HASH]}"
    for name, found in proposal.text.items():
        yield f"      {found.label} ({name}): {found.text}"


def _field_lines(view: "CaseView", lang: str) -> Iterator[str]:
    for name, found in view.fields.items():
        if found.readable:
            yield f"  {found.label} ({name}): {found.text}"
    masked = [found.label for found in view.fields.values() if not found.readable]
    if masked:
        names = (Text("、", ", ").text(lang)).join(masked)
        yield f"  ＊＊＊ {Text('无权读取', 'not yours to read').text(lang)}: {names}"
    for name in view.erased:
        yield f"  {name}: {Text('已销毁', 'erased').text(lang)}"


def _document_line(document: "DocumentMarks", zone: ZoneInfo, lang: str) -> str:
    marks = {"issued": Text("出具", "issued"), "delivered": Text("送达", "delivered")}
    told = ", ".join(
        f"{marks[mark].text(lang)} {local(when, zone)}"
        for mark, when in (("issued", document.issued), ("delivered", document.delivered))
        if when
    )
    return f"  {Text('文书', 'document').text(lang)} {document.label}: {told}"


def _head_lines(view: "CaseView", zone: ZoneInfo, lang: str) -> Iterator[str]:
    ended = (Text("已结：", "ended: ").text(lang)) + str(view.outcome) if view.final else ""
    for word, value in (
        (Text("id", "id"), view.id),
        (Text("单位", "unit"), f"{view.unit.title} ({view.unit.id})"),
        (Text("环节", "state"), f"{view.state_label} ({view.state})  {ended}".rstrip()),
        (Text("覆盖于", "over"), ", ".join(one.label for one in view.under)),
        (Text("经办", "assignee"), view.people.get(view.assignee or "", view.assignee or "")),
        (
            Text("立案", "opened"),
            f"{local(view.opened_at, zone)}  {view.people.get(view.opened_by, view.opened_by)}",
        ),
        (Text("版本", "revision"), f"{view.revision}  {view.workflow}@{view.version}"),
        (Text("密封", "sealed"), (Text("是", "yes").text(lang)) if view.sealed else ""),
    ):
        if value:
            yield f"  {word.text(lang)}  {value}"


def _clock_line(clock: "RunView", lang: str) -> str:
    words = {
        "running": Text("在计", "running"),
        "overdue": Text("已逾期", "overdue"),
        "paused": Text("已暂停", "paused"),
        "met": Text("按期完成", "met"),
        "met_late": Text("逾期完成", "met late"),
        "stopped": Text("停止", "stopped"),
        "restarted": Text("重新起算", "restarted"),
    }
    going = "paused" if clock.paused else "overdue" if clock.overdue else "running"
    status = clock.ended or going
    told = words.get(status, Text(status, status)).text(lang)
    maybe = Text("（预计）", " (provisional)").text(lang) if clock.provisional else ""
    source = f"  [{clock.source}]" if clock.source else ""
    item = f" {clock.item}" if clock.item else ""
    due = Text("到期", "due").text(lang)
    head = f"  {Text('期限', 'clock').text(lang)} {clock.label}{item}"
    return f"{head}: {due} {clock.due_text}{maybe}  {told}{source}"


def history_lines(view: "Sequence[EventView]", zone: ZoneInfo, lang: str) -> Iterator[str]:
    """Yield events for people: when it happened and, where that differs, when it was entered."""
    for event in view:
        happened, entered = local(event.occurred_at, zone), local(event.at, zone)
        actor = event.people.get(event.actor, event.actor)
        yield f"{event.seq:>3}  {happened}  {actor}  {_event_head(event, lang)}"
        if happened != entered:
            yield f"       {Text('登记于', 'entered').text(lang)} {entered}"
        for kind, pair in _BESIDE.items():
            if told := getattr(event, kind):
                yield f"       {pair.text(lang)}: {event.people.get(told, told)}"
        for change in event.changes.values():
            text = Text("已销毁", "erased").text(lang) if change.erased else change.text
            yield f"       {change.label}: {text}"
        for rung in event.rungs:
            yield f"       {rung_line(rung, lang)}"
        for moved in event.moved:
            maybe = (Text("（预计）", " (provisional)").text(lang)) if moved.provisional else ""
            item = f" {moved.item}" if moved.item else ""
            yield f"       {moved.label}{item}: {moved.from_} → {moved.to}{maybe}"


def rung_line(rung: "RungView", lang: str) -> str:
    """Return a rung that rang in one line: the clock, its place, what was refused."""
    item = f" {rung.item}" if rung.item else ""
    words = f"{rung.label}{item}: {rung.words}"
    if rung.refused:
        words += Text(f"（自动办理未成：{rung.refused}）", f" (refused: {rung.refused})").text(lang)
    return words


def _event_head(event: "EventView", lang: str) -> str:
    words = [EVENTS[event.kind].text(lang)]
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
    yield f"{view.case}  {view.state_label} ({view.state})  {view.name}"
    done = [offer for offer in view.offers if offer.open]
    rest = [offer for offer in view.offers if not offer.open]
    if done:
        yield Text("现在可做：", "may be done now:").text(lang)
    for offer in done:
        yield f"  ✓ {_offer_head(offer, lang)}"
        yield from _asked(offer.asks, Text("须填", "asks").text(lang), lang)
        yield from _asked(offer.may, Text("可填", "may give").text(lang), lang)
    if view.amends:
        yield Text("可补录（--amend）：", "may be amended (--amend):").text(lang)
        yield from _asked(view.amends, "", lang)
    if rest:
        yield Text("现在不能做：", "may not be done now:").text(lang)
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
        mark = Text(f"  （待您签署：{how}）", f"  (waits for you: {how})").text(lang)
    elif offer.complete:
        mark = Text("  （已签齐）", "  (all have signed)").text(lang)
    elif offer.proposed:
        mark = Text("  （已提议，等待签署）", "  (proposed, waits for others)").text(lang)
    return f"{offer.trigger}  {offer.label}{rule}{mark}"


def _asked(fields: "Sequence[FieldForm]", word: str, lang: str) -> Iterator[str]:
    for field in fields:
        head = f"{word} " if word else ""
        yield f"      {head}{field.name}  {field_text(field, lang)}"


def field_text(field: "FieldForm", lang: str) -> str:
    """Return a field's label, type and options in one line."""
    type_ = field.type_label
    if field.many:
        type_ += Text("，可多个", ", several").text(lang)
    told = f"{field.label} ({type_})"
    if field.options:
        separator = Text("；", "; ").text(lang)
        told += ": " + separator.join(f"{o.value} {o.label}" for o in field.options)
    if field.columns:
        told += ": " + ", ".join(f"{c.name} {c.label}" for c in field.columns)
    return told


def finding_line(finding: "FindingView", lang: str) -> str:
    """Return a finding of ``verify``, naming case and event."""
    what = FINDINGS[finding.kind].text(lang)
    name = finding.number or finding.case
    if not name:
        return _act_line(finding, lang)
    tail = f" ({finding.kind}{': ' + finding.name if finding.name else ''})"
    n = finding.event
    where = (Text(f"第{n}个事件", f"event {n}") if n else Text("案件行", "its row")).text(lang)
    return Text(
        f"案件“{name}”，{where}：{what}{tail}", f"case '{name}', {where}: {what}{tail}"
    ).text(lang)


def _act_line(finding: "FindingView", lang: str) -> str:
    what, kind = ACT_FINDINGS[finding.kind].text(lang), finding.kind
    if not finding.event:
        return Text(f"{what}：{finding.name} ({kind})", f"{what}: {finding.name} ({kind})").text(
            lang
        )
    return Text(
        f"办公室行为第{finding.event}项：{what} ({kind})",
        f"act {finding.event} of the office: {what} ({kind})",
    ).text(lang)
