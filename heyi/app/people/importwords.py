"""The texts about cells of a spreadsheet that cannot be kept: constants, no logic."""

from engine.case.text import Text

EMPTY = Text("不能为空", "may not be empty")
TWICE = Text("编号“{id}”在表中出现两次", "id '{id}' stands twice in the sheet")
NO_UNIT = Text("没有单位“{unit}”", "no unit '{unit}'")
CIRCLE = Text("上级关系成环", "the units above form a circle")
POST_SHAPE = Text("岗位应写作 岗位@单位：“{post}”", "a post is written ROLE@UNIT: '{post}'")
FORMULA = Text("不能是公式", "may not be a formula")
LONG = Text("文字过长", "the text is too long")
OWN = Text("不能给自己加岗位", "nobody gives a post to themselves")
THREE_PERSONS = Text(
    "系统管理员、安全管理员、审计员须为三人",
    "administrator, security and auditor are three persons",
)
