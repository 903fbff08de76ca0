"""The text of a proposal: what it rests on, and the hash that every signature names."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Any

from engine.case.codec import Vaults, split_data
from engine.case.values import Case, Data
from engine.compiling.names.documents import CHANGED, printed
from engine.compiling.plan import Branch, Workflow
from engine.facts.reading import base_fields
from engine.language.cel import Expression
from engine.language.labels import PLACE
from engine.language.parts import DocumentDef


def rests_upon(workflow: Workflow, branch: Branch) -> frozenset[str]:
    """Return the fields that a proposal rests on: all its branch reads, brings, prints, sets from.

    Args:
        workflow: the rules.
        branch: the branch that was proposed.

    Source:
        language.md 9.1.
    """
    rule = branch.definition
    names = {name for line in branch.guard for name in line.ask.names}
    values = (*(value for _name, value in branch.sets), *branch.values.values())
    names |= {name for one in values if isinstance(one, Expression) for name in one.names}
    names |= {opens.each for opens in rule.opens if opens.each} | {rule.assigns or ""}
    names |= {str(name) for name in getattr(rule, "signals", ())}
    joins = getattr(rule, "joins", None)
    names |= {joins.case} if joins is not None else set()
    for paper in (*rule.issues, *getattr(rule, "delivers", ())):
        names |= _quoted(workflow.definition.documents[paper])
    return frozenset(base_fields(workflow, names) | branch.accepts)


def _quoted(paper: DocumentDef) -> set[str]:
    """Return the names that a paper prints or quotes."""
    told = [
        label.text(lang) for label in (paper.label, paper.says) if label for lang in ("zh", "en")
    ]
    paths = {path.removeprefix(CHANGED) for _place, path in printed(paper)}
    return paths | {name for text in told for name in PLACE.findall(text)}


def text_hash(
    workflow: Workflow,
    case: Case,
    branch: Branch,
    data: Data,
    *,
    on_behalf_of: str | None,
    salt: str | None,
) -> str:
    """Return the hash of a text: SHA-256 over the rules, the move, its data and what it rests on.

    It goes in under a salt: nobody makes a text beforehand whose hash begins like another's.
    Values of a sealed vault go in by a hash of their own, under a salt that is kept in that vault:
    nobody without its key can try out which value it was.

    Args:
        workflow: the rules.
        case: before the move.
        branch: what is proposed.
        data: what the move brings.
        on_behalf_of: for whom it is recorded.
        salt: fresh and secret; "" where nothing is kept, as in tests; None leaves out what is
            sealed: a clock brings no data, and what the text rests on is voided by event.
    """
    upon = rests_upon(workflow, branch)
    values = {name: case.fields[name] for name in sorted(upon & case.fields.keys())}
    parts = [_parts(one, workflow.vaults, salt) for one in (data, values)]
    return _digest([
        open_salt(salt or ""), workflow.digest, case.id, branch.trigger, branch.place, on_behalf_of,
        case.state, list(case.stack), *parts,
    ])  # fmt: skip


def open_salt(salt: str) -> str:
    """Return the salt that is kept in clear: it tells nothing of those of the vaults."""
    return _digest([salt, ""]) if salt else ""


def salts(names: Iterable[str], vaults: Vaults, salt: str) -> dict[str, str]:
    """Return the salt of each vault that some fields are kept in; none without a salt."""
    touched = {vaults[name] for name in names if name in vaults}
    return {vault: _digest([salt, vault]) for vault in sorted(touched)} if salt else {}


def _parts(values: Mapping[str, Any], vaults: Vaults, salt: str | None) -> list[Any]:
    public, hidden = split_data(values, vaults)
    if salt is None:
        return [public, {}]
    own = salts(values, vaults, salt)
    sealed = {vault: _digest([own.get(vault, ""), part]) for vault, part in hidden.items()}
    return [public, sealed]


def _digest(of: object) -> str:
    text = json.dumps(of, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()
