"""A watch desk: cases with one clock and one rung, any number of them due at one instant."""

import os
from collections import Counter
from datetime import datetime, timedelta
from pathlib import Path

from engine.case.values import Actor, Move, Unit
from heyi.app.app import App
from heyi.bootstrap import build
from heyi.settings import Settings
from storage.kernel.records import Person
from tests.builders.demo_data import mark
from tests.workflows.scenario_player import yaml_of

NOW = datetime.fromisoformat("2026-03-09 10:00+08:00")
OPENED = NOW - timedelta(days=7)
KEEPERS = ("wang", "zhou")
WATCH = {
    "format": 1, "workflow": "watch", "version": 1, "title": {"zh": "值守", "en": "watch"},
    "opened_at": "post", "readers": {"public": ["anyone"]},
    "number": {"format": "{unit}〔{year}〕{seq:04}"},
    "roles": {"keeper": {"level": "post", "label": {"zh": "值守员", "en": "keeper"}}},
    "fields": {"what": {"type": "text", "privacy": "public", "label": {"zh": "何事", "en": "what"}}},
    "clocks": {
        "answer": {
            "within": "2 days", "starts": ["asked"], "class": "internal",
            "label": {"zh": "答复", "en": "answer"},
            "rungs": [{"at": "due", "mark": "overdue", "tell": ["keeper"]}],
        },
    },
    "opening": {"to": "asked", "by": "anyone", "asks": ["what"], "label": {"zh": "立", "en": "open"}},
    "states": {
        "asked": {
            "label": {"zh": "已立", "en": "asked"}, "assignee": "keeper",
            "on": {"done": {"to": "done", "by": ["keeper"], "label": {"zh": "办结", "en": "done"}}},
        },
        "done": {"label": {"zh": "办结", "en": "done"}, "final": True, "outcome": "positive"},
    },
}  # fmt: skip


def furnish(folder: Path) -> None:
    """Write the workflow, publish it, and put the people of the desk into the database."""
    (folder / "shelf").mkdir()
    (folder / "shelf" / "watch.yaml").write_text(yaml_of(WATCH), encoding="utf-8")
    app = build(_settings(folder))
    mark(app)
    with app.store.write() as work:
        work.units.put(Unit(id="gate", level="post", title="大门"))
        for person in KEEPERS:
            work.people.put(Person(id=person, display_name=person))
            work.people.give_post(person, role="keeper", unit="gate")
        rules = app.published.shelf.workflow("watch")
        assert rules is not None
        app.published.publish(work, rules, at=OPENED)
    app.store.close()


def _settings(folder: Path) -> Settings:
    return Settings(
        database=f"sqlite:///{folder}/heyi.db", key_file=folder / "heyi.key",
        workflows=folder / "shelf", zone="Asia/Shanghai",
    )  # fmt: skip


def open_cases(app: App, number: int) -> list[str]:
    """Open cases whose rungs are all owed at one instant; return their ids."""
    found = []
    with app.store.write() as work:
        rules = app.published.get(work, "watch")
        for n in range(number):
            move = Move(actor=Actor(id="wang"), data={"what": f"no {n}"})
            step = app.casework.steps.open(work, rules, "gate", move, now=OPENED, depth=0)
            found.append(step.after.id)
    return found


def rung_events(app: App, cases: list[str]) -> Counter[int]:
    """Return how many cases have how many events of a rung."""
    with app.store.read() as work:
        return Counter(sum(e.kind == "rung" for e in work.cases.events(case)) for case in cases)


def told(app: App, cases: list[str]) -> Counter[tuple[str, str | None]]:
    """Return how often each person was told of each case."""
    with app.store.read() as work:
        return Counter((case, one.person) for case in cases for one in work.alerts.of(case))


def python_path() -> str:
    """Return where the sources are, for processes of other folders."""
    root = str(Path(__file__).resolve().parents[2])
    return os.pathsep.join(filter(None, (root, os.environ.get("PYTHONPATH", ""))))
