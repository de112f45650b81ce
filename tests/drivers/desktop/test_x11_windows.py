"""Windows on X11: real ones, under a real window manager."""

import gc
import os
import signal
import subprocess
import warnings

import pytest

from bilagsbot.drivers.desktop.virtual import VirtualDisplay
from bilagsbot.drivers.desktop.windows import Window
from bilagsbot.drivers.desktop.x11.windows import X11Windows
from bilagsbot.model.errors import Unreachable
from tests.drivers.desktop.conftest import titled
from tests.drivers.desktop.displays import needs_display
from tests.drivers.desktop.forms import TITLE, RunningForm, wait

pytestmark = needs_display


def test_a_window_is_told_with_its_place_its_program_and_its_changes(
    form: RunningForm, main: Window, windows: X11Windows
) -> None:
    assert main.pid == form.process.pid
    assert (main.minimised, main.modal, main.owner) == (False, False, 0)
    assert windows.active() == main.id

    before = windows.stamp()
    assert windows.stamp() == before
    form.tell("resize 700 500")
    assert wait(lambda: titled(windows, TITLE)[0].rect[2:] == (700, 500))
    assert windows.stamp() != before


def test_what_covers_a_window_is_what_a_click_would_reach(form: RunningForm, main: Window, windows: X11Windows) -> None:
    assert windows.at(*main.rect.centre) == main.id
    assert windows.at(main.rect.x, main.rect.y) == main.id
    assert windows.at(5, 5) == 0  # nothing but the root

    form.tell("cover")
    assert wait(lambda: windows.at(*main.rect.centre) not in (0, main.id))
    assert windows.at(*main.rect.centre) == titled(windows, "Dekker")[0].id
    assert windows.active() == main.id


def test_a_list_that_drops_down_is_no_window(form: RunningForm, main: Window, windows: X11Windows) -> None:
    def down_the_middle() -> set[int]:
        return {windows.at(main.rect.centre[0], y) for y in range(main.rect.y, main.rect.bottom, 10)}

    assert down_the_middle() == {main.id}
    subprocess.run(["xdotool", "key", "--delay", "0", *["Tab"] * 5, "space"], check=True)  # to the list of types

    assert wait(lambda: down_the_middle() == {main.id, 0})
    assert [window.title for window in windows.all()] == [TITLE]


def test_a_minimised_window_is_brought_back(form: RunningForm, main: Window, windows: X11Windows) -> None:
    form.tell("minimise")
    assert wait(lambda: titled(windows, TITLE)[0].minimised)
    assert windows.at(*main.rect.centre) == 0

    assert windows.focus(main, 5)

    assert not titled(windows, TITLE)[0].minimised
    assert windows.at(*main.rect.centre) == main.id


def test_the_keyboard_is_taken_back_from_another_window(form: RunningForm, main: Window, windows: X11Windows) -> None:
    form.tell("steal")
    assert wait(lambda: titled(windows, "Tyv") and windows.active() == titled(windows, "Tyv")[0].id)

    assert windows.focus(main, 5)

    assert wait(lambda: windows.at(*main.rect.centre) == main.id)


def test_a_dialog_has_an_owner_and_is_modal(form: RunningForm, main: Window, windows: X11Windows) -> None:
    form.tell("modal Lagre endringene?")
    assert wait(lambda: titled(windows, "Spørsmål"))

    dialog = titled(windows, "Spørsmål")[0]
    assert dialog.modal
    assert dialog.owner == main.id

    windows.close(dialog)
    assert wait(lambda: not titled(windows, "Spørsmål"))
    windows.close(main)
    assert form.process.wait(10) == 0
    assert windows.all() == []


def test_a_hung_program_does_not_answer(form: RunningForm, main: Window, windows: X11Windows) -> None:
    assert windows.answers(main, 5)
    os.kill(form.process.pid, signal.SIGSTOP)
    try:
        assert not windows.answers(main, 0.3)
    finally:
        os.kill(form.process.pid, signal.SIGCONT)
    assert windows.answers(main, 5)  # and not the late answer to the first question


def test_a_window_that_has_gone_is_no_error(
    form: RunningForm, main: Window, windows: X11Windows, capfd: pytest.CaptureFixture[str]
) -> None:
    form.process.kill()
    form.process.wait()

    windows.close(main)
    assert not windows.focus(main, 0.1)
    assert windows.answers(main, 0.1)
    assert wait(lambda: windows.all() == [] and windows.active() == 0)
    assert capfd.readouterr() == ("", "")


def test_a_screen_that_is_not_there_or_ends_is_unreachable(monkeypatch: pytest.MonkeyPatch) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)  # python-xlib does not close what it could not connect
        with pytest.raises(Unreachable, match="There is no screen :9876"):
            X11Windows(":9876")
        gc.collect()
    with VirtualDisplay(640, 480) as display:
        monkeypatch.setenv("XAUTHORITY", display.own["XAUTHORITY"])
        windows = X11Windows(display.own["DISPLAY"])
        assert windows.all() == []

    with pytest.raises(Unreachable, match="The screen has gone"):
        windows.all()
    windows.quit()
