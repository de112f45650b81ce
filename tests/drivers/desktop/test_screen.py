"""Screen: what is there now, and whether it changes."""

import os
import threading

import cv2
import numpy as np
import pytest

from bilagsbot.drivers.desktop.geometry import Rect
from bilagsbot.drivers.desktop.screen import Screen
from bilagsbot.model.errors import StepFailed, Unreachable

from .shows import Shows, label

RED = "background: rgb(200,0,0); min-width: 60px; min-height: 40px;"
TICKING = "background: rgb(0,0,{});  min-width: 60px; min-height: 40px;"


def test_a_picture_is_of_the_place_that_was_asked_for(shows: Shows, screen: Screen) -> None:
    (red,) = shows.show(label("", 100, 80, css=RED))
    assert screen.still(screen.rect, 0.1, 5)
    picture = screen.grab(red)
    assert picture.rect == red
    assert picture.pixels.flags.c_contiguous
    assert picture.pixels[5, 5].tolist() == [0, 0, 200]  # blue, green, red
    assert (screen.grab().part(red) == picture.pixels).all()
    assert screen.size == (1280, 800)


def test_of_a_rect_that_sticks_out_comes_the_part_on_the_screen(screen: Screen) -> None:
    assert screen.grab(Rect(-10, -20, 50, 50)).rect == Rect(0, 0, 40, 30)
    with pytest.raises(StepFailed, match="outside the screen"):
        screen.grab(Rect(5000, 10, 20, 20))


def test_still_waits_for_the_last_change_and_gives_up_in_time(shows: Shows, screen: Screen) -> None:
    over = threading.Event()

    def tick() -> None:
        shade = 0
        while not over.wait(0.02):
            shade = (shade + 40) % 240
            shows.show(label("", 100, 80, css=TICKING.format(shade)))

    ticking = threading.Thread(target=tick)
    ticking.start()
    assert not screen.still(screen.rect, quiet=0.5, timeout=1)
    over.set()
    ticking.join()
    assert screen.still(screen.rect, quiet=0.2, timeout=10)


def test_a_jpeg_shows_the_windows_that_are_to_be_seen_and_black_elsewhere(shows: Shows, screen: Screen) -> None:
    (red,) = shows.show(label("", 100, 80, css=RED))
    assert screen.still(screen.rect, 0.1, 5)
    corner = Rect(-50, -50, red.x + 60, red.y + 60)  # a window that lies over a part of it, and sticks out
    for windows, in_middle, in_corner in (
        ([(red, True)], 200, 200), ([(red, True), (corner, False)], 200, 0), ([(corner, False), (red, True)], 200, 200),
        ([], 0, 0),
    ):  # fmt: skip
        seen = cv2.imdecode(np.frombuffer(screen.jpeg(windows), np.uint8), cv2.IMREAD_COLOR)
        assert seen is not None
        assert seen.shape == (800, 1280, 3)
        assert abs(int(seen[red.centre[1], red.centre[0], 2]) - in_middle) < 20
        assert abs(int(seen[red.y + 3, red.x + 3, 2]) - in_corner) < 50
        assert seen[700, 1200].max() < 20


def test_dots_per_inch_are_as_programs_are_told(screen: Screen, monkeypatch: pytest.MonkeyPatch) -> None:
    from Xlib import Xatom, display

    assert screen.dpi() == 96
    server = display.Display()
    server.screen().root.change_property(Xatom.RESOURCE_MANAGER, Xatom.STRING, 8, b"Xft.hinting:\t1\nXft.dpi:\t120\n")
    server.sync()
    try:
        assert screen.dpi() == 120
        monkeypatch.setenv("GDK_SCALE", "2")
        assert screen.dpi() == 240
    finally:
        server.screen().root.delete_property(Xatom.RESOURCE_MANAGER)
        server.sync()
        server.close()


def test_no_display_is_said_in_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in (":987", None):
        monkeypatch.delenv("DISPLAY", raising=False)
        if name:
            monkeypatch.setenv("DISPLAY", name)
        with pytest.raises(Unreachable, match="set DISPLAY"):
            Screen()


def test_a_screen_that_goes_away_is_said_in_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    own = Shows("640x480")
    monkeypatch.setitem(os.environ, "DISPLAY", own.display)
    screen = Screen()
    screen.grab()
    own.stop()
    with pytest.raises(Unreachable, match="no longer be read"):
        screen.grab()
