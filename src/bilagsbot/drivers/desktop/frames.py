"""Frames: where the inside of a field is, in a picture that may show its frame, and some of what is around it."""

import cv2
import numpy as np
from numpy.typing import NDArray

from bilagsbot.drivers.desktop.geometry import Rect
from bilagsbot.drivers.desktop.screen import Pixels

DEEPEST = 8
"""Pixels from an edge of the picture within which a frame is looked for: a ring around the field that has the keyboard
is three wide."""
APART = 24
"""So much, of 255, a frame is darker or lighter than the field."""
SPAN = 0.85
"""So much of a row or a column is frame. No letter reaches as far: a field is higher than its text."""


def inside(pixels: Pixels) -> Rect:
    """The picture without the frame at its edges, and without what lies beyond; all of it where there is no frame."""
    gray = np.asarray(cv2.cvtColor(pixels, cv2.COLOR_BGR2GRAY), np.int16)
    height, width = gray.shape
    other = np.abs(gray - np.median(gray)) > APART
    top, bottom = ends(other.mean(axis=1))
    left, right = ends(other[top : height - bottom].mean(axis=0))
    return Rect(left, top, width - left - right, height - top - bottom)


def ends(shares: NDArray[np.float64]) -> tuple[int, int]:
    """How many rows or columns at the beginning and at the end are frame, or beyond it."""
    deepest = min(DEEPEST, len(shares) // 4)
    return depth(shares[:deepest]), depth(shares[::-1][:deepest])


def depth(shares: NDArray[np.float64]) -> int:
    """Up to the innermost that is frame."""
    frame = np.flatnonzero(shares > SPAN)
    return int(frame[-1]) + 1 if frame.size else 0
