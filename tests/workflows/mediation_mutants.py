"""Hand-made mutilations of mediation.yaml and its vocabulary that the properties must find out."""

import copy
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from engine.checking.build import load_workflow
from engine.compiling.plan import Workflow
from engine.language.load import ShelfKind
from tests.builders.shelves import SHIPPED, folder
from tests.workflows.scenario_player import plain, yaml_of

File = dict[str, Any]
Files = Mapping[str, File]
Mutate = Callable[[Files], None]
MAIN, WORDS = "mediation", "mediation_common"


def mutant(mutate: Mutate, *, version: int | None = None) -> Workflow:
    """Return mediation.yaml mutilated; packs are kept out, some would refuse it at once.

    Args:
        mutate: the mutilation.
        version: of the mutilated file, so that it can be published after the shipped one.
    """
    files = mutated(mutate)
    if version is not None:
        files[MAIN]["version"] = version

    def shelf(kind: ShelfKind, name: str) -> tuple[str, str] | None:
        if kind == "pack":
            return None
        if kind == "library" and name == WORDS:
            return f"{WORDS}.yaml", yaml_of(files[WORDS])
        return folder(SHIPPED)(kind, name)

    return load_workflow(yaml_of(files[MAIN]), file="mutant.yaml", shelf=shelf)


def mutated(mutate: Mutate) -> Files:
    """Return both files as plain values, mutilated; fails where nothing was changed."""
    whole = {name: plain(SHIPPED / f"{name}.yaml") for name in (MAIN, WORDS)}
    files = copy.deepcopy(whole)
    mutate(files)
    assert files != whole, "this mutilation changes nothing"
    return files


def _ways(file: File, trigger: str) -> Iterator[dict[str, Any]]:
    """Yield every branch of a trigger, in states and groups."""
    found = [
        part["on"][trigger]
        for section in ("states", "groups")
        for part in file[section].values()
        if trigger in part.get("on", {})
    ]
    assert found, f"no move '{trigger}'"
    for ways in found:
        yield from ways if isinstance(ways, list) else [ways]


def _move(trigger: str, **changes: Any) -> Mutate:
    """Change every branch of a trigger; None takes a key out."""

    def mutate(files: Files) -> None:
        for way in _ways(files[MAIN], trigger):
            for key, value in changes.items():
                if value is None:
                    way.pop(key, None)
                else:
                    way[key] = value

    return mutate


def _fact(name: str, is_: str) -> Mutate:
    def mutate(files: Files) -> None:
        file = next(file for file in files.values() if name in file.get("facts", {}))
        file["facts"][name]["is"] = is_

    return mutate


def _field(name: str, **changes: Any) -> Mutate:
    def mutate(files: Files) -> None:
        file = next(file for file in files.values() if name in file.get("fields", {}))
        for key, value in changes.items():
            if value is None:
                file["fields"][name].pop(key)
            else:
                file["fields"][name][key] = value

    return mutate


def _part(section: str, name: str, **changes: Any) -> Mutate:
    def mutate(files: Files) -> None:
        for key, value in changes.items():
            if value is None:
                files[MAIN][section][name].pop(key)
            else:
                files[MAIN][section][name][key] = value

    return mutate


def _readers(**changes: Any) -> Mutate:
    def mutate(files: Files) -> None:
        files[MAIN]["readers"] |= changes

    return mutate


def _not_offered(trigger: str, *states: str) -> Mutate:
    """Take a group's trigger away from some of its states: there it is offered to nobody."""

    def mutate(files: Files) -> None:
        way = next(_ways(files[MAIN], trigger))
        for state in states:
            files[MAIN]["states"][state].setdefault("on", {})[trigger] = {**way, "by": ["justice"]}

    return mutate


def _all(*mutations: Mutate) -> Mutate:
    def mutate(files: Files) -> None:
        for one in mutations:
            one(files)

    return mutate


def _not_sealed(files: Files) -> None:
    del files[MAIN]["sealed"]


def _sealed_to_parties(files: Files) -> None:
    files[MAIN]["sealed"]["to"].append("party")


def _will_is_kept(files: Files) -> None:
    """Nobody can write down that a side refuses."""
    for name in ("acceptance", "consent_pending"):
        files[MAIN]["states"][name].pop("amends", None)


