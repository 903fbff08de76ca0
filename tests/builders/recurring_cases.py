"""A garden club whose gates are looked at by the calendar: what recurs, and where."""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from engine.case.values import Unit
from heyi.app.cases.casework import Casework
from heyi.app.cases.worlds import Worlds
from heyi.app.library.library import Library
from heyi.app.library.shelf import FolderShelf
from storage.kernel.records import Person
from storage.work import Store
from tests.builders.shelves import SHIPPED
from tests.workflows.scenario_player import yaml_of

ZONE = ZoneInfo("Asia/Shanghai")
PUBLISHED = "2026-01-01 00:00"
ROUND = {"on": "days 1 and 16", "at": "09:00", "each": "garden", "with": {"topic": "半月巡园"}}


def at(text: str) -> datetime:
    """Return a moment of the office's wall clock."""
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


def circuit(**parts: Any) -> dict[str, Any]:
    """Return the workflow; parts replace those of the usual one."""
    return {
        "format": 1, "workflow": "circuit", "version": 1,
        "title": {"zh": "巡园", "en": "circuit"}, "opened_at": "garden",
        "readers": {"public": ["anyone"], "internal": ["gardener"]},
        "roles": {"gardener": {"level": "garden", "label": {"zh": "园丁", "en": "gardener"}}},
        "fields": {"topic": {"type": "text", "privacy": "public", "label": {"zh": "议题", "en": "topic"}}},
        "opening": [
            {"id": "by_hand", "to": "asked", "by": ["gardener"], "asks": ["topic"], "label": {"zh": "手", "en": "hand"}},
            {"id": "by_clock", "to": "asked", "by": ["clock"], "asks": ["topic"], "label": {"zh": "钟", "en": "clock"}},
        ],
        "states": {
            "asked": {
                "label": {"zh": "已开", "en": "asked"}, "assignee": "gardener",
                "on": {"done": {"to": "done", "by": ["gardener"], "label": {"zh": "完", "en": "done"}}},
            },
            "done": {"label": {"zh": "完", "en": "done"}, "final": True, "outcome": "positive"},
        },
        "recurs": {"round": ROUND},
        **parts,
    }  # fmt: skip


def cases_of(store: Store, folder: Path) -> Casework:
    """Return use cases over a folder of workflow files."""
    library = Library(FolderShelf([folder, SHIPPED]))
    return Casework(store, library, Worlds(library, ZONE, {}), zone=ZONE)


def publish(store: Store, folder: Path, rules: Mapping[str, Any], *, when: str) -> Casework:
    """Write a workflow file, publish it, and return use cases that know it."""
    folder.mkdir(exist_ok=True)
    (folder / f"{rules['workflow']}.yaml").write_text(yaml_of(dict(rules)), encoding="utf-8")
    cases = cases_of(store, folder)
    with store.write() as work:
        workflow = cases.library.shelf.workflow(str(rules["workflow"]))
        assert workflow is not None
        cases.library.publish(work, workflow, at=at(when))
    return cases


def furnish(store: Store, *gardens: str) -> None:
    """Put a region with gardens and a gardener each into a store."""
    with store.write() as work:
        work.units.put(Unit(id="region", level="region", title="区"))
        for garden in gardens:
            work.units.put(Unit(id=garden, level="garden", title=f"{garden}园", parent="region"))
            work.people.put(Person(id=f"g_{garden}", display_name="园丁"))
            work.people.give_post(f"g_{garden}", role="gardener", unit=garden)
