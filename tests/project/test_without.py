"""Packages can be taken away, and what is left does without them."""

import os
import subprocess
import sys
from pathlib import Path

from tests.without import VARIABLE

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = """
import importlib, pkgutil, sys
from tests import without

left_out = without.install()
import engine, storage, heyi
for room in (engine, storage, heyi):
    for found in pkgutil.walk_packages(room.__path__, f"{room.__name__}."):
        if not found.name.startswith(("heyi.orchestration", "storage.migrations")):
            importlib.import_module(found.name)
missing = []
for module in ("flows", "ringing"):
    try:
        importlib.import_module(f"heyi.orchestration.{module}")
    except ModuleNotFoundError as error:
        missing.append(error.name)
print(*left_out, *missing)
"""


def test_every_other_room_does_without_prefect_and_apscheduler():
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM], cwd=ROOT, capture_output=True, text=True, check=False,
        env=os.environ | {VARIABLE: "prefect,apscheduler"},
    )  # fmt: skip

    assert done.stdout.split() == ["orchestration/*", "prefect", "apscheduler"], done.stderr
