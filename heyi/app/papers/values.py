"""Makes a label and a text of each path that a document prints, masked where required."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Any, assert_never
from zoneinfo import ZoneInfo

from engine.case.values import Run, day_of
from engine.clocks.explaining import profile_basis
from engine.compiling.names.documents import CHANGED, CLOCKS, PAPERS
from engine.facts.clocks import latest_runs
from engine.facts.messages import MASK, shown
from engine.facts.people import person_id
from engine.language.kinds import FieldType
from engine.language.labels import PLACE
from engine.language.parts import FieldDef
from engine.telling.sentences.tongue import Tongue
from engine.time.times import parse_moment
from heyi.app.cases.clockwords import CLASSES
from heyi.app.cases.sight import Seen
from heyi.app.cases.views import value_text
from heyi.app.papers.issue import Issue
from heyi.app.papers.lists import Row, asked, changed_rows, chosen_rows, columns_of, papers
from heyi.app.papers.masks import name_masked
from heyi.app.papers.rights import for_public, may_stand
from heyi.app.papers.texts import citation, cited, day_text, moment_of, money, share_text

ERASED = "（已销毁）"
_ZH = Tongue("zh")
_ADVICE = ("remedy", "provide")
"""Outputs of a table that templates print where they belong, not as what it says."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One label and text of a document.

    Attributes:
        path: as the file names it.
        label: what people call it.
        text: its value; of a list "".
        head: the columns of a list, as people call them.
        columns: the same, as the file names them.
        rows: the items of a list, a text a column.
        outputs: of a decision table, texts by output, and ``rule`` and ``source``.
        masked: the value is not for this reader or this addressee.
    """

    path: str
    label: str
    text: str = ""
    head: Sequence[str] = ()
    columns: Sequence[str] = ()
    rows: Sequence[Sequence[str]] = ()
    outputs: Mapping[str, str] = field(default_factory=dict)
    masked: bool = False


def entries(issue: Issue) -> list[tuple[str, Entry]]:
    """Return what the document prints, in the file's order, each with its place.

    What is unset or empty is left out.
    """
    found = ((one.place, entry_of(issue, one.path, one.columns)) for one in asked(issue))
    return [(place, one) for place, one in found if one is not None and (one.text or one.rows)]


def plain_entry(entry: Entry) -> dict[str, Any]:
    """Return an entry as a template gets it."""
    return asdict(entry)


def entry_of(issue: Issue, path: str, columns: Sequence[str] = ()) -> Entry | None:
    """Return what a path prints, None where it is unset.

    Args:
        issue: the document.
        path: a field, ``field.column``, fact, table, ``table.output``, ``clocks.NAME``,
            ``changed.LIST`` or ``documents``.
        columns: of a list, those to print; empty for all.
    """
    head, _, rest = path.partition(".")
    if path == PAPERS:
        return _papers(issue)
    if head == CLOCKS:
        return _clock(issue, path, rest)
    found = _rows(issue, path)
    if found is None:
        entry = _entry(issue, path, head, rest)
    else:
        entry = _list(issue, path, *found, columns)
    if entry is None or may_stand(issue, path):
        return entry
    return Entry(path=path, label=entry.label, text=MASK, masked=True)


def _entry(issue: Issue, path: str, head: str, rest: str) -> Entry | None:
    workflow = issue.workflow
    if head in issue.seen.case.erased and head not in issue.then.fields:
        return Entry(path=path, label=_label(issue, head), text=ERASED)
    if head in workflow.tables:
        return _table(issue, path, rest)
    if head in workflow.fields:
        return _field(issue, path, rest)
    value = issue.then.get(path)
    return None if value is None else Entry(path=path, label=_label(issue, head), text=shown(value))


def filled(issue: Issue, text: str) -> str:
    """Return a text of the file with every ``{path}`` replaced, masked where it must be."""

    def value_of(name: str) -> str:
        if name.partition(".")[0] not in _known(issue):
            return shown(issue.then.get(name))
        entry = entry_of(issue, name)
        return shown(None) if entry is None else entry.text

    return PLACE.sub(lambda match: value_of(match[1]), text)


def _known(issue: Issue) -> set[str]:
    return {CLOCKS, *issue.workflow.fields, *issue.workflow.facts, *issue.workflow.tables}


def _label(issue: Issue, name: str) -> str:
    kinds = ("fields", "facts", "tables")
    kind = next(one for one in kinds if name in getattr(issue.workflow.definition, one))
    return issue.workflow.label(kind, name)


def _field(issue: Issue, path: str, column: str) -> Entry | None:
    name = path.partition(".")[0]
    if name not in issue.then.fields:
        return None
    part, label = issue.workflow.fields[name], _label(issue, name)
    if column:
        seen = issue.then.get(name)
        value = seen.get(column) if isinstance(seen, dict) else None
        return None if value is None else Entry(path=path, label=label, text=shown(value))
    return Entry(path=path, label=label, text=text_of(issue, part, issue.then.fields[name]))


def _rows(issue: Issue, path: str) -> tuple[FieldDef, Sequence[Row]] | None:
    """Return the items that a path prints and the list they are of; None for what is no list."""
    name = path.removeprefix(CHANGED)
    part = issue.workflow.fields.get(name)
    if part is not None and isinstance(part.of, dict) and name in issue.then.fields:
        rows: Any = issue.then.fields[name] if name == path else changed_rows(issue, name)
        return part, rows
    return chosen_rows(issue, name) if name in issue.workflow.facts else None


def _list(
    issue: Issue, path: str, part: FieldDef, rows: Sequence[Row], wanted: Sequence[str]
) -> Entry | None:
    known = part.of if isinstance(part.of, dict) else {}
    columns = columns_of(part, rows, wanted)
    if not columns:
        return None
    heads = [told.text() if (told := known[one].label) else one for one in columns]
    texts = [
        [text_of(issue, known[one], row[one]) if one in row else "" for one in columns]
        for row in rows
    ]
    label = _label(issue, path.removeprefix(CHANGED))
    return Entry(path=path, label=label, head=heads, columns=columns, rows=texts)


def _papers(issue: Issue) -> Entry:
    zone = issue.then.world.zone

    rows = [
        [label, *(_day(at, zone) if at else "" for at in moments)]
        for label, *moments in papers(issue)
    ]
    head = ["文书", "出具日期", "送达日期"]
    columns = ["document", "issued", "delivered"]
    return Entry(path=PAPERS, label="文书目录", head=head, columns=columns, rows=rows)


def _day(moment: str, zone: ZoneInfo) -> str:
    return day_text(day_of(parse_moment(moment), zone).isoformat())


def text_of(issue: Issue, part: FieldDef, value: Any) -> str:
    """Return a field's value as papers write it."""
    if isinstance(value, list):
        return "、".join(text_of(issue, part, one) for one in value)
    match part.type:
        case FieldType.PERSON:
            name = issue.people.get(person_id(value), person_id(value))
            return name_masked(name) if for_public(issue) else name
        case FieldType.DATE | FieldType.MOMENT:
            return moment_of(str(value), issue.then.world.zone)
        case FieldType.MONEY:
            return money(str(value))
        case (
            FieldType.TEXT | FieldType.INTEGER | FieldType.DECIMAL | FieldType.BOOLEAN
            | FieldType.CHOICE | FieldType.UNIT | FieldType.CASE | FieldType.ITEM
            | FieldType.FILE | FieldType.LIST
        ):  # fmt: skip
            return value_text(_then(issue), part, value, "zh")
        case _:
            assert_never(part.type)


