"""Text that arrives as it was meant, in a real field, on several layouts."""

import os
import signal
import subprocess
import threading
from collections.abc import Callable, Iterator

import pytest
from Xlib import X
from Xlib.ext import xtest

from bilagsbot.drivers.desktop.pointer import Pointer
from bilagsbot.drivers.desktop.windows import Window
from bilagsbot.drivers.desktop.x11.connection import close, connect
from bilagsbot.drivers.desktop.x11.keyboard import X11Keyboard
from bilagsbot.drivers.desktop.x11.windows import X11Windows
from bilagsbot.model.errors import StepFailed
from tests.drivers.desktop.displays import needs_display
from tests.drivers.desktop.forms import RunningForm

pytestmark = needs_display

TEXT = "Blåbærsyltetøy AS – 1 234,50 € <(é)>;/"
FOREIGN = "ŁłŽžČčŠšĐđĞğİıŐőŰűАБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯ"  # more than a layout has keys to spare
MENU, SEMICOLON = 135, 47  # where an American keyboard has them
LAYOUTS = (["us"], ["no"], ["us,no", "-option", "grp:menu_toggle"])


def layout(*words: str) -> None:
    subprocess.run(["setxkbmap", "-option", "", *words], check=True)


@pytest.fixture(autouse=True)
def american(main: Window) -> Iterator[None]:
    """The layout as it was, for the tests to come; the form has the keyboard."""
    layout("us")
    yield
    layout("us")


def strike(code: int) -> None:
    """A key of that number; xdotool would choose the layout itself."""
    display = connect()
    xtest.fake_input(display, X.KeyPress, code)
    xtest.fake_input(display, X.KeyRelease, code)
    display.sync()
    close(display)


Read = Callable[[], str]
Typed = Callable[[str], str]


@pytest.fixture
def read(form: RunningForm, main: Window, windows: X11Windows) -> Read:
    """What stands in the first field, once the form has read all that was typed."""

    def ask() -> str:
        assert windows.answers(main, 10)
        return str(form.values()["Bilagsnr"])

    return ask


@pytest.fixture
def typed(keyboard: X11Keyboard, read: Read) -> Typed:
    """Types a text instead of what is there; what stands there then."""

    def type_(text: str) -> str:
        Pointer().press("Control+A")
        keyboard.type(text)
        return read()

    return type_


@pytest.mark.parametrize("words", LAYOUTS, ids=lambda words: words[0])
def test_text_is_exact_on_a_layout_that_a_person_chose_meanwhile(typed: Typed, words: list[str]) -> None:
    layout(*words)

    assert [typed(TEXT) for _ in range(20)] == [TEXT] * 20


def test_text_is_exact_when_the_second_layout_is_on(typed: Typed, read: Read) -> None:
    layout(*LAYOUTS[2])
    strike(MENU)
    try:
        found = typed(TEXT)
        Pointer().press("Control+A")
        strike(SEMICOLON)
        assert read() == "ø"  # it was the Norwegian one
    finally:
        strike(MENU)
    assert found == TEXT


def test_each_character_is_right_at_once_where_spare_keys_are_used_up(typed: Typed) -> None:
    assert [typed(letter + "a" + letter) for letter in FOREIGN] == [f"{one}a{one}" for one in FOREIGN]
    assert [typed(FOREIGN + TEXT) for _ in range(5)] == [FOREIGN + TEXT] * 5


def test_a_program_that_is_busy_reads_what_was_typed_before_keys_change(form: RunningForm, typed: Typed) -> None:
    os.kill(form.process.pid, signal.SIGSTOP)
    later = threading.Timer(0.5, os.kill, (form.process.pid, signal.SIGCONT))
    later.start()
    try:
        assert typed(FOREIGN + TEXT) == FOREIGN + TEXT
    finally:
        later.join()


def test_the_layout_is_given_back(keyboard: X11Keyboard, typed: Typed) -> None:
    def map_() -> bytes:
        return subprocess.check_output(["xkbcomp", "-w0", os.environ["DISPLAY"], "-"])

    keyboard.restore()
    clean = map_()
    assert typed(TEXT) == TEXT
    assert map_() != clean
    keyboard.restore()
    assert map_() == clean


def test_caps_lock_does_not_matter_and_stays_on(keyboard: X11Keyboard, typed: Typed) -> None:
    subprocess.run(["xdotool", "key", "Caps_Lock"], check=True)
    try:
        assert keyboard.caps_lock()
        assert typed(TEXT) == TEXT
        assert keyboard.caps_lock()
    finally:
        subprocess.run(["xdotool", "key", "Caps_Lock"], check=True)
    assert not keyboard.caps_lock()


@pytest.mark.parametrize("wrong", ["line\nbreak", "tab\t", "lone\ud800", "bell\x07"])
def test_what_no_key_writes_is_told_before_the_first_key(keyboard: X11Keyboard, read: Read, wrong: str) -> None:
    with pytest.raises(StepFailed, match=r"character \d of the text, U\+[0-9A-F]{4}.*, is none that a key writes"):
        keyboard.type(wrong)

    assert read() == ""


def test_a_key_that_a_person_holds_is_told(keyboard: X11Keyboard, typed: Typed, read: Read) -> None:
    subprocess.run(["xdotool", "keydown", "shift"], check=True)
    try:
        with pytest.raises(StepFailed, match="Shift is held down on the keyboard, so nothing was typed"):
            keyboard.type("abc")
    finally:
        subprocess.run(["xdotool", "keyup", "shift"], check=True)
    assert read() == ""


def test_keys_have_playwrights_names(keyboard: X11Keyboard, typed: Typed) -> None:
    keyboard.type("feil")
    for key in ("Control+A", "Delete", "Tab", "Shift+Tab"):
        Pointer().press(key)
    assert typed("rett") == "rett"

    with pytest.raises(StepFailed, match="there is no key 'PageDwn'"):
        Pointer().press("PageDwn")
    with pytest.raises(StepFailed, match="keyboard has no key 'F24'"):
        Pointer().press("F24")
