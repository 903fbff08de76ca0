"""The texts of findings about names, expressions, clocks and tables: one constant each.

No logic. Texts are templates: ``{name}`` is a fact, ``{{`` a bracket.
"""

from collections.abc import Mapping

from engine.case.text import Text

# Names that nothing defines.
KINDS: Mapping[str, Text] = {
    "state": Text("环节", "state"),
    "role": Text("角色", "role"),
    "field": Text("字段", "field"),
    "document": Text("文书", "document"),
    "clock": Text("期限", "clock"),
    "trigger": Text("流转", "trigger"),
    "link": Text("关联", "link"),
    "ladder": Text("催办阶梯", "ladder"),
    "param": Text("参数", "param"),
    "output": Text("输出", "output"),
    "list": Text("列表", "list"),
}
"""What a name may be a name of."""
NO_SUCH = Text("没有{kind}“{word}”", "no {kind} '{word}'")
NO_STATE_OR_GROUP = Text("没有环节或组“{word}”", "no state or group '{word}'")
NO_FACT = Text("没有事实“{name}”", "no fact '{name}'")
NO_COLUMN = Text("没有列“{column}”", "no column '{column}'")
NO_COLUMN_IN = Text("“{word}”没有列“{column}”", "'{word}' has no column '{column}'")
NO_PART = Text("“{head}”没有“{rest}”", "'{head}' has no '{rest}'")
NO_TEMPLATE = Text(
    "没有版式“{template}”，将用通用版式",
    "no template '{template}'; the general one will be used",
)
NO_SOURCE = Text("来源“{head}”未登记", "source '{head}' is not listed under 'sources'")
QUOTES_NO_FACT = Text(
    "提示语引用了不存在的“{name}”",
    "the message quotes '{name}': no such fact",
)
TAKEN = Text("“{name}”已用于 {by}", "'{name}' is taken by {by}")
OUR_WORD = Text("“{name}”是本语言的词", "'{name}' is a word of this language")

# Fields and other parts.
UNKNOWN_TYPE = Text("输出“{output}”的类型不可用", "output '{output}' has no known type")
ROLE_WITHOUT_PLACE = Text(
    "角色“{name}”须有 level 或 in_case",
    "role '{name}' needs a level or in_case",
)
CHOICE_NEEDS_OPTIONS = Text(
    "choice 须有 options，其他类型不能有",
    "a choice needs options, no other type has them",
)
NEEDS_OF = Text(
    "list 须有 of: {{列}}，item 须有 of: 清单名",
    "a list needs 'of: {{columns}}', an item 'of: catalogue'",
)
OF_WHOM = Text(
    "person 的 of 须是 office（登记的人员）、outside（外来的人）或 any（两者皆可）",
    "the 'of' of a person is office (registered), outside (not registered) or any",
)
LIST_IN_LIST = Text("列表的列不能再是列表", "a column cannot be a list again")
SEALED_COLUMN = Text("列不能单独密封，应密封整个列表", "a column is not sealed: seal its list")
SEAL_NEEDS_READERS = Text(
    "seal 须配 seal_to：密封期间谁能读",
    "'seal' needs 'seal_to': who reads it while it is hidden",
)
NO_LIST = Text("“{word}”不是列表", "'{word}' is no list")
NO_CASE = Text("“{word}”不是案件字段", "'{word}' is no field of type case")
NO_DATE = Text("“{word}”不是日期字段", "'{word}' is no field of type date")
NO_FIELD = Text("没有字段“{word}”", "no field '{word}'")

