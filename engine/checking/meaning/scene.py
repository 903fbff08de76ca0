"""What every finding is made from: the workflow, its guards, the ways through it."""

from dataclasses import dataclass, field

from engine.case.text import Text
from engine.checking.meaning.explore import Explored, Place
from engine.checking.meaning.guards import Guards
from engine.checking.meaning.ways import kept_values, told, way_to
from engine.compiling.plan import Branch, Workflow
from engine.language.load import Findings
from engine.language.reader import Path


@dataclass(slots=True)
class Scene:
    """One check of one workflow.

    Attributes:
        reached: the first place found for each state that some way enters.
    """

    workflow: Workflow
    findings: Findings
    guards: Guards
    explored: Explored
    reached: dict[str, Place] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Note where each state is first met."""
        for place in self.explored.came:
            self.reached.setdefault(place.node[0], place)

    def note(self, path: Path, code: str, zh: str, en: str, *, key: bool = True) -> None:
        """Note a finding at a path of the merged definition."""
        self.findings.add(path, code, Text(zh, en), key=key)

    def named(self, kind: str, name: str) -> tuple[str, str]:
        """Return how a state, clock, field … is named in both languages, its id behind."""
        zh, en = (self.workflow.label(kind, name, lang) for lang in ("zh", "en"))
        return (
            f"“{zh}”（{name}）" if zh != name else f"“{name}”",
            f"'{en}' ({name})" if en != name else f"'{name}'",
        )

    def way(self, place: Place) -> tuple[str, str]:
        """Return a shortest way to a place in both languages, with the values that matter."""
        zh, en = self.told(way_to(self.explored, place))
        values = kept_values(self.explored, place)
        return (f"{zh}，此时 {values}", f"{en}, with {values}") if values else (zh, en)

    def told(self, way: list[Branch]) -> tuple[str, str]:
        """Return a way in both languages."""
        zh, en = told(self.workflow, way, "zh"), told(self.workflow, way, "en")
        return f"走法：{zh}", f"the way: {en}"
