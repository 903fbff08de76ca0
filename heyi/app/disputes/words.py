"""The sentences and labels of disputes, a column a language."""

from engine.case.text import Text

NO_POST = Text(
    "“{person}”的岗位都不能查看预警汇总；见 {library}.yaml 的 roles",
    "no post of '{person}' may see early warning; see the roles of {library}.yaml",
)
NOT_THIS_UNIT = Text(
    "“{person}”不能单独查看“{unit}”的汇总；可查看（含其下各级）：{units}",
    "'{person}' may not see the figures of '{unit}' by themselves; may see (each with all below "
    "it): {units}",
)
SEVERAL_UNITS = Text(
    "“{person}”可查看几个单位的汇总，请指定一个：{units}",
    "'{person}' may see several units; name one: {units}",
)

RULES_WRONG = Text("{library}.yaml：{detail}", "{library}.yaml: {detail}")
NO_FILE = Text("没有这个文件", "there is no such file")
BADLY_WRITTEN = Text("写法不对：{place}", "not as it must be written: {place}")
FOLD_TOO_LOW = Text(
    "params.fold_below 应大于 params.least", "params.fold_below must exceed params.least"
)
MONTHS_WRONG = Text(
    "params.period_months 应为 1, 2, 3, 4, 6, 12",
    "params.period_months must be one of 1, 2, 3, 4, 6, 12",
)
NUMBER_WRONG = Text(
    "params.{name} 应为不小于{lowest}的整数",
    "params.{name} must be a whole number, {lowest} or more",
)
STEPS_WRONG = Text(
    "params.acceptance_days 应为由小到大的日数",
    "params.acceptance_days must be days in ascending order",
)

UNSAID = Text("未填或其他", "not said, or another")
LATE_AT = Text("{clock}，第{level}级", "{clock}, level {level}")
DAYS = Text("{span}日", "{span} days")
DAYS_OR_MORE = Text("{first}日以上", "{first} days or more")
