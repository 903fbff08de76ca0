"""The interface of every sender: the message it takes, and the answer it returns."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, Protocol

from engine.case.text import Text, said

Outcome = Literal["sent", "retry", "dead"]

REASONS: Mapping[str, Text] = {
    "signature": Text(
        "签名不对：核对密钥，并校准本机时间",
        "bad signature: check the secret, and this machine's clock",
    ),
    "keyword": Text(
        "未含机器人的关键词：把关键词设为“和议”",
        "the robot's keyword is missing: set it to 和议",
    ),
    "ip": Text("本机地址不在机器人的白名单", "this machine's address is not on the robot's list"),
    "token": Text(
        "地址无效：机器人已删除、停用，或网址不全",
        "no such robot: it was removed or stopped, or the URL is not whole",
    ),
    "rate": Text("发送过快，稍后再发", "too fast; sent later"),
    "busy": Text("对方繁忙，稍后再发", "they are busy; sent later"),
    "refused": Text("对方不接受这条消息", "they do not take this message"),
    "unreadable": Text("对方的回答读不懂", "their answer cannot be read"),
    "redirect": Text("对方要求改发到别处，未照办", "they point elsewhere, which is not followed"),
    "unreached": Text("连不上对方", "they cannot be reached"),
    "timeout": Text("对方没有及时回答", "they did not answer in time"),
    "url": Text("地址写得不对", "the address is not well written"),
    "gone": Text("地址已删除", "the address was dropped"),
    "address.dropped": Text("地址已删除", "the address was dropped"),
    "broken": Text(
        "密封的地址打不开：请删除后重新登记",
        "the sealed address does not open: drop it and enter it again",
    ),
    "moot": Text("发出前事项已办理", "settled before it went out"),
    "kind": Text("没有这种地址的发送方式", "nothing sends to this kind of address"),
    "failed": Text("没有发出；请核对地址和账号", "not sent; check address and account"),
    "lost": Text("多次发送时程序中断", "the process died again and again while sending"),
}
"""Reason of a failure to its meaning in Chinese and English."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """A message to an address outside the office.

    Attributes:
        uid: stable id of what it is about; the same in every attempt.
        title: one line.
        body: lines, without the title; no personal data.
    """

    uid: str
    title: str
    body: str

    @property
    def text(self) -> str:
        """Title and body as one text."""
        return f"{self.title}\n{self.body}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """The result of sending a message.

    Attributes:
        outcome: ``sent``; ``retry``: it may pass later; ``dead``: somebody must mend the
            address first.
        reason: a word of ``REASONS``, behind it ``:`` and a number where they gave one; ""
            when sent. Never a text that came from outside.
        wait: seconds to wait at least before the next attempt.
    """

    outcome: Outcome
    reason: str = ""
    wait: int = 0


SENT = Answer(outcome="sent")


class Sender(Protocol):
    """Sends messages to one kind of address."""

    def send(self, url: str, message: Message) -> Answer:
        """Send and return the result; never raises for what the other side does."""
        ...


_NUMBERED = Text("{means}（{number}）", "{means} ({number})")


def reason_text(reason: str, lang: str) -> str:
    """Return the reason of a failure for people: its meaning, and the number behind it."""
    word, _, number = reason.partition(":")
    means = REASONS.get(word)
    if means is None:
        return reason
    told = said(_NUMBERED, means=means, number=number) if number else means
    return told.text(lang)
