"""What tests of virtual displays need, and processes that have one."""

import subprocess
import sys
from pathlib import Path

import pytest

from bilagsbot.drivers.desktop.virtual import lacking_packages

needs_display = pytest.mark.skipif(
    sys.platform != "linux" or bool(lacking_packages()),
    reason="a virtual display needs Linux and Debian's packages xvfb openbox dbus x11-xkb-utils",
)

# A display with the accessibility bus on it, and with a program that ignores polite words and has left its parent.
OWNER = """
import subprocess, time
from bilagsbot.drivers.desktop.virtual import VirtualDisplay
with VirtualDisplay(800, 600) as display:
    address = ["dbus-send", "--session", "--print-reply", "--dest=org.a11y.Bus", "/org/a11y/bus", "org.a11y.Bus.GetAddress"]
    subprocess.run(address, env=display.environment, stdout=subprocess.DEVNULL)
    # It shuts its output when it ignores them: run() waits for that, and whoever reads ours does not wait for its end.
    stubborn = 'trap "" TERM HUP; exec >/dev/null 2>&1; while :; do sleep 1; done'
    subprocess.run(["setsid", "--fork", "sh", "-c", stubborn], env=display.environment, capture_output=True)
    print(display.environment["DISPLAY"], flush=True)
    input()
"""  # noqa: E501


def owner(folder: Path) -> "subprocess.Popen[str]":
    """A process with a display whose files are in `folder`; it prints the display's name when all runs.

    To be used with `with`: also where a test fails it ends, for its input does, and no pipe of it is left open."""
    return subprocess.Popen(
        [sys.executable, "-c", OWNER], text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        env={"PATH": "/usr/bin:/bin", "TMPDIR": str(folder)},
    )  # fmt: skip
