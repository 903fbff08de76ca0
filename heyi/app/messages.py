"""Holds the meaning of every error code for people and programs: one catalogue for every door.

A row holds the sentence in every language, the exit status of the command line and the HTTP
status of the API. The sentence is a template over the error's attributes and names no command
and no option: what to type stands at the door that takes it. Where a row gives no English, the
error's own text is its English. Refusals and findings bring their sentences with them; so does
an error of many causes, whose row takes them whole: ``{told}``, a ``Text``.
"""

from dataclasses import dataclass

from engine.case.errors import DefinitionError, HeyiError, MoveRefused
from engine.case.text import NOTHING, Text, said
from engine.time.plain import Lang


@dataclass(frozen=True, slots=True)
class Message:
    """One row of the catalogue.

    Attributes:
        exit: how a command ends: 1 findings, 2 usage or settings, 3 not found, 4 not allowed,
            5 conflict, 6 refused by the rules, 70 internal.
        http: how a request ends.
        words: the sentence, a template over the error's attributes.
    """

    exit: int
    http: int
    words: Text = NOTHING


FINDINGS, USAGE, ABSENT, FORBIDDEN, CONFLICT, REFUSED, INTERNAL = 1, 2, 3, 4, 5, 6, 70
"""The exit statuses of the contract (design.md 9)."""


def _row(exit_status: int, http: int, zh: str = "", en: str = "") -> Message:
    return Message(exit_status, http, Text(zh, en))


