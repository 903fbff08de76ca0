"""The texts of findings about a workflow's meaning: one constant a sentence, no logic."""

from engine.case.text import Text

QUOTED = Text("“{id}”", "'{id}'")
QUOTED_WITH_ID = Text("“{label}”（{id}）", "'{label}' ({id})")
WITH_ID = Text("{label}（{id}）", "{label} ({id})")
OPENING = Text("立案", "opening")
THEN = Text(" → ", " → ")
THE_WAY = Text("走法：{way}", "the way: {way}")
WITH_VALUES = Text("{way}，此时 {values}", "{way}, with {values}")
AND_WAY = Text("{wrong}；{way}", "{wrong}; {way}")

# Where cases come to.
TOO_MANY_CASES = Text(
    "覆盖层叠加的情形太多，能否到达、能否办结无法判断",
    "overlays make too many cases: whether all ends well is unknown",
)
NOT_REACHED = Text("环节{state}不可到达；{why}", "state {state} cannot be reached; {why}")
NOTHING_LEADS = Text("没有流转通向它", "nothing leads to it")
NEVER_TAKEN = Text("通向它的都走不到：{sources}", "what leads to it is never taken: {sources}")
DEAD_END = Text(
    "环节{state}是死路：不是终结环节，却没有可做的流转",
    "state {state} is a dead end: it is not final and nothing can be done there",
)
NO_END = Text(
    "从环节{state}起到不了任何终结环节", "from state {state} no final state can be reached"
)

# Who may know a case and act in it.
LOOKS_BEYOND = Text(
    "谁能知道、谁能读只能看本案的字段、filled、state、taken；这里读了：{names}",
    "who knows and reads may rest on the case's fields, filled, state and taken alone; this reads:"
    " {names}",
)

CANNOT_KNOW = Text(
    "{key}写了{role}，但在环节{state}该角色不可能知道有这个案件（seen_by）",
    "'{key}' names {role}, who cannot know the case in state {state} ('seen_by')",
)
UNHEARD = Text(
    "案件密封时，期限{clock}的催办没有一级能告知：各级都在 sealed 的 to 和 partly 之外",
    "in a sealed case clock {clock} tells nobody: every level lies outside 'to' and 'partly' of"
    " 'sealed'",
)

# Rules and who takes them.
NOBODY_CAN = Text(
    "“{rule}”没有人能做：{who}在本案中从未确定",
    "nobody can take '{rule}': the case never names {who}",
)
NEVER = Text("“{rule}”永远不会发生：{why}", "'{rule}' can never be taken: {why}")
NEVER_IN_FORCE = Text("from 晚于 until", "its 'from' is after its 'until'")
GUARD_CANNOT_HOLD = Text("条件不可能成立", "its guard cannot hold")
OTHERS_FIRST = Text(
    "排在前面的分支（{branches}）总是先成立",
    "branches before it ({branches}) always go first",
)
NEVER_TOGETHER = Text(
    "没有走法能凑齐它的条件",
    "on no way does what its guard needs come together",
)
CIRCLE = Text(
    "“{rule}”处在无人参与的循环里；{way}",
    "'{rule}' is part of a circle without a person; {way}",
)
ON_ONE_PERSON = Text(
    "环节{state}只靠{who}才能离开，其缺席或回避时无人可办，也无人可另行指定；{way}",
    "only {who} can leave state {state}; if absent or barred nobody can act or replace them; {way}",
)
OF_UNSAID = Text(
    "{field}没有写明 of：office（登记的人员）、outside（外来的人）还是 any（两者皆可）",
    "{field} does not say 'of': office (registered), outside (not registered) or any",
)
NOTHING_RECURS = Text(
    "“{opening}”只能由系统立案，但 recurs 没有写何时立案",
    "only the clock may open by '{opening}', but nothing recurs",
)
NO_RUNG_FIRES = Text(
    "“{rule}”只能由期限触发，但没有催办一格会触发它",
    "only a clock may take '{rule}', but no rung fires it",
)
ABOVE_AND_BELOW = Text(
    "角色{role}在“{level}”级以下取岗位，别的角色却在其上取：同一级不能既在上又在下",
    "role {role} takes posts at level '{level}' below the case, others above it:"
    " a level cannot be both",
)

