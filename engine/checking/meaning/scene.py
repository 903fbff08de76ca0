"""The data of one check, from which findings are made: workflow, guards, explored ways."""

from dataclasses import dataclass, field

from engine.case.text import Text, said, worded
from engine.checking.meaning import words
from engine.checking.meaning.explore import Explored, Place
from engine.checking.meaning.guards import Guards
from engine.checking.meaning.ways import kept_values, told, way_to
from engine.compiling.plan import Branch, Workflow
from engine.language.load import Findings
from engine.language.reader import Path


@dataclass(slots=True)
class Scene:
    """The data of one check of one workflow.

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

    def note(self, path: Path, code: str, words: Text, *, key: bool = True) -> None:
        """Note a finding at a path of the merged definition."""
        self.findings.add(path, code, words, key=key)

    def named(self, kind: str, name: str) -> Text:
        """Return the name of a state, clock, field … for a sentence, followed by its id."""
        label = self.workflow.labelled(kind, name)
        bare, full = said(words.QUOTED, id=name), said(words.QUOTED_WITH_ID, label=label, id=name)
        return worded(lambda lang: (bare if label.text(lang) == name else full).text(lang))

    def way(self, place: Place) -> Text:
        """Return a shortest way to a place, with the values that matter."""
        way = self.told(way_to(self.explored, place))
        values = kept_values(self.explored, place)
        return said(words.WITH_VALUES, way=way, values=values) if values else way

    def told(self, way: list[Branch]) -> Text:
        """Return a way in words."""
        return said(words.THE_WAY, way=told(self.workflow, way))