MESSAGES: dict[str, Message] = {
    "heyi": _row(INTERNAL, 500),
    "definition": _row(FINDINGS, 422),
    "usage": _row(USAGE, 400),
    "usage.input": _row(USAGE, 400, "{told}"),
    "usage.address": _row(USAGE, 422, "地址不能使用：{told}"),
    "usage.password": _row(USAGE, 422, "{told}"),
    "usage.answer": _row(USAGE, 400, "{told}"),
    "usage.cursor": _row(USAGE, 400, "没有这一页；请从第一页看起"),
    "usage.absence": _row(USAGE, 422, "{told}"),
    "usage.post": _row(USAGE, 422, "{post}：{why}", "{post}: {why}"),
    "not_found": _row(ABSENT, 404, "{told}"),
    "not_found.document": _row(ABSENT, 404, "没有文书“{name}”；现有：{names}"),
    "not_found.clock": _row(ABSENT, 404, "没有期限或计次“{name}”；现有：{names}"),
    "access": _row(FORBIDDEN, 403),
    "access.acting": _row(FORBIDDEN, 403, "只能在演示数据上以他人身份办理、另取时刻"),
    "access.act": _row(FORBIDDEN, 403, "您的岗位不能办理此事；需要：{posts}"),
    "access.own_act": _row(FORBIDDEN, 403, "这不能给自己办；请另一人办理"),
    "access.sign_in": _row(FORBIDDEN, 401, "此事只能由本人办理；请先登录"),
    "access.sign_in_refused": _row(
        FORBIDDEN,
        401,
        "人员或密码不对，或账号已锁定：每连错5次锁定一次，先15分钟，再错更久，最多1小时；安全管理员可解锁",
    ),
    "access.new_password": _row(FORBIDDEN, 403, "这是一次性密码；请设定自己的密码"),
    "access.password_expired": _row(FORBIDDEN, 403, "一次性密码已过期；请安全管理员另发"),
    "access.session_ended": _row(FORBIDDEN, 401, "登录已失效；请重新登录"),
    "access.second_person": _row(FORBIDDEN, 403, "交来文件的人不能自己发布或退回；请另一人办理"),
    "conflict.file": _row(CONFLICT, 409, "{told}"),
    "access.readings": _row(FORBIDDEN, 403, "谁看过案件“{case}”，只给本案的负责人看"),
    "access.request_decided": _row(CONFLICT, 409, "查阅申请“{request}”已有人决定"),
    "access.verify": _row(FORBIDDEN, 403, "全部案件只由机关自身核验；请写明您可知的一件"),
    "access.report": _row(FORBIDDEN, 403, "{told}"),
    "access.similar": _row(FORBIDDEN, 403, "案件“{case}”的纠纷类型和地点不属于您可读的范围"),
    "access.document": _row(FORBIDDEN, 403, "文书“{name}”不属于您可读的范围；请由能读的人打印"),
    "move": _row(REFUSED, 422),
    "move.role": _row(FORBIDDEN, 403),
    "move.barred": _row(FORBIDDEN, 403),
    "move.conflict": _row(CONFLICT, 409),
    "move.duplicate": _row(CONFLICT, 409),
    "table": _row(REFUSED, 422),
    "link": _row(REFUSED, 422),
    "people.exclusive": _row(REFUSED, 422, "{told}"),
    "people.last": _row(REFUSED, 409, "{told}"),
    "office.in_use": _row(CONFLICT, 409, "数据库里已有内容，不能标为演示数据；请另建一个"),
    "office.founded": _row(CONFLICT, 409, "系统管理员、安全管理员、审计员已经指定"),
    "office.founders": _row(USAGE, 422, "{told}"),
    "admission": _row(ABSENT, 404),
    "admission.none": _row(
        ABSENT, 404, "没有一个流程带有 means: classification 的决策表，无法归类"
    ),
    "calendar.unknown": _row(ABSENT, 404, "没有日历“{name}”，无从补充；请载入完整的日历文件"),
    "calendar.past": _row(CONFLICT, 409, "与日历“{name}”中已过去的日子不符：{shown}"),
    "document.not_issued": _row(REFUSED, 422, "案件“{case}”尚未出具“{name}”；已出具：{names}"),
    "document.template": _row(FINDINGS, 500, "版式“{name}”有误：{detail}"),
    "settings": _row(USAGE, 503),
    "settings.value": _row(USAGE, 503, "设置不对：{names}：{detail}"),
    "settings.key": _row(USAGE, 503, "没有密钥文件，或内容不对"),
    "settings.key_lost": _row(
        USAGE, 503, "数据库已在使用，但密钥文件“{path}”不见了；请把原来的密钥文件放回去"
    ),
    "settings.founding": _row(USAGE, 503, "还没有指定系统管理员、安全管理员和审计员；请先指定"),
    "settings.zone": _row(USAGE, 503, "所设的时区不是时区名"),
    "settings.warning": _row(USAGE, 503, "{told}"),
    "settings.profile_unknown": _row(USAGE, 503, "没有法域参数“{name}”；现有：{names}"),
    "settings.profile_unfilled": _row(USAGE, 503, "{told}"),
    "settings.prefect": _row(USAGE, 503, "“{url}”没有 Prefect 服务应答"),
    "storage": _row(INTERNAL, 500),
    "storage.failed": _row(INTERNAL, 500, "数据库出错：{detail}"),
    "storage.busy": _row(CONFLICT, 503, "数据库正忙（{detail}）；请重试"),
    "storage.case_not_found": _row(ABSENT, 404, "没有案件“{case}”；请给出案件的编号或 id"),
    "storage.unit_not_found": _row(ABSENT, 404, "没有单位“{unit}”；请给出单位的 id"),
    "storage.person_not_found": _row(ABSENT, 404, "没有人员“{person}”；请给出人员的 id"),
    "storage.catalogue_not_found": _row(ABSENT, 404, "没有清单“{name}”；请先发布"),
    "storage.workflow_version_unknown": _row(ABSENT, 404, "流程“{name}”没有发布；请先发布"),
    "storage.unknown_reference": _row(ABSENT, 422, "{what}：所指的内容没有登记，请先登记"),
    "storage.stale_case": _row(
        CONFLICT, 409, "案件“{case}”已不是第{revision}版，他人刚刚改动过；请刷新后重试"
    ),
    "storage.duplicate_case": _row(CONFLICT, 409, "案件“{case}”与另一案件重复（{of}）"),
    "storage.workflow_version_taken": _row(
        CONFLICT, 409, "流程“{name}”第{version}版已发布且内容不同；请提高版本号"
    ),
    "storage.calendar_taken": _row(
        CONFLICT, 409, "日历“{name}”第{version}版刚刚已由他人载入；请重新预览后再载入"
    ),
    "storage.idempotency_mismatch": _row(CONFLICT, 422, "键“{key}”已用于另一请求；请换一个键"),
    "storage.idempotency_taken": _row(
        CONFLICT, 409, "键“{key}”的请求刚刚已办理；请再问一次以取得结果"
    ),
    "storage.unit_circle": _row(
        REFUSED, 422, "单位“{unit}”不能放在“{parent}”之下：后者本就在它之下"
    ),
    "storage.seal_broken": _row(
        FINDINGS, 500, "案件“{case}”的密封内容“{vault}”打不开（{place}）：被改动或密钥不对"
    ),
    "storage.request_not_found": _row(ABSENT, 404, "没有查阅申请“{request}”"),
    "storage.request_broken": _row(
        INTERNAL, 500, "查阅申请“{request}”打不开：被改动或密钥不对；请重新申请"
    ),
    "storage.address_broken": _row(
        INTERNAL, 500, "“{owner}”的地址“{address}”打不开；请删除后重新登记"
    ),
    "storage.text_refused": _row(USAGE, 422, "{what}含有不能保存的字符（{why}）；请删去"),
    "storage.id_refused": _row(USAGE, 422, "“{given}”：{why}", "'{given}': {why}"),
    "storage.database_refused": _row(
        USAGE, 503, "不支持的数据库“{name}”；请写 sqlite:///文件 或 postgresql://…"
    ),
    "storage.master_key_refused": _row(USAGE, 503, "密钥有{length}字节，应为32字节"),
    "storage.schema_outdated": _row(USAGE, 503, "数据表版本是“{found}”，应为“{wanted}”"),
}
"""By code; a code that is not listed takes the row of the part before its last dot."""


def message_of(code: str) -> Message:
    """Return the row of a code, else that of the part before its dot, else an internal error."""
    while code not in MESSAGES and "." in code:
        code = code.rpartition(".")[0]
    return MESSAGES.get(code, MESSAGES["heyi"])


def sentences(error: HeyiError, lang: Lang, own: dict[str, Text] | None = None) -> list[str]:
    """Return the text of an error, one line a finding, reason or sentence.

    Args:
        error: any error of ours.
        lang: the reader's language.
        own: a door's own wording by code, where it can say what to type or press.
    """
    if isinstance(error, DefinitionError):
        return [problem.text(lang) for problem in error.problems]
    if isinstance(error, MoveRefused):
        return [reason.text(lang) for reason in error.reasons]
    words = (own or {}).get(error.code) or _listed(error.code)
    if not (words.en if lang == "en" else words.zh):
        return [str(error)]
    return [said(words, **vars(error)).text(lang)]


def _listed(code: str) -> Text:
    found = MESSAGES.get(code)
    return found.words if found else NOTHING
