"""Program: a desktop program, from its start to its end."""

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path

from bilagsbot.drivers.desktop import processes
from bilagsbot.drivers.desktop.adopting import find_running, that_opened
from bilagsbot.drivers.desktop.processes import Process
from bilagsbot.drivers.desktop.waiting import comes_true
from bilagsbot.model.errors import Unreachable, writable
from bilagsbot.model.program import ProgramSpec

ENDING = 5.0  # seconds for the program of a killed run to be gone
MOST_READ = 2000  # bytes of the log


class Program:
    """One run's program. `environment` is the display's: the program dies with us if that is a virtual one, by the
    display's minder; on a person's own screen it stays. What it says goes to the end of `log`."""

    def __init__(self, spec: ProgramSpec, workspace: Path, environment: Mapping[str, str], log: Path) -> None:
        self._spec, self._workspace, self._log = spec, workspace, log
        self._environment = {**environment, **spec.environment}
        self._started: subprocess.Popen[bytes] | None = None
        self._adopted: Process | None = None

    def start(self) -> None:
        """Start it, or find the one to adopt. Raises Unreachable."""
        if self._spec.adopt:
            if sys.platform == "linux":
                self._adopted = find_running(self._spec)
            return
        folder = self._workspace / self._spec.folder
        if not folder.is_dir():
            raise Unreachable(f"{self._spec.command} is to work in the folder {folder}, which is not there. Make it.")
        self._alone()
        for left in self._spec.leaves:
            with writable(left):
                (self._workspace / left).unlink(missing_ok=True)
        command = [self._file(), *self._spec.arguments]
        with writable(f"The log {self._log}"):
            self._log.parent.mkdir(parents=True, exist_ok=True)
            log = self._log.open("ab")  # never a pipe: one that nobody empties stops the program when it is full
        try:
            self._started = subprocess.Popen(  # noqa: S603 - the bot's own words, and no shell
                command, cwd=folder, env=self._environment, start_new_session=True,
                stdin=subprocess.DEVNULL, stdout=log, stderr=subprocess.STDOUT,
            )  # fmt: skip
        except OSError as error:
            raise Unreachable(f"{self._spec.command} cannot be started: {error.strerror}. Mend the bot.") from error
        finally:
            log.close()

    def _alone(self) -> None:
        """Two programs with one file lose what the other saves. One of a run that was killed is about to end."""
        if not self._spec.file:
            return
        file = self._workspace / self._spec.file
        comes_true(lambda: not that_opened(file), ENDING)
        if others := that_opened(file):
            raise Unreachable(
                f"{self._spec.file} is open already, in process {others[0].pid}: what one program saves, the other "
                "would overwrite. Save and close it there, or write `adopt: true` in the bot; then run again."
            )

    def wait_until(self, ready: Callable[[], bool], timeout: float) -> None:
        """Wait until `ready`, such as that its window is there; `timeout` is in seconds.

        Raises Unreachable where the program ends before, or takes longer.
        """

        def look() -> bool:
            if ready():
                return True
            self.check()
            return False

        if not comes_true(look, timeout):
            raise Unreachable(f"{self._spec.command} was not ready within {timeout:g} s{self._last_line()}.")

    def check(self) -> None:
        """Raises Unreachable, with what the program said last, where it has ended."""
        if self.running():
            return
        if self._started is None or self._started.returncode is None:
            raise Unreachable(f"{self._spec.command} has ended. Start it again, and run again.")
        raise Unreachable(f"{self._spec.command} ended by itself, {_how(self._started.returncode)}{self._last_line()}.")

    def running(self) -> bool:
        """Whether it runs. Of one adopted elsewhere than on Linux only its windows tell: it runs."""
        if self._started and self._started.poll() is None:
            return True
        return bool(self.processes()) or (self._spec.adopt and sys.platform != "linux")

    def stopped(self) -> bool:
        """Whether somebody has stopped it, as with SIGSTOP: it neither draws nor answers. Linux only."""
        return any(process.stopped for process in self.processes())

    def processes(self) -> list[Process]:
        """Its processes, to tell its windows by. Linux only.

        With what it started itself: some programs are a script that starts the real one and ends.
        """
        if self._adopted:
            now = processes.look(self._adopted.pid)
            same = now is not None and now.started == self._adopted.started  # numbers come again
            return processes.below([self._adopted.pid], processes.listed()) if same else []
        if self._started is None:
            return []
        everyone = processes.listed()
        roots = [process.pid for process in everyone if process.session == self._started.pid]
        return processes.below(roots, everyone)

    def end(self, timeout: float, close: Callable[[], None] | None = None) -> None:
        """End it: by `close`, which asks its windows, then as the system asks, then by force; `timeout` seconds each.

        An adopted program was there before us, and stays.
        """
        if self._started is None:
            return
        if close and self.running():
            close()
            self._gone(timeout)
        for how in ("terminate", "kill"):
            if self.running():
                self._signal(how)
                self._gone(timeout)

    def _gone(self, timeout: float) -> None:
        comes_true(lambda: not self.running(), timeout)

    def _signal(self, how: str) -> None:
        assert self._started is not None
        if sys.platform != "linux":
            self._started.terminate() if how == "terminate" else self._started.kill()
            return
        for process in self.processes():
            with suppress(ProcessLookupError):
                os.kill(process.pid, signal.SIGTERM if how == "terminate" else signal.SIGKILL)

    def _file(self) -> str:
        command = self._spec.command
        if Path(command).name != command:
            command = str(self._workspace / command)
        if found := shutil.which(command, path=self._environment.get("PATH")):
            return found
        raise Unreachable(
            f"The program {self._spec.command} is not on this machine. Install it, or write its whole path in the bot."
        )

    def _last_line(self) -> str:
        with suppress(OSError), self._log.open("rb") as log:
            log.seek(max(0, log.seek(0, os.SEEK_END) - MOST_READ))
            if said := log.read().decode(errors="replace").strip():
                return f": {said.splitlines()[-1]}"
        return ""


def _how(code: int) -> str:
    return f"by signal {-code}" if code < 0 else f"with exit code {code}"
