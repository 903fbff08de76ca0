"""The texts of refusals about data and names: one constant a sentence, no logic."""

from engine.case.text import Text

NONE = Text("无", "nothing")
NAME = Text("'{id}'", "'{id}'")
LABEL_AND_ID = Text("“{label}”（{id}）", "'{label}' ({id})")

NOT_ASKED = Text(
    "这里不能填写“{name}”；可填：{names}",
    "'{name}' is not asked for here; you may give: {names}",
)
BAD_VALUE = Text("{field}{wrong}", "{field} {wrong}")

UNSET = Text("未填", "not set")
YES = Text("是", "yes")
NO = Text("否", "no")

MUST_BE_WHOLE = Text("应写作一列表", "must be given as a list")
MUST_BE_EDITS = Text(
    "应写作{{序号: {{列: 值}}}}",
    "must be given as {{place: {{column: value}}}}",
)
NO_ITEM = Text("没有第{place}项（共{count}项）", "no item {place} of {count}")
ONLY_THESE = Text(
    "这里只能改：{columns}",
    "'{column_id}' may not be changed here; only {columns}",
)
