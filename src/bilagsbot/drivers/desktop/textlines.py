"""Where lines of text stand in a picture: each a rect around its ink, found without reading it."""

import cv2
import numpy as np
from numpy.typing import NDArray

from bilagsbot.drivers.desktop.geometry import Rect
from bilagsbot.drivers.desktop.screen import Pixels

STROKE, CONTRAST = 11, 40
"""A stroke of a letter is thinner, in pixels, and so much darker, of 255, than what is on both its sides."""
AROUND = 21
"""Most of so many pixels each way around a stroke are background; a row of a list is not much higher."""
TALLEST, WIDEST = 40, 400
"""What is larger is no letter, nor some that touch, but a picture."""
LEAST = 4
"""What is no taller is a dot, a ring or a stroke, part of what it stands over or beside."""
GAP = 1.0
"""Letters stand in one line up to this many times their height from each other; columns of a table do not."""


def text_lines(pixels: Pixels) -> list[Rect]:
    """The lines, from the top down and from the left; dark on light or light on dark."""
    gray = np.asarray(cv2.cvtColor(pixels, cv2.COLOR_BGR2GRAY), np.uint8)
    found = [*lines_of(dark(gray)), *lines_of(dark(np.asarray(cv2.bitwise_not(gray), np.uint8)))]
    kept: list[Rect] = []
    for rect in sorted(found, key=lambda one: -one.width * one.height):
        if not any(mostly_within(rect, one) for one in kept):
            kept.append(rect)
    return sorted(kept, key=lambda one: (one.y, one.x))


def dark(gray: Pixels) -> Pixels:
    """1 where there is a stroke, else 0: darker than both its sides, and than most of what is around it. The second
    tells a letter from the space between letters of the other shade."""
    depth = cv2.morphologyEx(gray, cv2.MORPH_BLACKHAT, np.ones((STROKE, STROKE), np.uint8))
    height, width = gray.shape
    coarse = cv2.medianBlur(np.ascontiguousarray(gray[1::3, 1::3]), AROUND // 3)
    background = cv2.resize(coarse, (width, height), interpolation=cv2.INTER_NEAREST)
    least = cv2.min(depth, cv2.subtract(background, gray))
    return np.asarray(cv2.threshold(least, CONTRAST, 1, cv2.THRESH_BINARY)[1], np.uint8)


def lines_of(ink: Pixels) -> list[Rect]:
    """The lines that letters of this ink make."""
    _, labels, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    fits = are_letters(np.asarray(stats, np.int32))
    tall = stats[fits & (stats[:, cv2.CC_STAT_HEIGHT] > LEAST), cv2.CC_STAT_HEIGHT]
    if not tall.size:
        return []
    letters = np.asarray(fits, np.uint8)[labels]
    gap = round(GAP * float(np.median(tall))) | 1  # odd, or what is closed is shifted
    # The borders are blank, for closing would join ink to them.
    framed = cv2.copyMakeBorder(letters, 1, 1, gap, gap, cv2.BORDER_CONSTANT, value=0)
    joined = cv2.morphologyEx(framed, cv2.MORPH_CLOSE, np.ones((1, gap), np.uint8))
    shapes: NDArray[np.int32] = np.asarray(cv2.connectedComponentsWithStats(joined, connectivity=8)[2], np.int32)
    return whole([Rect(int(x) - gap, int(y) - 1, int(w), int(h)) for x, y, w, h in shapes[1:, :4]])


def are_letters(stats: NDArray[np.int32]) -> NDArray[np.bool]:
    """Which pieces of ink may be letters, or parts of some: not the background, frames, bars nor lines."""
    width, height, area = stats[:, cv2.CC_STAT_WIDTH], stats[:, cv2.CC_STAT_HEIGHT], stats[:, cv2.CC_STAT_AREA]
    small = (height <= TALLEST) & (width <= WIDEST)
    flat = (height < LEAST) & (width > 4 * LEAST)
    solid = (width > 4 * LEAST) & (area * 5 > 4 * width * height)
    upright = (height > 18) & (height > 8 * width)
    hollow = (height > 14) & (width > 20) & (area * 5 < width * height)
    fits = small & ~flat & ~solid & ~upright & ~hollow
    fits[0] = False
    return np.asarray(fits, bool)


def whole(pieces: list[Rect]) -> list[Rect]:
    """Lines with the dots and strokes that belong to them; those that belong to none are left out."""
    lines = [piece for piece in pieces if piece.height > LEAST and piece.width * 5 > piece.height]
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
