"""The texts of refused moves: one constant a sentence, no logic."""

from engine.case.text import Text

NONE = Text("无", "nothing")
QUOTED = Text("“{id}”", "'{id}'")
WITH_ID = Text("{label}（{id}）", "{label} ({id})")
QUOTED_WITH_ID = Text("“{label}”（{id}）", "'{label}' ({id})")

BARRED = Text(
    "您在本案中须回避，请由他人办理", "you are barred in this case; somebody else must act"
)
NOT_YOURS = Text("您的岗位不能做；可由：{who}", "not for your posts; may be done by: {who}")
NOT_OFFERED = Text(
    "环节“{state}”不能做{move}；现在可做：{allowed}",
    "cannot {move} in state '{state_id}' ({state}); allowed now: {allowed}",
)
NO_ENTRY = Text("没有入口“{entry}”；有：{entries}", "no entry '{entry}'; there are: {entries}")

NO_BRANCH = Text("没有适用的规则", "no branch applies")
NOT_KNOWN = Text("尚不能判断，请先填写：{names}", "not known yet: {names}")
BUT_NOT_KNOWN = Text("{words}（{lacks}）", "{words} ({lacks})")
NOT_MET = Text("条件未满足，涉及：{names}", "does not hold; it reads: {names}")
MISSING = Text("请填写{field}", "{field} is missing")
SURPLUS = Text("按所选情形不能填写{field}", "{field} is not asked for in this branch")
AMBIGUOUS = Text(
    "决策表“{table}”有多条规则同时适用：{rules}",
    "table '{table}' has several rules that apply: {rules}",
)
CANNOT_SET = Text("无法确定“{name}”，尚缺：{lacks}", "cannot set '{name}'; not known: {lacks}")
UNIT_NOT_KNOWN = Text(
    "无法确定在哪个单位立案，请先填写：{names}",
    "the unit of the case to open is not known yet: {names}",
)
JOINS_ITSELF = Text("{field}不能是本案自己", "{field} cannot be this very case")

ANYONE = Text("任何人", "anyone")
OPENER = Text("立案人", "whoever opened the case")
THE_CLOCK = Text("系统期限", "the clock")
LINKED_CASE = Text("关联案件", "a linked case")

MOVED_ON = Text(
    "案件已更新到第{now}版（您看到第{seen}版）；请刷新后重试",
    "the case is at revision {now}, you saw {seen}; look again",
)
AFTER_NOW = Text("发生时间不能晚于现在", "it cannot have happened after now")
BEFORE_OPENING = Text("发生时间不能早于立案", "it cannot have happened before the case was opened")
BEFORE_ALERT = Text(
    "补记的时间早于已发出的预警，请写明理由",
    "it is dated back past an alert that has gone out: give the reason",
)
NO_UNIT = Text("没有单位“{unit}”", "no unit '{unit}'")
WRONG_LEVEL = Text(
    "本流程的案件应立在{levels}级单位，“{unit}”是“{level}”级",
    "cases of this workflow live at level {levels}; '{unit}' is '{level}'",
)

NOTHING_TO_AMEND = Text("没有要补录的内容", "nothing to amend was given")
NOT_YOURS_TO_AMEND = Text("您的岗位不能补录{field}", "not for your posts: {field}")
NO_REASON = Text("更正须说明理由", "a correction needs a reason")
NOTHING_TO_CORRECT = Text("没有要更正的内容", "nothing to correct was given")
SET_BY_RULES = Text(
    "{field}由规则填写，不能直接更正；请更正它所依据的内容",
    "{field} is set by the rules; correct what it was made from",
)
NOT_YOURS_TO_CORRECT = Text("您的岗位不能更正{field}", "not for your posts: {field}")

NO_COMMENT = Text("请写明备注内容", "a comment needs its text")
NOT_YOURS_TO_COMMENT = Text("只有承办本案的人可以备注", "only who works on the case comments on it")
NOT_YOURS_TO_WITHDRAW = Text(
    "您没有提议，也没有签署，无可撤回",
    "you neither proposed nor signed: there is nothing to take back",
)
NOTHING_TO_TAKE_BACK = Text(
    "没有可以收回的办理：此后已有别的记录或提醒",
    "there is no move to take back: something has come after it",
)
NEVER_TAKEN_BACK = Text("“{move}”不能收回", "'{move}' is never taken back")
NOT_YOURS_TO_TAKE_BACK = Text("只有办理人本人可以收回", "only who made a move takes it back")
TOO_LATE_TO_TAKE_BACK = Text("已过收回“{move}”的时限", "the time to take '{move}' back is over")
HAS_ASSIGNEE = Text("案件已有经办人，不能认领", "somebody has the case already")
NOT_YOURS_TO_CLAIM = Text("您的岗位不能承办本环节", "your posts cannot have a case in this state")
FIELD_ASSIGNS = Text(
    "经办人由案件内容确定，请办理更换的流转，不能转办",
    "a field names who has the case: make the move that changes it",
)
NOT_YOURS_TO_HAND = Text(
    "只有经办人或其上级可以转办", "only who has the case, or a level above, hands it over"
)
NO_RECEIVER = Text(
    "“{person}”不能承办本环节：须持有相应岗位、无须回避",
    "'{person}' cannot have the case: they need the post, and must not be barred",
)
NOTHING_HANDED = Text("没有转给您、等待接收的案件", "nothing was handed to you that waits")
HANDING_OVER = Text(
    "已过接收的时限，案件仍由转出人负责；可请其重新转办",
    "the time to accept it is over: it is the giver's again, who may hand it over anew",
)
NO_RETURN = Text("退回须说明理由", "giving a case back needs a reason")
NOBODY_TO_URGE = Text("没有在等谁的答复", "nobody's answer is missing")
NOT_YOURS_TO_URGE = Text("您不是等候答复的人", "you are not waiting for this answer")
URGED_TODAY = Text("今天已催办过，一天只能催一次", "you urged today already: once a day")

CLOCK_PROPOSES = Text("只有期限可以这样提议", "only a clock proposes so")
PROPOSED = Text("“{move}”已有待签的提议", "'{move}' is proposed already")
NO_GUARD_HOLDS = Text("没有一条规则的条件成立", "no branch's guard holds")
NOT_YOUR_TEXT = Text(
    "“{move}”已有他人提议、正在等待签署；只有提议人能改，请签署或与其商量",
    "'{move}' is proposed already and waits for signatures: only its proposer may replace the text",
)
NO_HASH = Text(
    "签署须写明所看到内容的编号；请先查看待签内容",
    "a signature names the hash of the text it was shown: look at the text first",
)
OTHER_TEXT = Text(
    "待签内容已不是您看到的那一份；请重新查看后再签",
    "the text is no longer the one you were shown: look again before you sign",
)
CHANGED_TEXT = Text(
    "待签内容已不是您看到的那一份：{changes}；请重新查看后再签",
    "the text is no longer the one you were shown: {changes}; look again before you sign",
)
CHANGE = Text("{field}由“{old}”变为“{new}”", "{field} was '{old}', is '{new}'")
COMPLETE = Text(
    "“{move}”已签齐，条件具备后即可办理",
    "'{move}' has all its signatures, and is taken once its conditions hold",
)
NOTHING_TO_SIGN = Text("“{move}”没有待签的提议", "'{move}' has no open proposal to sign")
SIGNED_ALREADY = Text(
    "同一人只能签一次，须由另一人签署",
    "one person signs once; somebody else must sign",
)
WAITS_FOR = Text("待签：{roles}", "waits for: {roles}")
