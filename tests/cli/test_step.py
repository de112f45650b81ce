"""bilagsbot run --step: a person at a terminal, step by step, with a mistake to mend on the way."""

import os
import pty
import re
import select
import sys
import time
from pathlib import Path

import pytest

from bilagsbot.drivers.desktop.virtual import VirtualDisplay
from bilagsbot.practice.server import PracticeServer
from tests.run.conftest import office, program
from tests.workspaces import PROGRAM, Bilagsbot

__all__ = ["office", "program"]
pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="needs a terminal and X11")
BOT = "practice-invoices"


class Terminal:
    """A terminal in which the command runs; what it has said so far."""

    def __init__(self, command: list[str], folder: Path, environment: dict[str, str]) -> None:
        self.pid, self._end = pty.fork()
        if not self.pid:
            os.chdir(folder)
            os.execve(command[0], command, environment)
        self.said = ""

    def hear(self, until: str) -> str:
        """Wait until it says something; what it said since the last time."""
        ends, before = time.monotonic() + 60, len(self.said)
        while until not in self.said[before:]:
            ready, _, _ = select.select([self._end], [], [], ends - time.monotonic())
            assert ready, self.said[before:]
            self.said += os.read(self._end, 65536).decode("utf-8", "replace")
        return self.said[before:]

    def type(self, line: str) -> None:
        os.write(self._end, f"{line}\n".encode())

    def ends(self) -> int:
        """Say yes to all that it asks; its exit code."""
        self.type("")
        while True:
            try:
                more = os.read(self._end, 65536)
            except OSError:  # the other end is closed
                break
            if not more:
                break
            self.said += (said := more.decode("utf-8", "replace"))
            if "q ends" in said:
                self.type("")
        return os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])


def test_a_wrong_selector_is_mended_on_the_way(office: Bilagsbot, program: PracticeServer) -> None:
    selectors = office.workspace / "selectors/practice.yaml"
    right = selectors.read_text(encoding="utf-8")
    wrong = right.replace("frame: hoved\n", "frame: hoved\ntimeout: 1.0\n", 1)
    wrong = wrong.replace("invoice.amount: {find: [{name: belop}, {cell: Beløp}]", "invoice.amount: {find: {name: sum}")
    selectors.write_text(wrong, encoding="utf-8")
    secret = {"BILAGSBOT_PRACTICE_USERNAME": "ola", "BILAGSBOT_PRACTICE_PASSWORD": "practice-only"}
    with VirtualDisplay(1400, 1000) as screen:
        environment = {**screen.environment, **office.environment, **secret}
        terminal = Terminal([str(PROGRAM), "run", BOT, "--step", "--limit", "1"], office.workspace, environment)
        while "THIS POSTS: submit invoice.post" not in (said := terminal.hear("q ends")):
            terminal.type("")
            if "invoice.amount" in said and "failed" not in said:
                failed = terminal.hear("q ends] ")
                assert "failed: invoice.amount is not on the screen: name 'sum' finds nothing" in failed
                selectors.write_text(wrong.replace("{name: sum}", "{name: belop}"), encoding="utf-8")
                terminal.type("")
        assert not program.vouchers()
        assert terminal.ends() == 1  # 24 rows are left
    assert len(program.vouchers()) == 1
    assert "practice-only" not in terminal.said
    assert re.search(r"flows/practice/login.yaml:\d+: fill login.user '\*\*\*', login.password '\*\*\*'", terminal.said)


def test_nobody_at_the_keyboard_is_told_so(office: Bilagsbot, program: PracticeServer) -> None:
    assert "nobody is at the keyboard" in office("run", BOT, "--step", code=2)
    assert not program.vouchers()
