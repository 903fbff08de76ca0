"""The texts about ids and names that nobody may bear: constants, no logic."""

from engine.case.text import Text

EMPTY_ID = Text("编号不能为空", "an id may not be empty")
LONG_ID = Text("编号最多{most}字", "an id has at most {most} characters")
BUILT_IN = Text(
    "“{id}”是流程语言的固有词，不能作编号",
    "'{id}' is a built-in word of workflow files and nobody's id",
)
LEADING_MARK = Text(
    "编号不能以 # 开头：那是案内人员的序号",
    "an id may not begin with '#': so people of one case do",
)
SPACE_OR_COMMA = Text("编号不能含空白或逗号", "an id holds no white space and no comma")
UNSEEN = Text(
    "含有看不见的字符（{code}），请删去",
    "holds a character that cannot be seen ({code}); take it out",
)
EMPTY_NAME = Text("名称不能为空", "a name may not be empty")
LONG_NAME = Text("名称最多{most}字", "a name has at most {most} characters")
MARK_IN_NAME = Text("名称不能以 # 开头", "a name may not begin with '#'")
