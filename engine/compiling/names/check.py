"""Checks that every name in a workflow file exists and no settings contradict one another."""

from collections.abc import Iterable, Mapping

from engine.case.text import said
from engine.compiling import words
from engine.compiling.checks import number_problem
from engine.compiling.expand import Expanded
from engine.compiling.machine import BACK, STAY
from engine.compiling.names.clocks import ClockNames, can_be_extended, warn_of_sources
from engine.compiling.names.documents import check_prints
from engine.compiling.names.ladders import LadderNames
from engine.compiling.names.takenback import is_plain_term, never_taken_back
from engine.compiling.readers import reader_places
from engine.compiling.recurs import check_recurs
from engine.language.kinds import FieldType
from engine.language.levels import check_case_levels, check_role_level, check_role_post
from engine.language.load import Findings
from engine.language.model import AmendDef, MoveDef, TransitionDef, WorkflowDef
from engine.language.parts import FieldDef
from engine.language.people import OF
from engine.language.reader import Path
from engine.language.readers import ANYONE, OPENER, ReaderDef, role_of
from engine.language.scope import RESERVED, output_type, triggers

ACTOR_WORDS = ("anyone", "opener", "clock", "link")
BEARER = "bearer"
"""Whoever holds a receipt's code: a word that no file may take for a role."""