# Fields and messages.
NEVER_FILLED = Text(
    "字段{field}有条件或期限要读，却没有任何流转或补录填写它",
    "field {field} is read, but no move and no amendment fills it",
)
UNUSED = Text("{part}没有任何地方用到", "nothing uses {part}")
READ_EARLY = Text(
    "“{rule}”的条件要读字段{field}，但有走法还没有填写它，此处也不能填写；{way}",
    "the guard of '{rule}' reads field {field}, which one way has not filled and nobody"
    " can fill here; {way}",
)
MASKED = Text(
    "“{rule}”的提示引用“{{{name}}}”，而{who}不能看字段{field}，将显示为＊＊＊",
    "a message of '{rule}' quotes '{{{name}}}', but {who} may not read"
    " field {field} and will see it masked",
)

# Tables.
NEVER_DECIDES = Text("规则“{row}”从不起作用", "row '{row}' never decides")
BOTH_APPLY = Text(
    "决策表{table}的“{first}”与“{second}”同时适用：{when}（{since}）",
    "rows '{first}' and '{second}' of table {table} both apply: {when} ({since})",
)
GAPS = Text(
    "决策表{table}有{count}种情形没有规则，例如：{cases}；加一条总括规则即可",
    "table {table} has no row for {count} cases, such as: {cases}; a last row can catch all",
)
ON_ANY_DAY = Text("不限日期", "on any day")
SINCE = Text("{day} 起", "from {day}")

# Clocks.
NEVER_STARTS = Text("期限{clock}永远不会起算：{why}", "clock {clock} never starts: {why}")
NO_WAY_THERE = Text("走不到 {places}", "no way leads to {places}")
NOBODY_FILLS = Text("没有人填写 {names}", "nobody fills {names}")
NEVER_STOPS = Text(
    "期限{clock}起算后没有什么会使它停止；本意如此请写 stops: none；{way}",
    "nothing stops clock {clock} once it runs; write 'stops: none' if that is meant; {way}",
)
NEVER_PAUSES = Text(
    "期限{clock}不会在环节{state}中止：计时期间走不到那里",
    "clock {clock} cannot pause in state {state}: it never runs there",
)
UNFOUNDED = Text(
    "法定期限{clock}的 {key} 须写明依据（source）",
    "'{key}' of the statutory clock {clock} needs a source of its own",
)

# Rungs and ladders.
TELLS_NOBODY = Text("“{at}”这一级不通知任何人", "the rung at '{at}' tells nobody")
MARKS_MINIMUM = Text(
    "“{at}”这一级标为逾期，但最短期间不会逾期",
    "the rung at '{at}' marks as overdue a minimum, which never is",
)
NO_ITEMS = Text(
    "“{at}”这一级提醒“{word}”，但期限不逐项计算",
    "the rung at '{at}' tells '{word}', but the clock has no items",
)
NOBODY_SIGNS = Text(
    "“{at}”这一级提议“{trigger}”，但没有岗位可以签署",
    "the rung at '{at}' proposes '{trigger}', but no role may sign it",
)
NOT_OFFERED = Text(
    "“{at}”这一级要做“{trigger}”，但期限也走在没有它的环节{state}；{way}",
    "the rung at '{at}' does '{trigger}', but the clock also runs in state"
    " {state}, which does not offer it; {way}",
)
CANNOT_FIRE = Text(
    "“{at}”这一级自动办理“{trigger}”，但 by 没有 clock 或须填写内容",
    "the rung at '{at}' fires '{trigger}', but no branch of it is 'by: clock' and asks for nothing",
)
HARMS = Text(
    "“{at}”这一级自动办理“{trigger}”，结果不利，须写明依据（source）",
    "the rung at '{at}' fires '{trigger}' into a negative outcome: it needs a source of its own",
)
UNUSED_LADDER = Text("催办阶梯“{name}”没有期限使用", "no clock uses ladder '{name}'")
NO_PART_OF_DUE = Text(
    "“{at}”：到期日由数据给出的期限没有长度，不能按百分比",
    "'{at}': a clock whose due day is in the data has no length to take a part of",
)
AFTER_END = Text("“{at}”在期限届满之后", "'{at}' is after the end")
BEFORE_START = Text(
    "“{at}”在起算之前，不会发生",
    "'{at}' is before the start: it never comes",
)
