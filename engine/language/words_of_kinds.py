"""The names of field types in Chinese and English."""

from engine.case.text import Text

TEXT = Text("文字", "text")
INTEGER = Text("整数", "whole number")
DECIMAL = Text("数字", "number")
MONEY = Text("金额（元）", "amount")
BOOLEAN = Text("是/否", "yes or no")
DATE = Text("日期", "date")
MOMENT = Text("时刻", "moment")
CHOICE = Text("选项", "choice")
PERSON = Text("人员", "person")
UNIT = Text("单位", "unit")
CASE = Text("案件", "case")
ITEM = Text("清单条目", "catalogue item")
FILE = Text("文件", "file")
LIST = Text("列表", "list")
