"""Frames: the inside of a field, however little its selector's size fits."""

import numpy as np
import pytest

from bilagsbot.drivers.desktop.frames import inside
from bilagsbot.drivers.desktop.geometry import Rect

FIELD = Rect(10, 10, 100, 20)


def picture(ring: int) -> "np.ndarray[tuple[int, int, int], np.dtype[np.uint8]]":
    """A white field on a gray form, with a frame so many pixels wide, and a letter that nearly fills it."""
    pixels = np.full((40, 120, 3), 220, np.uint8)
    pixels[FIELD.y : FIELD.bottom, FIELD.x : FIELD.right] = 80
    pixels[FIELD.y + ring : FIELD.bottom - ring, FIELD.x + ring : FIELD.right - ring] = 255
    pixels[FIELD.y + 5 : FIELD.bottom - 5, FIELD.x + 5 : FIELD.x + 7] = 0
    return pixels


@pytest.mark.parametrize("ring", [1, 3])
@pytest.mark.parametrize("aside", [-2, 0, 2])
def test_the_frame_and_what_is_around_it_are_left_out(ring: int, aside: int) -> None:
    seen = FIELD.moved(aside, aside)
    inner = inside(picture(ring)[seen.y : seen.bottom, seen.x : seen.right])

    assert inner.moved(seen.x, seen.y) == FIELD.grown(-ring).common(seen)


def test_text_without_a_frame_is_left_whole() -> None:
    seen = FIELD.grown(-3)

    assert inside(picture(1)[seen.y : seen.bottom, seen.x : seen.right]) == Rect(0, 0, seen.width, seen.height)
