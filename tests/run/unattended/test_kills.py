"""kill -9 of workers, sessions, browsers, machines and the database, at random; then the books against the receipts."""

import os
import random
import signal
import time
from collections import Counter, defaultdict
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

import pytest
import sqlalchemy as sa

from bilagsbot.practice.server import PracticeServer
from bilagsbot.run.schema import events, items
from bilagsbot.starter import samples
from bilagsbot.tables import sample
from tests.kills import ore
from tests.processes import browsers, children, needs_proc
from tests.run.unattended.conftest import Make
from tests.run.unattended.stations import LEASE, Station, another, eventually
from tests.run.unattended.test_worker import edit
from tests.systems.postgres import Postgres
from tests.workspaces import Bilagsbot

BOT = "practice-invoices"
pytestmark = needs_proc


@dataclass
class Havoc:
    """Kills something of these machines, again and again, and lets it come back."""

    stations: list[Station]
    chance: random.Random
    server: Postgres | None = None
    done: Counter[str] = field(default_factory=Counter)

    def strike(self) -> None:
        """One kill, of a machine as a rule."""
        station = self.chance.choice(self.stations)
        kinds = (
            ["machine"] * 5 + ["worker", "session", "browser"] * 2 + ["freeze", *(["database"] if self.server else [])]
        )
        kind = self.chance.choice(kinds)
        if self._strike(kind, station):
            self.done[kind] += 1

    def _strike(self, kind: str, station: Station) -> bool:
        assert station.process is not None
        pid = station.process.pid
        match kind:
            case "machine":
                station.kill()
                time.sleep(self.chance.uniform(0, 1))
                station.start()
            case "worker":
                station.process.kill()  # its sessions find out, and end the item in hand
                station.process.wait()
                station.start()
            case "database":
                assert self.server
                self.server.crash()
                time.sleep(self.chance.uniform(0, 1))
                self.server.start()
            case "freeze":
                station.signal(signal.SIGSTOP)
                time.sleep(float(LEASE) * self.chance.uniform(0.5, 2.5))
                station.signal(signal.SIGCONT)
            case _:
                found = browsers(pid) if kind == "browser" else [p for p in children(pid) if _is_session(p)]
                if not found:
                    return False
                with suppress(ProcessLookupError):
                    os.kill(self.chance.choice(found), signal.SIGKILL)
        for one in self.stations:
            if one.process is not None and one.process.poll() is not None:
                one.start()  # as systemd does with a worker that was taken for dead
        return True


def _is_session(pid: int) -> bool:
    with suppress(OSError):
        return b"bilagsbot.cli.session" in Path(f"/proc/{pid}/cmdline").read_bytes()
    return False


def _havoc(
    office: Bilagsbot, program: PracticeServer, stations: list[Station], kills: int, count: int, server: Postgres | None
) -> None:
    rows = samples.invoices(count)
    for one in stations:
        file = one.office.workspace / "inbox" / "fakturaer.xlsx"
        sample.write(file, "Fakturaer", samples.INVOICE_COLUMNS, rows)
    began = time.monotonic()
    office("runs", "start", BOT)
    home = stations[0]
    havoc = Havoc(stations, random.Random(20261128), server)
    while havoc.done.total() < kills and not _ended(home):
        time.sleep(havoc.chance.uniform(0.3, 3))
        havoc.strike()
        if not havoc.done.total() % 10:
            print(f"{havoc.done.total()} kills, {len(program.vouchers())} of {count} posted", flush=True)
    print(f"{dict(havoc.done)} in {time.monotonic() - began:.0f} s", flush=True)
    eventually(lambda: _ended(home), *stations, seconds=1800)
    _compare(office, program, home, count)


def _ended(home: Station) -> bool:
    run = home.last()
    if run.state == "stopped":  # a session that was killed too often in a row; a person looks, and has it go on
        home.office("runs", "resume", run.id)
    return run.delivered and run.state == "done"


def _compare(office: Bilagsbot, program: PracticeServer, home: Station, count: int) -> None:
    held = Counter((v["invoice_no"], str(v["no"]), v["amount_ore"]) for v in program.vouchers())
    numbers = Counter(number for number, *_ in held.elements())
    twice, lost = sum(n - 1 for n in numbers.values()), count - len(numbers)
    rows = office.sheet("inbox/fakturaer.kvittering.xlsx", "Fakturaer")
    receipts = Counter((str(r["Fakturanr"]), str(r["Bilagsnr"]), ore(r["Beløp"])) for r in rows)
    print(f"{count} items, {twice} twice, {lost} lost, {len(held - receipts)} receipts differ", flush=True)
    assert (twice, lost) == (0, 0)
    assert receipts == held
    _assert_one_session_a_login(home)


def _assert_one_session_a_login(home: Station) -> None:
    """What two processes did with one login lies one after the other."""
    store = home.store()
    with store.reading() as connection:
        told = sa.select(events.c.by, events.c.at, items.c.login).join(items, items.c.id == events.c.item)
        posted = connection.execute(told.where(events.c.state == "posted")).all()
    store.close()
    spans: dict[str, dict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
    for by, at, login in posted:
        spans[login][by].append(at)
    assert sum(len(of) for of in spans.values()) > 1
    for of in spans.values():
        ordered = sorted((min(ats), max(ats)) for ats in of.values())
        assert all(before[1] < after[0] for before, after in pairwise(ordered)), ordered


def test_a_few_kills_of_one_machine(office: Bilagsbot, program: PracticeServer, station: Make) -> None:
    edit(office, "login: practice,", "logins: [p1, p2],")
    _havoc(office, program, [station()], kills=4, count=16, server=None)


@pytest.mark.soak
@pytest.mark.timeout(3 * 3600)
def test_three_hundred_kills_on_sqlite(office: Bilagsbot, program: PracticeServer, station: Make) -> None:
    edit(office, "login: practice,", "logins: [p1, p2],")
    _havoc(office, program, [station()], kills=300, count=760, server=None)


@pytest.mark.soak
@pytest.mark.timeout(3 * 3600)
def test_three_hundred_kills_of_three_machines(
    office: Bilagsbot, program: PracticeServer, station: Make, shared: Postgres, tmp_path: Path
) -> None:
    edit(office, "login: practice,", "logins: [p1, p2, p3],")
    others = [another(office, tmp_path / f"machine-{n}", "--sessions-only") for n in (2, 3)]
    _havoc(office, program, [station(), *(station(of=one) for one in others)], 300, 900, shared)
