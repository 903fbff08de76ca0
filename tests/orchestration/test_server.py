"""How a Prefect server and the runner are started: quiet, on loopback, with no secret of ours."""

from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

import pytest

from heyi.orchestration import server
from heyi.settings import Settings


def settings(**more: object) -> Settings:
    return Settings(**{"prefect_port": 4711, "prefect_home": Path("runs"), **more})  # type: ignore[arg-type]


def test_the_server_is_told_its_port_wherever_it_asks_for_it_and_calls_nobody():
    found = server.server_environment(settings(), {"PATH": "/bin"})

    assert found["PREFECT_API_URL"] == "http://127.0.0.1:4711/api"
    assert (found["PREFECT_SERVER_API_HOST"], found["PREFECT_SERVER_API_PORT"]) == ("127.0.0.1", "4711")  # fmt: skip
    assert (found["DO_NOT_TRACK"], found["PREFECT_SERVER_ANALYTICS_ENABLED"]) == ("1", "false")
    assert Path(found["PREFECT_HOME"]).is_absolute()
    assert found["PATH"] == "/bin"


def test_nothing_of_heyi_reaches_the_server():
    given = {"HEYI_DATABASE": "postgresql://u:secret@h/d", "PREFECT_HOME": "/elsewhere"}

    found = server.server_environment(settings(), given)

    assert "secret" not in str(found)
    assert found["PREFECT_HOME"].endswith("/runs")


def test_flows_find_the_office_from_any_folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    found = server.flow_environment(settings(workflows=Path("rules")), {})

    assert found["HEYI_DATABASE"] == f"sqlite:///{tmp_path}/heyi.db"
    assert found["HEYI_KEY_FILE"] == f"{tmp_path}/heyi.key"
    assert found["HEYI_WORKFLOWS"] == f"{tmp_path}/rules"
    assert found["PREFECT_API_URL"] == "http://127.0.0.1:4711/api"


def test_another_database_is_left_as_it_is():
    url = "postgresql+psycopg://host/heyi"

    assert server.absolute_database(url) == url


@pytest.fixture
def answering():
    """A host on loopback that answers health as it is told to."""
    told = {"status": 200}

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(told["status"])
            self.end_headers()

        def log_message(self, *_given: object) -> None:
            return

    host = HTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=host.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{host.server_port}/api", told
    host.shutdown()
    thread.join()
    host.server_close()


@pytest.mark.parametrize(("status", "healthy"), [(200, True), (401, True), (503, False)])
def test_a_server_is_there_when_it_answers_even_if_it_asks_for_a_password(answering, status, healthy):  # fmt: skip
    url, told = answering
    told["status"] = status

    assert server.is_healthy(url) is healthy


def test_where_nobody_answers_there_is_no_server(answering, monkeypatch):
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9/")
    url, _told = answering

    # A proxy is never asked for loopback.
    assert server.is_healthy(url)
    assert not server.is_healthy("http://127.0.0.1:9/api")
    assert not server.is_healthy("no url at all")


def test_a_server_and_a_runner_are_started_and_each_only_when_it_is_of_use(answering):
    url, _told = answering
    port = int(url.split(":")[2].split("/")[0])

    own, runner = server.children(settings(prefect_port=port), {})

    # One answers there already: no second server, and the runner may begin.
    assert not own.wanted()
    assert runner.wanted()
    assert own.log is not None
    assert "--host" in own.command
    assert "127.0.0.1" in own.command


def test_where_a_server_is_named_only_a_runner_is_started(answering):
    url, told = answering

    [runner] = server.children(settings(), {"PREFECT_API_URL": url})

    assert runner.environment["PREFECT_API_URL"] == url
    assert runner.wanted()
    told["status"] = 503
    assert not runner.wanted()
