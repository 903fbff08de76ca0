"""Sends to robots of DingTalk, WeCom and Feishu, which answer 200 even to what they refuse.

Robots in groups, not apps: a URL with a token, for DingTalk and Feishu a secret as well. It
stands behind ``#`` in the address, the part of a URL that is never sent.

Source:
    The platforms' pages on custom robots: DingTalk "自定义机器人接入" and "安全设置", WeCom
    "群机器人配置说明" and "全局错误码", Feishu "自定义机器人使用指南".
"""

import base64
import hashlib
import hmac
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from heyi.app.alerts.senders.base import SENT, Answer, Message, Outcome
from heyi.app.alerts.senders.web import Clock, NotReached, Reply, Web

_MINUTE = 60
_OVER_LIMIT = 10 * _MINUTE
"""DingTalk rests a robot for ten minutes after the 21st message of a minute."""
WECOM_BYTES = 2048
"""Longest text that WeCom takes, in UTF-8 bytes."""
_REDIRECTS = range(300, 400)
_SERVER = 500
_TOO_MANY = 429

Codes = Mapping[int, tuple[Outcome, str, int]]
"""A platform's code to outcome, reason and seconds to wait."""

_DINGTALK: Codes = {
    -1: ("retry", "busy", 0),
    130101: ("retry", "rate", _OVER_LIMIT),
    410100: ("retry", "rate", _OVER_LIMIT),
    300001: ("dead", "token", 0),
    300005: ("dead", "token", 0),
    400013: ("dead", "token", 0),
    400101: ("dead", "token", 0),
    400102: ("dead", "token", 0),
    404: ("dead", "token", 0),
    40035: ("dead", "refused", 0),
    430101: ("dead", "refused", 0),
    430102: ("dead", "refused", 0),
    430103: ("dead", "refused", 0),
    430104: ("dead", "refused", 0),
}
_DINGTALK_SECURITY = 310000
_WECOM: Codes = {
    -1: ("retry", "busy", 0),
    45009: ("retry", "rate", _MINUTE),
    45033: ("retry", "rate", _MINUTE),
    93000: ("dead", "token", 0),
    93008: ("dead", "token", 0),
    93017: ("dead", "token", 0),
    40008: ("dead", "refused", 0),
    40058: ("dead", "refused", 0),
    44004: ("dead", "refused", 0),
}
_FEISHU: Codes = {
    11232: ("retry", "rate", _MINUTE),
    11233: ("retry", "rate", _MINUTE),
    99991400: ("retry", "rate", _MINUTE),
    19001: ("dead", "token", 0),
    19002: ("dead", "refused", 0),
    19021: ("dead", "signature", 0),
    19022: ("dead", "ip", 0),
    19024: ("dead", "keyword", 0),
}
_FEISHU_BAD_REQUEST = 9499


class DingTalk:
    """A DingTalk robot; with a secret (``SEC…``) each request is signed in its URL."""

    def __init__(self, web: Web, clock: Clock) -> None:
        """Send through ``web``, sign with the moments of ``clock``."""
        self._web, self._clock = web, clock

    def send(self, url: str, message: Message) -> Answer:
        """Send a text."""
        url, secret = parted(url)
        if secret:
            stamp = str(int(self._clock().timestamp() * 1000))
            sign = _hmac(secret, f"{stamp}\n{secret}")
            url += ("&" if "?" in url else "?") + urlencode({"timestamp": stamp, "sign": sign})
        body = {"msgtype": "text", "text": {"content": message.text}}
        return _posted(self._web, url, body, "errcode", self._judge)

    @staticmethod
    def _judge(code: int, reply: Reply) -> Answer:
        if code != _DINGTALK_SECURITY:
            return _known(_DINGTALK, code)
        # One code for three checks; only their words tell them apart.
        words = str(reply.body.get("errmsg", "")).lower()
        if "keyword" in words or "关键词" in words:
            return Answer(outcome="dead", reason=f"keyword:{code}")
        if "ip" in words.replace("description", "").split() or "白名单" in words:
            return Answer(outcome="dead", reason=f"ip:{code}")
        return Answer(outcome="dead", reason=f"signature:{code}")


