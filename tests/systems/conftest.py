"""One SQL-Ledger for all its tests, reset before each."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.workspaces import Bilagsbot

from . import own, sqlledger
from .postgres import shared_folder


@pytest.fixture(scope="session")
def program() -> Iterator[sqlledger.SqlLedger]:
    """SQL-Ledger, installed if need be; the test is skipped where this machine cannot have it."""
    if reason := sqlledger.install():
        pytest.skip(reason)
    with shared_folder() as folder:
        running = sqlledger.SqlLedger(folder)
        yield running
        running.stop()


@pytest.fixture
def ledger_program(program: sqlledger.SqlLedger) -> sqlledger.SqlLedger:
    """The program with no vouchers."""
    program.reset()
    return program


@pytest.fixture
def office(tmp_path: Path, ledger_program: sqlledger.SqlLedger) -> Bilagsbot:
    """This project's own bots, flows, selectors and workbooks, pointed at the test's program."""
    own.copy_to(tmp_path)
    for bot in (tmp_path / "bots").glob("sqlledger-*.yaml"):
        text = bot.read_text(encoding="utf-8")
        assert "http://127.0.0.1:18052/sql-ledger/login.pl" in text
        text = text.replace("http://127.0.0.1:18052/sql-ledger/login.pl", ledger_program.url)
        bot.write_text(text.replace("sessions: 1}", "sessions: 1, settle: 3}"), encoding="utf-8")
    return Bilagsbot(tmp_path, "sqlledger-acme", sqlledger.USERNAME, sqlledger.PASSWORD)
