"""The sentences about a deployment and its profile, a column a language."""

from engine.case.text import Text

SETTINGS = Text("设置可用", "the settings can be used")
DEMO = Text(
    "这是演示数据：任何能登录本机的人都能以他人身份办理",
    "this is demo data: whoever can log in to this machine can act as anybody",
)
FOUNDED = Text(
    "系统管理员、安全管理员、审计员已指定", "administrator, security and auditor are named"
)
NOT_FOUNDED = Text(
    "还没有指定系统管理员、安全管理员、审计员；请运行 {found}",
    "no administrator, security and auditor are named yet; run {found}",
)
FREE_TEXT = Text(
    "自由填写的文字（姓名、身份、评价）须由人把关，程序查不出",
    "free text (names, identities, judgements of people) remains a human duty",
)

KEY_WRONG = Text("密钥文件 {path} 不存在或不对；请运行 {upgrade}，或放回原来的文件", "{error}")
KEY_OPEN = Text(
    "密钥文件 {path} 他人可读（{mode}）；请运行 chmod 600 {path}",
    "others may read the key file '{path}' ({mode}); run chmod 600 {path}",
)
KEY_FINE = Text("密钥文件 {path} 可用", "the key file '{path}' is fine")

NO_DATABASE = Text(
    "还没有数据库 {file}；请运行 {upgrade}", "there is no database '{file}' yet; run {upgrade}"
)
SCHEMA_WRONG = Text("数据表不是最新版本，或数据库连不上；请运行 {upgrade}", "{error}")
SCHEMA_FINE = Text("数据表版本 {version}", "tables at version {version}")
DATABASE_WRONG = Text("数据库读不出；见英文说明：{error}", "{error}")

WORKFLOW_WRONG = Text("流程 {problem}", "workflow {problem}")
WORKFLOW_FINE = Text("流程 {what} 可用", "workflow {what} is fine")
UNPUBLISHED = Text("{what} 尚未发布；请运行 {upgrade}", "{what} is not published; run {upgrade}")
PUBLISHED_OTHERWISE = Text(
    "{what} 的文件与已发布的内容不同；请提高版本号",
    "the file of {what} differs from what is published; raise its version",
)

CALENDAR_WRONG = Text("日历 {problem}", "calendar {problem}")
CALENDAR = Text("日历 {name} 公布到 {last}", "calendar '{name}' is announced through {last}")
CALENDAR_OVER = Text(
    "{calendar}，已过；期限都是暂定的", "{calendar}: over, all deadlines are provisional"
)
CALENDAR_LATE = Text(
    "{calendar}；{year}年通常11月公布，请用 {load} 载入，此前期限都是暂定的",
    "{calendar}; {year} is usually announced in November: load it, till then all is provisional",
)
CALENDAR_UNVERIFIED = Text(
    "{calendar}；{names} 的日期未核实", "{calendar}; the days of {names} are unverified"
)

VACANT = Text(
    "无人任职：{label}（{post}），涉及{count}个单位：{units}；{workflows} 会停在要此人办理的一步",
    "nobody holds post {label} ({post}) at {count} units: {units}; {workflows} would wait for it",
)
NEVER_RUNG = Text(
    "还没有运行过巡查；请运行 {serve} 或 {work}，否则期限不会催办",
    "no round has ever run; run {serve} or {work}, or no clock is ever seen to",
)
ALL_RING = Text("各项巡查按时运行", "every round rings as it should")
SILENT = Text(
    "“{round}”自 {when} 起没有再运行；请查看 {serve} 或 worker",
    "'{round}' has not rung since {when}; look at {serve} or {work}",
)
FAILED = Text("“{round}”最近一次出错：{note}", "the last '{round}' went wrong: {note}")
RINGS = Text("“{round}”按时运行（{by}）", "'{round}' rings as it should ({by})")
WAITING = Text(
    "有期限等着催办，却从未有人巡查；请运行 {serve} 或 {work}",
    "clocks wait and nobody has ever swept them; run {serve} or {work}",
)
NEVER = Text("“{round}”还没有运行过", "'{round}' has not rung yet")
SIDE_SILENT = Text("{side} 自 {when} 起没有动静", "{side} has not been heard since {when}")

CHANGED = Text(
    "历史有改动：{finding}；请运行 {verify}", "the history was changed: {finding}; run {verify}"
)
UNCHANGED = Text("最新 {n} 件的历史未见改动", "the history of the newest {n} cases is untouched")

NO_PROFILE = Text("没有法域参数“{name}”；现有：{names}", "{error}")
PROFILE_WRONG = Text("法域参数 {problem}", "profile {problem}")
PROFILE_NONE = Text("没有设定法域参数，按流程文件办理", "no profile: as files say")
PROFILE = Text(
    "法域参数 {name}：{title}，改动 {count} 项（{file}）",
    "profile '{name}': {title}, sets {count} ({file})",
)
WAIVED = Text(
    "{workflow}的“{label}”（{name}）沿用 {value}：{by} {on} 决定，{why}",
    "'{label}' of {workflow} ({name}) stays {value}: decided by {by} on {on}, {why}",
)
NOTE_FROM = Text("{says}（{source}）", "{says}")
OTHER_CALENDAR = Text(
    "此法域用日历 {calendar}；这些流程写的是别的日历：{names}",
    "this profile's calendar is '{calendar}'; these workflows have another: {names}",
)
ANOTHER_PLACE = Text(
    "流程用日历 {calendar}，那是法域 {other} 的；请设 {setting}={other}",
    "workflows use the calendar '{calendar}' of '{other}'; set {setting}={other}",
)
