"""The house rules that no linter knows."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.project.pages import PAGES, REFERENCE

ROOT = Path(__file__).resolve().parents[2]
PRODUCT = ("engine", "storage", "heyi")
MODULE_LINES = 300
FUNCTION_LINES = 50
RECORD_LINES = 40
RECORD_PARTS = ["Situation", "Decision", "Consequences", "Rejected"]
README_LINES = 150

# Whole words, also as parts of snake_case; "capacity" is no city, "solicit" nothing at all.
DOMAIN_EN = (
    "consultations?|consult|mediations?|mediators?|mediate[sd]?|disputes?|admissions?|petitions?"
    "|communit(?:y|ies)|streets?|towns?|townships?|villages?|cit(?:y|ies)|residents?|residential"
    "|neighbou?rs?|neighbou?rhoods?|households?|committees?|quorum|parking|civil_affairs"
)
DOMAIN_ZH = "协商|议事|议题|调解|准入|社区|街道|团场|乡镇|连队|兵团|师市|纠纷|居民|村民|业主|物业|信访|民政|司法|居委"
DOMAIN = re.compile(rf"(?<![a-z])(?:{DOMAIN_EN})(?![a-z])|{DOMAIN_ZH}", re.IGNORECASE)

# Every place where a diagnostic is made names its code as text.
HY_CODE = re.compile(r"\bHY\d{3}\b")


def sources(*rooms: str) -> list[Path]:
    return sorted(
        path
        for room in rooms
        for path in (ROOT / room).rglob("*.py")
        if "versions" not in path.parts
    )


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def functions(tree: ast.AST) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def lines_of(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Count the lines from ``def`` to the end, without the docstring."""
    total = (function.end_lineno or function.lineno) - function.lineno + 1
    first = function.body[0]
    if ast.get_docstring(function, clean=False) is None:
        return total
    return total - ((first.end_lineno or first.lineno) - first.lineno + 1)


def words_of_the_domain(text: str) -> list[str]:
    return [found.group() for found in DOMAIN.finditer(text)]


def test_a_module_has_at_most_300_lines():
    every = sources(*PRODUCT, "benchmarks", "tests")

    long = {
        name(path): lines
        for path in every
        if (lines := len(path.read_text(encoding="utf-8").splitlines())) > MODULE_LINES
    }

    assert every
    assert long == {}


def test_a_function_has_at_most_50_lines():
    every = sources(*PRODUCT, "benchmarks", "tests")

    long = {
        f"{name(path)}:{f.name}": lines_of(f)
        for path in every
        for f in functions(ast.parse(path.read_text(encoding="utf-8")))
        if lines_of(f) > FUNCTION_LINES
    }

    assert every
    assert long == {}


def test_engine_and_storage_know_no_word_of_the_domain():
    every = sources("engine", "storage")

    found = {
        f"{name(path)}:{number}": words
        for path in every
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if (words := words_of_the_domain(line))
    }

    assert every
    assert found == {}


@pytest.mark.parametrize(
    "text",
    [
        "a mediator",
        "community_id",
        "DisputeRow",
        "streets",
        "the quorum",
        "在社区",
        "调解员",
        "Cities",
    ],
)
def test_the_search_for_domain_words_finds(text):
    # CamelCase is split as a reader splits it.
    assert words_of_the_domain(re.sub(r"(?<=[a-z])(?=[A-Z])", "_", text))


@pytest.mark.parametrize(
    "text",
    [
        "capacity",
        "velocity",
        "immediately",
        "intermediate",
        "streetwise",
        "admissible",
        "案件",
        "岗位",
        "单位",
    ],
)
def test_the_search_for_domain_words_passes(text):
    assert words_of_the_domain(text) == []


def test_names_in_camel_case_hide_no_word_of_the_domain():
    split = {
        name(path): re.sub(r"(?<=[a-z])(?=[A-Z])", "_", path.read_text(encoding="utf-8"))
        for path in sources("engine", "storage")
    }

    found = {path: words for path, text in split.items() if (words := words_of_the_domain(text))}

    assert split
    assert found == {}


def test_every_diagnostic_code_in_the_source_has_a_meaning():
    from engine.language.codes import CODES

    used = {
        code
        for path in sources(*PRODUCT)
        for code in HY_CODE.findall(path.read_text(encoding="utf-8"))
    }

    assert used - CODES.keys() == set()


def test_every_diagnostic_code_is_used_somewhere():
    from engine.language.codes import CODES

    elsewhere = [path for path in sources(*PRODUCT) if path.name != "codes.py"]
    used = {
        code for path in elsewhere for code in HY_CODE.findall(path.read_text(encoding="utf-8"))
    }

    assert CODES.keys() - used == set()


@pytest.mark.parametrize("page", PAGES)
def test_a_reference_page_says_what_the_source_says(page):
    source, write = PAGES[page]
    if not (ROOT / source).exists():
        pytest.skip(f"{source} is not written yet")

    assert (REFERENCE / page).read_text(encoding="utf-8") == write(), "run `make docs`"


def test_a_decision_is_short_and_says_what_was_rejected():
    texts = {
        path.name: path.read_text(encoding="utf-8")
        for path in sorted((ROOT / "docs" / "decisions").glob("*.md"))
    }
    parts = {path: re.findall(r"^## (\w+)", text, re.MULTILINE) for path, text in texts.items()}

    long = {path: len(text.splitlines()) for path, text in texts.items()}
    other = {path: found for path, found in parts.items() if found != RECORD_PARTS}

    assert texts
    assert {path: lines for path, lines in long.items() if lines > RECORD_LINES} == {}
    assert other == {}


def test_decisions_are_numbered_without_gaps():
    numbers = sorted(int(path.name[:4]) for path in (ROOT / "docs" / "decisions").glob("*.md"))

    assert numbers == list(range(1, len(numbers) + 1))


def test_links_in_the_documents_lead_somewhere():
    pages = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]
    local = re.compile(r"\]\((?!https?:|#)([^)#\s]+)")

    dead = {
        f"{name(page)}: {target}"
        for page in pages
        for target in local.findall(page.read_text(encoding="utf-8"))
        if not (page.parent / target).exists()
    }

    assert dead == set()


def test_the_readme_is_short():
    assert len((ROOT / "README.md").read_text(encoding="utf-8").splitlines()) <= README_LINES


def test_the_lock_names_no_host_but_the_public_index():
    lock = (ROOT / "uv.lock").read_text(encoding="utf-8")

    assert set(re.findall(r"[a-z]+://[^/\"]*", lock)) == {
        "https://pypi.org", "https://files.pythonhosted.org",
    }  # fmt: skip


def test_help_imports_nothing_heavy():
    heavy = {"sqlmodel", "sqlalchemy", "prefect", "apscheduler"}
    program = (
        "import sys\nfrom heyi.cli.main import main\n"
        "sys.argv = ['heyi', '--help']\n"
        f"try:\n    main()\nexcept SystemExit:\n    pass\nprint({heavy!r} & {{*sys.modules}} or 'light')"
    )

    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=False
    )

    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.splitlines()[-1] == "light"
