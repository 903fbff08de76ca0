"""Holds every code of a refusal with its meaning. A code is stable; texts may change."""

from collections.abc import Mapping

from engine.case.text import Text

REFUSAL_CODES: Mapping[str, Text] = {
    "move.state": Text("此环节不能做这个流转", "the present state does not offer this trigger"),
    "move.role": Text("您的岗位不能做这个流转", "your posts do not allow this move"),
    "move.barred": Text("您在本案须回避", "you are barred from acting in this case"),
    "move.missing": Text("缺少必填内容", "data that the move asks for is missing"),
    "move.field": Text("填写的内容不对", "a value given is not acceptable"),
    "move.guard": Text("条件未满足", "a guard does not hold, or cannot be known yet"),
    "move.conflict": Text("案件已被他人改动", "the case has moved on meanwhile"),
    "move.duplicate": Text("已有同样的案件或编号", "a case with this key exists already"),
    "table.ambiguous": Text(
        "决策表有多条规则同时适用",
        "more than one rule of a decision table applies",
    ),
    "link.refused": Text("关联案件不接受", "a linked case refuses what this move asks of it"),
}
"""Every code a refusal may carry, with its meaning (language.md 3.8)."""
