"""Gathers the changes of one move into one event, and folds it into the case."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, replace
from datetime import date, datetime
from typing import Any, get_args

from engine.case.codec import back_to_plain, proposal_to_plain, run_to_plain, split_data
from engine.case.errors import Reason
from engine.case.fold import apply
from engine.case.owed import VOIDED, Tell
from engine.case.values import (
    CLOCK,
    Case,
    Effect,
    Event,
    Move,
    Plain,
    Proposal,
    Run,
    Step,
    World,
    day_of,
)
from engine.clocks.moves import Passage, run_clocks
from engine.clocks.scheduling import schedule
from engine.compiling.plan import Branch, Workflow
from engine.facts.facts import Facts
from engine.facts.roles import Standing
from engine.language.parts import Privacy
from engine.step.choose import Recorder
from engine.step.texts import rests_upon
from engine.time.times import moment_text, parse_moment

_NOTHING: Mapping[str, Any] = {}
_CLASSES = get_args(Privacy)


class Draft:
    """Gathers the changes of one move; ``finish`` turns them into a step."""

    def __init__(
        self,
        workflow: Workflow,
        before: Case | None,
        case: Case,
        move: Move,
        *,
        now: datetime,
        occurred_at: datetime,
        world: World,
        kind: str,
    ) -> None:
        self.workflow, self.before, self.case, self.move = workflow, before, case, move
        self.now, self.occurred_at, self.world, self.kind = now, occurred_at, world, kind
        self.fields: dict[str, Plain] = dict(case.fields)
        self.state, self.stack = case.state, case.stack
        self.patch: dict[str, Any] = {}
        self.notes: dict[str, Any] = {}
        self.effects: list[Effect] = []
        self.proposals: tuple[Proposal, ...] | None = None
        self.handing = case.handing
        self.salts: dict[str, str] = {}
        self.outside: tuple[Reason, ...] = ()
        self.drew: tuple[str, str, int] | None = None
        self.erased: set[str] = set()
        self.passage: Passage | None = None
        self.recorder: Recorder | None = None
        self.extends: dict[str, str] = {}
        self.back: Case | None = None
        self.facts = Facts(workflow, case, world, now=occurred_at, actor=move.actor.id)

    def acts_by(self, standing: Standing) -> None:
        """Note for whom the mover stands in, where a lent post is what allows it."""
        if standing.acting_for is not None:
            self.notes["acting_for"] = standing.acting_for

    def go(self, target: str, branch: Branch) -> None:
        """Change the state to the one that the machine found, and what lies below it."""
        _state, self.stack = self.workflow.leads_to((self.state, self.stack), branch)
        self.state = target
        self.passage = Passage(
            trigger=branch.trigger, entered=branch.enters,
            standing=frozenset((*self.stack, self.state)), extends=self.extends,
        )  # fmt: skip

    def after_facts(self) -> Facts:
        """Return the facts as they stand in this draft."""
        case = self._case_now()
        return Facts(
            self.workflow, case, self.world,
            now=self.occurred_at, fields=self.fields, actor=self.move.actor.id,
        )  # fmt: skip

    def _case_now(self) -> Case:
        return replace(
            self.case,
            state=self.state,
            stack=self.stack,
            fields=self.fields,
            number=self.patch.get("number", self.case.number),
            taken={**self.case.taken, **self.patch.get("taken", _NOTHING)},
            documents={**self.case.documents, **self.patch.get("documents", _NOTHING)},
            links={**self.case.links, **self.patch.get("links", _NOTHING)},
        )

    def mark(self, documents: Sequence[str], how: str) -> None:
        """Note documents as issued or delivered at the moment it happened."""
        marks = self.patch.setdefault("documents", {}) if documents else {}
        for name in documents:
            old = marks.get(name, self.case.documents.get(name, {}))
            marks[name] = {**old, how: moment_text(self.occurred_at)}

    def finish(self) -> Step:
        """Return the step: clocks run, proposals voided, event made, case folded."""
        passage = self.passage or Passage(standing=frozenset((*self.stack, self.state)))
        sealed, touched = self._field_patch()
        if self.back is None:
            self._state_patch()
            self._void(touched)
            self._proposal_patch(sealed)
            self._handing_patch()
            runs, armed = run_clocks(self.workflow, passage, self.after_facts())
            changed = self._run_patch(runs, armed)
        else:
            runs, changed = self.back.runs, True
            self.patch["back"] = back_to_plain(self.back)
        self._reason(sealed, touched)
        event = Event(
            case=self.case.id,
            seq=self.case.revision + 1,
            kind=self.kind,
            at=moment_text(self.now),
            occurred_at=moment_text(self.occurred_at),
            actor=self.move.actor.id,
            public={**self._public(), "patch": self.patch},
            sealed=sealed,
        )
        return Step(
            before=self.before,
            after=apply(None if self.before is None else self.case, event),
            event=event,
            effects=tuple(self.effects),
            drew=self.drew,
            unique=self._unique(),
            schedule=schedule(
                self.workflow, self.case.runs, runs,
                calendar=self.world.calendar, zone=self.world.zone,
            ) if changed else (),
        )  # fmt: skip

    def _run_patch(self, runs: tuple[Run, ...], armed: tuple[str, ...]) -> bool:
        """Note what became of runs; return whether any changed."""
        old = {run.key: run for run in self.case.runs}
        changed = [run_to_plain(run) for run in runs if old.get(run.key) != run]
        if changed:
            self.patch["runs"] = changed
        if armed != self.case.armed:
            self.patch["armed"] = list(armed)
        return bool(changed)

    def _state_patch(self) -> None:
        if self.state != self.case.state:
            self.patch["state"] = self.state
        if self.stack != self.case.stack:
            self.patch["stack"] = list(self.stack)
        seals = {part.seal for part in self.workflow.fields.values() if part.seal}
        if self.state in seals and self.state not in self.case.unsealed:
            self.patch["unsealed"] = [*self.case.unsealed, self.state]

    def _handing_patch(self) -> None:
        """Note what became of a handing; a new assignee, or an end, ends one that waits."""
        ends = "assignee" in self.patch or self.workflow.is_final(self.state)
        now = None if ends else self.handing
        if now != self.case.handing:
            self.patch["handing"] = None if now is None else asdict(now)

    def _field_patch(self) -> tuple[dict[str, dict[str, Any]], set[str]]:
        """Note what changed of the fields; return the sealed part, and the names of all."""
        old = self.case.fields
        changed = {n: v for n, v in self.fields.items() if n not in old or old[n] != v}
        gone = sorted(old.keys() - self.fields.keys() - self.erased)
        public, hidden = split_data(changed, self.workflow.vaults)
        if public:
            self.patch["set"] = public
        if gone:
            self.patch["unset"] = gone
        if self.erased:
            self.patch["erased"] = sorted(self.erased)
        sealed = {vault: {"set": part} for vault, part in hidden.items()}
        return sealed, {*changed, *gone, *self.erased}

    def _reason(self, sealed: dict[str, dict[str, Any]], touched: set[str]) -> None:
        """Keep the mover's words with the highest class of what they speak of.

        A comment may speak of anything: it never stands in clear.
        """
        if not self.move.reason:
            return
        vaults = [self.workflow.vaults.get(name, "") for name in {*touched, *self.move.data}]
        classes = {vault.partition("/")[0] for vault in vaults if vault}
        if self.kind == "commented":
            classes.add("personal")
        if classes:
            highest = max(classes, key=_CLASSES.index)
            sealed.setdefault(highest, {})["reason"] = self.move.reason
        else:
            self.notes["reason"] = self.move.reason

    def _void(self, touched: set[str]) -> None:
        """Void the texts that rest on what changed, and let everybody know who signed one.

        Source:
            language.md 9.1.
        """
        kept = self.case.proposals if self.proposals is None else self.proposals
        moved = not {"state", "stack"}.isdisjoint(self.patch)
        void = [one for one in kept if moved or touched & self._rests_upon(one)]
        if void:
            self.proposals = tuple(one for one in kept if one not in void)
            self.notes["voided"] = [one.trigger for one in void]
            self.tell_signers(void)

    def _rests_upon(self, proposal: Proposal) -> frozenset[str]:
        branches = self.workflow.branches[self.case.state, proposal.trigger]
        return rests_upon(self.workflow, branches[proposal.branch])

    def tell_signers(self, void: Sequence[Proposal], *, why: str = VOIDED) -> None:
        """Owe a message to everybody but the mover who signed a text that is no more."""
        self.tell({person for one in void for _role, person in one.signed}, why=why)

    def tell(self, persons: Iterable[str], *, why: str) -> None:
        """Owe a message to some persons, the mover left out."""
        others = sorted(set(persons) - {CLOCK, self.move.actor.id})
        if others:
            self.effects.append(Tell(roles=(), persons=tuple(others), why=why))

    def _proposal_patch(self, sealed: dict[str, dict[str, Any]]) -> None:
        if self.proposals is None or self.proposals == self.case.proposals:
            return
        for vault, salt in self.salts.items():
            sealed.setdefault(vault, {})["salt"] = salt
        self.patch["proposals"] = []
        for proposal in self.proposals:
            plain = proposal_to_plain(proposal)
            plain["data"], hidden = split_data(proposal.data, self.workflow.vaults)
            for vault, part in hidden.items():
                sealed.setdefault(vault, {}).setdefault("data", {})[proposal.trigger] = part
            self.patch["proposals"].append(plain)

    def _public(self) -> dict[str, Any]:
        move = self.move
        told: dict[str, Any] = {"via": move.via, **self.notes}
        if move.on_behalf_of:
            told["on_behalf_of"] = move.on_behalf_of
        consulted: dict[str, Any] = {"calendar": self.world.calendar.version}
        if self.world.counts:
            consulted["counts"] = dict(self.world.counts)
        if self.world.params:
            consulted["params"] = dict(self.world.params)
        if self.world.profile:
            consulted["profile"] = self.world.profile
        rows = self._rows()
        if rows:
            consulted["rows"] = rows
        return {**told, "consulted": consulted}

    def _rows(self) -> dict[str, Any]:
        """Return the catalogue rows that the public fields name, as they stood."""
        found: dict[str, Any] = {}
        for name, part in self.workflow.fields.items():
            if part.catalogue is None or name not in self.fields or name in self.workflow.vaults:
                continue
            catalogue = self.world.catalogues.get(part.catalogue, {})
            value = self.fields[name]
            for code in value if isinstance(value, list) else [value]:
                if str(code) in catalogue:
                    found[str(code)] = dict(catalogue[str(code)])
        return found

    def _unique(self) -> tuple[str, ...] | None:
        names = self.workflow.definition.unique
        if not names:
            return None
        parts = []
        for name in names:
            if name == "unit" and "unit" not in self.workflow.fields:
                parts.append(self.case.unit)
            elif name in self.fields:
                parts.append(str(self.fields[name]))
            elif name == "year" and "year" not in self.workflow.fields:
                parts.append(str(self._opened_on().year))
            else:
                return None
        return tuple(parts)

    def _opened_on(self) -> date:
        """Return the day the case was opened, in the office's zone."""
        opened = self.case.opened_at
        return day_of(parse_moment(opened) if opened else self.occurred_at, self.world.zone)
