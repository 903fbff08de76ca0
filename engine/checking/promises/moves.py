"""Checks promises about moves: what they need, which are forbidden, where, and in what order."""

from engine.case.text import Text, joined, said
from engine.checking.promises import words_of_breaches as words
from engine.checking.promises.breach import Breaches, with_way
from engine.checking.promises.known import UnknownTagError, is_shut, worlds
from engine.checking.promises.view import Arrow, View
from engine.language.promises import MovePromise, NeverPromise, OfferPromise, OrderPromise
from engine.language.select import Known, Needs


def check_needs(view: View, promise: MovePromise) -> None:
    """Note every selected move that lacks something it needs."""
    notes = Breaches(view, promise)
    arrows = view.moves(promise.for_)
    if not arrows and promise.must_exist:
        notes.add(("states",), words.NO_SUCH_MOVE)
    try:
        for arrow in arrows:
            if lacks := _lacks(view, arrow, promise.needs):
                notes.add_move(arrow, lacks)
    except UnknownTagError as error:
        notes.unknown(error)


def _lacks(view: View, arrow: Arrow, needs: Needs) -> Text | None:
    """Return what a move lacks, or None."""
    rule = arrow.branch.definition
    if needs.asks and not view.takes(arrow, needs.asks):
        return said(words.ASKS_NOT, tags=", ".join(needs.asks))
    if needs.issues and not view.issued(arrow, needs.issues):
        return said(words.ISSUES_NOT, tags=", ".join(needs.issues))
    if needs.informs and not _informs(view, rule.tells, rule.issues, needs.informs):
        return said(words.INFORMS_NOT, tags=", ".join(needs.informs))
    for known in needs.shut_while:
        if lacks := _open(view, arrow, known):
            return lacks
    found = [_lacks(view, arrow, one) for one in needs.any]
    missing = [one for one in found if one is not None]
    if found and len(missing) == len(found):
        return joined(missing, words.AND)
    return None


def _informs(
    view: View, tells: tuple[str, ...], issues: tuple[str, ...], tags: tuple[str, ...]
) -> bool:
    addressed = {role for name in issues for role in view.rule.documents[name].to}
    return bool({*tells, *addressed} & set(view.tagged("roles", tags)))


def _open(view: View, arrow: Arrow, known: Known) -> Text | None:
    """Return that the guard does not keep the move shut of what is known, or None."""
    for facts in worlds(view, known):
        if not is_shut(arrow.branch, facts):
            return said(words.STAYS_POSSIBLE, known=_shown(known))
    return None


def _shown(known: Known) -> str:
    plain = known.model_dump(mode="json", exclude_defaults=True)
    return ", ".join(f"{key}: {value}" for key, value in plain.items())


def check_never(view: View, promise: NeverPromise) -> None:
    """Note every move that the promise forbids."""
    spared = _fired_with_source(view) if promise.unless is not None else set()
    for arrow in view.moves(promise.never):
        if arrow.branch.trigger in spared:
            continue
        Breaches(view, promise).add_move(arrow, words.SHOULD_NOT_BE)


def _fired_with_source(view: View) -> set[str]:
    """Return the triggers that rungs fire, none of them without a source of its own.

    Source:
        language.md 4: into a negative outcome only with a source on that rung.
    """
    cases = [case for clock in view.workflow.clocks.values() for case in clock.variants]
    rungs = [rung for case in cases for rung in case.ladder.rungs if rung.fire is not None]
    unfounded = {rung.fire for rung in rungs if rung.source is None}
    return {rung.fire for rung in rungs if rung.fire is not None} - unfounded


def check_offered(view: View, promise: OfferPromise) -> None:
    """Note every state that does not offer such a move."""
    notes = Breaches(view, promise)
    states = view.states(promise.offered_in)
    if not states:
        notes.nothing_means("states", promise.offered_in.means)
    offered = {
        arrow.state
        for arrow in view.moves(promise.move)
        if not promise.by or view.open_to(arrow, promise.by)
    }
    for state in states:
        if state not in offered:
            told = said(words.NOT_OFFERED, state=state)
            if way := view.way(state):
                told = with_way(told, way)
            notes.add(("states", state), told)


def check_order(view: View, promise: OrderPromise) -> None:
    """Note every state that can be reached without such a move before it."""
    notes = Breaches(view, promise)
    states = view.states(promise.before)
    if not states:
        notes.nothing_means("states", promise.before.means)
    sets = [one for one in (promise.must, promise.leaving_out) if one is not None]
    passed = frozenset(
        place
        for place, arrow in enumerate(view.arrows)
        if any(view.fits(arrow, one) for one in sets)
    )
    for state in states:
        if way := view.way(state, passed):
            told = with_way(said(words.WITHOUT_IT, state=state), way)
            notes.add(("states", state), told)
