"""The one thing with a life here: a stage on which author tests are played."""

from pathlib import Path

import pytest

from tests.workflows.scenario_player import Cast


@pytest.fixture(scope="session")
def cast(tmp_path_factory: pytest.TempPathFactory) -> Cast:
    """Plays the shipped workflows; its template store is set up once a worker."""
    folder: Path = tmp_path_factory.mktemp("stage")
    return Cast(folder)
