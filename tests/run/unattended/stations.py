"""Machines with a worker, as processes that can be killed one by one or all together."""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bilagsbot.run.launch import open_store
from bilagsbot.run.store import Store
from bilagsbot.run.unattended.run import Run
from bilagsbot.run.unattended.runs import Runs
from tests.processes import children
from tests.workspaces import Bilagsbot

LEASE = "3"  # seconds
PATIENCE = 90.0  # seconds


@dataclass
class Station:
    """A machine: a workspace of its own, and in it at most one worker."""

    office: Bilagsbot
    words: tuple[str, ...] = ()
    process: "subprocess.Popen[str] | None" = None
    said: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.office.environment["BILAGSBOT_LEASE"] = LEASE

    def start(self) -> None:
        """Start the worker; what it says is kept."""
        log = self.office.workspace / ".bilagsbot" / "worker.log"
        log.parent.mkdir(exist_ok=True)
        prefix = {
            f"BILAGSBOT_{login}_{part}": secret
            for login in ("PRACTICE", "P1", "P2", "P3", "P4", "P5", "P6", "P7", "P8")
            for part, secret in (("USERNAME", self.office.username), ("PASSWORD", self.office.password))
        }
        command = [str(Path(sys.executable).with_name("bilagsbot")), "worker", *self.words]
        with log.open("a") as out:
            self.process = subprocess.Popen(
                command, cwd=self.office.workspace, stdin=subprocess.DEVNULL, stdout=out, stderr=out, text=True,
                env={**os.environ, **prefix, **self.office.environment},
            )  # fmt: skip

    @property
    def log(self) -> str:
        """What its workers have said."""
        file = self.office.workspace / ".bilagsbot" / "worker.log"
        return file.read_text(encoding="utf-8") if file.exists() else ""

    def tree(self) -> list[int]:
        """The worker and every process below it."""
        return [self.process.pid, *children(self.process.pid)] if self.process else []

    def kill(self) -> None:
        """The whole machine at once, as when its power is cut."""
        if self.process is None:
            return
        self.signal(signal.SIGSTOP)  # so that none sees another end, or starts one more
        self.signal(signal.SIGKILL)
        self.process.wait()
        self.process = None

    def signal(self, what: signal.Signals) -> None:
        """The same to all its processes."""
        for pid in self.tree():
            with suppress(ProcessLookupError):
                os.kill(pid, what)

    def end(self) -> int:
        """Ask the worker to end; gives its exit code."""
        assert self.process is not None
        self.process.send_signal(signal.SIGTERM)
        code = self.process.wait(timeout=120)
        self.process = None
        return code

    def store(self) -> Store:
        """Its ledger, looked at behind its back."""
        url = self.office.environment.get("BILAGSBOT_LEDGER")
        return Store(url) if url else open_store(self.office.workspace)

    def runs(self) -> list[Run]:
        """All runs of its ledger, the oldest first."""
        store = self.store()
        try:
            return Runs(store).find()
        finally:
            store.close()

    def last(self) -> Run:
        """The newest run."""
        return self.runs()[-1]


def another(office: Bilagsbot, folder: Path, *words: str) -> Station:
    """A second machine with a workspace like the first one's, and the same ledger."""
    shutil.copytree(office.workspace, folder, ignore=shutil.ignore_patterns(".bilagsbot"))
    return Station(Bilagsbot(folder, office.login, office.username, office.password, dict(office.environment)), words)


def eventually(happened: Callable[[], Any], *stations: Station, seconds: float = PATIENCE) -> Any:
    """Look until it has happened, and give what it gave."""
    until = time.monotonic() + seconds
    while not (came := happened()):
        assert time.monotonic() < until, "\n".join(
            ["it did not happen in time", *(f"{s.log}\n{s.runs()}" for s in stations)]
        )
        time.sleep(0.05)
    return came
