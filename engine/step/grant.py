"""Chooses the branch that a move takes, and carries it out: what moves and openings share."""

from engine.case.errors import MoveRefused, Reasons
from engine.case.values import Data
from engine.compiling.plan import Branch, Workflow
from engine.facts.facts import Facts
from engine.facts.given import read_data, ways_of
from engine.step.choose import Choice, Chooser
from engine.step.draft import Draft
from engine.step.effects import carry_out


def resolve(workflow: Workflow, state: str, word: str) -> tuple[str, tuple[Branch, ...]]:
    """Return the trigger that a word means in a state, and its branches.

    A word is a trigger or a transition's id; an id narrows the branches to those that carry it.
    """
    if (state, word) in workflow.branches:
        return word, workflow.branches[state, word]
    for trigger in workflow.triggers.get(state, ()):
        for branch in workflow.branches[state, trigger]:
            ids = [one.strip() for one in (branch.definition.id or "").split(",")]
            if word in ids:
                return trigger, workflow.branches[state, trigger]
    return workflow.aliases.get(word, word), ()


def choose(
    draft: Draft, chooser: Chooser, facts: Facts, data: Data, *, opening: bool = False
) -> Choice:
    """Return the branch that grants, with the data merged into the draft.

    Raises:
        MoveRefused: with every reason; without a role only that (reasons could leak facts).
    """
    reasons = Reasons()
    if not chooser.allowed:
        chooser.refuse_role(reasons)
        raise MoveRefused(reasons.found)
    ways = ways_of(chooser.allowed)
    given = read_data(data, ways, facts)
    after = Facts(
        draft.workflow, facts.case, facts.world,
        now=facts.now, fields=given.fields, before=facts, actor=draft.move.actor.id,
    )  # fmt: skip
    pick = chooser.pick_opening if opening else chooser.pick
    choice = pick(after, given, reasons)
    if choice is None:
        raise MoveRefused(reasons.found, allowed=draft.workflow.triggers.get(facts.case.state, ()))
    draft.fields = given.fields
    draft.notes["given"] = sorted(given.names)
    draft.facts = after
    return choice


def execute(draft: Draft, choice: Choice) -> None:
    """Note a granted branch in the draft, and carry it out.

    Raises:
        MoveRefused: a right-hand side is not known.
    """
    branch = choice.branch
    draft.notes |= {
        "trigger": branch.trigger, "rule": branch.definition.id or "", "branch": branch.place,
        "from": draft.case.state, "to": choice.target, "role": choice.standing.role,
    }  # fmt: skip
    draft.acts_by(choice.standing)
    if draft.before is not None:
        draft.patch["taken"] = {branch.trigger: draft.case.taken.get(branch.trigger, 0) + 1}
    carry_out(draft, choice)
