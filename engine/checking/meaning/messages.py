"""Finds refusal texts that quote values which the person refused may not read.

Source:
    language.md 3.2: ``{fact}`` is masked for those who may not read it; 6.
"""

from engine.case.text import said
from engine.checking.meaning import words
from engine.checking.meaning.fillers import every_rule
from engine.checking.meaning.places import path_of
from engine.checking.meaning.scene import Scene
from engine.checking.meaning.uses import quoted
from engine.compiling.plan import Branch
from engine.facts.reading import base_fields, role_reads_always


def check_messages(scene: Scene) -> None:
    """Warn of messages that at least one of those who may read them would see masked."""
    for branch in every_rule(scene.workflow):
        for line in branch.guard:
            names = quoted(line.otherwise.zh) if line.otherwise else []
            for name in dict.fromkeys(names):
                _check(scene, branch, name)


def _check(scene: Scene, branch: Branch, name: str) -> None:
    for field in sorted(base_fields(scene.workflow, [name])):
        blind = [word for word in branch.by if not role_reads_always(scene.workflow, word, field)]
        if blind and field not in branch.accepts:
            roles = [scene.named("roles", word) for word in blind]
            told = said(
                words.MASKED,
                rule=branch.name,
                name=name,
                who=roles,
                field=scene.named("fields", field),
            )
            scene.note(path_of(scene.workflow, branch), "HY618", told)
            return
