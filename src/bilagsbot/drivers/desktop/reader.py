"""Reader: what a picture of one line of text says, by Tesseract."""

from collections import OrderedDict
from dataclasses import dataclass
from hashlib import blake2b

import cv2
import numpy as np
import tesserocr

from bilagsbot.drivers.desktop.geometry import Rect
from bilagsbot.drivers.desktop.languages import data_folder
from bilagsbot.drivers.desktop.screen import Pixels
from bilagsbot.model.errors import Unreachable

REMEMBERED = 4096
TALL = 40
"""Letters that are higher, in pixels, are read as they are; smaller ones at twice their size."""
MARGIN, DPI = 12, 192


@dataclass(frozen=True)
class Word:
    """A word, and where in the picture it stands."""

    text: str
    rect: Rect


class Reader:
    """One Tesseract, kept open, as opening it takes longer than reading; it remembers what it has read. For one
    thread. Raises Unreachable where there are no data for the language."""

    def __init__(self, language: str) -> None:
        folder = f"{data_folder(language)}/"
        try:
            self._api = tesserocr.PyTessBaseAPI(
                path=folder, lang=language, psm=tesserocr.PSM.SINGLE_LINE, oem=tesserocr.OEM.LSTM_ONLY
            )
        except RuntimeError as error:
            raise Unreachable(
                f"The OCR data of '{language}' in {folder} cannot be read: install them anew. They must be those of "
                "Tesseract 4 or newer."
            ) from error
        self._known: OrderedDict[bytes, tuple[Word, ...]] = OrderedDict()

    def words(self, pixels: Pixels) -> tuple[Word, ...]:
        """The words of one line, in order; none where it shows no text."""
        key = blake2b(pixels.tobytes(), digest_size=16, salt=str(pixels.shape[1]).encode()).digest()
        words = self._known.pop(key, None)
        if words is None:
            words = self._read(pixels)
        self._known[key] = words
        if len(self._known) > REMEMBERED:
            self._known.popitem(last=False)
        return words

    def close(self) -> None:
        """Let go of Tesseract."""
        self._api.End()

    def _read(self, pixels: Pixels) -> tuple[Word, ...]:
        scale = 1 if pixels.shape[0] >= TALL else 2
        ready = dark_on_light(pixels, scale)
        self._api.SetImageBytes(ready.tobytes(), ready.shape[1], ready.shape[0], 1, ready.shape[1])
        self._api.SetSourceResolution(DPI)
        if not self._api.Recognize():
            return ()
        words: list[Word] = []
        level = tesserocr.RIL.WORD
        for found in tesserocr.iterate_level(self._api.GetIterator(), level):
            if found.Empty(level):
                continue
            left, top, right, bottom = ((side - MARGIN) // scale for side in found.BoundingBox(level))
            text = found.GetUTF8Text(level).strip()
            if text:
                words.append(Word(text, Rect(left, top, right - left, bottom - top)))
        return tuple(words)


def dark_on_light(pixels: Pixels, scale: int) -> Pixels:
    """The picture as Tesseract reads it best: gray, black on white with a margin, and so many times as large. Linear,
    for of 1,080 lines of 9 to 11 px it misread 3, and with cubic 22: its overshoot makes a 1 a 2."""
    gray = cv2.cvtColor(pixels, cv2.COLOR_BGR2GRAY)
    if np.median(gray) < gray.mean():  # most of a line is background
        gray = cv2.bitwise_not(gray)
    gray = cv2.normalize(gray, np.empty_like(gray), 0, 255, cv2.NORM_MINMAX)
    large = cv2.resize(gray, None, fx=scale, fy=scale, interpolation=cv2.INTER_LINEAR)
    framed = cv2.copyMakeBorder(large, MARGIN, MARGIN, MARGIN, MARGIN, cv2.BORDER_REPLICATE)
    return np.asarray(framed, np.uint8)
