"""The texts of findings about a file's text and shape: one constant a sentence, no logic.

Texts are templates: ``{name}`` is a fact, ``{{`` a bracket.
"""

from collections.abc import Mapping

from engine.case.text import Text

QUOTED = Text("“{one}”", "'{one}'")
OR = Text("或", " or ")
DID_YOU_MEAN = Text("是否想写“{word}”？", "did you mean '{word}'?")

# The text of a file.
TOO_LONG = Text("文件超过1 MiB；请拆分", "over 1 MiB; split the file")
TOO_DEEP = Text("超过{nodes}个节点或{levels}层嵌套", "over {nodes} nodes or {levels} levels")
LONE_SURROGATE = Text("含有孤立的代理字符；请删除", "a lone surrogate; remove it")
CONTROL_CHARACTER = Text("含有控制字符；请删除", "a control character; remove it")
NOT_KEPT = Text("含有不能保存的字符；请删除", "a character that cannot be kept; remove it")
BAD_TOKEN = Text("YAML 语法错误；缩进请用空格，不用制表符", "YAML syntax: {problem}")
BAD_SYNTAX = Text("YAML 语法错误；检查缩进、冒号和括号", "YAML syntax: {problem}")
BAD_YAML = Text("YAML 语法错误", "YAML syntax: {problem}")
ONE_DOCUMENT = Text("只能有一个文档；删去“---”", "one document a file")
EMPTY = Text("文件是空的", "the file is empty")
TEXT_KEYS = Text("键必须是文字", "a key must be text")
NO_MERGE_KEYS = Text("不允许合并键“<<”", "merge keys '<<' are refused")
REPEATED = Text("键“{key}”重复，首次在第{line}行", "'{key}' repeats line {line}")
NO_ALIASES = Text("不允许别名“*”；请写全", "aliases '*' are refused; write it out")
NO_ANCHORS = Text("不允许锚点“&”", "anchors '&' are refused")
NO_TAGS = Text("不允许标签“!”", "tags '!' are refused")

# The shape of a file.
NO_MAPPING = Text("文件应是一个映射", "the file must be a mapping")
NO_LIBRARY = Text("找不到库或规则包“{name}”", "no library or pack '{name}'")
REDEFINED = Text(
    "“{word}”由“{name}”规定，不能改写", "'{word}' is given by '{name}' and cannot be redefined"
)
UNKNOWN_KEY = Text("未知的键“{key}”", "unknown key '{key}'")
MISSING_KEY = Text("缺少“{key}”", "'{key}' is missing")
NOT_ONE_OF = Text("“{got}”不可用；可用：{options}", "'{got}' is not one of: {options}")
KEY_IS = Text("“{key}”{wrong}", "'{key}' {wrong}")
KEY_SAYS = Text("“{key}”：{wrong}", "'{key}': {wrong}")
MISWRITTEN = Text("值的写法不对", "{problem}")

MUST_BE_TEXT = Text("应为文字", "must be text")
MUST_BE_WHOLE = Text("应为整数", "must be a whole number")
MUST_BE_BOOLEAN = Text("应为 true 或 false", "must be true or false")
MUST_BE_MAPPING = Text("应为映射", "must be a mapping")
MUST_BE_LIST = Text("应为列表", "must be a list")
NOT_EMPTY = Text("不能为空", "must not be empty")
IS_LONG = Text("太长", "is too long")
BY_KIND: Mapping[str, Text] = {
    "string_type": MUST_BE_TEXT,
    "int_type": MUST_BE_WHOLE,
    "int_parsing": MUST_BE_WHOLE,
    "bool_type": MUST_BE_BOOLEAN,
    "dict_type": MUST_BE_MAPPING,
    "tuple_type": MUST_BE_LIST,
    "model_type": MUST_BE_MAPPING,
    "model_attributes_type": MUST_BE_MAPPING,
    "string_too_short": NOT_EMPTY,
    "string_too_long": IS_LONG,
    "too_short": NOT_EMPTY,
}
"""What pydantic finds wrong, by its type of error."""

# Words of the small types.
NO_ID = Text(
    "标识符只用小写字母、数字和下划线，以字母开头，且不是保留字",
    "an id is a-z, 0-9 and _, begins with a letter, at most 64",
)
RESERVED_ID = Text(
    "标识符只用小写字母、数字和下划线，以字母开头，且不是保留字",
    "this word is reserved by the expression language",
)
CUT_BY_COMMA = Text(
    "未知的键；值中有逗号时请加引号",
    "a comma cut this text at '{word}'; put it in quotes",
)
NO_LENGTH = Text(
    "时间长度写作“5 working days”、参数名或 {{n, unit}}",
    "a length of time is '5 working days', a param's name or {{n, unit}}",
)
NO_RUNG = Text(
    "梯级写作 start、70%、day 20、due、due - 1 working day 或 due + 3 days",
    "a rung stands at 'start', '70%', 'day 20', 'due', 'due - 1 working day' or 'due + 3 days'",
)
NO_TIME = Text("时刻写作 08:00，加引号", "a time of day is written 08:00, in quotes")
NO_DAY = Text("日期写作 2026-01-31", "a day is written 2026-01-31")
NO_OPTIONS = Text(
    "选项写作映射 {{id: {{zh: …, en: …}}}}",
    "options are a mapping: {{id: {{zh: …, en: …}}}}",
)
MAPPING_OR_NONE = Text("写各键的映射，或 none", "a mapping of its keys, or 'none'")
NO_PATTERN = Text("值的写法不对", "no regular expression: {why}")

# Labels and levels.
NO_LABEL = Text("“{name}”缺少标签", "'{name}' has no label")
NO_ENGLISH = Text("“{label}”缺少英文", "'{label}' has no English text")
OWN_IS_NO_LEVEL = Text(
    "“own”是本语言的词（案件自己的单位），不能作单位的级别",
    "'own' is a word of this language (the case's own unit), no level of a unit",
)
OWN_AND_BELOW = Text(
    "角色“{name}”的岗位在本案自己的单位（own），不能又在其下（reach）",
    "role '{name}' is held at the case's own unit, so it cannot reach below it",
)
POST_DIFFERS = Text(
    "角色“{name}”用的是“{post}”的岗位：level、reach、never 须与“{post}”相同，并写明 in_case",
    "role '{name}' needs the post of '{post}': it wants the same level, reach, never; and in_case",
)
NO_FORM = Text("承诺须以其中之一开头：{forms}", "a promise begins with one of: {forms}")
