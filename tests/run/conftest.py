"""The practice program in this process, and a workspace pointed at it."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from bilagsbot.cli.init import make_workspace
from bilagsbot.practice.server import PracticeServer
from bilagsbot.run.store import Store
from tests.systems import sqlledger
from tests.systems.postgres import Postgres, shared_folder
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


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """A PostgreSQL of the tests' own; skipped where this machine cannot have one."""
    if reason := sqlledger.install():
        pytest.skip(reason)
    with shared_folder() as folder:
        running = Postgres(folder / "cluster")
        yield running
        running.stop()


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """An empty ledger's address, of each kind."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'ledger.sqlite'}"
    server: Postgres = request.getfixturevalue("postgres")
    server.sql("postgres", "drop database if exists ledger with (force)")
    server.sql("postgres", "create database ledger")
    return server.url("ledger")


@pytest.fixture
def store(url: str) -> Iterator[Store]:
    """An open ledger database."""
    opened = Store(url)
    yield opened
    opened.close()
