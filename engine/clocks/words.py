"""The texts of refused extensions: one constant a sentence, no logic."""

from engine.case.text import Text

GIVE_DAY = Text("请填写“{clock}”延长到的日期", "give the day to extend {clock} to")
NOT_EXTENDED = Text("“{clock}”不能延长：{why}", "{clock} cannot be extended: {why}")
NOT_RUNNING = Text("该期限没有在计时", "it is not running")
NO_EXTENSION = Text("此类情形不得延长", "no extension is allowed here")
OVER = Text("已于{due}届满", "it was over on {due}")
EXTENDED_OFTEN = Text("已延长{taken}次，最多{most}次", "extended {taken} times already, the most")
NOT_LATER = Text("须晚于原届满日{due}", "the day must be later than {due}")
TOO_LATE = Text("最晚可延长到{last}", "the latest day is {last}")
