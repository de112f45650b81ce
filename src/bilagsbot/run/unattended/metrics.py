"""Metrics for Prometheus: figures of the program alone, none of customers, and no client's or bot's name."""

import threading
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from wsgiref.simple_server import WSGIServer

from prometheus_client import CollectorRegistry, start_http_server
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from bilagsbot.model.errors import BadInput, LedgerUnavailable, Mistake, Unwritable
from bilagsbot.model.receipt import State
from bilagsbot.run.unattended.run import RunState
from bilagsbot.run.unattended.vitals import Health


class Endpoint:
    """An HTTP server in threads of its own, until it is closed."""

    def __init__(self, server: WSGIServer, thread: threading.Thread) -> None:
        self._server, self._thread = server, thread
        self.port = server.server_port

    def close(self) -> None:
        """Answer no more, and give the port back."""
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


def serve(open_health: Callable[[], Health], port: int, host: str = "127.0.0.1") -> Endpoint:
    """Answer at http://HOST:PORT/metrics, reading the health anew each time; port 0 takes a free one.

    `open_health` is called from several threads. Raises BadInput where the port cannot be had.
    """
    registry = CollectorRegistry()
    registry.register(_Figures(open_health))
    try:
        return Endpoint(*start_http_server(port, host, registry))
    except (OSError, OverflowError) as error:
        why = getattr(error, "strerror", None) or str(error)
        what = f"{host} port {port} cannot be listened at: {why}."
        raise BadInput([Mistake("--metrics", what, "Write the number of a port that is free.")]) from error


class _Figures(Collector):
    def __init__(self, open_health: Callable[[], Health]) -> None:
        self._open_health = open_health

    def collect(self) -> Iterator[GaugeMetricFamily]:
        try:
            health = self._open_health()
        except (LedgerUnavailable, Unwritable):
            # Figures of a moment ago would look as if all were well.
            yield _gauge("bilagsbot_ledger_up", "Whether the ledger can be read.", 0)
            return
        yield _gauge("bilagsbot_ledger_up", "Whether the ledger can be read.", 1)
        yield from _figures(health)


def _figures(health: Health) -> Iterator[GaugeMetricFamily]:
    of_runs = Counter(run.state for run in health.runs)
    running = sum(session.state == "running" for run in health.runs for session in run.sessions)
    unknown_for = health.oldest_unknown.age if health.oldest_unknown else 0
    by_item = {str(state): health.items.get(state, 0) for state in State if state is not State.SKIPPED}
    yield _by_state("bilagsbot_items", "Items in the ledger.", by_item)
    by_run = {state.value: of_runs[state] for state in RunState}
    yield _by_state("bilagsbot_runs", "Runs that have not ended, or ended in the last 24 hours.", by_run)
    yield _gauge("bilagsbot_workers_alive", "Workers that beat.", len(health.alive))
    yield _gauge("bilagsbot_sessions_running", "Sessions that key now.", running)
    yield _gauge("bilagsbot_oldest_unknown_seconds", "Age of the oldest unknown item; 0 without one.", unknown_for)
    yield _gauge("bilagsbot_questions_open", "Questions that wait for a person.", len(health.questions))
    yield _gauge("bilagsbot_problems", "Problems that `bilagsbot status` names.", len(health.problems()))


def _gauge(name: str, text: str, value: float) -> GaugeMetricFamily:
    return GaugeMetricFamily(name, text, value=value)


def _by_state(name: str, text: str, values: Mapping[str, int]) -> GaugeMetricFamily:
    family = GaugeMetricFamily(name, text, labels=["state"])
    for state, value in values.items():
        family.add_metric([state], value)
    return family
