"""A person stops the run: by the corner, and by the hotkey."""

import subprocess
from collections.abc import Iterator, Mapping

import pytest

from bilagsbot.drivers.desktop.failsafe import Failsafe
from bilagsbot.drivers.desktop.pointer import Pointer
from bilagsbot.model.errors import Stopped
from tests.drivers.desktop.displays import needs_display
from tests.drivers.desktop.forms import wait

pytestmark = needs_display


def person(*does: str) -> None:
    subprocess.run(["xdotool", *does], check=True)


@pytest.fixture
def failsafe(screen_environment: Mapping[str, str]) -> Iterator[Failsafe]:
    person("mousemove", "400", "300")
    opened = Failsafe()
    yield opened
    opened.close()
    person("mousemove", "400", "300")


def test_the_mouse_in_the_corner_stops(failsafe: Failsafe) -> None:
    failsafe.check()
    person("mousemove", "0", "0")

    assert wait(lambda: failsafe.tripped)
    with pytest.raises(Stopped, match="upper left corner"):
        failsafe.check()
    with pytest.raises(Stopped, match="upper left corner"):
        Pointer().click(300, 300)


@pytest.mark.parametrize("lock", ["", "Caps_Lock", "Num_Lock"])
def test_the_hotkey_stops_whatever_lock_is_on(failsafe: Failsafe, lock: str) -> None:
    if lock:
        person("key", lock)
    try:
        person("key", "ctrl+alt+q")
        assert wait(lambda: failsafe.tripped)
    finally:
        if lock:
            person("key", lock)
    with pytest.raises(Stopped, match=r"Ctrl\+Alt\+Q"):
        failsafe.check()
