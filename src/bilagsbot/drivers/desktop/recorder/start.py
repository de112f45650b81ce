"""record_desktop: starts a program on the person's screen, and records what is done in it."""

import os
import shlex
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from bilagsbot.drivers.desktop.atspi import Atspi
from bilagsbot.drivers.desktop.own import OwnWindows
from bilagsbot.drivers.desktop.preflight import Needs, reading, require
from bilagsbot.drivers.desktop.programs import Program
from bilagsbot.drivers.desktop.recorder.hotkeys import HOTKEYS, WORDS
from bilagsbot.drivers.desktop.recorder.recorder import DesktopRecorder
from bilagsbot.drivers.desktop.surroundings import for_programs
from bilagsbot.drivers.desktop.x11.windows import X11Windows
from bilagsbot.drivers.notebook import Notebook
from bilagsbot.model.errors import BadInput, Mistake
from bilagsbot.model.program import ProgramSpec
from bilagsbot.model.recording import Head

START = 60.0  # seconds that a program may take until its window is there
LOOK = 1.0  # seconds between two looks whether it runs
SPEAK = {"QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1"}  # Qt tells of its things only then


def record_desktop(
    folder: Path, head: Head, program: str, *, workspace: Path, log: Path, redact: Callable[[str], str],
    learn: Callable[[str], None], say: Callable[[str], None], language: str = "nor", adopt: bool = False,
) -> Notebook:  # fmt: skip
    """Record into a new folder until the person presses Ctrl+Alt+F, or the program ends; it is left running.

    `program` is its command line, and `adopt` takes one that runs already. What the program says goes to `log`. `learn`
    is told each secret, which `redact` then takes out of every text. Raises BadInput, Unreachable, Unwritable.
    """
    require(Needs("screen"))
    spec = _spec(program, adopt)
    if not reading(language).well:
        say(f"Nothing is found by its text: {reading(language).mend}")
        language = ""
    environment = for_programs(os.environ)
    running = Program(spec, workspace, {**environment, **SPEAK}, log)
    with closing(_Parts(environment)) as parts:
        owned = OwnWindows(running, parts.windows)
        running.start()
        running.wait_until(lambda: bool(owned.windows()), START)
        notebook = Notebook(folder, head, redact)
        for line in _help():
            say(line)
        recorder = DesktopRecorder(notebook, owned, parts.windows, parts.accessibility, learn, say, language)
        recorder.run(_Over(running, owned))
    return notebook


class _Parts:
    """What the program is watched by."""

    def __init__(self, environment: dict[str, str]) -> None:
        self.windows = X11Windows()
        self.accessibility = Atspi(environment.get("DBUS_SESSION_BUS_ADDRESS", "SESSION"))

    def close(self) -> None:
        self.accessibility.quit()
        self.windows.quit()


class _Over:
    """Whether the program has ended. That is asked now and then, and only when it shows no window."""

    def __init__(self, program: Program, owned: OwnWindows) -> None:
        self._program, self._owned, self._looked = program, owned, time.monotonic()

    def __call__(self) -> bool:
        if self._owned.windows() or time.monotonic() - self._looked < LOOK:
            return False
        self._looked = time.monotonic()
        return not self._program.running()


def _spec(program: str, adopt: bool) -> ProgramSpec:
    try:
        words = shlex.split(program)
    except ValueError:
        words = []
    if not words:
        raise BadInput([Mistake("--program", f"{program!r} is no command.", "Write the program as in a terminal.")])
    return ProgramSpec(command=words[0], arguments=tuple(words[1:]), adopt=adopt)


def _help() -> list[str]:
    return [
        "Do the job as usual. With Ctrl+Alt:",
        *(f"  {key.upper()}  {WORDS[mark]}" for key, mark in HOTKEYS.items()),
    ]
