"""Verifies the office's own acts, and that posts, substitutes and sessions are those of acts.

Whoever owns the database can write a post into it, but not the act that would have given it.
"""

from collections.abc import Iterator

from heyi.app.acts.permits import FOUNDED
from storage.kernel.officerecords import Act
from storage.kernel.records import Finding
from storage.work import Work

_MOST = 1_000_000_000
_KINDS = ("office", "person", "people", "post", "absence")
"""Families of acts that give or take a post, or lend one."""


def office_findings(work: Work) -> tuple[int, tuple[Finding, ...]]:
    """Return how many acts there are, and what is wrong with them, with posts and sessions.

    On demo data posts are nobody's concern: everybody acts as everybody there.
    """
    count, wrong = work.acts.verify()
    first = work.acts.first()
    if wrong or first is None or first.kind != FOUNDED:
        # Acts that were changed tell nothing of posts.
        return count, wrong
    acts = sorted(
        (act for kind in _KINDS for act in work.acts.list(kind=kind, limit=_MOST)),
        key=lambda act: act.seq,
    )
    return count, (*_posts(work, acts), *_substitutes(work, acts), *_sessions(work))


def _posts(work: Work, acts: list[Act]) -> Iterator[Finding]:
    given: set[str] = set()
    for act in acts:
        if act.kind == "post.taken":
            given -= _posts_in(act)
        elif act.kind != "absence.noted":
            given |= _posts_in(act)
    held = {f"{person} {role}@{unit}" for person, role, unit in work.people.posts()}
    for post in sorted(given ^ held):
        yield _finding(f"post {post}")


def _posts_in(act: Act) -> set[str]:
    """Return the posts that an act names, as ``person role@unit``."""
    posts = [str(post) for post in act.public.get("posts", ())]
    if act.kind in {FOUNDED, "people.imported"}:
        return {*posts}
    return {f"{act.public['person']} {post}" for post in posts}


def _substitutes(work: Work, acts: list[Act]) -> Iterator[Finding]:
    known: set[tuple[int, str, str]] = set()
    for act in acts:
        person = act.public.get("person", "")
        if act.kind == FOUNDED:
            known |= {(one[0], one[1], one[2]) for one in act.public.get("substitutes", ())}
        elif act.kind == "absence.noted":
            known.add((act.public["absence"], person, act.public["substitute"]))
        elif act.kind == "absence.ended":
            known |= {(one, person, who) for one, who in act.public.get("left", ())}
    for _absence, person, substitute in sorted(work.absences.substitutes() - known):
        yield _finding(f"substitute {person} {substitute}")


def _sessions(work: Work) -> Iterator[Finding]:
    """Yield sessions that nobody has begun by signing in, or that were begun by another."""
    begun = {
        (act.public["session"], act.actor, act.public["form"])
        for act in work.acts.list(kind="session.begun", limit=_MOST)
    }
    for session, person, _kind in sorted(work.sessions.all() - begun):
        yield _finding(f"session {person} {session}")


def _finding(name: str) -> Finding:
    return Finding(case="", number=None, seq=0, kind="derived", name=name)
