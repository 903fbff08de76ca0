"""Reads addresses as people paste them: their sender, and the form in which they may be shown."""

from urllib.parse import urlsplit

from engine.case.errors import HeyiError
from engine.case.text import Text
from heyi.app.alerts.senders.longtail import is_known

KINDS = ("dingtalk", "wecom", "feishu", "apprise")
_HOSTS = {
    "oapi.dingtalk.com": "dingtalk",
    "qyapi.weixin.qq.com": "wecom",
    "open.feishu.cn": "feishu",
    "open.larksuite.com": "feishu",
}
_ROBOTS = {"dingtalk", "wecombot", "feishu", "lark"}
"""Apprise's own words for these robots: it takes their refusals for success."""
_HOST_IS_A_HOST = {"mailto", "mailtos", "http", "https", "json", "jsons", "xml", "xmls", "form"}
"""Schemes whose host may be shown; elsewhere a token stands in its place."""
MAX_LENGTH = 2000

_TWO_LINES = Text(
    "一行写网址，机器人的密钥另写一行", "give a URL in one line, a robot's secret in the next"
)
_NO_SENDER = Text("没有能发送到这种网址的方式", "nothing sends to such a URL")
_NOT_HTTPS = Text("机器人的网址以 https:// 开头", "a robot's URL begins with https://")
_PASTE_ITS_OWN = Text("请粘贴机器人自己的网址 https://…", "paste the robot's own URL, https://…")
_NO_URL = Text("不是网址", "it is no URL")


class AddressRefused(HeyiError):
    """An address for alerts cannot be used as it is written."""

    code = "usage.address"

    def __init__(self, told: Text) -> None:
        # Not the address itself: errors are printed and logged.
        self.told = told
        super().__init__(f"the address cannot be used: {told.text('en')}")


def read_address(text: str, kind: str = "") -> tuple[str, str]:
    """Return kind and address from what somebody pasted.

    Args:
        text: the URL; a robot's secret in a second line (or behind ``#``).
        kind: of ``KINDS``, for a robot behind a host of one's own; "" to find out.

    Raises:
        AddressRefused: it is empty, too long, or nothing can send to it.
    """
    lines = [line.strip() for line in text.strip().splitlines() if line.strip()]
    if not lines or len(lines[0]) > MAX_LENGTH or len(lines) > 1 + 1:
        raise AddressRefused(_TWO_LINES)
    url = "#".join(lines)
    kind = kind or _kind_of(url)
    if kind == "apprise":
        if len(lines) > 1 or not is_known(url):
            raise AddressRefused(_NO_SENDER)
    elif _scheme_and_host(url)[0] not in {"http", "https"}:
        raise AddressRefused(_NOT_HTTPS)
    return kind, url


def _kind_of(url: str) -> str:
    scheme, host = _scheme_and_host(url)
    if scheme in _ROBOTS:
        raise AddressRefused(_PASTE_ITS_OWN)
    return _HOSTS.get(host, "apprise")


def _scheme_and_host(url: str) -> tuple[str, str]:
    try:
        parts = urlsplit(url)
        return parts.scheme.lower(), (parts.hostname or "").lower()
    except ValueError:
        raise AddressRefused(_NO_URL) from None


def masked(url: str) -> str:
    """Return an address as it may be shown: scheme and host, nothing that opens anything."""
    scheme, host = _scheme_and_host(url)
    return f"{scheme}://{host}/***" if scheme in _HOST_IS_A_HOST else f"{scheme}://***"
