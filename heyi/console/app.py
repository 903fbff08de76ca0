"""The web application: for now what a monitor asks. Nothing personal, no page of others' hosts."""

from datetime import datetime
from typing import Any

from fastapi import FastAPI
from fastapi.responses import JSONResponse

from engine.case.errors import HeyiError
from engine.time.times import moment_text
from heyi.app.app import App
from heyi.app.office.schedulecheck import Heard
from heyi.bootstrap import rounds_of

_OK, _UNAVAILABLE = 200, 503


def create_app(app: App) -> FastAPI:
    """Return the web application over a ready application."""
    rounds = rounds_of(app)
    # FastAPI's own pages load scripts from elsewhere.
    web = FastAPI(title="heyi", docs_url=None, redoc_url=None, openapi_url=None)

    @web.get("/healthz")
    def health() -> JSONResponse:
        """Tell whether the database answers and the schedule ring; 503 where one does not."""
        now = app.clock()
        try:
            with app.store.read() as work:
                heard = rounds.heard(work, now=now)
        except HeyiError as error:
            return JSONResponse({"ok": False, "database": error.code}, _UNAVAILABLE)
        return _answer(heard, now)

    return web


def _answer(heard: list[Heard], now: datetime) -> JSONResponse:
    ok = not any(one.is_finding for one in heard)
    content = {
        "ok": ok, "database": "ok", "at": moment_text(now),
        "bells": {one.name: _scheduled(one) for one in heard},
    }  # fmt: skip
    return JSONResponse(content, _OK if ok else _UNAVAILABLE)


def _scheduled(one: Heard) -> dict[str, Any]:
    last = one.last
    return {
        "heard": one.kind,
        "began": moment_text(last.started_at) if last else None,
        "ended": moment_text(last.ended_at) if last and last.ended_at else None,
        "by": last.by if last else None,
    }
