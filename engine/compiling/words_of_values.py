"""The texts about values that are refused, and what people may type: constants, no logic."""

from collections.abc import Mapping

from engine.case.text import Text

YES: Mapping[str, bool] = {
    "true": True, "false": False, "yes": True, "no": False, "是": True, "否": False,
}  # fmt: skip
"""What may be typed for a flag."""

MUST_BE_LIST = Text("应为列表", "must be a list")
AT_LEAST = Text("不得小于{least}", "must be at least {least}")
AT_MOST = Text("不得大于{most}", "must be at most {most}")
NO_TEXT = Text("应为文字，不能为空", "must be text, not empty")
LONG_TEXT = Text("最多{most}字", "at most {most} characters")
LONE_SURROGATE = Text("含有不能保存的字符（孤立代理）", "holds a lone surrogate; remove it")
NO_WHOLE_NUMBER = Text("应为整数", "must be a whole number")
NO_NUMBER = Text("应为数字", "must be a number")
LARGE_NUMBER = Text("数字过大或位数过多", "the number is too large or too long")
NO_MONEY = Text("金额最多两位小数", "money has at most two decimals")
NO_FLAG = Text("应为是或否（true/false）", "must be true or false")
NO_DAY = Text("日期应写作 2026-03-02", "a day is written 2026-03-02")
NO_MOMENT = Text("时刻应写作 2026-03-02 10:00", "a moment is written 2026-03-02 10:00")
NO_OPTION = Text("应为其中之一：{options}", "must be one of: {options}")
OPTION = Text("{id}（{label}）", "{id} ({label})")
NO_UNIT = Text("没有单位“{unit}”", "no unit '{unit}'")
NO_ROW = Text("清单中没有“{code}”", "catalogue '{catalogue_id}' has no '{code}'")
NOT_VALID = Text("“{code}”当日不在有效期内", "'{code}' is not valid on {today}")
OTHER_CASE = Text(
    "“{case}”不是流程“{workflow}”的案件", "'{case}' is no case of workflow '{workflow}'"
)
NO_CASE = Text("没有案件“{case}”", "no case '{case}'")

MANY_ITEMS = Text("最多{most}项", "at most {most} items")
FEW_ITEMS = Text("至少{least}项", "at least {least} items")
NO_COLUMNS = Text("第{place}项应为各列的值", "item {place} must be a mapping of columns")
NO_COLUMN = Text("第{place}项没有列“{column}”（有：{known}）", "item {place}: no column '{column}'")
ITEM_IS = Text("第{place}项“{column}”{wrong}", "item {place}, '{column}' {wrong}")
ITEM_LACKS = Text("第{place}项缺少：{columns}", "item {place} lacks: {columns}")
