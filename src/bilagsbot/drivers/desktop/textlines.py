"""Where lines of text stand in a picture: each a rect around its ink, found without reading it."""

import cv2
import numpy as np
from numpy.typing import NDArray

from bilagsbot.drivers.desktop.geometry import Rect
from bilagsbot.drivers.desktop.screen import Pixels

NEIGHBOURHOOD, CONTRAST = 21, 18
"""Ink is so much darker, of 255, than the mean of so many pixels around it."""
TALLEST, WIDEST = 40, 90
"""What is larger is no letter, nor some that touch, but a frame or a picture."""
LEAST = 4
"""What is no taller is a dot, a ring or a stroke, part of what it stands over or beside."""
GAP = 1.0
"""Letters stand in one line up to this many times their height from each other; columns of a table do not."""


def text_lines(pixels: Pixels) -> list[Rect]:
    """The lines, from the top down and from the left; dark on light or light on dark."""
    gray = np.asarray(cv2.cvtColor(pixels, cv2.COLOR_BGR2GRAY), np.uint8)
    found = [*lines_of_dark(gray), *lines_of_dark(np.asarray(cv2.bitwise_not(gray), np.uint8))]
    kept: list[Rect] = []
    for rect in sorted(found, key=lambda one: -one.width * one.height):
        # The holes in letters are ink too, of the other shade.
        if not any(mostly_within(rect, one) for one in kept):
            kept.append(rect)
    return sorted(kept, key=lambda one: (one.y, one.x))


def lines_of_dark(gray: Pixels) -> list[Rect]:
    """The lines of ink that is darker than what is around it."""
    ink = cv2.adaptiveThreshold(
        gray, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, NEIGHBOURHOOD, CONTRAST
    )  # fmt: skip
    _, labels, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    width, height = stats[:, cv2.CC_STAT_WIDTH], stats[:, cv2.CC_STAT_HEIGHT]
    fits = (height <= TALLEST) & (width <= WIDEST) & ~((height < LEAST) & (width > 4 * LEAST))
    fits[0] = False
    tall = height[fits & (height > LEAST)]
    if not tall.size:
        return []
    letters = np.asarray(fits, np.uint8)[labels]
    # The borders are blank, for closing would join ink to them.
    gap = round(GAP * float(np.median(tall)))
    framed = cv2.copyMakeBorder(letters, 1, 1, gap, gap, cv2.BORDER_CONSTANT, value=0)
    joined = cv2.morphologyEx(framed, cv2.MORPH_CLOSE, np.ones((1, gap), np.uint8))
    shapes: NDArray[np.int32] = np.asarray(cv2.connectedComponentsWithStats(joined, connectivity=8)[2], np.int32)
    return whole([Rect(int(x) - gap, int(y) - 1, int(w), int(h)) for x, y, w, h in shapes[1:, :4]])


def whole(pieces: list[Rect]) -> list[Rect]:
    """Lines with the dots and strokes that belong to them; those that belong to none are left out."""
    lines = [piece for piece in pieces if piece.height > LEAST]
    for small in (piece for piece in pieces if piece.height <= LEAST):
        near = small.grown(3)
        for place, line in enumerate(lines):
            if near.meets(line):
                lines[place] = around(line, small)
                break
    return lines


def around(one: Rect, other: Rect) -> Rect:
    """The smallest rect that holds both."""
    x, y = min(one.x, other.x), min(one.y, other.y)
    return Rect(x, y, max(one.right, other.right) - x, max(one.bottom, other.bottom) - y)


def mostly_within(small: Rect, large: Rect) -> bool:
    """Whether more than half of it lies in the other."""
    common = small.common(large)
    return common.width > 0 and common.height > 0 and common.width * common.height * 2 > small.width * small.height
