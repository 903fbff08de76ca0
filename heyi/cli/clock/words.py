"""The words of clocks at the command line, a column a language."""

from engine.case.text import Text

ENDED = {
    "met": Text("按期完成", "met"),
    "met_late": Text("逾期完成", "met late"),
    "stopped": Text("停止", "stopped"),
    "restarted": Text("重新起算", "restarted"),
}
WEEKDAYS = (
    Text("周一", "Mon"), Text("周二", "Tue"), Text("周三", "Wed"), Text("周四", "Thu"),
    Text("周五", "Fri"), Text("周六", "Sat"), Text("周日", "Sun"),
)  # fmt: skip
