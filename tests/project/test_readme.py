"""What the README shows works."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
HEYI = "from heyi.cli.main import main\nmain()"


def block(language: str) -> str:
    found = re.search(rf"^```{language}\n(.*?)^```", README, re.MULTILINE | re.DOTALL)
    assert found is not None, f"the README has no block of {language}"
    return found.group(1)


def test_the_example_has_some_twenty_lines():
    assert 15 <= len(block("yaml").splitlines()) <= 25


def test_four_commands_run_the_example():
    assert [line.split()[0] for line in block("sh").splitlines()] == ["heyi"] * 4


def test_the_example_is_a_file_without_mistakes(tmp_path):
    if not (ROOT / "heyi" / "cli" / "main.py").exists():
        pytest.skip("heyi/cli/main.py is not written yet")
    file = tmp_path / "hall.yaml"
    file.write_text(block("yaml"), encoding="utf-8")

    done = subprocess.run(
        [sys.executable, "-c", HEYI, "workflow", "check", str(file)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stdout + done.stderr
