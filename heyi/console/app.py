"""The web application: for now only the health check for monitors; nothing personal."""

from fastapi import FastAPI
from fastapi.responses import JSONResponse

from heyi.app.app import App
from heyi.app.reader import Reader

_OK, _UNAVAILABLE = 200, 503


def create_app(app: App) -> FastAPI:
    """Return the web application over a ready application."""
    # FastAPI's own pages load scripts from elsewhere.
    web = FastAPI(title="heyi", docs_url=None, redoc_url=None, openapi_url=None)

    @web.get("/healthz")
    def health() -> JSONResponse:
        """Tell whether the database answers and the rounds are taken; 503 where one does not."""
        found = app.office.health(Reader.nobody(), now=app.clock())
        return JSONResponse(found.plain(), _OK if found.ok else _UNAVAILABLE)

    return web
