"""What a refusal says of data and of names: one constant a sentence, no logic."""

from engine.case.text import Text

NONE = Text("无", "nothing")
NAME = Text("'{id}'", "'{id}'")
LABEL_AND_ID = Text("“{label}”（{id}）", "'{label}' ({id})")

NOT_ASKED = Text(
    "这里不能填写“{name}”；可填：{names}",
    "'{name}' is not asked for here; you may give: {names}",
)
BAD_VALUE = Text("{field}{wrong}", "{field} {wrong}")