class Names:
    """Checks the references of one merged definition."""

    def __init__(self, rule: WorkflowDef, expanded: Expanded, findings: Findings) -> None:
        self.rule, self.expanded, self.findings = rule, expanded, findings
        self.triggers = triggers(rule)

    def check(self) -> None:
        """Note every name that does not exist and every contradiction."""
        self._vocabulary()
        for place, opening in enumerate(self.rule.opening):
            path: Path = ("opening", place)
            self._move(opening, path)
            self._target(opening.to, path, overlays=False)
        for state in self.rule.states:
            self._state(state)
        # A group's branches stand once in the file however many states offer them.
        for path, branches in {id(b): (p, b) for p, b in self.expanded.offers.values()}.values():
            for place, branch in enumerate(branches):
                self._transition(branch, (*path, place) if len(branches) > 1 else path)
        for amends in self.expanded.amends.values():
            for path, amend in amends:
                self._amend(amend, path)
        ClockNames(self).check()
        LadderNames(self).check()
        check_prints(self)
        check_recurs(self.rule, self.findings)
        warn_of_sources(self.rule, self.findings)

    def known(
        self, kind: str, word: str, known: Iterable[str], path: Path, *, key: bool = False
    ) -> bool:
        """Note a word that is none of ``known``; tell whether it is one."""
        if word in known:
            return True
        told = said(words.NO_SUCH, kind=words.KINDS[kind], word=word)
        self.findings.add(path, "HY201", told, near=word, among=list(known), key=key)
        return False

    def _roles(self, listed: Iterable[str], path: Path, *, actors: bool = False) -> None:
        known = [*self.rule.roles, *(ACTOR_WORDS if actors else ("anyone",))]
        for place, word in enumerate(listed):
            at = (*path, place) if (*path, place) in self.findings.document.values else path
            self.known("role", word, known, at)

    def _vocabulary(self) -> None:
        self._taken_twice()
        check_case_levels(self.rule, self.findings)
        for name, part in self.rule.fields.items():
            self._field(part, ("fields", name))
        for name in self.rule.roles:
            self._role(name)
        self._readers()
        for name, table in self.rule.tables.items():
            for output, gives in table.gives.items():
                if output_type(gives) is None:
                    told = said(words.UNKNOWN_TYPE, output=output)
                    self.findings.add(("tables", name, "gives", output), "HY103", told)
        self._keys()

    def _taken_twice(self) -> None:
        taken: dict[str, str] = dict.fromkeys(RESERVED, "heyi")
        for section in ("fields", "facts", "tables"):
            for name in getattr(self.rule, section):
                if name in taken:
                    told = said(words.TAKEN, name=name, by=taken[name])
                    self.findings.add((section, name), "HY202", told, key=True)
                taken[name] = section
        for section, ours in (("roles", (*ACTOR_WORDS, BEARER)), ("states", (STAY, BACK))):
            for name in ours:
                if name in getattr(self.rule, section):
                    told = said(words.OUR_WORD, name=name)
                    self.findings.add((section, name), "HY202", told, key=True)

    def _role(self, name: str) -> None:
        role = self.rule.roles[name]
        self._roles(role.recorded_by, ("roles", name, "recorded_by"))
        check_role_level(name, role, self.findings)
        if role.post is not None:
            self.known("role", role.post, self.rule.roles, ("roles", name, "post"))
            check_role_post(name, self.rule, self.findings)
        if role.level is None and role.in_case is None:
            told = said(words.ROLE_WITHOUT_PLACE, name=name)
            self.findings.add(("roles", name), "HY102", told, key=True)
        for word in filter(None, (role.in_case, *role.never)):
            self._person_path(word, ("roles", name))

    def _readers(self) -> None:
        for listed, entry, path in reader_places(self.rule, self.findings):
            own = (*path, "role") if isinstance(entry, ReaderDef) else path
            words = (ANYONE, OPENER) if listed == ("seen_by",) else (ANYONE,)
            self.known("role", role_of(entry), [*self.rule.roles, *words], own)
        self._roles(self.rule.chain, ("chain",))
        if self.rule.viewing is not None:
            for key in ("by", "allowed_by"):
                self._posts(getattr(self.rule.viewing, key), ("viewing", key))

    def _posts(self, listed: Iterable[str], path: Path) -> None:
        """Note roles that nobody holds by a post: whoever the case alone names asks nobody."""
        self._roles(listed, path)
        for place, name in enumerate(listed):
            role = self.rule.roles.get(name)
            if name == ANYONE or (role is not None and role.level is None):
                at = (*path, place) if (*path, place) in self.findings.document.values else path
                self.findings.add(at, "HY203", said(words.NEEDS_A_POST, name=name))

    def _keys(self) -> None:
        rule = self.rule
        if rule.handing and not is_plain_term(rule.handing.within):
            self.findings.add(("handing", "within"), "HY203", words.PLAIN_TERM)
        for name in rule.unique:
            if name not in {"unit", "year"}:
                self.known("field", name, rule.fields, ("unique",))
        if rule.number and (problem := number_problem(rule.number.format)):
            self.findings.add(("number",), "HY103", problem)
        if rule.number and rule.number.drawn:
            self.known("trigger", rule.number.drawn.move, self.triggers, ("number", "drawn"))

    def _field(self, part: FieldDef, path: Path) -> None:
        if (part.type is FieldType.CHOICE) != (part.options is not None):
            self.findings.add(path, "HY203", words.CHOICE_NEEDS_OPTIONS, key=True)
        wants = {FieldType.LIST: dict, FieldType.ITEM: str}.get(part.type)
        if wants and not isinstance(part.of, wants):
            self.findings.add(path, "HY102", said(words.NEEDS_OF), key=True)
        if part.type is FieldType.PERSON and part.of not in (None, *OF):
            near = part.of if isinstance(part.of, str) else ""
            self.findings.add((*path, "of"), "HY103", words.OF_WHOM, near=near, among=OF)
        for column, inner in part.columns.items():
            if inner.type is FieldType.LIST:
                self.findings.add((*path, "of", column), "HY203", words.LIST_IN_LIST, key=True)
            if inner.seal is not None or inner.seal_to:
                self.findings.add((*path, "of", column), "HY203", words.SEALED_COLUMN, key=True)
            self._field(inner, (*path, "of", column))
        self._seal(part, path)

    def _seal(self, part: FieldDef, path: Path) -> None:
        if part.seal is not None:
            known = self.known("state", part.seal, self.rule.states, (*path, "seal"))
            if known and not part.seal_to:
                self.findings.add((*path, "seal"), "HY102", words.SEAL_NEEDS_READERS, key=True)

    def _person_path(self, word: str, path: Path) -> None:
        head, _, column = word.partition(".")
        known = [*self.rule.fields, *self.rule.facts]
        if self.known("field", head, known, path) and column and head in self.rule.fields:
            of = self.rule.fields[head].of
            if isinstance(of, dict):
                self.known("field", column, of, path)

    def _state(self, name: str) -> None:
        state, path = self.rule.states[name], ("states", name)
        if state.final != (state.outcome is not None):
            self.findings.add(path, "HY403", words.OUTCOME_IF_FINAL, key=True)
        if state.assignee:
            self.known("role", state.assignee, self.rule.roles, (*path, "assignee"))

    def _target(self, word: str, path: Path, *, overlays: bool = True) -> None:
        known = self.known("state", word, self.rule.states, (*path, "to"))
        if known and not overlays and word in self.rule.overlays:
            self.findings.add((*path, "to"), "HY401", words.OPENS_INTO_OVERLAY)

    def _move(self, move: MoveDef, path: Path) -> None:
        rule = self.rule
        self._roles(move.by, (*path, "by"), actors=True)
        self._roles(move.tells, (*path, "tells"))
        for key in ("asks", "may", "adds"):
            self._all("field", getattr(move, key), rule.fields, (*path, key))
        for word in move.adds:
            self.is_list(word, (*path, "adds"))
        for word in move.sets:
            self.known("field", word, rule.fields, (*path, "sets", word), key=True)
        self._all("document", move.issues, rule.documents, (*path, "issues"))
        if move.assigns:
            self.known("field", move.assigns, rule.fields, (*path, "assigns"))
        for opens in move.opens:
            self.known("link", opens.as_, rule.links, (*path, "opens"))
            if opens.each:
                self.is_list(opens.each, (*path, "opens", "each"))
        if move.otherwise and len(move.when) != 1:
            at = (*path, "otherwise")
            self.findings.add(at, "HY203", words.OTHERWISE_OF_ONE_LINE, key=True)

    def _all(self, kind: str, listed: Iterable[str], known: Iterable[str], path: Path) -> None:
        for place, word in enumerate(listed):
            self.known(kind, word, known, (*path, place))

    def is_list(self, word: str, path: Path) -> None:
        """Note a field that is no list where one is needed."""
        part = self.rule.fields.get(word)
        if part is not None and part.type is not FieldType.LIST:
            self.findings.add(path, "HY203", said(words.NO_LIST, word=word))

    def _transition(self, branch: TransitionDef, path: Path) -> None:
        self._move(branch, path)
        if branch.to not in {STAY, BACK}:
            self._target(branch.to, path)
        if not branch.by:
            self.findings.add(path, "HY102", words.BY_MISSING, key=True)
        self._roles(branch.cosign, (*path, "cosign"))
        self._roles(branch.propose, (*path, "propose"))
        self._edits(branch.edits, (*path, "edits"))
        self._all("document", branch.delivers, self.rule.documents, (*path, "delivers"))
        self._all("field", branch.erases, self.rule.fields, (*path, "erases"))
        self._links(branch, path)
        for clock, field in branch.extends.items():
            at = (*path, "extends", clock)
            known = self.known("clock", clock, self.rule.clocks, at, key=True)
            if known and not can_be_extended(self.rule.clocks[clock]):
                self.findings.add(at, "HY203", said(words.NOT_EXTENDED, clock=clock), key=True)
            if self.known("field", field, self.rule.fields, at):
                self._is_date(field, at)
        if branch.publishes and (branch.publishes.put is None) == (branch.publishes.drop is None):
            self.findings.add((*path, "publishes"), "HY203", words.PUT_OR_DROP, key=True)
        self._taken_back(branch, path)

    def _taken_back(self, branch: TransitionDef, path: Path) -> None:
        trigger = next(str(one) for one in reversed(path) if isinstance(one, str))
        for key in never_taken_back(branch, trigger, self.rule) if branch.takes_back else ():
            told = said(words.NEVER_TAKEN_BACK, key=key)
            self.findings.add((*path, "takes_back"), "HY203", told, key=True)

    def _links(self, branch: TransitionDef, path: Path) -> None:
        for target in branch.signals:
            head = target.removeprefix("links.")
            linked = target.startswith("links.")
            known = self.rule.links if linked else self.rule.fields
            kind = "link" if linked else "field"
            self.known(kind, head, known, (*path, "signals", target), key=True)
            if not linked:
                self._is_case(head, (*path, "signals", target))
        if branch.joins:
            self.known("field", branch.joins.case, self.rule.fields, (*path, "joins", "case"))
            self._is_case(branch.joins.case, (*path, "joins", "case"))
            link = branch.joins.as_ or branch.joins.case
            self.known("link", link, self.rule.links, (*path, "joins"))

    def _is_case(self, word: str, path: Path) -> None:
        part = self.rule.fields.get(word)
        if part is not None and part.type is not FieldType.CASE:
            self.findings.add(path, "HY203", said(words.NO_CASE, word=word))

    def _is_date(self, word: str, path: Path) -> None:
        if self.rule.fields[word].type is not FieldType.DATE:
            self.findings.add(path, "HY203", said(words.NO_DATE, word=word))

    def _edits(self, edits: Mapping[str, tuple[str, ...]], path: Path) -> None:
        for word, columns in edits.items():
            if not self.known("field", word, self.rule.fields, (*path, word), key=True):
                continue
            self.is_list(word, (*path, word))
            of = self.rule.fields[word].of
            for place, column in enumerate(columns):
                if isinstance(of, dict) and column not in of:
                    at = (*path, word, place)
                    told = said(words.NO_COLUMN_IN, word=word, column=column)
                    self.findings.add(at, "HY305", told, near=column, among=list(of))

    def _amend(self, amend: AmendDef, path: Path) -> None:
        self._roles(amend.by, (*path, "by"), actors=True)
        for place, word in enumerate(amend.fields):
            if isinstance(word, dict):
                self._edits(word, (*path, "fields", place))
            else:
                self.known("field", word, self.rule.fields, (*path, "fields", place))
        for word in amend.adds:
            if self.known("field", word, self.rule.fields, (*path, "adds")):
                self.is_list(word, (*path, "adds"))
        self._edits(amend.edits, (*path, "edits"))