# States and moves.
OUTCOME_IF_FINAL = Text(
    "终结环节须有 outcome，其他环节不能有",
    "a final state needs an outcome, no other has one",
)
PLAIN_TERM = Text(
    "时限须写成整数和单位，如 2 working days", "a term is a whole number and a unit: 2 working days"
)
NEVER_TAKEN_BACK = Text(
    "因为{key}，这一步不能收回；请去掉 takes_back",
    "because of '{key}' this move is never taken back; leave 'takes_back' out",
)
NEEDS_A_POST = Text(
    "{name}不是凭职务担任的角色：查阅由任职的人申请和批准",
    "{name} is no role held by a post; who holds one asks to read a case, and who holds one allows",
)
OPENS_INTO_OVERLAY = Text("立案不能直接进入覆盖层", "an opening cannot enter an overlay")
OTHERWISE_OF_ONE_LINE = Text(
    "otherwise 只配一行 when",
    "'otherwise' goes with a 'when' of one line",
)
BY_MISSING = Text("缺少“by”：谁可以做", "'by' is missing: who may do it")
NOT_EXTENDED = Text("期限“{clock}”没有写 extend", "clock '{clock}' has no 'extend'")
PUT_OR_DROP = Text("publishes 须有 put 或 drop 之一", "'publishes' needs either put or drop")
OVERLAY_WITHOUT_STATE = Text(
    "覆盖层“{name}”须在 states 中定义",
    "overlay '{name}' needs a state of its name",
)
OVERLAY_IN_CIRCLE = Text("覆盖层“{name}”绕回自身", "overlay '{name}' lies over itself in a circle")
NOTHING_BELOW = Text(
    "“{state}”不是覆盖层，没有 back",
    "'{state}' is no overlay: nothing to go back to",
)
NOT_OVER = Text(
    "覆盖层“{overlay}”的 over 不含“{state}”", "overlay '{overlay}' may not lie over '{state}'"
)
NO_WAY_OUT = Text(
    "覆盖层“{name}”除 back 外没有出口",
    "overlay '{name}' has no exit besides 'back'",
)
GIVEN_TWICE = Text(
    "组“{other}”和“{name}”都给环节“{state}”流转“{trigger}”",
    "groups '{other}' and '{name}' both give '{state}' the trigger '{trigger}'",
)

# Clocks and ladders.
ONE_LENGTH = Text(
    "期限须恰有 within、at_least、due 之一",
    "a clock has one of within, at_least, due",
)
CANNOT_EXTEND = Text(
    "只有按日、工作日或月计算的期限可以延长",
    "only a deadline of days, working days or months can be extended",
)
FIXED_LIMIT = Text(
    "上限须是固定长度：按日的期限用日或工作日，按时分的期限用分、小时或日",
    "a limit is a fixed length: of days or working days, for hours of hours or days",
)
NO_LENGTH = Text("参数“{name}”不是时间长度", "param '{name}' is no length of time")
QUIET_ENDS = Text("静默时段的起止不能相同", "quiet hours must not end when they begin")
NO_LEVEL = Text("只有{highest}级，没有第{level}级", "no level {level}: there are {highest}")
PROPOSE_OR_FIRE = Text("propose 和 fire 只能有一个", "a rung either proposes or fires")
NEEDS_EACH = Text(
    "“item.{column}”只用于逐项计算（each）的期限",
    "'item.{column}' is for clocks with 'each' only",
)
NOBODY = Text("“item.{column}”不是人或单位", "'item.{column}' is no person and no unit")

# What recurs.
RECURS: Mapping[str, Text] = {
    "on": Text(
        "“on” 应为 every day、mondays、days 1 and 16、first working day、01-15 and 07-15 之类",
        "'on' is 'every day', 'mondays', 'days 1 and 16', 'first working day' or '01-15 and 07-15'",
    ),
    "at": Text('“at” 是一天中的时刻，如 "09:00"', "'at' is a time of day, as \"09:00\""),
}
"""What is wrong with what recurs, by its key."""
VALUES_ONLY = Text(
    "此处只能写值本身：立案之前没有可计算的内容",
    "values only: before a case there is nothing to compute",
)
OTHER_LEVEL = Text(
    "本流程的案件立在{levels}级单位", "cases of this workflow live at level {levels}"
)
NO_OPENING = Text(
    "没有一个入口的 by 写有 clock 或 anyone，系统无从立案",
    "no opening is 'by: clock' or 'by: anyone', so nothing can open",
)
OPENING_LACKS = Text(
    "“with”缺少入口必填的：{names}",
    "'with' lacks what the opening asks: {names}",
)
OPENING_REFUSES = Text("入口不接受：{names}", "the opening takes no {names}")

