"""Finds whom a rung alerts: roles, the assignee, an item's owner; else the next level up."""

from collections.abc import Iterable, Iterator

from engine.case.ids import IN_CASE
from engine.case.values import Office, Run
from engine.compiling.names.ladders import ASSIGNEE
from engine.compiling.plan import Ladder
from engine.facts.facts import Facts
from engine.facts.roles import is_unit_path, people_at, places_of
from engine.language.clocks import RungDef


class Receivers:
    """Finds the receivers of one case's alerts."""

    def __init__(self, facts: Facts, office: Office) -> None:
        """Read the case from ``facts``, posts and absences from ``office``."""
        self.facts, self.office = facts, office
        self.workflow, self.case = facts.workflow, facts.case

    def of(self, rung: RungDef, ladder: Ladder, run: Run) -> tuple[str, ...]:
        """Return who is alerted at a rung, without doubles, in order.

        Where all whom a word means are barred or away without a substitute, or nobody is
        there, the next level of the ladder is told instead. Empty where no level above has
        anybody.

        Source:
            language.md 4: a barred or absent receiver passes it to the next level; ``level: n``
            is absolute.
        """
        found: dict[str, None] = {}
        for word in self._words(rung):
            found.update(dict.fromkeys(self._told(word, ladder, run)))
        if rung.level is not None:
            found.update(dict.fromkeys(self._from_level(rung.level - 1, ladder)))
        return tuple(found)

    def _words(self, rung: RungDef) -> tuple[str, ...]:
        if rung.tell or rung.level is not None:
            return rung.tell
        if rung.propose is not None:
            branches = self.workflow.branches.get((self.case.state, rung.propose), ())
            roles = [
                word for b in branches for word in b.by if word in self.workflow.definition.roles
            ]
            if roles:
                return tuple(roles)
        return (ASSIGNEE,)

    def _told(self, word: str, ladder: Ladder, run: Run) -> list[str]:
        named = self._named(word, run)
        present = self._present(named, self._role_of(word))
        return present or self._from_level(self._above(word, named, ladder), ladder)

    def _named(self, word: str, run: Run) -> list[str]:
        """Return whom a word means, barred or away or not."""
        if word == ASSIGNEE:
            if self.case.assignee is not None:
                return [self.case.assignee]
            role = self._role_of(word)
            return [] if role is None else self.holders(role)
        head, _, column = word.partition(".")
        if head in {"item", "it"} and column:
            return self._owner(column, run)
        return self.holders(word)

    def _owner(self, column: str, run: Run) -> list[str]:
        each = self.workflow.clocks[run.clock].definition.each or ""
        items = self.facts.fields.get(each, [])
        item = items[run.item - 1] if isinstance(items, list) and run.item <= len(items) else {}
        value = item.get(column) if isinstance(item, dict) else None
        if value is None:
            return []
        if is_unit_path(self.workflow, f"{each}.{column}"):
            return self._at_unit([str(value)])
        return [str(value)]

    def _role_of(self, word: str) -> str | None:
        """Return the role that a word stands for: the assignee's is the state's."""
        if word in self.workflow.definition.roles:
            return word
        for state in (self.case.state, *reversed(self.case.stack)):
            role = self.workflow.definition.states[state].assignee
            if word == ASSIGNEE and role is not None:
                return role
        return None

    def holders(self, name: str) -> list[str]:
        """Return who holds a role of the file in this case, by post and by the case."""
        role = self.workflow.definition.roles[name]
        found: list[str] | None = None
        if role.level is not None:
            units = places_of(role, self.facts)
            post = role.held_by(name)
            found = sorted({p for u in units for p in self.office.posts.get((post, u), ())})
        if role.in_case is None:
            return found or []
        inside = [p for p in people_at(role.in_case, self.facts) if not p.startswith(IN_CASE)]
        if is_unit_path(self.workflow, role.in_case):
            inside = self._at_unit(inside)
        return inside if found is None else [p for p in inside if p in found]

    def _at_unit(self, units: Iterable[str]) -> list[str]:
        wanted = set(units)
        posts = self.office.posts.items()
        return sorted({p for (_role, unit), people in posts if unit in wanted for p in people})

    def _present(self, persons: Iterable[str], role: str | None) -> list[str]:
        """Return who of them can be told, substitutes standing in for who is away."""
        found: dict[str, None] = {}
        for person in persons:
            if self._is_barred(person, role):
                continue
            if person not in self.office.away:
                found[person] = None
                continue
            substitute = self.office.away[person]
            if substitute is None or substitute in self.office.away:
                continue
            if not self._is_barred(substitute, role):
                found[substitute] = None
        return list(found)

    def _is_barred(self, person: str, role: str | None) -> bool:
        """Tell whether a role bars the person; without a role, whether those it holds here do.

        A party that is barred from holding a post in its own case is still told as the party.
        """
        rules = self.workflow.definition.roles
        if role is not None:
            return self._bars(role, person)
        held = [name for name in rules if person in self.holders(name)]
        return all(self._bars(name, person) for name in held) and any(
            self._bars(name, person) for name in held or rules
        )

    def _bars(self, role: str, person: str) -> bool:
        never = self.workflow.definition.roles[role].never
        return any(person in people_at(path, self.facts) for path in never)

    def _above(self, word: str, named: list[str], ladder: Ladder) -> int:
        """Return the 0-based level above the one at which a word stands."""
        role = self._role_of(word)
        for place, roles in enumerate(ladder.levels):
            if role in roles:
                return place + 1
        for place, roles in enumerate(ladder.levels):
            if any(person in self.holders(one) for one in roles for person in named):
                return place + 1
        return 0

    def _from_level(self, start: int, ladder: Ladder) -> list[str]:
        return next(self._levels(start, ladder), [])

    def _levels(self, start: int, ladder: Ladder) -> Iterator[list[str]]:
        for roles in ladder.levels[start:]:
            found: dict[str, None] = {}
            for role in roles:
                found.update(dict.fromkeys(self._present(self.holders(role), role)))
            if found:
                yield list(found)
