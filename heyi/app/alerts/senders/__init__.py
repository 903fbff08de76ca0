"""The senders of alerts: each takes an address and a message and returns the result.

Nothing here knows cases, alerts or rows. What an address holds (tokens, passwords) never
leaves these modules but to its own host: no log line, no error, no ``repr`` has it.
"""

from collections.abc import Mapping

from heyi.app.alerts.senders.base import Answer, Message, Sender
from heyi.app.alerts.senders.longtail import Apprise
from heyi.app.alerts.senders.robots import DingTalk, Feishu, WeCom
from heyi.app.alerts.senders.web import Clock, Web


def all_senders(clock: Clock) -> Mapping[str, Sender]:
    """Return the senders of every kind of address.

    Args:
        clock: tells the present moment; signatures are made with it.
    """
    web = Web()
    return {
        "dingtalk": DingTalk(web, clock),
        "wecom": WeCom(web),
        "feishu": Feishu(web, clock),
        "apprise": Apprise(),
    }


__all__ = ["Answer", "Message", "Sender", "all_senders"]
