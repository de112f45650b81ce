"""The processes that sessions run in: one each, so that a browser's crash, a hang or a kill is that session's alone."""

import subprocess
import threading
from collections.abc import Callable
from dataclasses import dataclass, field

Spawn = Callable[[str, int, str], "subprocess.Popen[bytes]"]
"""Starts a session's process, given run, round and login; it goes on for as long as its standard input is open."""

Key = tuple[str, int, str]


@dataclass
class Children:
    """The sessions at work below this worker. A session ends when its standard input does: also when we are killed."""

    spawn: Spawn
    _at_work: dict[Key, "subprocess.Popen[bytes]"] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _ending: bool = False

    def work(self, run: str, round_: int, login: str) -> int | None:
        """Run a session's process to its end and give its exit code; None where the worker is ending."""
        key = (run, round_, login)
        with self._lock:
            if self._ending:
                return None
            child = self._at_work[key] = self.spawn(*key)
        try:
            code = child.wait()
        finally:
            with self._lock:
                self._at_work.pop(key, None)
        return None if self._ending else code

    def runs(self) -> set[str]:
        """The runs that are worked at."""
        with self._lock:
            return {run for run, _, _ in self._at_work}

    def stop(self, run: str) -> None:
        """Have a run's sessions end: the item in hand is finished or backed out of."""
        with self._lock:
            for key, child in self._at_work.items():
                if key[0] == run:
                    _let_end(child)

    def stop_all(self, seconds: float) -> None:
        """Have all sessions end, and kill those that have not in so many seconds."""
        with self._lock:
            self._ending = True
            children = list(self._at_work.values())
            for child in children:
                _let_end(child)
        for child in children:
            try:
                child.wait(seconds)
            except subprocess.TimeoutExpired:
                child.kill()

    def kill_all(self) -> None:
        """End all sessions at once: others have taken over what they had in hand."""
        with self._lock:
            self._ending = True
            for child in self._at_work.values():
                child.kill()


def _let_end(child: "subprocess.Popen[bytes]") -> None:
    if child.stdin is not None and not child.stdin.closed:
        child.stdin.close()
