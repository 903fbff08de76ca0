"""Converts values to plain data and back, and splits them into public and sealed parts."""

from collections.abc import Mapping
from dataclasses import asdict, fields
from operator import attrgetter
from typing import Any

from engine.case.values import Case, Data, Event, Handing, Plain, Proposal, Run
from engine.time.units import TimeUnit

Vaults = Mapping[str, str]
"""Field name to vault name, for every field that storage must encrypt."""

_RUN_DEFAULTS = tuple((f.name, f.default) for f in fields(Run))
_RUN_VALUES = attrgetter(*(f.name for f in fields(Run)))


def run_to_plain(run: Run) -> dict[str, Plain]:
    """Return a run as plain data, leaving out what has its default."""
    pairs = zip(_RUN_DEFAULTS, _RUN_VALUES(run), strict=True)
    plain = {name: value for (name, default), value in pairs if value != default}
    plain["unit"] = run.unit.value
    if run.changes:
        plain["changes"] = [list(change) for change in run.changes]
    if run.fired:
        plain["fired"] = list(run.fired)
    return plain


def run_from_plain(plain: Mapping[str, Any]) -> Run:
    """Return the run that ``run_to_plain`` described."""
    values = dict(plain)
    values["unit"] = TimeUnit(plain["unit"])
    if "changes" in plain:
        values["changes"] = tuple((kind, when) for kind, when in plain["changes"])
    if "fired" in plain:
        values["fired"] = tuple(plain["fired"])
    return Run(**values)


def proposal_to_plain(proposal: Proposal) -> dict[str, Plain]:
    """Return a proposal as plain data."""
    plain: dict[str, Any] = asdict(proposal)
    plain["data"] = dict(proposal.data)
    plain["needs"] = list(proposal.needs)
    plain["signed"] = [list(pair) for pair in proposal.signed]
    plain["acting"] = [list(pair) for pair in proposal.acting]
    if not proposal.acting:
        # As proposals were kept before anybody could stand in.
        del plain["acting"]
    return plain


def proposal_from_plain(plain: Mapping[str, Any]) -> Proposal:
    """Return the proposal that ``proposal_to_plain`` described."""
    rest = {k: v for k, v in plain.items() if k not in {"needs", "signed", "acting"}}
    signed = tuple((role, person) for role, person in plain["signed"])
    acting = tuple((signer, person) for signer, person in plain.get("acting", ()))
    return Proposal(**rest, needs=tuple(plain["needs"]), signed=signed, acting=acting)


def case_to_plain(case: Case) -> dict[str, Any]:
    """Return a case whole as plain data, keys in a fixed order."""
    return {
        "id": case.id,
        "workflow": case.workflow,
        "version": case.version,
        "unit": case.unit,
        "number": case.number,
        "state": case.state,
        "stack": list(case.stack),
        "outcome": case.outcome,
        "fields": dict(case.fields),
        "erased": sorted(case.erased),
        "taken": dict(case.taken),
        "runs": [run_to_plain(run) for run in case.runs],
        "armed": list(case.armed),
        "documents": {name: dict(marks) for name, marks in case.documents.items()},
        "proposals": [proposal_to_plain(p) for p in case.proposals],
        "links": {name: list(ids) for name, ids in case.links.items()},
        "unsealed": list(case.unsealed),
        "assignee": case.assignee,
        **_beside(case),
        "opened_by": case.opened_by,
        "opened_at": case.opened_at,
        "revision": case.revision,
        "acted": case.acted,
        "moved_at": case.moved_at,
    }


def _beside(case: Case) -> dict[str, Any]:
    """Return what acts beside moves left, where they left anything: older cases have no place."""
    found: dict[str, Any] = {}
    if case.handing is not None:
        found["handing"] = asdict(case.handing)
    if case.urged:
        found["urged"] = [list(pair) for pair in case.urged]
    return found


def back_to_plain(case: Case) -> dict[str, Any]:
    """Return what taking a move back restores of a case, its fields and texts left out."""
    plain = case_to_plain(case)
    names = (
        "state", "outcome", "number", "assignee", "stack", "armed", "unsealed", "taken",
        "documents", "runs",
    )  # fmt: skip
    return {**{name: plain[name] for name in names}, "handing": plain.get("handing")}


def case_from_plain(plain: Mapping[str, Any]) -> Case:
    """Return the case that ``case_to_plain`` described."""
    values = dict(plain)
    values["stack"] = tuple(plain["stack"])
    values["erased"] = frozenset(plain["erased"])
    values["runs"] = tuple(run_from_plain(run) for run in plain["runs"])
    values["armed"] = tuple(plain["armed"])
    values["proposals"] = tuple(proposal_from_plain(p) for p in plain["proposals"])
    values["unsealed"] = tuple(plain["unsealed"])
    if "handing" in plain:
        values["handing"] = Handing(**plain["handing"])
    if "urged" in plain:
        values["urged"] = tuple((person, day) for person, day in plain["urged"])
    values["links"] = {name: tuple(ids) for name, ids in plain["links"].items()}
    return Case(**values)


def split_data(data: Data, vaults: Vaults) -> tuple[dict[str, Plain], dict[str, dict[str, Plain]]]:
    """Divide field values into those kept in clear and those of each vault."""
    public: dict[str, Plain] = {}
    sealed: dict[str, dict[str, Plain]] = {}
    for name, value in data.items():
        vault = vaults.get(name)
        if vault is None:
            public[name] = value
        else:
            sealed.setdefault(vault, {})[name] = value
    return public, sealed


def split_case(case: Case, vaults: Vaults) -> tuple[dict[str, Any], dict[str, dict[str, Any]]]:
    """Divide a case into the public plain part and one part a vault.

    Returns:
        The plain case without sealed values, and by vault ``{"set": {field: value}}`` and,
        where a proposal holds sealed data, ``{"data": {trigger: {field: value}}}``.
    """
    plain = case_to_plain(case)
    plain["fields"], values = split_data(case.fields, vaults)
    sealed: dict[str, dict[str, Any]] = {v: {"set": part} for v, part in values.items()}
    for proposal in plain["proposals"]:
        proposal["data"], hidden = split_data(proposal["data"], vaults)
        for vault, part in hidden.items():
            sealed.setdefault(vault, {}).setdefault("data", {})[proposal["trigger"]] = part
    return plain, sealed


def join_case(plain: Mapping[str, Any], sealed: Mapping[str, Mapping[str, Any] | None]) -> Case:
    """Put together what ``split_case`` divided; a vault that is None contributes nothing."""
    whole = dict(plain)
    whole["fields"] = dict(plain["fields"])
    proposals = {p["trigger"]: {**p, "data": dict(p["data"])} for p in plain["proposals"]}
    for part in sealed.values():
        if part is None:
            continue
        whole["fields"].update(part.get("set", {}))
        for trigger, data in part.get("data", {}).items():
            if trigger in proposals:
                proposals[trigger]["data"].update(data)
    whole["proposals"] = list(proposals.values())
    return case_from_plain(whole)


def event_to_plain(event: Event) -> dict[str, Any]:
    """Return an event as plain data, sealed parts in clear: for exports and tests."""
    return asdict(event)


def event_from_plain(plain: Mapping[str, Any]) -> Event:
    """Return the event that ``event_to_plain`` described."""
    return Event(**plain)
