"""The processes that sessions run in: one each, so that a browser's crash, a hang or a kill is that session's alone."""

import subprocess
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

Spawn = Callable[[str, str], "subprocess.Popen[bytes]"]
"""Starts a process for a run and a login; it goes on for as long as its standard input is open. None: to deliver."""

DELIVER_AGAIN = 30.0  # seconds

Key = tuple[str, int, str]


@dataclass
class Children:
    """The sessions at work below this worker. A session ends when its standard input does: also when we are killed."""

    spawn: Spawn
    _at_work: dict[Key, "subprocess.Popen[bytes]"] = field(default_factory=dict)
    _delivering: dict[tuple[str, int], "tuple[subprocess.Popen[bytes], float]"] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _ending: bool = False

    def work(self, run: str, round_: int, login: str) -> int | None:
        """Run a session's process to its end and give its exit code; None where the worker is ending."""
        key = (run, round_, login)
        with self._lock:
            if self._ending or key in self._at_work:  # twice by the engine; the other one does it
                return None
            child = self._at_work[key] = self.spawn(run, login)
        try:
            code = child.wait()
        finally:
            with self._lock:
                self._at_work.pop(key, None)
                _let_end(child)
        return None if self._ending else code

    def deliver(self, run: str, round_: int) -> None:
        """Have a round of a run delivered by a process of its own, unless one does so, or has just failed to."""
        with self._lock:
            for other, (child, since) in list(self._delivering.items()):
                if child.poll() is not None:
                    _let_end(child)
                    if time.monotonic() - since > DELIVER_AGAIN:
                        del self._delivering[other]
            if not self._ending and (run, round_) not in self._delivering:
                self._delivering[run, round_] = (self.spawn(run, ""), time.monotonic())

    def stop_but(self, going_on: set[tuple[str, int]]) -> None:
        """Have all sessions end but those of these rounds of runs, after the item in hand or having backed out."""
        with self._lock:
            for (run, round_, _), child in self._at_work.items():
                if (run, round_) not in going_on:
                    _let_end(child)

    def stop_all(self, seconds: float) -> None:
        """Have all sessions end, and kill those that have not in so many seconds."""
        with self._lock:
            self._ending = True
            children = [*self._at_work.values(), *(child for child, _ in self._delivering.values())]
            for child in children:
                _let_end(child)
        until = time.monotonic() + seconds
        for child in children:
            try:
                child.wait(max(0, until - time.monotonic()))
            except subprocess.TimeoutExpired:
                child.kill()

    def kill_all(self) -> None:
        """End all sessions at once: others have taken over what they had in hand."""
        with self._lock:
            self._ending = True
            for child in (*self._at_work.values(), *(child for child, _ in self._delivering.values())):
                child.kill()


def _let_end(child: "subprocess.Popen[bytes]") -> None:
    if child.stdin is not None and not child.stdin.closed:
        child.stdin.close()
