"""The sentences about profiles and shelves, a column a language."""

from engine.case.text import Text

NO_NAME = Text("没有{what}“{word}”", "no {what} '{word}'")
CALENDAR, WORKFLOW = Text("日历", "calendar"), Text("流程", "workflow")
PARAM = Text("参数", "param")
"""What may not be there."""

FILE_AND_NAME = Text(
    "文件叫 {stem}.yaml，里面却写 {name}", "the file is {stem}.yaml but says '{name}'"
)
WORKFLOW_WRONG = Text("流程“{name}”的文件有误，请先改好", "the file of workflow '{name}' is wrong")
WORKFLOW_WRONG_AT = Text(
    "流程“{name}”的文件有误，请先改好：{wrong}",
    "the file of workflow '{name}' is wrong, mend it first: {wrong}",
)
STATUTORY = Text(
    "“{word}”是法定的，或是法定期限的长度，不能改",
    "'{word}' is statutory, or the length of a statutory clock, and stays",
)
ONE_OF_THREE = Text(
    "须恰有 value、unknown: true、waived 之一",
    "needs exactly one of value, 'unknown: true' and waived",
)
MISSING = Text("缺少“{key}”", "'{key}' is missing")
UNLISTED = Text("来源“{source}”未登记", "source '{source}' is not listed under 'sources'")
OTHER_KIND = Text("“{word}”的值类型不对", "the value of '{word}' is of another kind")
CLOCK_FORBIDS = Text("期限不容许这个值：{wrong}", "a clock does not allow it: {wrong}")

UNFILLED = Text(
    "法域参数 {name} 有 {n} 项尚未查明，不能办理案件（{file}）：",
    "profile '{name}' ({file}) has unknown limits, no case can be worked on:",
)
ROW, LINES = Text("  - {told}", "  - {told}"), Text("\n", "\n")
"""What stands below it, a row each."""
STILL_UNKNOWN = Text(
    "{workflow}的“{label}”（{name}）尚未查明：{why}；"
    "请复制为自己的 {folder}/profiles/{profile}.yaml，写上 value 和 source，"
    "或 waived: {{by, on, why}}",
    "'{label}' of {workflow} ({name}) is still unknown: "
    "{why}; copy the file to your own {folder}/profiles/{profile}.yaml "
    "and give value and source there, or waived: {{by, on, why}}",
)

NOT_UTF8 = Text("不是UTF-8文本；请另存为UTF-8", "not UTF-8; save the file as UTF-8")
ONLY_NEWS = Text(
    "这只是补充公告，不是完整的日历；用 {load} 载入",
    "this is news for a calendar, and none itself; load it",
)
