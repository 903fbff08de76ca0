"""The sentences of alerts, a column a language: in plain words, and nothing of the case itself."""

from engine.case.text import Text

TITLE = Text("【heyi 和议】{what}", "【heyi 和议】{what}")
TITLE_OF_CASE = Text("【heyi 和议】{what} {case}", "【heyi 和议】{what} {case}")
"""Both names in both languages: a robot's keyword 和议 must always be there."""
ALERT, DIGEST = Text("预警", "alert"), Text("每日汇总", "daily digest")
TRIAL = Text("试发", "trial")
"""What a message is."""
MARK = Text("标识 {mark}", "id {mark}")
IT_WORKS = Text("能看到这条消息，地址就可用。", "You can read this: the address works.")
UNNUMBERED = Text("未编号案件 {head}", "case {head}")

UNIT, WORKFLOW = (
    Text("单位：{unit}", "unit: {unit}"),
    Text("流程：{workflow}", "workflow: {workflow}"),
)
BETWEEN = Text("；", "; ")
"""What is told of a case that the receiver may not know."""

LOOK = Text("请打开查看。", "Please look.")
CLOCK = Text("期限：{clock}", "clock: {clock}")
OF_ITEM = Text("{clock}（第{item}项）", "{clock} (item {item})")
DUE, DUE_OF_MINIMUM = Text("到期日：{due}", "due: {due}"), Text("期满日：{due}", "due: {due}")
PROVISIONAL = Text(
    "{due}（预计，节假日安排尚未公布）", "{due} (provisional: holidays not yet announced)"
)
NOW = Text("情况：{far}", "now: {far}")
LEVEL = Text("已提醒到第{level}级", "raised to level {level}")
BY_HAND = Text("系统未能自动办理，须由人办理", "it could not be done automatically")
PLEASE = Text("请办：{todo}", "please: {todo}")

STARTED = Text("期限开始计算", "the clock has started")
PART = Text("期限已过{part}%", "{part}% of the time is over")
DAY_HAS_COME = Text("已到第{day}天", "day {day} has come")
IS_DUE, MINIMUM_IS_OVER = Text("已到期", "it is due"), Text("最短期限已满", "the minimum is over")
LEFT = Text("还有{span}到期", "{span} left until it is due")
LEFT_OF_MINIMUM = Text("还有{span}期满", "{span} left until the minimum is over")
AGO = Text("{span}前已到期", "it was due {span} ago")
MINIMUM_AGO = Text("{span}前已期满", "the minimum was over {span} ago")
ONE, MANY = Text("{n}{unit}", "{n} {unit}"), Text("{n}{unit}", "{n} {unit}s")
DAY = Text("天", "day")
"""As people say it: 还有1天, where the language of rules has 1日."""

WAS_DONE = Text(
    "系统已按规定自动办理，请查看", "it was done automatically by the rules; please look"
)
NEXT_STEP = Text("可以办理下一步了", "the next step may be taken")
NOT_YET = Text("期满之前不能办理下一步", "the next step must wait until then")
ACT_NOW = Text("尽快办理，并登记办理情况", "act as soon as you can, and record it")
ACT_IN_TIME = Text("在到期前办理；已办理的请登记", "act before it is due; record what is done")

GROUPS = {
    "overdue": Text("已逾期", "overdue"),
    "today": Text("今日到期", "due today"),
    "week": Text("本周到期", "due this week"),
}
"""The groups of a digest."""
ALL_OF_GROUP = Text("{group}{n}项：{shown}", "{group}: {n} ({shown})")
SOME_OF_GROUP = Text("{group}{n}项：{shown}等", "{group}: {n} ({shown}, …)")

DIGEST_OF = Text("{day} 每日汇总", "daily digest of {day}")
MOVED_ON = Text("案件有新的进展", "the case has moved on")