def _silent(*triggers: str) -> Mutate:
    """Take every answer to the applicant out of these moves."""

    def mutate(files: Files) -> None:
        for trigger in triggers:
            for way in _ways(files[MAIN], trigger):
                way["asks"] = [name for name in way.get("asks", []) if name != "reply_on"]
                way["tells"] = []
                way["issues"] = []

    return mutate


LEAVING: Mapping[str, Mutate] = {
    "the head ends the talks, no party does": _move("end_talks", by=["head"]),
    "only after a session": _move("end_talks", when="size(sessions) > 0"),
    "a party must bring evidence": _move("end_talks", asks=["reason", "evidence"]),
    "nobody asks why": _move("end_talks", asks=[]),
    "a demand to end leads on": _move("end_talks", to="stay", sets=None, erases=None),
    "not while suspended": _not_offered("end_talks", "suspended"),
    "not while there is danger": _not_offered("end_talks", "urgent"),
    "not before a mediator is named": _not_offered("end_talks", "accepted"),
    "not while the text is checked": _not_offered("end_talks", "content_check"),
    "new talks are ended by the staff alone": _move("stop_renewal", by=["mediator", "head"]),
    "an applicant cannot withdraw": _move("withdraw", by=["head"]),
    "a side cannot refuse, nor is it written down": _all(
        _will_is_kept, _move("refuse", by=["head"])
    ),
}
"""A party is held back."""

ENDING: Mapping[str, Mutate] = {
    "no remedies where a party ends the talks": _move("end_talks", issues=[]),
    "no remedies with a failure": _move("fail", issues=[]),
    "no remedies with a non-acceptance": _move("decline", issues=[]),
    "no remedies with a refusal": _move("end_as_refused", issues=[]),
    "no remedies after a danger": _move("calm_and_end", issues=[]),
    "no remedies where a fabrication is stopped": _move("collusion", issues=[]),
    "the paper names no remedies": _part("documents", "d14", means=None),
    "nobody is told of a withdrawal": _silent("withdraw"),
    "nobody is told of a merger": _silent("merge"),
    "nobody is told of a transfer": _silent("transfer", "refer"),
}
"""An end without its remedies, or without an answer."""

MEDIATING: Mapping[str, Mutate] = {
    "who is recused goes on": _part("roles", "mediator", never=["parties.person"]),
    "nobody is ever recused": _fact("barred", "[]"),
    "who is recused can be named again": _fact(
        "mediator_neutral", "!conflict && !parties.exists(p, p.person == mediator)"
    ),
    "a party can be named": _fact("mediator_neutral", "!conflict && !(mediator in barred)"),
    "a conflict that is disclosed is passed over": _fact(
        "mediator_neutral", "!parties.exists(p, p.person == mediator) && !(mediator in barred)"
    ),
    "relations are not looked at": _fact("screened", "true"),
    "an official keeps the post in the own dispute": _all(
        *(_part("roles", one, never=None) for one in ("handler", "registrar", "worker")),
        _part("roles", "head", never=["nominees"]),
    ),
}
"""Somebody acts who may not."""

READING: Mapping[str, Mutate] = {
    "anybody reads what is confidential": _readers(confidential="anyone"),
    "the justice office reads what is confidential": _readers(
        confidential=["head", "mediator", "lawyer", "party", "justice"]
    ),
    "the handler reads what is personal": _readers(personal=["worker", "head", "mediator"]),
    "the parties read what is sealed": _readers(sealed=["head", "mediator", "party"]),
    "the justice office reads what is sealed": _readers(sealed=["head", "mediator", "justice"]),
    "notes of one side are for the committee": _field("caucus", seal_to=["mediator", "head"]),
    "notes of one side are only sealed": _field("caucus", seal_to=None),
    "notes of one side are confidential": _field("caucus", seal_to=None, privacy="confidential"),
    "notes of one side outlive the case": _all(
        *(_move(trigger, erases=None) for trigger in ("end_talks", "close", "fail"))
    ),
    "demands are internal": _field("demands", privacy="internal", seal_to=None),
    "the other side reads what was asked for": _field("demands", seal_to=None),
    "the sides read what was found out": _field("findings", seal_to=None),
    "findings are public": _field("findings", privacy="public", seal_to=None),
    "the safety plan is confidential": _field("safety_plan", privacy="confidential"),
    "nothing is sealed by violence": _not_sealed,
    "a sealed case is open to the parties": _sealed_to_parties,
}
"""Somebody reads what is not theirs."""
