"""Unattended: items a minute by how many sessions key at a time, and what the worker and its engine cost an item.

`python -m benchmarks.sessions [ITEMS_A_SESSION] [LATENCY_MS]`; one machine and SQLite, then three workers and
PostgreSQL where Debian's is there. The practice program answers each request after LATENCY_MS.
"""

import statistics
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from itertools import pairwise
from pathlib import Path

import sqlalchemy as sa
from tests.run.unattended.stations import Station, another, eventually
from tests.systems import sqlledger
from tests.systems.postgres import Postgres, shared_folder
from tests.workspaces import Bilagsbot

from bilagsbot.cli.init import make_workspace
from bilagsbot.practice.server import PracticeServer
from bilagsbot.run.schema import events
from bilagsbot.starter import samples
from bilagsbot.tables import sample

BOT = "practice-invoices"
COUNTS = (1, 2, 4, 8)
SETTLING = 2  # items of each session that are not counted: logins do not come in the same instant


@contextmanager
def office(items: int, logins: int, latency: int) -> Iterator[tuple[Bilagsbot, Path]]:
    """A workspace with so many rows, whose bot keys with so many logins into a practice program of its own."""
    with tempfile.TemporaryDirectory() as name, PracticeServer(db=Path(name) / "practice.sqlite") as program:
        program.set_knobs(latency_ms=latency)
        workspace = Path(name) / "office"
        make_workspace(workspace)
        bot = workspace / "bots" / f"{BOT}.yaml"
        text = bot.read_text(encoding="utf-8").replace("http://127.0.0.1:8765/login", program.url)
        names = ", ".join(f"p{n + 1}" for n in range(logins))
        bot.write_text(text.replace("login: practice,", f"logins: [{names}],"), encoding="utf-8")
        book = workspace / "inbox" / "fakturaer.xlsx"
        sample.write(book, "Fakturaer", samples.INVOICE_COLUMNS, samples.invoices(items))
        yield Bilagsbot(workspace, "p1", "ola", "practice-only"), Path(name)


def posted(station: Station) -> list[float]:
    """When each item was posted, in seconds."""
    store = station.store()
    with store.reading() as connection:
        told = sa.select(events.c.at).where(events.c.state == "posted").order_by(events.c.at)
        times = list(connection.execute(told).scalars())
    store.close()
    return times


def rate(times: Sequence[float], sessions: int) -> float:
    """Items a second while all sessions are at work."""
    middle = times[SETTLING * sessions : len(times) - SETTLING * sessions]
    return (len(middle) - 1) / (middle[-1] - middle[0])


def unattended(items: int, sessions: int, latency: int, machines: int = 1, ledger: str = "") -> list[float]:
    """The times at which workers posted the items."""
    with office(items * sessions, sessions, latency) as (at, folder), ExitStack() as ending:
        if ledger:
            at.environment["BILAGSBOT_LEDGER"] = ledger
        at.environment["BILAGSBOT_LEASE"] = "30"
        each = str(-(-sessions // machines))
        stations = [Station(at, ("--sessions", each))]
        stations += [another(at, folder / f"m{n}", "--sessions-only", "--sessions", each) for n in range(1, machines)]
        for station in stations:
            station.start()
            ending.callback(station.kill)
        for station in stations:
            eventually(lambda s=station: "at work" in s.log, station)  # type: ignore[misc]
        at("runs", "start", BOT)
        eventually(lambda: stations[0].last().state == "done", *stations, seconds=3600)
        return posted(stations[0])


def by_hand(items: int, latency: int) -> list[float]:
    """The same with `bilagsbot run`, which has no engine."""
    with office(items, 1, latency) as (at, _):
        at("run", BOT, "--quiet")
        return posted(Station(at))


def throughput(title: str, items: int, latency: int, machines: int, server: Postgres | None) -> None:
    """A line for each number of sessions."""
    print(f"\n{title}, {items} items a session, {latency} ms a request")
    alone = 0.0
    for count in COUNTS:
        if server:
            server.sql("postgres", "drop database if exists bench with (force)")
            server.sql("postgres", "create database bench")
        times = unattended(items, count, latency, min(machines, count), server.url("bench") if server else "")
        speed = rate(times, count)
        alone = alone or speed
        print(f"  {count} sessions {speed * 60:7.1f} items a minute  {speed / alone / count:5.2f} x linear", flush=True)


def overhead(items: int) -> None:
    """What an item takes longer under a worker than with `bilagsbot run`; at the program's full speed."""
    gap = lambda times: statistics.median(b - a for a, b in pairwise(times)) * 1000  # noqa: E731
    hand, worker = gap(by_hand(items, 0)), gap(unattended(items, 1, 0))
    print(f"\n  `run` {hand:.1f} ms an item, under a worker {worker:.1f} ms: {worker - hand:+.1f} ms (at most 5)")


if __name__ == "__main__":
    many = int(sys.argv[1]) if len(sys.argv) > 1 else 12
    wait = int(sys.argv[2]) if len(sys.argv) > 2 else 300
    overhead(60)
    throughput("One machine, SQLite", many, wait, 1, None)
    if sqlledger.install():
        print("\nNo PostgreSQL on this machine: three workers are not measured.")
    else:
        with shared_folder() as place:
            running = Postgres(place / "cluster")
            throughput("Three workers, PostgreSQL", many, wait, 3, running)
            running.stop()
