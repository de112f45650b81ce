"""VirtualDisplay: a screen of our own, with its window manager and session bus, that is gone after the run."""

import os
import select
import shlex
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Self

from bilagsbot.drivers.desktop.minder import PREFIX, end_all
from bilagsbot.drivers.desktop.openbox import write_settings
from bilagsbot.drivers.desktop.surroundings import without_session
from bilagsbot.drivers.desktop.waiting import comes_true
from bilagsbot.drivers.desktop.xauthority import make_key, write_key
from bilagsbot.model.errors import Unreachable

PACKAGES = {"Xvfb": "xvfb", "openbox": "openbox", "dbus-daemon": "dbus", "xkbcomp": "x11-xkb-utils"}  # by program
DPI = 96
LOG = "log"
PATIENCE = 30.0  # seconds for each part to come up; it takes a tenth of one where nothing is wrong


def lacking_packages() -> list[str]:
    """The Debian packages that a virtual display needs and this machine has not."""
    return [package for program, package in PACKAGES.items() if not shutil.which(program)]


class VirtualDisplay:
    """A context manager. `environment` is for the programs on it; `own`, a part of that, is what a process needs that
    is to drive it: its own keyring is on the person's bus, not on this one.

    Raises Unreachable on entry where it does not start.
    """

    def __init__(self, width: int = 1920, height: int = 1080) -> None:
        self._size = f"{width}x{height}x24"
        self._folder: Path | None = None
        self._started: list[subprocess.Popen[bytes]] = []
        self.environment: dict[str, str] = {}

    @property
    def own(self) -> dict[str, str]:
        """DISPLAY and XAUTHORITY."""
        return {name: self.environment[name] for name in ("DISPLAY", "XAUTHORITY")}

    @contextmanager
    def driven(self) -> Iterator[None]:
        """For as long as the block takes, this process drives this display: libraries ask the environment for it."""
        before = {name: os.environ.get(name) for name in self.own}
        os.environ.update(self.own)
        try:
            yield
        finally:
            for name, value in before.items():
                os.environ.pop(name, None)
                if value is not None:
                    os.environ[name] = value

    def __enter__(self) -> Self:
        if sys.platform != "linux":
            raise Unreachable("A virtual display is for Linux only. Write `display: screen` in the bot.")
        if lacking := lacking_packages():
            raise Unreachable(
                f"A virtual display needs Debian's packages {', '.join(lacking)}, which this machine has not. "
                "Run 'bilagsbot doctor --fix' as root, or install them."
            )
        self._folder = folder = Path(tempfile.mkdtemp(prefix=PREFIX))
        try:
            self._start(folder)
        except BaseException:
            self.close()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End all that was started on it, and wait until it is gone."""
        for process in self._started[:1]:  # the minder, which goes to work when its pipe is closed
            process.communicate()
        if self._folder and self._folder.exists():  # somebody killed the minder
            end_all(self._folder)
        for process in self._started:
            process.wait()
        self._started.clear()

    def _start(self, folder: Path) -> None:
        """The minder is first, so that nothing is left of what comes later: the end of its pipe reaches it also when
        it comes up late, which is why nobody waits for it before the end. The bus is after the screen, whose name the
        programs inherit that it starts."""
        minder = self._run(
            folder, [sys.executable, "-P", "-m", "bilagsbot.drivers.desktop.minder", str(folder)],
            without_session(os.environ), stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        )  # fmt: skip
        key, bus = folder / "xauthority", f"unix:path={folder / 'bus'}"
        write_key(key, make_key())
        self.environment = {
            **without_session(os.environ), "XAUTHORITY": str(key), "DBUS_SESSION_BUS_ADDRESS": bus,
            # Wayland is found through this folder, too; and sockets of the person's session are not to be met.
            "XDG_RUNTIME_DIR": str(folder), "XDG_SESSION_TYPE": "x11", "GVFS_DISABLE_FUSE": "1",
            "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1",
        }  # fmt: skip
        screen = self._reporting(folder, lambda fd: ["Xvfb", "-displayfd", fd, "-screen", "0", self._size, "-dpi",
                                 str(DPI), "-nolisten", "tcp", "-noreset", "-auth", str(key)])  # fmt: skip
        self.environment["DISPLAY"] = f":{_answer(folder, 'Xvfb', screen)}"
        session = self._reporting(folder, lambda fd: ["dbus-daemon", "--session", "--nofork", "--nopidfile",
                                  f"--address={bus}", f"--print-address={fd}"])  # fmt: skip
        self._start_window_manager(folder)
        self.environment["DBUS_SESSION_BUS_ADDRESS"] = _answer(folder, "dbus-daemon", session)
        assert minder.stdout is not None
        _answer(folder, "the minder", minder.stdout)

    def _start_window_manager(self, folder: Path) -> None:
        """Openbox runs what --startup names when it has taken the screen over."""
        settings, ready = folder / "openbox.xml", folder / "openbox.ready"
        write_settings(settings)
        done = f"touch {shlex.quote(str(ready))}"
        command = ["openbox", "--sm-disable", "--config-file", str(settings), "--startup", done]
        process = self._run(folder, command, self.environment)
        comes_true(lambda: ready.exists() or process.poll() is not None, PATIENCE)
        if not ready.exists():
            raise _dead(folder, "openbox")

    def _reporting(self, folder: Path, command: Callable[[str], list[str]]) -> IO[bytes]:
        """Start a program that writes a line to a file descriptor of its own when it is ready."""
        reading, writing = os.pipe()
        report = os.fdopen(reading, "rb", buffering=0)
        try:
            self._run(folder, command(str(writing)), self.environment, keep=(writing,))
        except BaseException:
            report.close()
            raise
        finally:
            os.close(writing)
        return report

    def _run(
        self, folder: Path, command: list[str], environment: dict[str, str], keep: tuple[int, ...] = (),
        stdin: int = subprocess.DEVNULL, stdout: int | None = None,
    ) -> "subprocess.Popen[bytes]":  # fmt: skip
        """A ^C in the terminal is for us, and not for them: hence a session of their own."""
        with (folder / LOG).open("ab") as log:
            process = subprocess.Popen(  # noqa: S603 - our own words
                command, env=environment, start_new_session=True, pass_fds=keep,
                stdin=stdin, stdout=stdout or log, stderr=log,
            )  # fmt: skip
        self._started.append(process)
        return process


def _answer(folder: Path, name: str, report: IO[bytes]) -> str:
    """The line that a program writes when it is ready. Raises Unreachable where none comes."""
    said, until = b"", time.monotonic() + PATIENCE
    with report:
        while not said.endswith(b"\n"):
            left = until - time.monotonic()
            if left < 0 or not select.select([report], [], [], left)[0] or not (more := os.read(report.fileno(), 4096)):
                raise _dead(folder, name)
            said += more
    return said.decode().strip()


def _dead(folder: Path, name: str) -> Unreachable:
    said = (folder / LOG).read_text(encoding="utf-8", errors="replace").strip()
    last = said.splitlines()[-1] if said else "it said nothing"
    return Unreachable(f"The virtual display did not start: {name} is not ready ({last}). Run 'bilagsbot doctor'.")
