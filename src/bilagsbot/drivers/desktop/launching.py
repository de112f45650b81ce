"""Launching: the display, the program on it, and the parts that it is driven by."""

import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from bilagsbot.drivers.desktop.accessibility import Accessibility
from bilagsbot.drivers.desktop.desk import Desk
from bilagsbot.drivers.desktop.failsafe import Failsafe
from bilagsbot.drivers.desktop.images import Images
from bilagsbot.drivers.desktop.platforms import open_keyboard, open_windows
from bilagsbot.drivers.desktop.pointer import Pointer
from bilagsbot.drivers.desktop.preflight import Needs, require
from bilagsbot.drivers.desktop.programs import Program
from bilagsbot.drivers.desktop.screen import Screen
from bilagsbot.drivers.desktop.session import DesktopDriver
from bilagsbot.drivers.desktop.surroundings import for_programs
from bilagsbot.drivers.desktop.virtual import VirtualDisplay
from bilagsbot.drivers.dialogs import Dialogs
from bilagsbot.model.program import ProgramSpec
from bilagsbot.model.target import Selectors

START = 60.0  # seconds that a program may take until its window is there


class Desktop:
    """Opens sessions of one program on one display. A process has one display, as pyautogui takes but one."""

    def __init__(
        self, spec: ProgramSpec, workspace: Path, log: Path, environment: dict[str, str], files: Path | None = None
    ) -> None:
        self._spec, self._workspace, self._log, self._environment = spec, workspace, log, environment
        self._pictures = (files or workspace) / "selectors"

    def open(self, selectors: Selectors) -> DesktopDriver:
        """Start the program, or take the one that runs. Raises Unreachable where no window of it comes."""
        program = Program(self._spec, self._workspace, self._environment, self._log)
        windows = open_windows()
        pointer = Pointer()
        screen = Screen()
        pointer.rest()  # out of the failsafe's corner, too
        desk = Desk(
            program, windows, open_keyboard(pointer), pointer, screen, Images(screen), Failsafe(),
            Dialogs(selectors.alerts == "reject"), self._pictures / selectors.app, selectors.language,
            frozenset(target.window for target in selectors.targets.values() if target.window), None, selectors.timeout,
        )  # fmt: skip
        driver = DesktopDriver(desk, selectors)
        try:
            program.start()
            program.wait_until(lambda: bool(desk.titled(selectors.window)), START)
            if selectors.accessibility:
                desk.accessibility = _accessibility(self._environment)
        except BaseException:
            driver.close()
            raise
        return driver


def _accessibility(environment: Mapping[str, str]) -> Accessibility | None:
    """What the programs on the display's bus tell of themselves; on other systems than Linux nothing yet."""
    if sys.platform != "linux":
        return None
    from bilagsbot.drivers.desktop.atspi import Atspi

    return Atspi(environment.get("DBUS_SESSION_BUS_ADDRESS", "SESSION"))


@contextmanager
def desktop(spec: ProgramSpec, selectors: Selectors, workspace: Path, log: Path, files: Path) -> Iterator[Desktop]:
    """The display that the bot asks for, for as long as the block takes; `files` holds the selectors' pictures.

    Raises Unreachable, with a line for each thing that this machine has otherwise than the selectors need it.
    """
    recorded = selectors.recorded
    targets = selectors.targets.values()
    seen = any(anchor.ocr or anchor.image for target in targets for anchor in target.find)
    read = seen or not selectors.accessibility or any(target.verify for target in targets)
    require(Needs(
        spec.display, recorded.screen, recorded.dpi, recorded.layout, selectors.language if read else "",
        spec.command, recorded.version,
    ))  # fmt: skip
    if spec.display == "screen":
        yield Desktop(spec, workspace, log, for_programs(os.environ), files)
        return
    with VirtualDisplay() as display, display.driven():
        yield Desktop(spec, workspace, log, display.environment, files)
