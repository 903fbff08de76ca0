"""A host of robots on loopback that answers as the platforms do, and keeps what it was sent."""

import base64
import hashlib
import hmac
import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

Answer = tuple[int, Any]
"""HTTP status, and a plain value for JSON or bytes as they are."""


@dataclass
class Asked:
    """One request."""

    path: str
    query: dict[str, str]
    body: Any


@dataclass
class Host:
    """The host's address, what came in, and how it answers."""

    url: str = ""
    answer: Callable[[Asked], Answer] = lambda _asked: (200, {"errcode": 0, "errmsg": "ok"})
    asked: list[Asked] = field(default_factory=list)

    def says(self, value: Any, status: int = 200) -> None:
        self.answer = lambda _asked: (status, value)


@contextmanager
def hosting() -> Iterator[Host]:
    host = Host()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            size = int(self.headers.get("Content-Length", 0))
            raw = self.rfile.read(size)
            parts = urlsplit(self.path)
            query = {name: values[0] for name, values in parse_qs(parts.query).items()}
            host.asked.append(Asked(parts.path, query, json.loads(raw) if raw else None))
            status, value = host.answer(host.asked[-1])
            content = value if isinstance(value, bytes) else json.dumps(value).encode()
            self.send_response(status)
            self.send_header("Content-Length", str(len(content)))
            if status in range(300, 400):
                self.send_header("Location", f"{host.url}/elsewhere")
            self.end_headers()
            with suppress(ConnectionError):
                # Who asked may have heard enough.
                self.wfile.write(content)

        def log_message(self, *_arguments):
            """Keep the test's output clean."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    host.url = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield host
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def sign(key: str, text: str) -> str:
    return base64.b64encode(hmac.new(key.encode(), text.encode(), hashlib.sha256).digest()).decode()


def dingtalk(secret: str, now_ms: int, keyword: str = "") -> Callable[[Asked], Answer]:
    """Answer as DingTalk does, with its security settings on."""

    def answer(asked: Asked) -> Answer:
        if asked.query.get("access_token") != "TOKEN-1":
            return 200, {"errcode": 300005, "errmsg": "token is not exist"}
        stamp = asked.query.get("timestamp", "")
        if asked.query.get("sign") != sign(secret, f"{stamp}\n{secret}"):
            return 200, {"errcode": 310000, "errmsg": "sign not match, more: [https://…]"}
        if abs(now_ms - int(stamp)) > 3_600_000:
            return 200, {"errcode": 310000, "errmsg": "invalid timestamp"}
        if keyword not in asked.body["text"]["content"]:
            return 200, {"errcode": 310000, "errmsg": "keywords not in content"}
        return 200, {"errcode": 0, "errmsg": "ok"}

    return answer


def feishu(secret: str, now_s: int) -> Callable[[Asked], Answer]:
    """Answer as Feishu does, with its signature on."""

    def answer(asked: Asked) -> Answer:
        stamp = asked.body.get("timestamp", "")
        if asked.body.get("sign") != sign(f"{stamp}\n{secret}", ""):
            return 200, {
                "code": 19021,
                "msg": "sign match fail or timestamp is not within one hour",
            }
        assert abs(now_s - int(stamp)) < 3600
        return 200, {"StatusCode": 0, "StatusMessage": "success", "code": 0, "msg": "success"}

    return answer
