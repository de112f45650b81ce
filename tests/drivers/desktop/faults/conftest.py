"""The voucher form, started by the driver that the tests drive it through."""

import json
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest

from bilagsbot.drivers.desktop.launching import Desktop
from bilagsbot.drivers.desktop.session import DesktopDriver
from bilagsbot.drivers.desktop.virtual import VirtualDisplay
from bilagsbot.drivers.desktop.x11.keyboard import X11Keyboard
from bilagsbot.model.program import ProgramSpec

from ..forms import PYTHON, Form, Listener
from .targets import FIELDS, SELECTORS


@pytest.fixture
def listener(tmp_path: Path) -> Iterator[Listener]:
    with Listener(tmp_path) as listening:
        yield listening


@pytest.fixture(scope="package")
def letters(own_display: VirtualDisplay) -> Iterator[None]:
    """The letters that the layout lacks, on its keys all the time: openbox takes most of a second over each change of
    the layout, and each driver would change it twice."""
    with pytest.MonkeyPatch.context() as patch:
        for name, value in own_display.own.items():
            patch.setenv(name, value)
        keyboard = X11Keyboard()
    yield
    keyboard.restore()
    keyboard.quit()


@pytest.fixture
def driver(
    gtk: None, letters: None, listener: Listener, screen_environment: Mapping[str, str], tmp_path: Path
) -> Iterator[DesktopDriver]:
    (tmp_path / "selectors" / "form").mkdir(parents=True)
    spec = ProgramSpec(command=PYTHON, arguments=listener.arguments, environment={"PYTHONUTF8": "1"})
    opened = Desktop(spec, tmp_path, tmp_path / "log", dict(screen_environment)).open(SELECTORS)
    yield opened
    opened.close()
    assert not opened._desk.program.running()


@pytest.fixture
def form(driver: DesktopDriver, listener: Listener) -> Form:
    return listener.form()


@pytest.fixture
def saved(tmp_path: Path) -> Callable[[], list[dict[str, str]]]:
    """The vouchers in the program's file."""

    def read() -> list[dict[str, str]]:
        file = tmp_path / "saved.jsonl"
        lines = file.read_text(encoding="utf-8").splitlines() if file.exists() else []
        return [{name: json.loads(line)[name] for name in FIELDS} for line in lines]

    return read
