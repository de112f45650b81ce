"""The self-test's window as a process, and what it says of itself."""

import importlib.util
import subprocess
import sys
from collections.abc import Callable, Mapping

from pydantic import BaseModel

from bilagsbot.drivers.desktop.geometry import Rect
from bilagsbot.drivers.desktop.waiting import comes_true
from bilagsbot.model.errors import StepFailed, Unreachable

WINDOW = "bilagsbot.drivers.desktop.selftest_window"
PATIENCE = 5.0  # seconds for what a step has done to show


class State(BaseModel):
    """What the window shows and what was done to it, by its own word; the rects are on the screen."""

    text: str
    clicks: int
    mapped: bool
    focused: bool
    field: Rect
    button: Rect
    label: Rect


class SelftestProgram:
    """Raises Unreachable where the window cannot be shown."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        if importlib.util.find_spec("_tkinter") is None:
            raise Unreachable(
                "The self-test shows a window with tkinter, which this Python has not. Install it: on Debian the "
                "package python3-tk."
            )
        self._process = subprocess.Popen(  # noqa: S603 - our own words
            [sys.executable, "-P", "-m", WINDOW], env=dict(environment), text=True, encoding="utf-8",
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        )  # fmt: skip

    def ask(self, word: str = "look") -> State:
        """Say a word to it; what it shows then."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        try:
            self._process.stdin.write(f"{word}\n")
            self._process.stdin.flush()
        except OSError as error:
            raise self._gone() from error
        if line := self._process.stdout.readline():
            return State.model_validate_json(line)
        raise self._gone()

    def wait(self, until: Callable[[State], bool], what: str) -> None:
        """Wait until it shows that. Raises StepFailed where it does not in time."""
        if not comes_true(lambda: until(self.ask()), PATIENCE):
            state = self.ask()
            raise StepFailed(f"{what}; the field shows {state.text!r}, and the button had {state.clicks} clicks")

    def end(self) -> None:
        """Close it, by force where it hangs."""
        try:
            self._process.communicate(timeout=PATIENCE)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.communicate()

    def _gone(self) -> Unreachable:
        _, said = self._process.communicate()
        last = said.strip().splitlines()[-1] if said.strip() else "it said nothing"
        return Unreachable(f"The self-test's window does not show: {last}")
