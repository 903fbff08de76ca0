"""Refusals that quote what the person refused may not read.

Source:
    language.md 3.2: ``{fact}`` is masked for those who may not read it; 6.
"""

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
            zh, en = scene.named("fields", field)
            who = "、".join(role[0] for role in roles)
            who_en = ", ".join(role[1] for role in roles)
            zh = f"“{branch.name}”的提示引用“{{{name}}}”，而{who}不能看字段{zh}，将显示为＊＊＊"
            en = (
                f"a message of '{branch.name}' quotes '{{{name}}}', but {who_en} may not read"
                f" field {en} and will see it masked"
            )
            scene.note(path_of(scene.workflow, branch), "HY618", zh, en)
            return
