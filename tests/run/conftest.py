"""The practice program in this process, and a workspace pointed at it."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from bilagsbot.cli.init import make_workspace
from bilagsbot.practice.server import PracticeServer
from tests.workspaces import Bilagsbot


@pytest.fixture
def program(tmp_path: Path) -> Iterator[PracticeServer]:
    """The practice program with no vouchers."""
    with PracticeServer(db=tmp_path / "practice.sqlite") as running:
        yield running


@pytest.fixture
def office(tmp_path: Path, program: PracticeServer) -> Bilagsbot:
    """A workspace as `init` makes it, whose bots key into the test's practice program."""
    workspace = tmp_path / "office"
    make_workspace(workspace)
    for bot in (workspace / "bots").glob("*.yaml"):
        text = bot.read_text(encoding="utf-8").replace("http://127.0.0.1:8765/login", program.url)
        bot.write_text(text.replace("settle: 5", "settle: 1.5"), encoding="utf-8")
    return Bilagsbot(workspace, "practice", "ola", "practice-only", {"NO_COLOR": "1", **_quiet_home(tmp_path)})


def _quiet_home(tmp_path: Path) -> dict[str, str]:
    """No keyring of the person who runs the tests."""
    return {"PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring"} if os.name == "posix" else {}
