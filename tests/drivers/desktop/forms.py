"""The voucher form of form.py, running: what it holds, and its commands."""

import json
import socket
import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import IO, Self

from bilagsbot.drivers.desktop.waiting import comes_true

PROGRAM = Path(__file__).with_name("form.py")
PYTHON = "/usr/bin/python3"  # Debian's, for its python3-gi
PACKAGES = ("python3-gi", "gir1.2-gtk-3.0")
TITLE = "Bilagsregistrering"
SECONDS = 10  # for a form to answer


def wait(for_: Callable[[], object], seconds: float = 10) -> bool:
    """Whether it becomes true in that time."""
    return comes_true(for_, seconds)


class Form:
    """A form that can be talked to: its answers, and its ear."""

    def __init__(self, answers: IO[str], ear: IO[str]) -> None:
        self._answers, self._ear = answers, ear

    def tell(self, command: str) -> None:
        """Give a command of form.py, and wait until it has been done; the window manager may need longer."""
        self._write(command)
        self._expect(command)

    def ask(self, command: str) -> str:
        """Give a command that says something; what it says."""
        self._write(command)
        said = self.line()
        self._expect(command)
        return said

    def values(self) -> dict[str, object]:
        """What stands in the form, as far as it has read what was typed."""
        found: dict[str, object] = json.loads(self.ask("tell"))
        return found

    def line(self) -> str:
        """What it says next by itself."""
        return self._answers.readline().strip()

    def _write(self, command: str) -> None:
        self._ear.write(f"{command}\n")
        self._ear.flush()

    def _expect(self, expected: str) -> None:
        assert (line := self.line()) == expected, f"the form said {line!r}"


class RunningForm(Form):
    """A context manager: the program runs, its window is asked for, and it is ended at last."""

    def __init__(self, folder: Path, environment: Mapping[str, str]) -> None:
        self.process = subprocess.Popen(
            [PYTHON, str(PROGRAM), str(folder / "saved.jsonl")], env={**environment, "PYTHONUTF8": "1"}, text=True,
            encoding="utf-8", stdin=subprocess.PIPE, stdout=subprocess.PIPE, start_new_session=True,
        )  # fmt: skip
        assert self.process.stdout is not None
        assert self.process.stdin is not None
        super().__init__(self.process.stdout, self.process.stdin)
        self._expect("ready")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.process.kill()
        self.process.communicate()


class Listener:
    """A context manager: where a form that somebody else starts with `arguments` comes to be talked to."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / "talk"
        self._socket = socket.socket(socket.AF_UNIX)
        self._socket.bind(str(self._path))
        self._socket.listen()
        self._socket.settimeout(SECONDS)
        self._talk: list[IO[str] | socket.socket] = []
        self.arguments = (str(PROGRAM), str(folder / "saved.jsonl"), str(self._path))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for one in (*self._talk, self._socket):
            one.close()

    def form(self) -> Form:
        """The form that has come, ready."""
        talk, _ = self._socket.accept()
        talk.settimeout(SECONDS)
        answers, ear = talk.makefile("r", encoding="utf-8"), talk.makefile("w", encoding="utf-8")
        self._talk = [answers, ear, talk]
        found = Form(answers, ear)
        found._expect("ready")
        return found