def _then(issue: Issue) -> Seen:
    """Return what texts are looked up in: the world as it was when the document was issued."""
    return replace(issue.seen, world=issue.then.world)


def _table(issue: Issue, path: str, output: str) -> Entry | None:
    name = path.partition(".")[0]
    decision = issue.then.decision(name)
    if not decision.outputs:
        return None
    gives = issue.workflow.definition.tables[name].gives
    outputs = {
        word: share_text(str(value)) if gives.get(word) == "share" else shown(value)
        for word, value in decision.outputs.items()
    }
    if output:
        return Entry(path=path, label=_label(issue, name), text=outputs.get(output, ""))
    words = {name: shown(value) for name, value in decision.outputs.items() if _is_label(value)}
    outputs["source"] = citation(issue.workflow, decision.source)
    outputs["says"] = next((text for name, text in words.items() if name not in _ADVICE), "")
    text = "；".join(words.values()) or outputs["rule"]
    return Entry(path=path, label=_label(issue, name), text=text, outputs=outputs)


def _is_label(value: Any) -> bool:
    return isinstance(value, dict) and "zh" in value


def _clock(issue: Issue, path: str, name: str) -> Entry | None:
    runs = latest_runs(issue.then.case.runs, name)
    if not runs:
        return None
    run, label, zone = runs[-1], issue.workflow.label("clocks", name), issue.then.world.zone
    outputs = {
        "due": moment_of(run.due, zone) + ("（预计）" if run.provisional else ""),
        "span": _span(run, moment_of(run.anchor, zone)),
        "rests_on": _rests_on(issue, run),
    }
    more = "；".join(word for word in (outputs["span"], outputs["rests_on"]) if word)
    text = f"至{outputs['due']}" + (f"（{more}）" if more else "")
    return Entry(path=path, label=label, text=text, outputs=outputs)


def _span(run: Run, start: str) -> str:
    """Return how long a run is and from when it counts; "" for a date that the case names."""
    if not run.n:
        return ""
    least = "不少于" if run.kind == "at_least" else ""
    # The day something happens is not counted; minutes and hours count from their moment.
    counted = f"{start}起算" if "T" in run.anchor else f"{start}的次日起算"
    return f"{least}{_ZH.span(run.n, run.unit)}，自{counted}"


def _rests_on(issue: Issue, run: Run) -> str:
    clock = issue.workflow.clocks[run.clock]
    rule = clock.variant_of(run.rule).definition
    kind = rule.class_ or clock.definition.class_
    words = [CLASSES[str(kind)].zh + "期限" if kind else ""]
    basis = profile_basis(clock, run, issue.then.world)
    words.append(
        cited(*basis)
        if basis
        else citation(issue.workflow, rule.source or clock.definition.source or "")
    )
    return "，".join(word for word in words if word)


def signers(issue: Issue) -> Iterator[str]:
    """Yield the roles under which a document was issued: who moved, and who signed with them.

    An addressee whose own move issued it is no office that issues it.
    """
    told: Any = issue.event.public
    roles = [role for role, _person in told.get("signed", ())] or [told.get("role") or ""]
    for role in dict.fromkeys(roles):
        if role in issue.workflow.definition.roles and role not in issue.rule.to:
            yield issue.workflow.label("roles", role)
