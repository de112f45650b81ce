"""`doctor --selftest`: it passes on a good machine, fails where something does not work, and leaves nothing behind."""

import importlib.util
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from bilagsbot.drivers.desktop.languages import languages
from bilagsbot.drivers.desktop.processes import started_with
from bilagsbot.drivers.desktop.virtual import VirtualDisplay
from tests.drivers.desktop.displays import needs_display
from tests.workspaces import PROGRAM

pytestmark = [
    needs_display,
    pytest.mark.skipif(importlib.util.find_spec("_tkinter") is None, reason="the window is tkinter's: python3-tk"),
    pytest.mark.skipif("nor" not in languages(), reason="Norwegian is read: tesseract-ocr-nor"),
]


# A program that takes all keys for itself, as a lock or a menu does.
GREEDY = """
from Xlib import X
from Xlib.display import Display
display = Display()
display.screen().root.grab_keyboard(True, X.GrabModeAsync, X.GrabModeAsync, X.CurrentTime)
display.sync()
print("ready", flush=True)
while True:
    display.next_event()
"""


@pytest.fixture
def folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="st") as made:
        yield Path(made)


def selftest(code: int, **environment: str) -> dict[str, bool]:
    env = {**os.environ, **environment}
    done = subprocess.run(
        [PROGRAM, "doctor", "--selftest", "--json"], env=env, capture_output=True, text=True, timeout=120
    )
    assert done.returncode == code, done.stdout + done.stderr
    return {line["name"]: line["well"] for line in map(json.loads, done.stdout.splitlines())}


def test_all_is_well_on_a_virtual_display_of_which_nothing_is_left(folder: Path) -> None:
    found = selftest(0, DISPLAY="", TMPDIR=str(folder))

    assert {"text typed", "Caps Lock seen", "image found", "grayed refused", "text read"} <= set(found)
    assert all(found.values())
    assert not started_with(f"{folder}/bilagsbot-display-".encode())
    assert not list(folder.glob("bilagsbot-display-*"))


def test_where_no_letter_arrives_typing_is_ill() -> None:
    with (
        VirtualDisplay(1280, 800) as screen,
        subprocess.Popen([sys.executable, "-c", GREEDY], env=screen.environment, stdout=subprocess.PIPE) as greedy,
    ):
        assert greedy.stdout is not None
        assert greedy.stdout.readline() == b"ready\n"
        found = selftest(1, **screen.environment)
        greedy.kill()

    assert not found["text typed"]
    assert found["image found"]
    assert found["text read"]
