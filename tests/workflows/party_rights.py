"""What no mediation may take from the parties, read off the law and not off the file.

Judges of single steps and stands: each returns what is wrong, in words, and nothing where all
is well. Tags are what the rule packs know a part by; names are those of the shipped file.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

from engine.case.errors import MoveRefused
from engine.case.values import Actor, Case, Event, Move, Step, World
from engine.checking.promises.view import tags_of
from engine.compiling.plan import Branch, Workflow
from engine.facts.facts import Facts
from engine.facts.roles import people_at
from engine.step.offers import amendable, offers
from engine.step.take import take_step
from engine.time.times import parse_moment
from tests.workflows.mediation_moments import Stand, Taken
from tests.workflows.move_data import parties_of

ENDS = frozenset({"voluntary_end", "refusal", "falls_back"})
"""Tags of the moves by which a party ends the talks (new ones: back to the agreement in force)."""
MEDIATORS = frozenset({"mediator", "joint_mediator"})
STAFF = MEDIATORS | {"handler", "head", "lawyer"}
WORDS: Mapping[str, Any] = {"reason": "不愿调解", "reply_on": None}


# --- a. whoever is a party can leave, at any moment before the agreement


def is_before_agreement(workflow: Workflow, case: Case) -> bool:
    """Tell whether a case is open and has no agreement yet, whatever lies over it."""
    tags = {tag for name in (*case.stack, case.state) for tag in _state_tags(workflow, name)}
    return not workflow.is_final(case.state) and "after_agreement" not in tags


def held_back(workflow: Workflow, stand: Stand) -> Iterator[str]:
    """Yield each party that has no way out of the talks as they stand.

    Its own way: a move offered to it that asks for a reason and nothing else, is granted and
    ends the case. Before anybody accepted, and for who did not apply: its refusal can be recorded
    where it is asked, and then the case can be ended as refused.

    Source:
        人民调解法 17 and 23(2); domain.md E.6 LR01.
    """
    asked = {tag for name in (*stand.case.stack, stand.case.state)
             for tag in _state_tags(workflow, name)}  # fmt: skip
    for party in parties_of(stand.case):
        own = _leaves(workflow, stand, Actor(id=party))
        if own == []:
            continue
        if own is None and "before_talks" in asked and _has_no_say_yet(workflow, stand, party):
            continue
        yield f"{party} cannot leave in {stand.case.state}: {own or 'nothing is offered'}"


def _leaves(workflow: Workflow, stand: Stand, actor: Actor) -> list[str] | None:
    """Return what is wrong with a party's own way out; None where none is offered."""
    now = stand.now + timedelta(minutes=5)
    found = None
    for offer in offers(workflow, stand.case, actor, now=now, world=stand.world):
        branches = workflow.branches[stand.case.state, offer.trigger]
        if not offer.open or not any(ENDS & set(b.definition.means) for b in branches):
            continue
        found = [*_wrong_way_out(workflow, stand, actor, branches)]
        if not found:
            return []
    return found


def _wrong_way_out(
    workflow: Workflow, stand: Stand, actor: Actor, branches: tuple[Branch, ...]
) -> Iterator[str]:
    now, trigger = stand.now + timedelta(minutes=5), branches[0].trigger
    asks = {name for branch in branches for name in branch.definition.asks}
    # Who refuses to begin owes nobody a reason (人民调解法 17); who ends the talks is asked for one.
    if "reason" not in asks and any(
        "voluntary_end" in branch.definition.means for branch in branches
    ):
        yield f"{trigger} asks no reason"
    if not asks <= WORDS.keys():
        yield f"{trigger} asks a party for {sorted(asks - WORDS.keys())}"
        return
    data = {name: WORDS[name] or now.date().isoformat() for name in asks}
    move = Move(actor=actor, trigger=trigger, data=data)
    try:
        after = take_step(workflow, stand.case, move, now=now, world=stand.world).after
    except MoveRefused as refused:
        yield f"{trigger} is offered and then refused: {refused}"
    else:
        stands = "after_agreement" in _state_tags(workflow, after.state)
        if not workflow.is_final(after.state) and not stands:
            yield f"{trigger} ends nothing: {after.state}"


def _has_no_say_yet(workflow: Workflow, stand: Stand, party: str) -> bool:
    """Tell whether a side that did not apply need not leave: it can refuse, or is not asked yet."""
    states = (*stand.case.stack, stand.case.state)
    applicants = [
        one["person"] for one in _rows(stand.case, "parties") if one.get("side") == "applicant"
    ]
    if party in applicants:
        return False
    if not any("asking" in _state_tags(workflow, name) for name in states):
        return True
    return _is_refused_after(workflow, stand, party)


def _is_refused_after(workflow: Workflow, stand: Stand, party: str) -> bool:
    """Tell whether, once its refusal is on record, somebody can end the case as refused."""
    place = parties_of(stand.case).index(party) + 1
    for actor in (*stand.people, Actor(id=party)):
        now = stand.now + timedelta(minutes=5)
        edits = dict(amendable(workflow, stand.case, actor, now=now, world=stand.world).edits)
        if "will" not in edits.get("parties", ()):
            continue
        move = Move(
            actor=actor, kind="amend", data={"parties": {str(place): {"will": "refuses"}}}
        )  # fmt: skip
        try:
            after = take_step(workflow, stand.case, move, now=now, world=stand.world).after
        except MoveRefused:
            continue
        return any(
            offer.open
            for other in stand.people
            for offer in offers(workflow, after, other, now=now, world=stand.world)
            if any(
                "refusal" in b.definition.means
                for b in workflow.branches[after.state, offer.trigger]
            )
        )
    return False


# --- b. no end without its remedies, none without an answer to who asked first


