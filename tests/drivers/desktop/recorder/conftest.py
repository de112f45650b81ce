"""The voucher form, a recorder that watches it, and a person."""

import threading
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from bilagsbot.drivers.desktop.atspi import Atspi
from bilagsbot.drivers.desktop.own import OwnWindows
from bilagsbot.drivers.desktop.pointer import Pointer
from bilagsbot.drivers.desktop.programs import Program
from bilagsbot.drivers.desktop.recorder.recorder import DesktopRecorder
from bilagsbot.drivers.desktop.x11.keyboard import X11Keyboard
from bilagsbot.drivers.desktop.x11.windows import X11Windows
from bilagsbot.drivers.notebook import Notebook
from bilagsbot.model.program import ProgramSpec
from bilagsbot.model.recording import Head

from ..forms import PYTHON, Form, Listener, wait
from .person import Person


class Secrets:
    """What has been told to be a secret, and is taken out."""

    def __init__(self) -> None:
        self.all: set[str] = set()

    def redact(self, text: str) -> str:
        for secret in sorted(self.all, key=len, reverse=True):
            text = text.replace(secret, "***") if len(secret) > 3 else text
        return text


@pytest.fixture
def listener(tmp_path: Path) -> Iterator[Listener]:
    with Listener(tmp_path) as listening:
        yield listening


@pytest.fixture
def program(gtk: None, listener: Listener, screen_environment: Mapping[str, str], tmp_path: Path) -> Iterator[Program]:
    spec = ProgramSpec(command=PYTHON, arguments=listener.arguments, environment={"PYTHONUTF8": "1"})
    running = Program(spec, tmp_path, dict(screen_environment), tmp_path / "log")
    running.start()
    yield running
    running.end(0.5)


@pytest.fixture
def form(program: Program, listener: Listener) -> Form:
    return listener.form()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "recordings" / "voucher"


@pytest.fixture
def person(
    form: Form,
    program: Program,
    keyboard: X11Keyboard,
    windows: X11Windows,
    screen_environment: Mapping[str, str],
    folder: Path,
) -> Iterator[Person]:  # fmt: skip
    Pointer().move(640, 20)
    bus, secrets = screen_environment["DBUS_SESSION_BUS_ADDRESS"], Secrets()
    looking, seen, eyes = X11Windows(), Atspi(bus), Atspi(bus)
    notebook = Notebook(folder, Head(recording="voucher", driver="desktop", program="form"), secrets.redact)
    recorder = DesktopRecorder(notebook, OwnWindows(program, looking), looking, seen, secrets.all.add)
    over, failed = threading.Event(), list[BaseException]()

    def run() -> None:
        try:
            recorder.run(over.is_set)
        except BaseException as error:
            failed.append(error)
            raise

    thread = threading.Thread(target=run)
    thread.start()
    assert wait(lambda: recorder.rests or failed)
    yield Person(recorder, thread, program, eyes, keyboard, windows)
    over.set()
    thread.join()
    for part in (looking, seen, eyes):
        part.quit()
    assert not failed
