"""Posts JSON with narrow limits; a failure is described by one word."""

import json
import logging
import os
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import httpx

Clock = Callable[[], datetime]

MAX_ANSWER = 64 * 1024
"""Bytes of an answer; robots send some hundred."""
SECONDS = 20
"""How long one message may take, whatever the other side does."""
_QUIET = ("httpx", "httpcore", "urllib3", "requests", "apprise")


def hush() -> None:
    """Keep libraries from writing addresses to the log: all of these print whole URLs."""
    for name in _QUIET:
        logging.getLogger(name).setLevel(logging.CRITICAL + 1)


class NotReached(Exception):
    """No answer came back that could be read.

    Attributes:
        reason: a word of ``senders.base.REASONS``.
        lasting: another attempt cannot help.
    """

    def __init__(self, *, reason: str, lasting: bool = False) -> None:
        self.reason, self.lasting = reason, lasting
        super().__init__(reason)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """An answer: the HTTP status, and the JSON object, empty where there was none."""

    status: int
    body: dict[str, Any]


class Web:
    """Posts JSON. Threads may share it."""

    def __init__(self, *, seconds: float = SECONDS) -> None:
        """Wait at most ``seconds`` for one answer."""
        self._seconds = seconds

    def post(self, url: str, body: dict[str, Any]) -> Reply:
        """Return a host's answer to a JSON body.

        Raises:
            NotReached: no connection, no answer in time, a wrong URL, too long an answer.
        """
        import httpx  # noqa: PLC0415 - as above

        try:
            status, content = self._exchange(url, body)
        except (httpx.InvalidURL, httpx.UnsupportedProtocol, UnicodeError):
            # From None, here and below: these errors carry the whole URL.
            raise NotReached(reason="url", lasting=True) from None
        except httpx.TimeoutException:
            raise NotReached(reason="timeout") from None
        except httpx.HTTPError:
            raise NotReached(reason="unreached") from None
        return Reply(status=status, body=_object(content))

    def _exchange(self, url: str, body: dict[str, Any]) -> tuple[int, bytes]:
        until = time.monotonic() + self._seconds
        content = b""
        with _client(self._seconds, os.getpid()).stream("POST", url, json=body) as response:
            for part in response.iter_bytes():
                content += part
                if len(content) > MAX_ANSWER:
                    raise NotReached(reason="unreadable")
                # httpx limits each read; a host that trickles would hold us for ever.
                if time.monotonic() > until:
                    raise NotReached(reason="timeout")
            return response.status_code, content


@lru_cache(maxsize=4)
def _client(seconds: float, _process: int) -> "httpx.Client":
    """Return this process's client: making one reads all certificates, forks must not share."""
    import httpx  # noqa: PLC0415 - 0.2 s that only sending pays

    hush()
    # Redirects stay off: an address must not lead messages to another host.
    return httpx.Client(timeout=httpx.Timeout(seconds, connect=5), follow_redirects=False)


def _object(content: bytes) -> dict[str, Any]:
    try:
        found = json.loads(content)
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}
