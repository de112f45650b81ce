"""One screen a process, and what looks at it; and the voucher form on another one, which is driven."""

import gc
import subprocess
import warnings
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from bilagsbot.drivers import debian
from bilagsbot.drivers.desktop.pointer import Pointer
from bilagsbot.drivers.desktop.screen import Screen
from bilagsbot.drivers.desktop.virtual import VirtualDisplay, lacking_packages
from bilagsbot.drivers.desktop.windows import Window
from bilagsbot.drivers.desktop.x11.keyboard import X11Keyboard
from bilagsbot.drivers.desktop.x11.windows import X11Windows

from .forms import PACKAGES, PYTHON, TITLE, RunningForm, wait
from .shows import Shows

GTK = "import gi; gi.require_version('Gtk', '3.0'); from gi.repository import Gtk"


@pytest.fixture(scope="session")
def display() -> Iterator[Shows]:
    running = Shows()
    yield running
    running.stop()


@pytest.fixture
def shows(display: Shows, monkeypatch: pytest.MonkeyPatch) -> Shows:
    """The window of widgets, on the screen that DISPLAY names for this test."""
    monkeypatch.setenv("DISPLAY", display.display)
    return display


@pytest.fixture
def screen(shows: Shows) -> Iterator[Screen]:
    looking = Screen()
    yield looking
    looking.close()


@pytest.fixture(scope="session")
def own_display() -> Iterator[VirtualDisplay]:
    """The one screen that this process drives: pyautogui takes the one that it meets first."""
    if lacking := lacking_packages():
        pytest.skip(f"a screen needs Debian's packages {', '.join(lacking)}")
    with VirtualDisplay(1280, 900) as display:
        with pytest.MonkeyPatch.context() as patch, warnings.catch_warnings():
            for name, value in display.own.items():
                patch.setenv(name, value)
            warnings.simplefilter("ignore", ResourceWarning)  # pyautogui leaves pipes open when it is imported
            Pointer()
            gc.collect()
        yield display


@pytest.fixture
def screen_environment(own_display: VirtualDisplay, monkeypatch: pytest.MonkeyPatch) -> Mapping[str, str]:
    """The environment for programs on that screen; for this test it is this process's, too."""
    for name, value in own_display.own.items():
        monkeypatch.setenv(name, value)
    return own_display.environment


@pytest.fixture(scope="session")
def gtk() -> None:
    """Debian's GTK 3 for Debian's Python."""
    if _has_gtk():
        return
    if debian.may_install():
        debian.install(PACKAGES)
    if not _has_gtk():
        pytest.skip(f"the form needs Debian's packages {', '.join(PACKAGES)}")


def _has_gtk() -> bool:
    return Path(PYTHON).exists() and subprocess.run([PYTHON, "-c", GTK], capture_output=True).returncode == 0


@pytest.fixture
def form(gtk: None, screen_environment: Mapping[str, str], tmp_path: Path) -> Iterator[RunningForm]:
    """The voucher form on the screen, started for this test."""
    with RunningForm(tmp_path, screen_environment) as running:
        yield running


@pytest.fixture
def windows(screen_environment: Mapping[str, str]) -> Iterator[X11Windows]:
    opened = X11Windows()
    yield opened
    opened.quit()


@pytest.fixture
def keyboard(screen_environment: Mapping[str, str]) -> Iterator[X11Keyboard]:
    opened = X11Keyboard()
    yield opened
    opened.restore()
    opened.quit()


@pytest.fixture
def main(form: RunningForm, windows: X11Windows) -> Window:
    """The form's window, with the keyboard."""
    assert wait(lambda: titled(windows, TITLE))
    window = titled(windows, TITLE)[0]
    assert windows.focus(window, 10)
    return window


def titled(windows: X11Windows, title: str) -> list[Window]:
    """The windows of that title."""
    return [window for window in windows.all() if window.title == title]
