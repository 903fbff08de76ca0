"""Chinese sentences for errors and settings whose own texts are English."""

ZH: dict[str, str] = {
    "access.acting": "“--as”“--at”只能用于演示数据；确需使用，请管理员设置 HEYI_ACT_AS=true",
    "admission.none": "没有一个流程带有 means: classification 的决策表，无法归类",
    "calendar.unknown": "没有日历“{name}”，无从补充；请载入完整的日历文件",
    "calendar.past": "与日历“{name}”中已过去的日子不符：{shown}；确属更正请加 --correct",
    "usage.input": "{zh}",
    "not_found": "{zh}",
    "usage.address": "地址不能使用：{zh}",
    "usage.absence": "{zh}",
    "access.report": "{zh}",
    "access.similar": "案件“{case}”的纠纷类型和地点不属于您可读的范围",
    "settings.warning": "{zh}",
    "access.document": "文书“{name}”不属于您可读的范围；请由能读的人打印",
    "document.not_issued": "案件“{case}”尚未出具“{name}”；已出具：{names}",
    "document.template": "版式“{name}”有误：{detail}",
    "not_found.document": "没有文书“{name}”；现有：{names}",
    "not_found.clock": "没有期限或计次“{name}”；现有：{names}",
    "settings.value": "设置不对：{names}：{detail}",
    "settings.key": "没有密钥文件，或内容不对；请运行一次 heyi db upgrade，并妥善保管该文件",
    "settings.key_lost": "数据库已在使用，但密钥文件“{path}”不见了；请把原来的密钥文件放回去",
    "settings.zone": "HEYI_ZONE 不是时区名；例如 HEYI_ZONE=Asia/Shanghai",
    "settings.profile_unknown": "没有法域参数“{name}”；现有：{names}",
    "settings.profile_unfilled": "{zh}",
    "settings.prefect": "“{url}”没有 Prefect 服务应答；请启动它，或更正 PREFECT_API_URL",
    "storage.case_not_found": "没有案件“{case}”；请给出案件的编号或 id",
    "storage.stale_case": "案件“{case}”已不是第{revision}版，他人刚刚改动过；请刷新后重试",
    "storage.duplicate_case": "案件“{case}”与另一案件重复（{of}）",
    "storage.unknown_reference": "{what}：所指的内容没有登记，请先登记",
    "storage.workflow_version_unknown": "流程“{name}”没有发布；请先运行 heyi db upgrade",
    "storage.workflow_version_taken": "流程“{name}”第{version}版已发布且内容不同；请提高版本号",
    "storage.calendar_taken": "日历“{name}”第{version}版刚刚已由他人载入；请重新预览后再载入",
    "storage.idempotency_mismatch": "键“{key}”已用于另一请求；请换一个键",
    "storage.idempotency_taken": "键“{key}”的请求刚刚已办理；请再问一次以取得结果",
    "storage.unit_not_found": "没有单位“{unit}”；请给出单位的 id（heyi unit list）",
    "storage.person_not_found": "没有人员“{person}”；请给出人员的 id（heyi person list）",
    "storage.catalogue_not_found": "没有清单“{name}”；请先运行 heyi db upgrade",
    "storage.text_refused": "{what}含有不能保存的字符（{why}）；请删去",
    "storage.seal_broken": "案件“{case}”的密封内容“{vault}”打不开（{place}）：被改动或密钥不对",
    "storage.address_broken": "“{owner}”的地址“{address}”打不开；请删除后重新登记",
    "storage.master_key_refused": "密钥有{length}字节，应为32字节",
    "storage.database_refused": "不支持的数据库“{name}”；请写 sqlite:///文件 或 postgresql://…",
    "storage.unit_circle": "单位“{unit}”不能放在“{parent}”之下：后者本就在它之下",
    "storage.schema_outdated": "数据表版本是“{found}”，应为“{wanted}”；请运行 heyi db upgrade",
    "storage.busy": "数据库正忙（{detail}）；请重试",
    "storage.failed": "数据库出错：{detail}",
}
"""Error code to sentence; placeholders are the error's attributes."""

SETTINGS: dict[str, str] = {
    "database": "数据库：sqlite:///文件 或 postgresql+psycopg://…",
    "key_file": "密钥文件（32字节，十六进制），由 heyi db upgrade 生成",
    "workflows": "自己的流程文件夹，先于自带流程查找",
    "zone": "办公室所在时区",
    "lang": "输出语言",
    "profile": "法域参数：national、hainan、xj，或自己的文件夹 profiles/ 里的",
    "act_as": "允许在演示数据之外使用 --as；会记下系统用户名",
    "base_url": "大家打开和议的网址，用于预警中的链接，如 https://heyi.example；不设则无链接",
    "alert_lang": "发出的预警用什么语言：zh、en 或 both（两种）",
    "ring_seconds": "每隔多少秒巡查期限、发送预警",
    "digest_at": "每日汇总的时刻（办公室时区）",
    "verify_at": "每日核验全部历史的时刻（办公室时区）",
    "prefect_port": "heyi serve --prefect 在本机启动的 Prefect 服务的端口",
    "prefect_home": "该服务存放运行记录的文件夹",
}
"""Setting to description."""

EVENTS: dict[str, tuple[str, str]] = {
    "opened": ("立案", "opened"),
    "moved": ("流转", "moved"),
    "amended": ("补录", "amended"),
    "proposed": ("提议", "proposed"),
    "signed": ("签署", "signed"),
    "corrected": ("更正", "corrected"),
    "linked": ("关联", "linked"),
    "rung": ("催办", "rung of a clock"),
    "replanned": ("期限随日历重排", "planned anew by the calendar"),
}
"""Kinds of events."""

FINDINGS: dict[str, tuple[str, str]] = {
    "chain": ("存储的内容被改动，链条断裂", "stored bytes were changed: the chain is broken"),
    "gap": ("缺少事件", "an event is missing"),
    "seal": ("密封内容打不开", "a sealed part does not open"),
    "fold": ("事件不能还原成案件", "the events make no case"),
    "derived": ("案件行与事件不符", "the case's row says something else than its events"),
}
"""Kinds of findings of ``verify``."""

TYPES: dict[str, tuple[str, str]] = {
    "text": ("文字", "text"),
    "integer": ("整数", "whole number"),
    "decimal": ("数字", "number"),
    "money": ("金额（元）", "amount"),
    "boolean": ("是/否", "yes or no"),
    "date": ("日期", "date"),
    "moment": ("时刻", "moment"),
    "choice": ("选项", "choice"),
    "person": ("人员", "person"),
    "unit": ("单位", "unit"),
    "case": ("案件", "case"),
    "item": ("清单条目", "catalogue item"),
    "file": ("文件", "file"),
    "list": ("列表", "list"),
}
"""Types of fields."""
