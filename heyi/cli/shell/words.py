"""The command line's own texts: what to type, and labels that no view holds."""

from engine.case.text import Text
from heyi.app.todo import Todo

WAYS: dict[Todo, str] = {
    Todo.UPGRADE: "heyi db upgrade",
    Todo.LOAD_CALENDAR: "heyi calendar load",
    Todo.SERVE: "heyi serve",
    Todo.WORK: "heyi worker",
    Todo.VERIFY: "heyi case verify",
    Todo.SET_PROFILE: "HEYI_PROFILE",
    Todo.SET_WORKFLOWS: "HEYI_WORKFLOWS",
    Todo.FOUND: "heyi db upgrade --administrator ID=NAME --security ID=NAME --auditor ID=NAME",
}
"""What is typed to do what the application tells to do."""

OWN: dict[str, Text] = {
    "access.acting": Text("“--as”“--at”只能用于演示数据；请以本人登录：heyi sign-in 人员"),
    "access.new_password": Text("这是一次性密码；请另起一行写自己的新密码"),
    "access.session_ended": Text(
        "登录已失效；请重新登录：heyi sign-in 人员",
        "this sign-in has ended; sign in again: heyi sign-in PERSON",
    ),
    "access.sign_in": Text(
        "此事只能由本人办理；请先登录：heyi sign-in 人员",
        "this is for a person alone; sign in first: heyi sign-in PERSON",
    ),
    "calendar.past": Text(
        "与日历“{name}”中已过去的日子不符：{shown}；确属更正请加 --correct",
        "the file contradicts calendar '{name}' for days that have passed: {shown};"
        " write --correct if the calendar was wrong",
    ),
    "settings.key": Text("没有密钥文件，或内容不对；请运行一次 heyi db upgrade，并妥善保管该文件"),
    "settings.founding": Text(
        "还没有指定系统管理员、安全管理员和审计员（三人）；请运行"
        " heyi db upgrade --administrator ID=姓名 --security ID=姓名 --auditor ID=姓名",
        "no administrator, security and auditor (three persons) are named yet; run"
        " heyi db upgrade --administrator ID=NAME --security ID=NAME --auditor ID=NAME",
    ),
    "settings.zone": Text("HEYI_ZONE 不是时区名；例如 HEYI_ZONE=Asia/Shanghai"),
    "settings.prefect": Text("“{url}”没有 Prefect 服务应答；请启动它，或更正 PREFECT_API_URL"),
    "storage.catalogue_not_found": Text("没有清单“{name}”；请先运行 heyi db upgrade"),
    "storage.person_not_found": Text("没有人员“{person}”；请给出人员的 id（heyi person list）"),
    "storage.schema_outdated": Text(
        "数据表版本是“{found}”，应为“{wanted}”；请运行 heyi db upgrade"
    ),
    "storage.unit_not_found": Text("没有单位“{unit}”；请给出单位的 id（heyi unit list）"),
    "storage.workflow_version_unknown": Text("流程“{name}”没有发布；请先运行 heyi db upgrade"),
}
"""What the command line says in its own words, by code: which command or option mends it."""

SETTINGS: dict[str, str] = {
    "database": "数据库：sqlite:///文件 或 postgresql+psycopg://…",
    "key_file": "密钥文件（32字节，十六进制），由 heyi db upgrade 生成",
    "workflows": "自己的流程文件夹，先于自带流程查找",
    "zone": "办公室所在时区",
    "lang": "输出语言",
    "profile": "法域参数：national、hainan、xj，或自己的文件夹 profiles/ 里的",
    "token_file": "heyi sign-in 把本人的令牌存在哪里；只有本人能读",
    "base_url": "大家打开和议的网址，用于预警中的链接，如 https://heyi.example；不设则无链接",
    "alert_lang": "发出的预警用什么语言：zh、en 或 both（两种）",
    "ring_seconds": "每隔多少秒巡查期限、发送预警",
    "digest_at": "每日汇总的时刻（办公室时区）",
    "verify_at": "每日核验全部历史的时刻（办公室时区）",
    "prefect_port": "heyi serve --prefect 在本机启动的 Prefect 服务的端口",
    "prefect_home": "该服务存放运行记录的文件夹",
}
"""Setting to description."""

EVENTS: dict[str, Text] = {
    "opened": Text("立案", "opened"),
    "moved": Text("流转", "moved"),
    "amended": Text("补录", "amended"),
    "proposed": Text("提议", "proposed"),
    "signed": Text("签署", "signed"),
    "corrected": Text("更正", "corrected"),
    "linked": Text("关联", "linked"),
    "rung": Text("催办", "rung of a clock"),
    "withdrawn": Text("撤回", "taken back"),
    "commented": Text("备注", "comment"),
    "claimed": Text("认领", "claimed"),
    "handed": Text("转办", "handed over"),
    "accepted": Text("接收", "accepted"),
    "returned": Text("退回", "given back"),
    "urged": Text("催促", "urged"),
    "taken_back": Text("收回", "taken back"),
    "replanned": Text("期限随日历重排", "planned anew by the calendar"),
}
"""Kinds of events."""

FINDINGS: dict[str, Text] = {
    "chain": Text("存储的内容被改动，链条断裂", "stored bytes were changed: the chain is broken"),
    "gap": Text("缺少事件", "an event is missing"),
    "seal": Text("密封内容打不开", "a sealed part does not open"),
    "fold": Text("事件不能还原成案件", "the events make no case"),
    "derived": Text("案件行与事件不符", "the case's row says something else than its events"),
}
"""Kinds of findings of ``verify``."""

ACT_FINDINGS: dict[str, Text] = {
    "chain": Text("存储的内容被改动，链条断裂", "what is stored was changed: the chain is broken"),
    "gap": Text("缺少此项，或末尾被删去", "it is missing, or the end was cut off"),
    "seal": Text("不是用本处密钥记下的", "it was not written with the deployment's key"),
    "derived": Text("登记与办公室行为所记不符", "what is stored is not what the office's acts say"),
}
"""The same, of the office's own acts."""
