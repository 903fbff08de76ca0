"""``heyi serve``, ``heyi worker``, ``heyi deploy``: the processes that take the rounds."""

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import TYPE_CHECKING, Annotated

import typer

from engine.case.text import Text
from heyi.cli.shell.exits import InputWrong
from heyi.cli.shell.shell import Json, Lang, Shell

if TYPE_CHECKING:
    from threading import Event

    from heyi.app.app import App
    from heyi.orchestration.children import Child
    from heyi.orchestration.ringing import Ringer

PATIENCE = 20
"""Seconds that what we have started is given to end; service managers wait longer."""
_TEND_SECONDS = 2

Host = Annotated[str, typer.Option("--host", help="监听的地址 · the address to listen at")]
Port = Annotated[int, typer.Option("--port", min=1, max=65535, help="监听的端口 · the port")]
Prefect = Annotated[
    bool,
    typer.Option("--prefect", help="由 Prefect 运行各项巡查 · let Prefect run the rounds"),
]


def serve(
    ctx: typer.Context,
    *,
    host: Host = "127.0.0.1",
    port: Port = 8080,
    prefect: Prefect = False,
    lang: Lang = None,
) -> None:
    """启动服务：网页和各项巡查，同一进程；--prefect 另起本机 Prefect · app and rounds."""
    import uvicorn

    from heyi.console.app import create_app

    shell = _ready(ctx, lang)
    web = create_app(shell.app)
    server = uvicorn.Server(uvicorn.Config(web, host=host, port=port, log_level="warning"))
    with _ringing(shell, prefect=prefect):
        shell.say(
            Text(
                f"服务已启动：http://{host}:{port}，按 Ctrl+C 停止",
                f"serving at http://{host}:{port}; Ctrl+C stops it",
            ),
        )
        server.run()
    shell.say(Text("已停止", "stopped"))


def worker(
    ctx: typer.Context,
    *,
    once: Annotated[
        bool,
        typer.Option("--once", help="只运行到时的各项一次，供 cron 使用 · once, for cron"),
    ] = False,
    as_json: Json = False,
    lang: Lang = None,
) -> None:
    """只运行各项巡查，不开网页；不需要 Prefect · ring the rounds, nothing else."""
    shell = _ready(ctx, lang, as_json=as_json)
    if once:
        _once(shell)
        return
    with _ringing(shell, prefect=False) as stopping:
        shell.say(Text("巡查已启动，按 Ctrl+C 停止", "ringing the rounds; Ctrl+C stops it"))
        stopping.wait()
    shell.say(Text("已停止", "stopped"))


def deploy(
    ctx: typer.Context,
    *,
    pool: Annotated[
        str, typer.Option("--pool", help="工作池，没有则新建 · the work pool, made if missing")
    ] = "heyi",
    as_json: Json = False,
    lang: Lang = None,
) -> None:
    """把各项巡查登记到 PREFECT_API_URL 所指的 Prefect · register the rounds as deployments."""
    import asyncio

    from heyi.orchestration.deploying import deploy as register

    shell = Shell(ctx, lang, as_json=as_json)
    url = os.environ.get("PREFECT_API_URL", "")
    if not url:
        told = Text(
            "请先设 PREFECT_API_URL，例如 http://127.0.0.1:4200/api",
            "set PREFECT_API_URL, as http://127.0.0.1:4200/api",
        )
        raise InputWrong(told)
    schedule, zone = shell.app.deployment.schedule, shell.app.zone
    names = asyncio.run(register(schedule, zone, pool=pool))
    if as_json:
        shell.json({"pool": pool, "deployments": names})
        return
    for name in names:
        shell.out(name)
    shell.say(
        Text(
            f"已登记到工作池 {pool}；在各机器运行：prefect worker start --pool {pool}",
            f"registered on pool {pool}; on each machine run: prefect worker start --pool {pool}",
        ),
    )


def _ready(ctx: typer.Context, lang: str | None, *, as_json: bool = False) -> Shell:
    """Open the shell on a deployment that can be rung: key, tables, zone."""
    import logging

    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(levelname)s %(message)s")
    logging.getLogger("heyi").setLevel(logging.INFO)
    shell = Shell(ctx, lang, as_json=as_json)
    shell.app.office.require_tables(shell.anybody())
    return shell


def _ringer(app: "App") -> "Ringer":
    from heyi.orchestration.ringing import Ringer

    return Ringer(app.rounds, clock=app.clock, zone=app.zone)


def _once(shell: Shell) -> None:
    """Ring what is owed, one after the other, and end: for cron, with no scheduler at all."""
    from heyi.app.reader import Reader

    told = []
    office, clock = shell.app.office, shell.app.clock
    for done in office.take_owed_rounds(Reader.system("round:owed"), by="cron", clock=clock):
        told.append(done)
        if not shell.as_json:
            counts = " ".join(f"{word}={n}" for word, n in done.counts.items() if n)
            shell.out(f"{done.round}  {counts} {done.note}".rstrip())
    if shell.as_json:
        shell.json([one.plain() for one in told])
    raise typer.Exit(0 if all(one.ok for one in told) else 1)


@contextmanager
def _ringing(shell: Shell, *, prefect: bool) -> Iterator["Event"]:
    """Ring while inside; on leaving let rounds end their batch, then end what was started."""
    ringer = _ringer(shell.app)
    children: list[Child] = []
    if prefect:
        from heyi.orchestration.ringing import STAND_IN
        from heyi.orchestration.server import children as beside

        children = beside(shell.settings)
        ringer.by = STAND_IN
        scheduler = ringer.schedule_stand_in()
        for child in children:
            ringer.tend(scheduler, child, seconds=_TEND_SECONDS)
    else:
        scheduler = ringer.schedule()

    def stop(_number: int, _frame: FrameType | None) -> None:
        ringer.stopping.set()

    # Uvicorn raises again, on leaving, the signal that ended it: it must not end us then.
    before = {number: signal.signal(number, stop) for number in (signal.SIGTERM, signal.SIGINT)}
    scheduler.start()
    try:
        yield ringer.stopping
    finally:
        ringer.stopping.set()
        scheduler.shutdown(wait=True)
        if children:
            from heyi.orchestration.children import end_all

            end_all(children, patience=PATIENCE)
        for number, handler in before.items():
            signal.signal(number, handler)
