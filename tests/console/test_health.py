"""What a monitor is told: the database, the schedule, and nothing of any case or person."""

import asyncio
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest

from heyi.app.app import App
from heyi.app.office.schedule import ROUNDS
from heyi.bootstrap import build, make_key, rounds_of
from heyi.console.app import create_app
from heyi.settings import Settings
from storage.kernel.schema import upgrade
from tests.builders.demo_data import mark

NOW = datetime.fromisoformat("2026-03-09 10:00+08:00")


@pytest.fixture
def app(tmp_path: Path) -> Iterator[App]:
    url = f"sqlite:///{tmp_path}/heyi.db"
    make_key(tmp_path / "heyi.key")
    upgrade(url)
    settings = Settings(database=url, key_file=tmp_path / "heyi.key", zone="Asia/Shanghai")
    found = build(settings, clock=lambda: NOW)
    mark(found)
    yield found
    found.store.close()


def get(app: App, path: str) -> httpx.Response:
    async def asking() -> httpx.Response:
        transport = httpx.ASGITransport(create_app(app))
        async with httpx.AsyncClient(transport=transport, base_url="http://heyi") as client:
            return await client.get(path)

    return asyncio.run(asking())


def asked(app: App) -> tuple[int, Any]:
    answer = get(app, "/healthz")
    return answer.status_code, answer.json()


def test_where_nothing_rang_yet_the_office_is_well(app):
    status, told = asked(app)

    assert (status, told["ok"], told["database"], told["at"]) == (200, True, "ok", "2026-03-09T02:00:00Z")  # fmt: skip
    assert {name: scheduled["heard"] for name, scheduled in told["bells"].items()} == dict.fromkeys(ROUNDS, "never")  # fmt: skip


def test_who_rang_and_when_is_told(app):
    rounds_of(app).ring("sweep-clocks", by="cron", clock=app.clock)

    _status, told = asked(app)

    assert told["bells"]["sweep-clocks"] == {
        "heard": "ok", "by": "cron", "began": "2026-03-09T02:00:00Z", "ended": "2026-03-09T02:00:00Z"
    }  # fmt: skip


def test_a_silent_bell_makes_it_unavailable(app):
    rounds_of(app).ring("sweep-clocks", by="cron", clock=lambda: NOW - timedelta(hours=1))

    status, told = asked(app)

    assert (status, told["ok"], told["bells"]["sweep-clocks"]["heard"]) == (503, False, "silent")


def test_a_database_that_is_away_makes_it_unavailable_and_is_told_by_its_code(app, tmp_path):
    app.store.close()
    (tmp_path / "heyi.db").write_bytes(b"no database at all, but long enough to be read as one" * 9)

    status, told = asked(app)

    assert (status, told) == (503, {"ok": False, "database": "storage.failed"})


@pytest.mark.parametrize("path", ["/docs", "/redoc", "/openapi.json"])
def test_no_page_that_loads_from_other_hosts_is_served(app, path):
    assert get(app, path).status_code == 404
