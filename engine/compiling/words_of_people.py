"""The texts about people who are named in data: constants, no logic."""

from engine.case.text import Text

NO_PERSON = Text("应写人员的编号或姓名", "must name a person by id or name")
NOBODY_SO_CALLED = Text("没有登记“{person}”", "nobody is registered as '{person}'")
NEAREST = Text("{wrong}，是否 {nearest}", "{wrong}; did you mean {nearest}?")
PERSON = Text("{id}（{name}）", "{id} ({name})")
SAME_NAME = Text(
    "有几个人叫“{name}”：{people}；请写编号",
    "several people are called '{name}': {people}; give the id",
)
CHOOSE = Text(
    "登记的 {people} 也叫“{name}”：是此人写编号，是另一人写 {{name: {name}}}",
    "{people} is registered as '{name}': for that person give the id, for another {{name: {name}}}",
)
NOT_IN_CASE = Text("本案没有“{id}”", "nobody in this case is '{id}'")
ONLY_OFFICE = Text("须是登记的人员，不能是“{id}”", "must be somebody registered, not '{id}'")
