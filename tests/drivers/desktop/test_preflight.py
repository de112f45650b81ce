"""What a machine lacks is told before the first key, with the mend."""

import subprocess
import sys
import textwrap
from collections.abc import Iterator
from pathlib import Path

import pytest
from Xlib import Xatom

from bilagsbot.drivers import debian
from bilagsbot.drivers.desktop.packages import install, lacking
from bilagsbot.drivers.desktop.preflight import Needs, preflight, require
from bilagsbot.drivers.desktop.virtual import VirtualDisplay
from bilagsbot.drivers.desktop.x11.connection import close, connect
from bilagsbot.model.errors import Unreachable
from tests.drivers.desktop.displays import needs_display

linux = pytest.mark.skipif(sys.platform != "linux", reason="what X11 and D-Bus say")

# A screen saver that says it is locked.
SAVER = textwrap.dedent("""
    from jeepney import new_method_return
    from jeepney.io.blocking import open_dbus_connection
    bus = open_dbus_connection("SESSION")
    bus.bus_proxy.RequestName("org.freedesktop.ScreenSaver")
    print("ready", flush=True)
    while True:
        asked = bus.receive()
        if asked.header.message_type.name == "method_call":
            bus.send(new_method_return(asked, "b", (True,)))
""")


@pytest.fixture
def screen(monkeypatch: pytest.MonkeyPatch) -> Iterator[VirtualDisplay]:
    """A person's screen, as far as this process can tell."""
    with VirtualDisplay(1280, 800) as display:
        for name in ("DISPLAY", "XAUTHORITY", "DBUS_SESSION_BUS_ADDRESS", "XDG_SESSION_TYPE"):
            monkeypatch.setenv(name, display.environment[name])
        yield display


def ill(needs: Needs) -> dict[str, str]:
    return {finding.name: f"{finding.found}. {finding.mend}" for finding in preflight(needs) if not finding.well}


@needs_display
def test_a_screen_as_it_was_recorded_is_well(screen: VirtualDisplay) -> None:
    assert ill(Needs(size=(1280, 800), dpi=96, layout="us")) == {}


@needs_display
def test_a_smaller_screen_another_scale_and_another_layout_are_ill(screen: VirtualDisplay) -> None:
    display = connect()
    said = display.intern_atom("RESOURCE_MANAGER")  # where xrdb, which not every machine has, puts them down
    display.screen().root.change_property(said, Xatom.STRING, 8, b"Xft.dpi:\t120\n")
    close(display)
    subprocess.run(["setxkbmap", "us,no"], env=screen.environment, check=True)

    found = ill(Needs(size=(1920, 800), dpi=96, layout="no"))

    assert found["size"].startswith("1280x800. The bot was recorded on 1920x800: make the screen")
    assert found["scale"].startswith("120 dots per inch. ")
    assert "to 100 %" in found["scale"]
    assert found["keyboard"].startswith("layout us,no. The bot was made for 'no'")


@needs_display
def test_a_locked_screen_is_ill(screen: VirtualDisplay) -> None:
    with subprocess.Popen([sys.executable, "-c", SAVER], env=screen.environment, stdout=subprocess.PIPE) as saver:
        assert saver.stdout is not None
        assert saver.stdout.readline() == b"ready\n"

        assert ill(Needs()) == {"lock": "the screen is locked. Unlock it, and keep it from locking during the run."}
        saver.kill()


@linux
def test_no_screen_and_wayland_are_ill(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_SESSION_TYPE", "x11")
    monkeypatch.delenv("DISPLAY", raising=False)
    assert ill(Needs())["display"].startswith("none: DISPLAY is not set. Log in at the screen")

    monkeypatch.setenv("XDG_SESSION_TYPE", "wayland")
    assert "choose 'Xorg'" in ill(Needs())["display"]


@linux
def test_a_virtual_display_names_the_packages_it_lacks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")

    with pytest.raises(Unreachable, match=r"^display: no virtual one.*\n?.*apt-get install xvfb openbox dbus"):
        require(Needs(display="virtual"))


def test_a_language_without_data_is_ill() -> None:
    assert ill(Needs(display="virtual", language="xyz"))["reading"].startswith("no OCR data for xyz. There is no OCR")


@pytest.mark.parametrize(
    ("wanted", "well"), [("5.6.*", True), ("Regnskap 5.6.2", True), ("5.5.*", False), ("5.6", False)]
)
def test_the_programs_version(wanted: str, well: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = tmp_path / "fakturering"
    program.write_text('#!/bin/sh\n[ -z "$DISPLAY" ] && echo "Regnskap 5.6.2"\n')
    program.chmod(0o755)
    monkeypatch.setenv("DISPLAY", ":987")

    found = [
        f for f in preflight(Needs(display="virtual", program=str(program), version=wanted)) if f.name == "version"
    ]

    assert [f.well for f in found] == [well]
    assert "says 'Regnskap 5.6.2'" in found[0].found


@pytest.mark.skipif(not debian.may_install(), reason="only root may install packages, and only on Debian")
def test_what_is_lacking_is_installed_by_its_names(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    apt = tmp_path / "apt-get"
    apt.write_text(f'#!/bin/sh\necho "$@" >> {tmp_path}/asked\n[ "$1" = update ]\n')
    apt.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("XDG_DATA_DIRS", "/nowhere")
    said: list[str] = []
    assert {"xvfb", "openbox", "dbus", "at-spi2-core"} <= set(lacking())

    with pytest.raises(Unreachable, match=r"could not be installed. Run by hand"):
        install(said.append)

    update, installing = (tmp_path / "asked").read_text().splitlines()
    assert update.startswith("update")
    assert installing.endswith(" ".join(lacking()))
    assert "xvfb openbox" in said[0]
