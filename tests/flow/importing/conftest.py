"""The workspace that imports go into."""

from pathlib import Path

import pytest

from tests.flow.importing.office import Office


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return Office(tmp_path / "office")
