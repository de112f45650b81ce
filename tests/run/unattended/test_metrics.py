"""The figures as Prometheus fetches them."""

import socket
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from prometheus_client.parser import text_string_to_metric_families

from bilagsbot.model.errors import BadInput
from bilagsbot.run.store import Store
from bilagsbot.run.unattended.health import Health, read_health
from bilagsbot.run.unattended.metrics import Endpoint, serve
from tests.run.unattended.ledgers import HOUR, Rows


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    """Where the ledger's folder is; the tests take it away."""
    folder = tmp_path / "ledger"
    folder.mkdir()
    return folder


@pytest.fixture
def endpoint(ledger: Path) -> Iterator[Endpoint]:
    def open_health() -> Health:
        store = Store(f"sqlite:///{ledger / 'ledger.sqlite'}")
        try:
            return read_health(store, store.time())
        finally:
            store.close()

    served = serve(open_health, 0)
    yield served
    served.close()


def text(endpoint: Endpoint) -> str:
    with urllib.request.urlopen(f"http://127.0.0.1:{endpoint.port}/metrics", timeout=20) as answer:
        return str(answer.read().decode())


def figures(endpoint: Endpoint) -> dict[str, float]:
    """By name, and by name and state."""
    return {
        sample.name + "".join(f" {state}" for state in sample.labels.values()): sample.value
        for family in text_string_to_metric_families(text(endpoint))
        for sample in family.samples
    }


def test_an_empty_ledger_gives_zeros(endpoint: Endpoint) -> None:
    found = figures(endpoint)

    assert found.pop("bilagsbot_ledger_up") == 1
    assert set(found.values()) == {0}
    assert {"bilagsbot_items unknown", "bilagsbot_runs queued", "bilagsbot_oldest_unknown_seconds"} <= set(found)


def test_the_figures_are_the_ledgers_at_each_fetch(ledger: Path, endpoint: Endpoint) -> None:
    store = Store(f"sqlite:///{ledger / 'ledger.sqlite'}")
    rows = Rows(store)
    rows.worker("w1")
    rows.run("r1", "running")
    rows.session("r1", "l1", "running")
    rows.session("r1", "l2", "queued")
    rows.item("i1", "posted")
    rows.item("i2", "unknown", 2 * HOUR)
    first = figures(endpoint)
    rows.item("i3", "posted")
    rows.question("q1")
    store.close()
    then = figures(endpoint)

    names = ("items posted", "items unknown", "items ready", "runs running", "workers_alive", "sessions_running",
             "questions_open", "problems")  # fmt: skip
    assert [first[f"bilagsbot_{name}"] for name in names] == [1, 1, 0, 1, 1, 1, 0, 1]
    assert [then[f"bilagsbot_{name}"] for name in names] == [2, 1, 0, 1, 1, 1, 1, 2]
    assert 2 * HOUR <= first["bilagsbot_oldest_unknown_seconds"] < 2 * HOUR + 60


def test_nothing_of_customers_is_in_them(ledger: Path, endpoint: Endpoint) -> None:
    store = Store(f"sqlite:///{ledger / 'ledger.sqlite'}")
    rows = Rows(store)
    rows.run("r1", "stopped", message="Faktura 77 avvist")
    rows.item("i1", "unknown", 2 * HOUR)
    rows.question("q1")
    store.close()

    said = text(endpoint)

    assert "bilagsbot_problems 3.0" in said
    for word in ("Hemmelig", "acme", "l1", "i1", "r1", "Faktura", "telefonen"):
        assert word not in said


def test_a_ledger_that_is_away_leaves_only_that(ledger: Path, endpoint: Endpoint) -> None:
    assert len(figures(endpoint)) > 10
    ledger.rename(ledger.with_name("away"))

    assert figures(endpoint) == {"bilagsbot_ledger_up": 0}

    ledger.with_name("away").rename(ledger)
    assert figures(endpoint)["bilagsbot_ledger_up"] == 1


def test_a_port_that_cannot_be_had_gets_a_sentence(endpoint: Endpoint) -> None:
    def never() -> Health:
        raise AssertionError

    for port in (endpoint.port, 70_000):
        with pytest.raises(BadInput, match=f"127.0.0.1 port {port} cannot be listened at: .*a port that is free"):
            serve(never, port)


def test_a_closed_endpoint_gives_its_port_back(ledger: Path) -> None:
    def never() -> Health:
        raise AssertionError

    first = serve(never, 0)
    first.close()

    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", first.port), timeout=5)
    serve(never, first.port).close()
