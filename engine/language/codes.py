"""Holds every code of a finding with its meaning in Chinese and English.

A code is stable; texts may change. ``HY0xx`` the file as text, ``HY1xx`` its shape, ``HY2xx``
its names, ``HY3xx`` its expressions, ``HY4xx`` its states, ``HY5xx`` what should be better,
``HY6xx`` what it means: where cases can go, who can act, what is read, how time runs.
"""

from collections.abc import Mapping

from engine.case.text import Text

CODES: Mapping[str, Text] = {
    "HY001": Text("不是有效的YAML", "the text is not valid YAML"),
    "HY002": Text("同一层里键重复", "a key stands twice in one mapping"),
    "HY003": Text(
        "不允许标签、锚点、别名和合并键",
        "tags, anchors, aliases and merge keys are refused",
    ),
    "HY004": Text(
        "文件过大、节点过多或嵌套过深",
        "the file is too large, has too many nodes or is too deep",
    ),
    "HY005": Text("含有不能保存的字符或不是UTF-8", "characters that cannot be kept, or not UTF-8"),
    "HY006": Text("文件为空或含多个文档", "the file is empty or holds more than one document"),
    "HY101": Text("未知的键", "an unknown key"),
    "HY102": Text("缺少必需的键", "a required key is missing"),
    "HY103": Text("值不符合要求", "a value of the wrong kind"),
    "HY104": Text("标识符不合规", "an id that is no id"),
    "HY201": Text("引用了不存在的名称", "a name that nothing defines"),
    "HY202": Text("名称重复或被占用", "a name that is defined twice or reserved"),
    "HY203": Text("设置互相矛盾", "settings that contradict one another"),
    "HY301": Text("表达式有误", "an expression that is wrong"),
    "HY302": Text("整数不能用“/”相除", "'/' between integers"),
    "HY303": Text("条件里不能直接写列表宏", "a list macro in a guard"),
    "HY304": Text("表达式的结果类型不对", "an expression of the wrong type"),
    "HY305": Text("列表项没有这一列", "a column that the list does not have"),
    "HY306": Text("派生事实循环引用", "derived facts that need each other"),
    "HY307": Text("不是选项之一", "a literal that is no option"),
    "HY308": Text("表达式过长", "an expression that is too long"),
    "HY309": Text("知悉条件读了案外的事实", "a reader's condition that looks beyond the case"),
    "HY401": Text("覆盖层设置有误", "an overlay that is set up wrongly"),
    "HY402": Text("两个组给同一环节同一流转", "two groups give one state the same trigger"),
    "HY403": Text(
        "终结环节须写明结果", "a final state without an outcome, or an outcome without one"
    ),
    "HY501": Text("缺少英文标签", "an English label is missing"),
    "HY502": Text("缺少标签", "a label is missing"),
    "HY503": Text("来源未在 sources 中登记", "a source that 'sources' does not list"),
    "HY504": Text("没有这个文书版式", "a template that no folder has"),
    "HY505": Text("法域参数尚未查明", "a limit of a profile that must still be found"),
    "HY506": Text("没有写明是不是登记的人员", "a person of whom is not said whether registered"),
    "HY600": Text("情形太多，无法判断", "too many cases: unknown"),
    "HY601": Text("环节不可到达", "a state that no way enters"),
    "HY602": Text("到不了终结环节", "a state from which no way ends"),
    "HY603": Text("死路", "a dead end: a state that is not final and where nothing can be done"),
    "HY604": Text("无人参与的循环", "a circle of moves without a person"),
    "HY605": Text("永远不会发生的分支", "a rule that can never be taken"),
    "HY606": Text("没有人能做", "a rule that nobody can take"),
    "HY607": Text("期限永远不会起算", "a clock that never starts"),
    "HY608": Text("期限永远不会停止", "a clock that nothing stops"),
    "HY609": Text("只靠一个人，缺席或回避即停滞", "a state that hangs on one person"),
    "HY610": Text("没有催办会触发", "a rule for the clock alone that no rung fires"),
    "HY611": Text("催办要做的流转做不成", "a rung fires or proposes what cannot be done there"),
    "HY612": Text("要读的字段没有人填写", "a field that is read and never filled"),
    "HY613": Text("没有用到", "a name that nothing uses"),
    "HY614": Text("读取时可能还没有填写", "a guard reads what some way has not filled"),
    "HY615": Text("决策表规则重叠", "rows of a table that overlap"),
    "HY616": Text("决策表有空缺", "a table without a row for some cases"),
    "HY617": Text("决策表规则不起作用", "a row that never decides"),
    "HY618": Text(
        "提示引用了读者不能看的内容", "a message that quotes what its reader may not see"
    ),
    "HY619": Text("法定期限中止或延长没有依据", "a statutory clock that rests without a source"),
    "HY620": Text("同一级既在上又在下", "a level both above and below the case"),
    "HY621": Text("催办不通知任何人", "a rung that tells nobody"),
    "HY622": Text("催办自动作不利处理，该级没有依据", "a rung ends a case badly, without a source"),
    "HY623": Text("期限不会在所写的环节中止", "a state that a clock is never in cannot pause it"),
    "HY624": Text("催办与期限的长度或种类不合", "a rung that does not suit its clock"),
    "HY625": Text("写了不可能知道本案的角色", "a role that cannot know the case where it is named"),
    "HY626": Text("密封时催办无人可告", "a ladder that nobody hears in a sealed case"),
}
"""What each code means."""

WARNINGS = frozenset(
    (
        "HY501", "HY502", "HY503", "HY504", "HY505", "HY506",
        "HY600", "HY608", "HY609", "HY610", "HY612", "HY613", "HY614", "HY616", "HY617",
        "HY618", "HY620", "HY621", "HY623", "HY624",
    )
)  # fmt: skip
"""Codes that do not stop a file from being used."""
