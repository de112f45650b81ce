"""Crop: the picture of a thing on the screen, cut out beforehand: selectors/APP/NAME.png."""

from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from bilagsbot.drivers.desktop.dpi import USUAL
from bilagsbot.drivers.desktop.screen import Pixels
from bilagsbot.model.errors import BadInput, Mistake

SMALLEST = 8
LOCAL = 14
"""The most that any 3 x 3 pixels of a hit may differ on average, of 255, in the colour that differs most."""


@dataclass(frozen=True, eq=False)
class Crop:
    """Blue, green and red, where they come from, and the dots per inch of the screen they were cut from."""

    name: str
    pixels: Pixels
    dpi: int = USUAL

    @property
    def size(self) -> tuple[int, int]:
        """Width and height in pixels."""
        return self.pixels.shape[1], self.pixels.shape[0]


def load_crop(path: Path, dpi: int = USUAL) -> Crop:
    """Read a PNG. Raises BadInput, with a sentence, for a file that is missing, broken or no good to look for."""
    try:
        data = path.read_bytes()
    except OSError as error:
        why = error.strerror or str(error)
        raise refused(path, f"the picture cannot be read: {why}.", "Cut it anew, or correct its name.") from error
    if not data.startswith(b"\x89PNG"):
        raise refused(path, "this is no PNG.", "Save the crop as PNG; other formats change the pixels.")
    read = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_UNCHANGED)
    if read is None:
        raise refused(path, "the picture is broken.", "Cut it anew.")
    crop = Crop(str(path), opaque(path, np.asarray(read)), dpi)
    fault = no_good(crop.pixels)
    if fault:
        raise refused(path, *fault)
    return crop


def opaque(path: Path, read: NDArray[np.generic]) -> Pixels:
    """The picture as blue, green and red. Raises BadInput where it is not made of whole pixels of 8 bits."""
    if read.dtype != np.uint8:
        raise refused(path, "the picture has 16 bits a colour.", "Save it with 8.")
    pixels = read.astype(np.uint8, copy=False)
    if pixels.ndim == 2:
        return np.asarray(cv2.cvtColor(pixels, cv2.COLOR_GRAY2BGR), np.uint8)
    if pixels.shape[2] == 4 and pixels[:, :, 3].min() < 255:
        raise refused(path, "the picture is transparent in places.", "Cut a rectangle from a screenshot.")
    return np.ascontiguousarray(pixels[:, :, :3])


def no_good(pixels: Pixels) -> tuple[str, str] | None:
    """Why a picture cannot tell one place from another, and what to do instead; None where it can."""
    height, width = pixels.shape[:2]
    if min(width, height) < SMALLEST:
        return f"{width} x {height} pixels are too few to know again.", f"Cut at least {SMALLEST} x {SMALLEST}."
    across = differences(pixels[:, 1:], pixels[:, :-1])[1] > LOCAL
    down = differences(pixels[1:], pixels[:-1])[1] > LOCAL
    if not across and not down:
        return "shows nothing but one colour;", "cut a crop with text or edges."
    if not across or not down:
        return "shows nothing but straight lines, the same all along;", "cut a crop with text or corners."
    return None


def differences(one: Pixels, other: Pixels) -> tuple[float, float]:
    """How much two pictures of one size differ, 0 to 255, in the colour that differs most: on average, and in the
    3 x 3 pixels that differ most. A gray picture would not tell red from green, nor an average one digit."""
    apart = cv2.absdiff(one, other).max(axis=2)
    return float(apart.mean()), float(cv2.blur(apart.astype(np.float32), (3, 3))[1:-1, 1:-1].max())


def refused(path: Path, what: str, instead: str) -> BadInput:
    """The error for a picture of the user's."""
    return BadInput([Mistake(str(path), what, instead)])
