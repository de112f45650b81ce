"""The voucher form, a recorder that watches it, and a person."""

from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from bilagsbot.drivers.desktop.programs import Program
from bilagsbot.model.program import ProgramSpec

from ..forms import PYTHON, Form, Listener
from .person import Person, recorded


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
def person(form: Form, program: Program, screen_environment: Mapping[str, str], folder: Path) -> Iterator[Person]:
    with recorded(program, screen_environment["DBUS_SESSION_BUS_ADDRESS"], folder) as somebody:
        yield somebody