def wrong_end(workflow: Workflow, taken: Taken) -> Iterator[str]:
    """Yield what the end of a case owes and did not give.

    Source:
        人民调解法 26; domain.md E.6 LR02 and LR23.
    """
    before, after = taken.step.before, taken.step.after
    if not workflow.is_final(after.state) or (before and before.state == after.state):
        return
    bad = after.outcome == "negative" or "unsettled" in _state_tags(workflow, after.state)
    issued = {name for name, marks in after.documents.items()
              if marks.get("issued") == taken.step.event.occurred_at}  # fmt: skip
    parts = workflow.definition.documents
    if bad and not any("remedies" in tags_of(parts[name]) for name in issued):
        yield f"{after.state} without remedies"
    if not _answers(workflow, taken, issued):
        yield f"{after.state} without an answer to who asked first"


def _answers(workflow: Workflow, taken: Taken, issued: set[str]) -> bool:
    """Tell whether who applied is answered: on a day, by a message, by a paper, or cannot be."""
    after, rule = taken.step.after, workflow.definition
    named = {*taken.move.data, *_set_by(taken.step)}
    fields = {n for n in named if {n, *tags_of(rule.fields[n])} & {"reply", "unreachable"}}
    if any(after.fields.get(name) for name in fields):
        return True
    branch = _branch(workflow, taken.step)
    told = set(branch.definition.tells) if branch else set()
    told |= {role for name in issued for role in rule.documents[name].to}
    applicants = set(_applicants(workflow, after, taken.world))
    return bool(applicants) and applicants <= _named(workflow, after, told, taken.world)


def _applicants(workflow: Workflow, case: Case, world: World) -> list[str]:
    found = [str(one["person"]) for one in _rows(case, "parties") if one.get("side") == "applicant"]
    return found or parties_of(case)


def _named(workflow: Workflow, case: Case, roles: set[str], world: World) -> set[str]:
    facts = Facts(workflow, case, world, now=parse_moment(case.moved_at))
    paths = (
        workflow.definition.roles[role].in_case
        for role in roles
        if role in workflow.definition.roles
    )
    return {one for path in paths if path for one in people_at(path, facts)}


def _set_by(step: Step) -> set[str]:
    patch: Any = step.event.public["patch"]
    found = set(patch.get("set", {}))
    for part in step.event.sealed.values():
        found |= set((part or {}).get("set", {}))  # type: ignore[arg-type]
    return found


# --- c. who is barred never acts as mediator


def wrong_mediator(workflow: Workflow, taken: Taken) -> Iterator[str]:
    """Yield that a step was made by somebody barred, or named somebody who is.

    Source:
        人民调解工作若干规定 25: a party's demand to replace the mediator must be met; domain.md
        E.6 LR05.
    """
    before, after = taken.step.before, taken.step.after
    if before is not None:
        yield from _wrongly_acting(before, taken.step)
    if taken.move.kind == "correct":
        return
    old = before.fields.get("mediator") if before else None
    new = after.fields.get("mediator")
    if new is not None and new != old:
        yield from _wrongly_named(after, str(new))
    came = _rows(after, "recusals")[len(_rows(before, "recusals")) if before else 0 :]
    if any(row.get("kept") or row.get("done") for row in came):
        yield "a demand to replace the mediator comes in as dealt with"


def _wrongly_acting(before: Case, step: Step) -> Iterator[str]:
    """Yield who made a step and may not have."""
    for role, person in _acting(step):
        if role in MEDIATORS and person in recused(before):
            yield f"{person} acts as {role} though recused"
        if role in STAFF and person in parties_of(before):
            yield f"{person} acts as {role} in the own dispute"


def _wrongly_named(case: Case, person: str) -> Iterator[str]:
    """Yield why somebody may not be named mediator of a case."""
    if person in recused(case):
        yield f"{person} is named mediator though recused"
    if person in parties_of(case):
        yield f"{person} is named mediator in the own dispute"
    related = [
        row for row in _rows(case, "relations")
        if row.get("whose") == person and row.get("relation") != "none"
    ]  # fmt: skip
    took_part = any(row.get("person") == person for row in _rows(case, "earlier_roles"))
    cleared = case.fields.get("cleared_for") == person
    if (related or took_part or case.fields.get("conflict") is True) and not cleared:
        yield f"{person} is named mediator with an open conflict"


def recused(case: Case) -> set[str]:
    """Return whom a demand to be replaced is against; a demand the head has refused counts not."""
    rows = _rows(case, "recusals")
    return {str(row["against"]) for row in rows if "against" in row and not row.get("kept")}


def _acting(step: Step) -> list[tuple[str, str]]:
    """Return who made a step in which role; all who signed it, where several did."""
    told = step.event.public
    signed = [(str(role), str(person)) for role, person in _list(told.get("signed"))]
    return signed or [(str(told.get("role", "")), step.event.actor)]


def wrongs(workflow: Workflow, taken: Taken) -> list[str]:
    """Return all that is wrong with a step."""
    return [*wrong_end(workflow, taken), *wrong_mediator(workflow, taken)]


def stands_after(stand: Stand, taken: Taken) -> Stand:
    """Return where a case stands after a step."""
    event: Event = taken.step.event
    return replace(stand, case=taken.step.after, event=event)


def _branch(workflow: Workflow, step: Step) -> Branch | None:
    told = step.event.public
    branches = workflow.branches.get((str(told.get("from", "")), str(told.get("trigger", ""))), ())
    return next((b for b in branches if b.place == told.get("branch")), None)


def _state_tags(workflow: Workflow, state: str) -> set[str]:
    return tags_of(workflow.definition.states[state])


def _rows(case: Case, name: str) -> list[dict[str, Any]]:
    rows: Any = case.fields.get(name, ())
    return [row for row in rows if isinstance(row, dict)]


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []
