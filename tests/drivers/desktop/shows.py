"""A screen of one's own, Xvfb, and a window of GTK widgets on it."""

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from bilagsbot.drivers.desktop.geometry import Rect

PYTHON = "/usr/bin/python3"
"""The system's own, which has GTK's bindings."""


class Shows:
    """Xvfb with one window; `display` is its name. Skips the test where the machine cannot have it."""

    def __init__(self, size: str = "1280x800") -> None:
        if not shutil.which("Xvfb"):
            pytest.skip("no Xvfb on this machine")
        if subprocess.run([PYTHON, "-c", "import gi; gi.require_version('Gtk','3.0')"], capture_output=True).returncode:
            pytest.skip("no GTK 3 for the system's Python: apt install python3-gi gir1.2-gtk-3.0")
        reading, writing = os.pipe()
        screen = ["Xvfb", "-displayfd", str(writing), "-screen", "0", f"{size}x24", "-nolisten", "tcp"]
        self._server = subprocess.Popen(screen, pass_fds=(writing,), stderr=subprocess.DEVNULL)
        os.close(writing)
        with os.fdopen(reading) as told:
            self.display = f":{told.readline().strip()}"
        program = [PYTHON, str(Path(__file__).with_name("widgets.py"))]
        env = {k: v for k, v in os.environ.items() if not k.startswith(("PYTHON", "VIRTUAL_ENV", "GDK_"))}
        self._window = subprocess.Popen(
            program, env={**env, "DISPLAY": self.display, "NO_AT_BRIDGE": "1", "GDK_BACKEND": "x11"}, text=True,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
        )  # fmt: skip

    def show(self, *widgets: dict[str, Any], **window: Any) -> list[Rect]:
        """Show a window of these widgets instead of what was there; where each is on the screen."""
        assert self._window.stdin is not None
        assert self._window.stdout is not None
        self._window.stdin.write(json.dumps({**window, "widgets": widgets}) + "\n")
        self._window.stdin.flush()
        return [Rect(*rect) for rect in json.loads(self._window.stdout.readline())]

    def stop(self) -> None:
        """End both."""
        self._window.communicate(timeout=10)
        self._server.terminate()
        self._server.wait(10)


def label(text: str, x: int = 10, y: int = 10, **more: Any) -> dict[str, Any]:
    return {"kind": "label", "text": text, "x": x, "y": y, **more}


def button(text: str, x: int = 10, y: int = 10, **more: Any) -> dict[str, Any]:
    return {"kind": "button", "text": text, "x": x, "y": y, **more}