# Params, literals and numbers.
NO_OPTIONS = Text("只有文字参数可以有 options", "only a param whose value is text has options")
NO_OPTION_OF = Text(
    "“{word}”不是选项之一；可用：{options}",
    "'{word}' is no option; there are: {options}",
)
NO_OPTION = Text("“{word}”不是选项之一", "'{word}' is no option")
OTHER_OPTION = Text("“{word}”不是“{name}”的选项", "'{word}' is no option of '{name}'")
MUST_BE_LIST = Text("应为列表", "must be a list")
MUST_BE_TEXT = Text("应为文字", "must be text")
WITHOUT_QUOTES = Text("请写成数值本身，不加引号", "write the value itself, without quotes")
NUMBER_COUNTS = Text("编号须含 {{seq}} 或 {{seq:04}}", "a number needs {{seq}} or {{seq:04}}")
NUMBER_KNOWS = Text(
    "编号里只能用 {{unit}}、{{year}}、{{seq}}、{{seq:04}}",
    "a number knows {{unit}}, {{year}}, {{seq}}, {{seq:04}} only",
)

# Tables and catalogues.
ROW_TWICE = Text("规则“{row}”重复", "rule '{row}' stands twice")
IF_IS = Text("if 应为表达式或映射", "'if' is an expression or a mapping")
AGAINST_NUMBER = Text("“{name}”应与数字比较", "'{name}' is compared with a number")
NO_OUTPUT = Text("表没有输出“{output}”", "the table gives no '{output}'")
OUTPUT_MUST_BE = Text("输出“{output}”应为 {wants}", "output '{output}' must be {wants}")
CODE_TWICE = Text("code“{code}”缺少或重复", "code '{code}' is missing or stands twice")
CELL_MISSING = Text("“{code}”缺少“{column}”", "'{code}' lacks '{column}'")

# Expressions.
BY_CODE: Mapping[str, Text] = {
    "HY301": Text("表达式有误：{what}", "in '{source}': {what}"),
    "HY302": Text(
        "整数相除会舍去余数（2/3 得 0）；请用 meets() 或 needed()",
        "in '{source}': {what}",
    ),
    "HY305": Text("列表没有这一列：{what}", "in '{source}': {what}"),
    "HY308": Text("表达式过长：{what}", "in '{source}': {what}"),
}
"""What is wrong with an expression, by the code of the error."""
IN_A_CIRCLE = Text("派生事实循环引用：{circle}", "derived facts need each other: {circle}")
NO_MACRO = Text(
    "条件里不能写“{word}”；请在 facts 里命名一个有标签的派生事实",
    "no '{word}' in a guard; give it a name and a label under 'facts'",
)
OTHER_KIND = Text("结果应为 {wants}，实为 {kind}", "gives {kind}, needs {wants}")
FAILS = Text("试算失败：{error}", "fails on a made-up case: {error}")

# Calendars.
NO_MONTH_DAY = Text("月日写作 05-01，加引号", "a day of the year is written 05-01, in quotes")
NO_HOURS = Text("办公时间写作 10:00-14:00", "office hours are written '10:00-14:00'")
NO_BASE = Text("没有可作依据的日历“{name}”", "there is no calendar '{name}' to lie over")
OVER_ITSELF = Text("日历“{name}”叠加在自己之上", "calendar '{name}' lies over itself")
DAY_IS = Text("“{day}”{wrong}", "'{day}' {wrong}")
OFF_AND_WORKED = Text("既放假又上班", "is off and worked")
NO_DAY = Text("不是日期", "is no day")
NOT_ANNOUNCED = Text("在 announced_through 之后", "lies after announced_through")
WORKED_ANYHOW = Text("不是周六或周日，本来就上班", "is no Saturday or Sunday and worked anyhow")
HOURS_OVERLAP = Text("时段须先后相接，不得重叠", "office hours must follow each other")
