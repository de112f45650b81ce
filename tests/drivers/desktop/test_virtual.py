"""A virtual display: all of it comes up, and nothing of it is left, however its owner ends."""

import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from bilagsbot.drivers.desktop.minder import PREFIX
from bilagsbot.drivers.desktop.processes import started_with, words
from bilagsbot.drivers.desktop.virtual import VirtualDisplay
from bilagsbot.model.errors import Unreachable
from tests.drivers.desktop.displays import needs_display, owner
from tests.processes import children

pytestmark = needs_display

# What a program on the display sees of it, through python-xlib.
LOOK = """
import os
from Xlib import X
from Xlib.display import Display
display = Display()
root = display.screen().root
manager = root.get_full_property(display.intern_atom("_NET_SUPPORTING_WM_CHECK"), X.AnyPropertyType).value[0]
name = display.create_resource_object("window", manager).get_full_property(display.intern_atom("_NET_WM_NAME"), 0).value
print(root.get_geometry().width, root.get_geometry().height, name.decode(), os.environ.get("WAYLAND_DISPLAY"))
"""


@pytest.fixture
def folder() -> Iterator[Path]:
    # Not tmp_path: a socket's name may have 107 bytes.
    with tempfile.TemporaryDirectory(prefix="vd") as made:
        yield Path(made)


def gone(folder: Path, seconds: float, files: bool = True) -> bool:
    """Whether in that time nothing runs any more that has a path below this folder in its environment,
    and whether it is empty."""
    until = time.monotonic() + seconds
    mark = f"{folder}/".encode()
    while time.monotonic() < until:
        if not started_with(mark) and not (files and any(folder.iterdir())):
            return True
        time.sleep(0.02)
    return False


def names(folder: Path) -> set[str]:
    return {Path(words(process.pid)[0]).name for process in started_with(f"{folder}/".encode())}


def test_the_screen_its_window_manager_and_its_bus_are_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-0")
    monkeypatch.setenv("BILAGSBOT_ACME_PASSWORD", "hemmelig")
    with VirtualDisplay(1024, 768) as display:
        seen = subprocess.check_output([sys.executable, "-c", LOOK], env=display.environment, text=True)
        bus = [
            "dbus-send",
            "--session",
            "--print-reply",
            "--dest=org.freedesktop.DBus",
            "/",
            "org.freedesktop.DBus.GetId",
        ]
        subprocess.run(bus, env=display.environment, check=True, stdout=subprocess.DEVNULL, timeout=20)

    assert seen.split() == ["1024", "768", "Openbox", "None"]
    assert "hemmelig" not in display.environment.values()


def test_who_has_not_the_key_does_not_get_in() -> None:
    with VirtualDisplay(800, 600) as display:
        stranger = {**display.environment, "XAUTHORITY": "/nowhere"}
        seen = subprocess.run([sys.executable, "-c", LOOK], env=stranger, text=True, capture_output=True)

    assert seen.returncode != 0
    assert "Authorization required" in seen.stderr


def test_nothing_is_left_after_the_run(folder: Path) -> None:
    with owner(folder) as process:
        assert process.stdout is not None
        assert process.stdout.readline().startswith(":"), process.stderr and process.stderr.read()
        assert {"Xvfb", "openbox", "dbus-daemon", "at-spi-bus-launcher", "sh"} <= names(folder)

        process.communicate("\n", timeout=20)

    assert process.returncode == 0
    assert gone(folder, 0.5)


def test_nothing_is_left_two_seconds_after_kill_9_when_all_runs(folder: Path) -> None:
    with owner(folder) as process:
        assert process.stdout is not None
        process.stdout.readline()
        assert "at-spi-bus-launcher" in names(folder)

        process.kill()

    assert gone(folder, 2), names(folder)


@pytest.mark.parametrize("seed", range(8))
def test_nothing_is_left_after_kill_9_at_any_instant(folder: Path, seed: int) -> None:
    with owner(folder) as process:
        time.sleep(random.Random(seed).uniform(0.05, 0.5))

        process.kill()

    # Killed before its minder was there, it leaves an empty folder.
    assert gone(folder, 2, files=False), names(folder)


def test_a_minder_that_comes_up_when_its_owner_is_gone_ends_what_is_left(folder: Path) -> None:
    files = folder / f"{PREFIX}late"
    files.mkdir()
    left = subprocess.Popen(["sleep", "60"], env={**os.environ, "XAUTHORITY": str(files / "xauthority")})
    reading, writing = os.pipe()
    os.close(reading)  # nobody is there to hear that it is ready
    try:
        command = [sys.executable, "-P", "-m", "bilagsbot.drivers.desktop.minder", str(files)]
        subprocess.run(command, stdin=subprocess.DEVNULL, stdout=writing, timeout=20)

        assert left.poll() == -signal.SIGTERM
        assert not files.exists()
    finally:
        os.close(writing)
        left.kill()
        left.wait()


def test_a_killed_minder_leaves_it_to_its_owner(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    with VirtualDisplay(800, 600) as display:
        minders = [child for child in children(os.getpid()) if str(folder) in " ".join(words(child))]
        os.kill(minders[0], signal.SIGKILL)

    assert display.environment
    assert gone(folder, 0.5), names(folder)


def test_what_is_lacking_is_named_with_its_package(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")

    with pytest.raises(Unreachable, match=r"packages xvfb, openbox, dbus.* doctor --fix"):
        VirtualDisplay().__enter__()
