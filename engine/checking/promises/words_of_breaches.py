"""The texts of broken promises: one constant a sentence, no logic."""

from collections.abc import Mapping

from engine.case.text import Text

BREACH = Text("{promise}：{wrong}（依据 {source}）", "{promise}: {wrong} (source: {source})")
BREACH_OF_MOVE = Text("“{move}”{wrong}", "'{move}' {wrong}")
WITH_WAY = Text("{wrong}；走法：{way}", "{wrong}; the way: {way}")
SPEAKS = Text("写有“{found}”", "it says '{found}'")
NO_PACK = Text("找不到规则包“{name}”", "no pack '{name}'")

SECTIONS: Mapping[str, Text] = {
    "fields": Text("字段", "fields"),
    "tables": Text("决策表", "tables"),
    "clocks": Text("期限", "clocks"),
    "documents": Text("文书", "documents"),
    "roles": Text("角色", "roles"),
    "states": Text("环节", "states"),
    "moves": Text("流转", "moves"),
}
NOTHING_MEANS = Text(
    "文件里没有标明 means: {tags} 的{section}",
    "nothing in '{section}' says means: {tags}",
)

# Moves.
NO_SUCH_MOVE = Text("没有规则所说的流转", "the file has no move that this rule speaks of")
ASKS_NOT = Text("未要求填写 means: {tags} 的字段", "asks for no field that means: {tags}")
ISSUES_NOT = Text("未出具 means: {tags} 的文书", "issues no document that means: {tags}")
INFORMS_NOT = Text("未告知 means: {tags} 的角色", "informs no role that means: {tags}")
AND = Text("，且", " and ")
STAYS_POSSIBLE = Text("在 {known} 时仍可进行", "stays possible with {known}")
SHOULD_NOT_BE = Text("不应存在", "should not be")
NOT_OFFERED = Text("环节“{state}”没有这样的流转", "state '{state}' offers no such move")
WITHOUT_IT = Text("不经该步骤即可到达“{state}”", "'{state}' can be reached without it")

# Parts of the vocabulary.
KEY_MISSING = Text("“{name}”没有 {key}", "'{name}' has no '{key}'")
COLUMN_MISSING = Text(
    "“{name}”没有标明 means: {tag} 的必填列",
    "'{name}' has no required column meaning '{tag}'",
)
COLUMN_FORBIDDEN = Text("“{name}”不能有列“{column}”", "'{name}' may not have '{column}'")
COLUMN_READ = Text("表达式读取了“{name}”的“{column}”", "an expression reads '{column}' of '{name}'")
HOLDS_PERSONS = Text("“{name}”记有人", "'{name}' holds persons")
COUNTS_PERSONS = Text("计数“{name}”按人统计", "count '{name}' is by person")
PUBLISHES_PERSON = Text("公布了个人", "publishes a person")
MUST_BE_UNIQUE = Text("应写明 unique: [{keys}]", "it must say unique: [{keys}]")
NO_KIND = Text("没有“{kind}”类规则包；有：{known}", "no pack for '{kind}'; there are: {known}")

# Tables.
CAN_ENTER = Text(
    "在结论为 {given} 时可进入“{state}”",
    "can enter '{state}' while the table says {given}",
)
GIVES = Text(
    "规则“{row}”在 {known} 时给出 {output}: {value}",
    "rule '{row}' gives {output}: {value} with {known}",
)
READS = Text("规则“{row}”读取了“{name}”", "rule '{row}' reads '{name}'")
OWN_TABLE = Text(
    "“{name}”由文件自定；只能使用规则包中的表",
    "'{name}' is the file's own; only a pack's table counts",
)

# Clocks.
NOT_FOR_EACH = Text("期限“{clock}”未对每一项分别计算", "clock '{clock}' does not run for each item")
NOT_STARTED = Text("进入“{state}”时未起算", "entering '{state}' does not start it")
OTHER_CLASS = Text(
    "期限“{clock}”类别应为 {classes}",
    "clock '{clock}': its class must be {classes}",
)
WRONG_LENGTH = Text(
    "期限“{clock}”的长度不合：{wanted}",
    "clock '{clock}' has the wrong length: {wanted}",
)
SHORTER = Text(
    "期限“{clock}”可能短于规则表给出的天数",
    "clock '{clock}' can be shorter than the table says",
)
MAY_NOT_HAVE = Text("期限“{clock}”不得有 {key}", "clock '{clock}' may have no '{key}'")
OTHER_START = Text(
    "期限“{clock}”应从 means: {tag} 的字段起算",
    "clock '{clock}': it runs from another day",
)
BY_PARAM = Text(
    "期限“{clock}”长度来自可改的参数",
    "clock '{clock}': its length comes from a param",
)
UNFOUNDED = Text(
    "期限“{clock}”{key} 没有自己的来源",
    "clock '{clock}': '{key}' has no source of its own",
)
