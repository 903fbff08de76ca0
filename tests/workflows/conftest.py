"""The one thing with a life here: a stage on which author tests are played."""

from pathlib import Path

import pytest

from tests.workflows.scenario_player import Troupe


@pytest.fixture(scope="session")
def troupe(tmp_path_factory: pytest.TempPathFactory) -> Troupe:
    """Plays the shipped workflows; its template store is set up once a worker."""
    folder: Path = tmp_path_factory.mktemp("stage")
    return Troupe(folder)
