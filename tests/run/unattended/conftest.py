"""Machines with workers, killed when their test ends."""

from collections.abc import Callable, Iterator

import pytest

from bilagsbot.starter import samples
from bilagsbot.tables import sample
from tests.run.unattended.stations import Station
from tests.systems.postgres import Postgres
from tests.workspaces import Bilagsbot

Make = Callable[..., Station]
ITEMS = 8


@pytest.fixture
def office(office: Bilagsbot) -> Bilagsbot:
    """The same with a short workbook."""
    rows = samples.invoices(ITEMS)
    sample.write(office.workspace / "inbox" / "fakturaer.xlsx", "Fakturaer", samples.INVOICE_COLUMNS, rows)
    return office


@pytest.fixture
def station(office: Bilagsbot) -> Iterator[Make]:
    """Makes a machine of an office; `office` by default."""
    made: list[Station] = []

    def make(*words: str, of: Station | None = None) -> Station:
        made.append(of or Station(office, words))
        made[-1].start()
        return made[-1]

    yield make
    for one in made:
        one.kill()


@pytest.fixture
def shared(office: Bilagsbot, postgres: Postgres) -> Postgres:
    """An empty ledger on PostgreSQL, for several machines."""
    postgres.sql("postgres", "drop database if exists ledger with (force)")
    postgres.sql("postgres", "create database ledger")
    office.environment["BILAGSBOT_LEDGER"] = postgres.url("ledger")
    return postgres
