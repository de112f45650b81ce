"""Cutting pictures of buttons from the screen, as a person does once for a program that can only be seen."""

import subprocess
import time
from pathlib import Path

import cv2

from bilagsbot.drivers.desktop.screen import Screen
from bilagsbot.drivers.desktop.texts import Texts
from bilagsbot.drivers.desktop.virtual import VirtualDisplay

AROUND = 5
"""Pixels around a button's text: its edge tells it from the same word elsewhere."""
PATIENCE = 20.0  # seconds


def cut(display: VirtualDisplay, command: list[str], words: dict[str, str], folder: Path) -> None:
    """Start a program on the display, which DISPLAY must name; and keep each word's picture as FOLDER/NAME.png."""
    folder.mkdir(parents=True, exist_ok=True)
    shown = subprocess.Popen(command, env=display.environment, start_new_session=True, stderr=subprocess.DEVNULL)
    screen = Screen()
    texts = Texts(screen, "nor")
    try:
        for name, word in words.items():
            until = time.monotonic() + PATIENCE
            while len(found := texts.find(word, screen.rect)) != 1:
                assert time.monotonic() < until, f"{word} is seen {len(found)} times"
                time.sleep(0.05)
            picture = screen.grab(found[0].grown(AROUND))
            cv2.imwrite(str(folder / f"{name}.png"), picture.pixels)
    finally:
        shown.terminate()
        shown.wait()
        texts.close()
        screen.close()