class WeCom:
    """A WeCom (企业微信) robot: all that it checks is the key in its URL."""

    def __init__(self, web: Web) -> None:
        """Send through ``web``."""
        self._web = web

    def send(self, url: str, message: Message) -> Answer:
        """Send a text, cut to what WeCom takes."""
        body = {"msgtype": "text", "text": {"content": cut(message.text, WECOM_BYTES)}}
        return _posted(self._web, parted(url)[0], body, "errcode", self._judge)

    @staticmethod
    def _judge(code: int, _reply: Reply) -> Answer:
        return _known(_WECOM, code)


class Feishu:
    """A Feishu or Lark robot; with a secret each request is signed in its body."""

    def __init__(self, web: Web, clock: Clock) -> None:
        """Send through ``web``, sign with the moments of ``clock``."""
        self._web, self._clock = web, clock

    def send(self, url: str, message: Message) -> Answer:
        """Send a text."""
        url, secret = parted(url)
        body: dict[str, Any] = {"msg_type": "text", "content": {"text": message.text}}
        if secret:
            stamp = str(int(self._clock().timestamp()))
            # Feishu keys the hash with what others hash, and hashes nothing.
            body |= {"timestamp": stamp, "sign": _hmac(f"{stamp}\n{secret}", "")}
        return _posted(self._web, url, body, "code", self._judge)

    @staticmethod
    def _judge(code: int, reply: Reply) -> Answer:
        if code != _FEISHU_BAD_REQUEST:
            return _known(_FEISHU, code)
        if "too many" in str(reply.body.get("msg", "")).lower():
            return Answer(outcome="retry", reason=f"rate:{code}", wait=_MINUTE)
        return Answer(outcome="dead", reason=f"refused:{code}")


def parted(address: str) -> tuple[str, str]:
    """Return the URL that is sent to, and the secret behind ``#`` or ""."""
    url, _, secret = address.partition("#")
    return url, secret


def cut(text: str, size: int) -> str:
    """Return a text of at most ``size`` UTF-8 bytes, no character halved."""
    data = text.encode()
    return text if len(data) <= size else data[:size].decode(errors="ignore")


def _hmac(key: str, text: str) -> str:
    digest = hmac.new(key.encode(), text.encode(), hashlib.sha256).digest()
    return base64.b64encode(digest).decode("ascii")


def _posted(web: Web, url: str, body: dict[str, Any], name: str, judge: Any) -> Answer:
    """Post and judge: the robot's code first, the HTTP status where it gave none."""
    try:
        reply = web.post(url, body)
    except NotReached as error:
        return Answer(outcome="dead" if error.lasting else "retry", reason=error.reason)
    code = reply.body.get(name, reply.body.get("StatusCode"))
    if not isinstance(code, int) or isinstance(code, bool) or (code == 0 and not _fine(reply)):
        return _by_status(reply.status)
    if code == 0:
        return SENT
    answer: Answer = judge(code, reply)
    return answer


def _fine(reply: Reply) -> bool:
    return reply.status in range(200, 300)


def _known(codes: Codes, code: int) -> Answer:
    """Return what a code means; one that nobody documented may pass later."""
    outcome, reason, wait = codes.get(code, ("retry", "refused", 0))
    return Answer(outcome=outcome, reason=f"{reason}:{code}", wait=wait)


def _by_status(status: int) -> Answer:
    if status == _TOO_MANY:
        return Answer(outcome="retry", reason="rate:429", wait=_MINUTE)
    if status >= _SERVER:
        return Answer(outcome="retry", reason=f"busy:{status}")
    if status in _REDIRECTS:
        return Answer(outcome="dead", reason=f"redirect:{status}")
    if status in range(400, 500):
        return Answer(outcome="dead", reason=f"token:{status}")
    return Answer(outcome="retry", reason="unreadable")
