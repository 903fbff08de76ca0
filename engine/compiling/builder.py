"""Compiles the parts of a merged definition one after the other."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from engine.case.text import said
from engine.compiling import words
from engine.compiling.checks import check_literal
from engine.compiling.clocks import plan_clocks
from engine.compiling.expand import Expanded
from engine.compiling.formulas import Formulas
from engine.compiling.machine import Rule, StateMachine
from engine.compiling.plan import Amendment, Branch, Line, Literal, Workflow
from engine.compiling.readers import plan_conditions
from engine.compiling.tables import plan_tables
from engine.language.cel import Expression, Kind
from engine.language.kinds import FieldType
from engine.language.labels import PLACE
from engine.language.load import Findings
from engine.language.model import MoveDef, TransitionDef, WorkflowDef
from engine.language.reader import Path
from engine.language.scope import field_kind, triggers
from engine.language.words import Label

_SEALED = ("personal", "confidential", "sealed")


class Builder:
    """Compiles one merged definition; problems are noted."""

    def __init__(
        self, rule: WorkflowDef, expanded: Expanded, formulas: Formulas, findings: Findings
    ) -> None:
        self.rule, self.expanded, self.formulas = rule, expanded, formulas
        self.findings = findings

    def build(self) -> Workflow:
        """Return the compiled workflow; with problems noted it may be incomplete."""
        rule = self.rule
        branches = self._branches()
        openings = self._openings()
        self._check_overlays(branches)
        tables = plan_tables(rule, self.formulas)
        clocks = plan_clocks(rule, self.formulas, self.expanded.members)
        sealed = rule.sealed and self.formulas.compile(
            rule.sealed.when, ("sealed", "when"), wants="boolean"
        )
        return Workflow(
            name=rule.workflow,
            version=rule.version,
            definition=rule,
            digest=definition_digest(rule),
            machine=self._machine(branches),
            branches=branches,
            openings=openings,
            amendments=self._amendments(),
            fields=rule.fields,
            facts=self.formulas.facts,
            tables=tables,
            clocks=clocks,
            covers=self.expanded.covers,
            vaults=self._vaults(),
            sealed=sealed or None,
            conditions=plan_conditions(rule, self.formulas, self.findings),
            triggers={s: tuple(t for (at, t) in branches if at == s) for s in rule.states},
            aliases=self._aliases(branches),
            variables=self.formulas.variables,
        )

    def _branches(self) -> dict[tuple[str, str], tuple[Branch, ...]]:
        made: dict[int, list[Branch]] = {}
        found = {}
        for (state, trigger), (path, rules) in self.expanded.offers.items():
            if id(rules) not in made:
                many = isinstance(self._raw(path), list)
                made[id(rules)] = [
                    self._branch(one, trigger, n, (*path, n) if many else path)
                    for n, one in enumerate(rules)
                ]
            found[state, trigger] = tuple(_at(branch, state) for branch in made[id(rules)])
        return found

    def _raw(self, path: Path) -> Any:
        document = self.findings.borrowed.get(path[:2], self.findings.document)
        value: Any = document.value
        for step in path:
            try:
                value = value[step]
            except (KeyError, IndexError, TypeError):
                return None
        return value

    def _openings(self) -> tuple[Branch, ...]:
        many = isinstance(self._raw(("opening",)), list)
        return tuple(
            self._branch(one, one.id or f"open{n + 1}", n, ("opening", n) if many else ("opening",))
            for n, one in enumerate(self.rule.opening)
        )

    def _branch(self, one: MoveDef, trigger: str, place: int, path: Path) -> Branch:
        extra: dict[str, Any] = {}
        if isinstance(one, TransitionDef):
            extra = {
                "edits": one.edits,
                "cosign": one.cosign,
                "propose": one.propose,
                "from_": one.from_,
                "until": one.until,
            }
        return Branch(
            state="",
            trigger=trigger,
            place=place,
            definition=one,
            guard=self._guard(one, path),
            sets=tuple(self._set(f, v, (*path, "sets", f)) for f, v in one.sets.items()),
            values=self._values(one, path),
            **extra,
        )

    def _guard(self, one: MoveDef, path: Path) -> tuple[Line, ...]:
        raw = self._raw((*path, "when"))
        lines = []
        for n, condition in enumerate(one.when):
            at: Path = (*path, "when")
            if isinstance(raw, list):
                at = (*at, n, "that") if isinstance(raw[n], dict) else (*at, n)
            elif isinstance(raw, dict):
                at = (*at, "that")
            ask = self.formulas.compile(condition.that, at, wants="boolean", plain=True)
            if ask is not None:
                otherwise = condition.otherwise or one.otherwise
                self._quoted(otherwise, at)
                source = condition.source or one.source or ""
                lines.append(Line(ask=ask, otherwise=otherwise, source=source))
        return tuple(lines)

    def _quoted(self, otherwise: Label | None, path: Path) -> None:
        """Note what a refusal would quote and nothing gives."""
        known = self.formulas.variables
        texts = f"{otherwise.zh} {otherwise.en or ''}" if otherwise else ""
        for name in dict.fromkeys(PLACE.findall(texts)):
            if name not in known:
                told = said(words.QUOTES_NO_FACT, name=name)
                self.findings.add(path, "HY201", told, near=name, among=known)

    def _set(self, name: str, value: Any, path: Path) -> tuple[str, Expression | Literal]:
        part = self.rule.fields.get(name)
        if part is None:
            return name, Literal(value=value)
        wants: Kind | None = field_kind(part)
        if part.kind.is_looked_up:
            # A unit's id or an item's code, or the map that another such field reads as.
            wants = "text" if part.type is FieldType.CASE else None
        compiled = self.formulas.value(value, path, wants=wants)
        if not (isinstance(value, str) and value.startswith("=")):
            check_literal(part, value, path, self.findings)
        return name, compiled

    def _values(self, one: MoveDef, path: Path) -> dict[tuple[Any, ...], Expression | Literal]:
        found: dict[tuple[Any, ...], Expression | Literal] = {}
        many = isinstance(self._raw((*path, "opens")), list)
        for n, opens in enumerate(one.opens):
            at: Path = (*path, "opens", n) if many else (*path, "opens")
            for name, value in opens.with_.items():
                found["opens", n, name] = self.formulas.value(
                    value, (*at, "with", name), each=opens.each, names=True
                )
            if opens.at is not None:
                found["opens", n, None] = self.formulas.value(
                    f"={opens.at.removeprefix('=')}", (*at, "at"), each=opens.each
                )
        if isinstance(one, TransitionDef):
            found |= self._sent(one, path)
        return found

    def _sent(self, one: TransitionDef, path: Path) -> dict[tuple[Any, ...], Expression | Literal]:
        """Return the values that signals carry and catalogues get."""
        found: dict[tuple[Any, ...], Expression | Literal] = {}
        for target, signal in one.signals.items():
            for name, value in signal.with_.items():
                at: Path = (*path, "signals", target, "with", name)
                found["signals", target, name] = self.formulas.value(value, at, names=True)
        if one.publishes:
            for name, value in (one.publishes.put or {"code": one.publishes.drop}).items():
                at = (*path, "publishes", "put", name)
                found["publishes", name] = self.formulas.value(value, at)
        return found

    def _amendments(self) -> dict[str, tuple[Amendment, ...]]:
        return {
            state: tuple(
                Amendment(
                    by=amend.by,
                    fields=frozenset(f for f in amend.fields if isinstance(f, str)),
                    adds=frozenset(amend.adds),
                    edits=_merged_edits(amend.edits, amend.fields),
                )
                for _path, amend in amends
            )
            for state, amends in self.expanded.amends.items()
        }

    def _machine(self, branches: Mapping[tuple[str, str], tuple[Branch, ...]]) -> StateMachine:
        rules = [
            Rule(source=state, trigger=trigger, place=branch.place, to=branch.definition.to)
            for (state, trigger), ways in branches.items()
            for branch in ways
            if branch.stays
            or branch.enters in self.rule.states
            or (branch.returns and state in self.expanded.covers)
        ]
        return StateMachine(self.rule.states, rules, self.expanded.covers)

    def _check_overlays(self, branches: Mapping[tuple[str, str], tuple[Branch, ...]]) -> None:
        """An overlay is entered only from what it may cover; ``back`` leaves overlays only."""
        for (state, trigger), ways in branches.items():
            path, _rules = self.expanded.offers[state, trigger]
            for branch in ways:
                to = branch.enters or ""
                if branch.returns and state not in self.rule.overlays:
                    told = said(words.NOTHING_BELOW, state=state)
                    self.findings.add(path, "HY401", told, key=True)
                if to in self.rule.overlays and state not in self.expanded.covers.get(to, ()):
                    told = said(words.NOT_OVER, overlay=to, state=state)
                    self.findings.add(path, "HY401", told, key=True)
        for name in self.rule.overlays:
            exits = [
                b.definition.to
                for (state, _t), ways in branches.items()
                for b in ways
                if state == name and b.enters is not None
            ]
            if not exits and name in self.rule.states:
                told = said(words.NO_WAY_OUT, name=name)
                self.findings.add(("overlays", name), "HY401", told, key=True)

    def _vaults(self) -> dict[str, str]:
        """Return for each field that storage encrypts its vault: a class, or its own."""
        erased = {
            name
            for _path, rules in self.expanded.offers.values()
            for one in rules
            for name in one.erases
        }
        return {
            name: f"{part.privacy}/{name}" if name in erased else str(part.privacy)
            for name, part in self.rule.fields.items()
            if part.privacy in _SEALED or name in erased
        }

    def _aliases(self, branches: Mapping[tuple[str, str], tuple[Branch, ...]]) -> dict[str, str]:
        """Return the trigger of each transition id, for those who speak in rule ids."""
        known = set(triggers(self.rule))
        return {
            word.strip(): branch.trigger
            for ways in branches.values()
            for branch in ways
            for word in (branch.definition.id or "").split(",")
            if word.strip() and word.strip() not in known
        }


def _at(branch: Branch, state: str) -> Branch:
    return replace(branch, state=state)


def _merged_edits(
    edits: Mapping[str, tuple[str, ...]], fields: tuple[Any, ...]
) -> dict[str, tuple[str, ...]]:
    merged = dict(edits)
    for part in fields:
        if isinstance(part, dict):
            merged.update(part)
    return merged


def definition_digest(rule: WorkflowDef) -> str:
    """Return the SHA-256 of a merged definition: the same meaning, the same digest."""
    plain = rule.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    return hashlib.sha256(
        json.dumps(plain, sort_keys=True, ensure_ascii=False).encode()
    ).hexdigest()
