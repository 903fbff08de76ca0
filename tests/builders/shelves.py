"""Where the tests' files stand, and the shipped ones."""

from functools import cache
from pathlib import Path

from engine.case.values import Data
from engine.checking.build import load_workflow
from engine.compiling.calendars import load_calendar
from engine.compiling.catalogues import load_catalogue
from engine.compiling.plan import Workflow
from engine.language.load import Shelf, ShelfKind
from engine.time.calendars import Calendar

ROOT = Path(__file__).resolve().parents[2]
SHIPPED = ROOT / "workflows"
FILES = Path(__file__).resolve().parent / "files"
_FOLDERS = {"library": ".", "pack": "packs", "catalogue": "catalogues", "calendar": "calendars"}


def folder(path: Path) -> Shelf:
    """Return a shelf over one folder."""

    def find(kind: ShelfKind, name: str) -> tuple[str, str] | None:
        file = path / _FOLDERS.get(kind, kind) / f"{name}.yaml"
        return (file.name, file.read_text(encoding="utf-8")) if file.is_file() else None

    return find


def texts(**files: str) -> Shelf:
    """Return a shelf over texts, by ``kind_name``."""

    def find(kind: ShelfKind, name: str) -> tuple[str, str] | None:
        text = files.get(f"{kind}_{name}")
        return None if text is None else (f"{name}.yaml", text)

    return find


@cache
def national() -> Calendar:
    """Return the shipped national calendar."""
    text = (SHIPPED / "calendars" / "cn.yaml").read_text(encoding="utf-8")
    calendar, findings = load_calendar(text, file="cn.yaml")
    assert calendar is not None, findings.problems
    return calendar


@cache
def shipped(name: str) -> Workflow:
    """Return a shipped workflow."""
    text = (SHIPPED / f"{name}.yaml").read_text(encoding="utf-8")
    return load_workflow(text, file=f"{name}.yaml", shelf=folder(SHIPPED))


@cache
def shipped_names() -> tuple[str, ...]:
    """Return the names of the shipped workflow files."""
    files = sorted(SHIPPED.glob("*.yaml"))
    return tuple(f.stem for f in files if "\nworkflow:" in f.read_text(encoding="utf-8"))


@cache
def rows(path: Path) -> dict[str, dict[str, Data]]:
    """Return the rows of every catalogue of a folder, by catalogue and code."""
    found: dict[str, dict[str, Data]] = {}
    for file in sorted((path / "catalogues").glob("*.yaml")):
        rule, findings = load_catalogue(file.read_text(encoding="utf-8"), file=file.name)
        assert rule is not None, findings.problems
        found[rule.catalogue] = {str(row["code"]): row for row in rule.rows}
    return found


@cache
def plot() -> Workflow:
    """Return the garden club's workflow, which uses every construct of the language."""
    text = (FILES / "plot.yaml").read_text(encoding="utf-8")
    return load_workflow(text, file="plot.yaml", shelf=folder(FILES))
