"""The sentences about files of author tests, a column a language."""

from engine.case.text import Text

NO_MOMENT = Text("时刻写作 2026-03-02 10:00", "a moment is written 2026-03-02 10:00")
NO_UNIT = Text("没有单位“{unit}”", "no unit '{unit}'")
NO_POST = Text("岗位应写作 角色@单位：{post}", "a post is role@unit: {post}")
NO_PERSON = Text("没有人员“{person}”", "no person '{person}'")
NO_CODE = Text("清单的一行须有code", "a row of a catalogue needs its code")

WRITTEN = Text("{key} 写作 {shape}", "'{key}' is written {shape}")
NAMES = Text("[名称]", "[names]")
NAMES_BY_PERSON = Text("{人: [名称]}", "{PERSON: [names]}")
VALUES_BY_NAME = Text("{名称: 值}", "{NAME: value}")
STATES_BY_LINK = Text("{关联: {state: …}}", "{LINK: {state: …}}")
ANSWERS_BY_PERSON = Text("{人: true 或 false}", "{PERSON: true or false}")
LEVELS_BY_PERSON = Text(
    "{人: {字段: none、read 或 write}}", "{PERSON: {FIELD: none, read or write}}"
)
CLOCKS_AND_PEOPLE = Text("[{clock: …, to: […]}]", "[{clock: …, to: […]}]")
"""How the parts of `expect` are written."""
