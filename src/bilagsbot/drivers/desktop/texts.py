"""Texts: what stands on the screen in letters, and where."""

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

import cv2
import numpy as np

from bilagsbot.drivers.desktop.frames import inside
from bilagsbot.drivers.desktop.geometry import Rect
from bilagsbot.drivers.desktop.reader import Reader, Word
from bilagsbot.drivers.desktop.screen import Grabs, Picture
from bilagsbot.drivers.desktop.textlines import around, text_lines

NEAR = 0.9
ASIDE, ABOVE = 6, 4
"""Pixels around the ink that are read with it."""


@dataclass(frozen=True)
class Line:
    """A line of text, or a cell of a table; its words, and where on the screen they are."""

    text: str
    rect: Rect
    words: tuple[Word, ...]


class Texts:
    """Reads the screen in one language, `nor` or `nor+eng`; what it read holds for as long as the region looks
    the same to the pixel. Raises Unreachable where there are no data for it."""

    def __init__(self, screen: Grabs, language: str) -> None:
        self._screen = screen
        self._reader = Reader(language)
        self._last: tuple[Picture, list[Line]] | None = None

    def read(self, rect: Rect) -> str:
        """The one line that stands in the rect, as in a field, whose frame is no ink; empty where there is none."""
        picture = within_frame(self._screen.grab(rect))
        pieces = sorted(text_lines(picture.pixels), key=lambda one: one.x)
        if not pieces:
            return ""
        whole = pieces[0]
        for piece in pieces[1:]:
            whole = around(whole, piece)
        read = self._line(picture, whole)
        if len(read.words) >= len(pieces):
            return read.text
        # A space between digits is lost now and then: `1 25 %` is read as `125 %`, though they stand wide apart.
        parts = " ".join(self._line(picture, piece).text for piece in pieces)
        return parts if "".join(parts.split()) == "".join(read.text.split()) else read.text

    def lines(self, region: Rect) -> list[Line]:
        """All lines in the region, from the top down and from the left."""
        picture = self._screen.grab(region)
        if self._last is None or not self._last[0].same(picture):
            lines = [self._line(picture, rect) for rect in text_lines(picture.pixels)]
            self._last = picture, [line for line in lines if line.text]
        return self._last[1]

    def find(self, text: str, region: Rect) -> list[Rect]:
        """Every place where the text stands for itself: as whole lines if there are such, else as whole words of
        lines, else as whole lines that OCR may have misread. A text with digits is never taken for a near one."""
        wanted = plain(text)
        lines = self.lines(region)
        if not wanted:
            return []
        whole = [line for line in lines if plain(line.text) == wanted]
        # A label is not the column of that name: its colon counts where it is seen.
        labels = [line for line in whole if text.rstrip().endswith(":") and line.text.rstrip().endswith(":")]
        return (
            [line.rect for line in labels or whole]
            or [rect for line in lines for rect in within(line, wanted)]
            or [line.rect for line in lines if near(plain(line.text), wanted)]
        )

    def close(self) -> None:
        """Let go of the OCR."""
        self._reader.close()

    def _line(self, picture: Picture, rect: Rect) -> Line:
        place = Rect(rect.x - ASIDE, rect.y - ABOVE, rect.width + 2 * ASIDE, rect.height + 2 * ABOVE)
        place = place.moved(picture.rect.x, picture.rect.y).common(picture.rect)
        words = self._reader.words(picture.part(place))
        placed = tuple(Word(word.text, word.rect.moved(place.x, place.y)) for word in words)
        text = " ".join(word.text for word in words)
        return Line(text, rect.moved(picture.rect.x, picture.rect.y), placed)


def within_frame(picture: Picture) -> Picture:
    """The inside of a field, and as much of its background around it as is read with the ink: text is read otherwise
    where an edge is near."""
    inner = inside(picture.pixels).moved(picture.rect.x, picture.rect.y)
    pixels = np.ascontiguousarray(picture.part(inner))
    background = [float(level) for level in np.median(pixels.reshape(-1, 3), axis=0)]
    wider = cv2.copyMakeBorder(pixels, ASIDE, ASIDE, ASIDE, ASIDE, cv2.BORDER_CONSTANT, value=background)
    return Picture(np.asarray(wider, np.uint8), inner.grown(ASIDE))


def plain(text: str) -> str:
    """A text as it is compared: one space between words, no case, no colon at its end, dots for an ellipsis."""
    return " ".join(text.replace("…", "...").split()).casefold().rstrip(" :")


def within(line: Line, wanted: str) -> Iterator[Rect]:
    """Where the wanted text stands as whole words of a longer line. A number is whole only if no digits stand beside
    it: `234,50` is not in `1 234,50`."""
    count = len(wanted.split())
    for first in range(len(line.words) - count + 1):
        words = line.words[first : first + count]
        beside = (*line.words[max(first - 1, 0) : first], *line.words[first + count : first + count + 1])
        if plain(" ".join(word.text for word in words)) != wanted:
            continue
        if digits(wanted) and any(digits(word.text) for word in beside):
            continue
        rect = words[0].rect
        for word in words[1:]:
            rect = around(rect, word.rect)
        yield rect


def near(seen: str, wanted: str) -> bool:
    """Whether OCR may have read the wanted text so: a letter in ten is another, none is missing. `Kontor` is no
    misread `Konto`, and no number is another."""
    if digits(seen) or digits(wanted) or len(seen) != len(wanted):
        return False
    return SequenceMatcher(None, seen, wanted, autojunk=False).ratio() >= NEAR


def digits(text: str) -> bool:
    """Whether there is a digit in it."""
    return any(letter.isdigit() for letter in text)
