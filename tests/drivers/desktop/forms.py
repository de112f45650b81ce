"""The voucher form of form.py, running: what it holds, and its commands."""

import json
import subprocess
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Self

PROGRAM = Path(__file__).with_name("form.py")
PYTHON = "/usr/bin/python3"  # Debian's, for its python3-gi
PACKAGES = ("python3-gi", "gir1.2-gtk-3.0")
TITLE = "Bilagsregistrering"


def wait(for_: Callable[[], object], seconds: float = 10) -> bool:
    """Whether it becomes true in that time."""
    until = time.monotonic() + seconds
    while not for_():
        if time.monotonic() > until:
            return False
        time.sleep(0.005)
    return True


class RunningForm:
    """A context manager: the program runs, its window is asked for, and it is ended at last."""

    def __init__(self, folder: Path, environment: Mapping[str, str]) -> None:
        self.process = subprocess.Popen(
            [PYTHON, str(PROGRAM), str(folder / "saved.jsonl")], env={**environment, "PYTHONUTF8": "1"}, text=True,
            encoding="utf-8", stdin=subprocess.PIPE, stdout=subprocess.PIPE, start_new_session=True,
        )  # fmt: skip
        self._answer("ready")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.process.kill()
        self.process.communicate()

    def tell(self, command: str) -> None:
        """Give a command of form.py, and wait until it has been done; the window manager may need longer."""
        self._write(command)
        self._answer(command)

    def values(self) -> dict[str, object]:
        """What stands in the form, as far as it has read what was typed."""
        self._write("tell")
        found: dict[str, object] = json.loads(self._line())
        self._answer("tell")
        return found

    def _write(self, command: str) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(f"{command}\n")
        self.process.stdin.flush()

    def _answer(self, expected: str) -> None:
        assert (line := self._line()) == expected, f"the form said {line!r} and ended with {self.process.poll()}"

    def _line(self) -> str:
        assert self.process.stdout is not None
        return self.process.stdout.readline().strip()
