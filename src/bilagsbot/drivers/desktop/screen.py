"""Screen: pictures of the screen, and when it has come to rest."""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import cv2
import mss
import numpy as np
from mss.exception import ScreenShotError
from mss.screenshot import ScreenShot
from numpy.typing import NDArray

from bilagsbot.drivers.desktop.dpi import screen_dpi
from bilagsbot.drivers.desktop.geometry import Rect
from bilagsbot.model.errors import StepFailed, Unreachable

Pixels = NDArray[np.uint8]

QUALITY = 60
SHORTEST_POLL, LONGEST_POLL = 0.01, 0.1


@dataclass(frozen=True, eq=False)
class Picture:
    """Pixels, rows of blue, green and red, and where on the screen they were."""

    pixels: Pixels
    rect: Rect

    def part(self, rect: Rect) -> Pixels:
        """The pixels of a rect of the screen that lies in it."""
        x, y = rect.x - self.rect.x, rect.y - self.rect.y
        return self.pixels[y : y + rect.height, x : x + rect.width]

    def same(self, other: "Picture") -> bool:
        """Whether it is of the same place and shows the same, to the pixel."""
        return self.rect == other.rect and cv2.norm(self.pixels, other.pixels, cv2.NORM_INF) == 0


class Grabs(Protocol):
    """What pictures are taken of: the screen, or what was on it."""

    def grab(self, rect: Rect | None = None) -> Picture:
        """What is there. Of a rect that sticks out, the part on the screen. StepFailed where none of it is."""
        ...


class Screen:
    """The whole screen, all monitors of it. Raises Unreachable wherever it cannot be read."""

    def __init__(self) -> None:
        try:
            self._mss = mss.MSS()
            whole = self._mss.monitors[0]
        except (ScreenShotError, OSError) as error:
            raise Unreachable(
                f"There is no screen to look at: {error}. Start this in a desktop session, or set DISPLAY to one."
            ) from error
        self.rect = Rect(whole["left"], whole["top"], whole["width"], whole["height"])

    @property
    def size(self) -> tuple[int, int]:
        """Width and height in pixels."""
        return self.rect.width, self.rect.height

    def grab(self, rect: Rect | None = None) -> Picture:
        """What is there now. Of a rect that sticks out, the part on the screen. StepFailed where none of it is."""
        shot, rect = self._shot(rect)
        whole = np.frombuffer(shot.raw, np.uint8).reshape(rect.height, rect.width, 4)
        return Picture(np.asarray(cv2.cvtColor(whole, cv2.COLOR_BGRA2BGR), np.uint8), rect)

    def still(self, rect: Rect, quiet: float, timeout: float) -> bool:
        """Wait until nothing in it has changed for `quiet` seconds; whether that came within `timeout` seconds."""
        begun = since = time.monotonic()
        last = self._shot(rect)[0].raw
        pause = min(max(quiet / 5, SHORTEST_POLL), LONGEST_POLL)
        while time.monotonic() - since < quiet:
            if time.monotonic() - begun > timeout:
                return False
            time.sleep(pause)
            now = self._shot(rect)[0].raw
            if now != last:
                last, since = now, time.monotonic()
        return True

    def jpeg(self, windows: Sequence[tuple[Rect, bool]]) -> bytes:
        """The screen as a JPEG: black, and on it, from the lowest on, the windows that are to be seen (True), under
        what the others (False) cover."""
        picture = self.grab()
        seen = np.zeros_like(picture.pixels)
        for rect, shown in windows:
            place = rect.common(self.rect).moved(-self.rect.x, -self.rect.y)
            if place.width > 0 and place.height > 0:
                part = np.s_[place.y : place.bottom, place.x : place.right]
                seen[part] = picture.pixels[part] if shown else 0
        return cv2.imencode(".jpg", seen, [cv2.IMWRITE_JPEG_QUALITY, QUALITY])[1].tobytes()

    def dpi(self) -> int:
        """Dots per inch as programs are told, 96 where nothing tells."""
        return screen_dpi()

    def close(self) -> None:
        """Let go of the screen."""
        self._mss.close()

    def _shot(self, rect: Rect | None) -> tuple[ScreenShot, Rect]:
        rect = self.rect if rect is None else rect.common(self.rect)
        if rect.width <= 0 or rect.height <= 0:
            raise StepFailed("What is looked for lies outside the screen. Move the window back onto it.")
        try:
            return self._mss.grab((rect.x, rect.y, rect.right, rect.bottom)), rect
        except (ScreenShotError, OSError, AssertionError) as error:  # mss asserts that an X server answers
            raise Unreachable("The screen can no longer be read: the desktop session is over, or locked.") from error
