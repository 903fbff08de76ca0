"""The sentences and labels of admission, a column a language."""

from engine.case.text import Text

NO_CATALOGUE = Text("没有清单“{name}”；有：{known}", "no catalogue '{name}'; there are: {known}")
NO_GROUP = Text("没有类别“{name}”；有：{known}", "no class '{name}'; {known}")
GROUP, BETWEEN_GROUPS = Text("{word} {label}", "{word} {label}"), Text("、", "、")
"""How the classes of a catalogue are enumerated where there is no such class."""
NO_QUESTION = Text("没有问题“{name}”；有：{known}", "no question '{name}'; there are: {known}")
BAD_ANSWER = Text("“{name}”{detail}", "'{name}' {detail}")

COLUMNS = {"from": Text("起", "from"), "until": Text("止", "until")}
"""What the days of a row are called, which every list has."""

KINDS = {
    "added": Text("新增", "added"), "changed": Text("变更", "changed"),
    "ended": Text("终止", "ended"), "coming": Text("待生效", "coming"),
}  # fmt: skip
"""What became of a row."""

CHANGE, CODE, ITEM = Text("变化", "change"), Text("编号", "code"), Text("事项", "item")
TERMS = Text("依据与条件", "basis and terms")
WHAT_AND_BY = Text("内容和依据", "what, and by whom")
"""Heads of the columns of a sheet."""

EDITION = Text("第{version}版　{day}有效{rows}项", "version {version}; {rows} items valid on {day}")
EDITION_BY = Text(
    "第{version}版，依{case}　{day}有效{rows}项",
    "version {version}, by {case}; {rows} items valid on {day}",
)
SINCE = Text("{day}以来的变化", "changes since {day}")
NO_CHANGES = Text("没有变化。", "none")
THE_FILE = Text("清单文件", "the file")
LABELLED = Text("{label}：{text}", "{label}: {text}")
STOP = Text("；", "; ")
