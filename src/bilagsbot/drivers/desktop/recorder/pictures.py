"""Pictures: a window as it was, with nothing on it that is another program's, or secret."""

from collections.abc import Iterable

import cv2
import numpy as np

from bilagsbot.drivers.desktop.geometry import Rect
from bilagsbot.drivers.desktop.recorder.looks import Look
from bilagsbot.drivers.desktop.screen import QUALITY
from bilagsbot.drivers.desktop.windows import Window


def picture(look: Look, window: Window, secret: Iterable[Rect]) -> bytes:
    """A JPEG of the window, black where something else lies over it and in the places that are secret; nothing where
    nothing is seen of it."""
    if look.picture is None:
        return b""
    place = window.rect.common(look.picture.rect)
    if place.width <= 0 or place.height <= 0:
        return b""
    pixels = look.picture.part(place).copy()
    own = next((i for i, top in enumerate(look.tops) if top.client == window.id), len(look.tops))
    others = [top.rect for top in look.tops[own + 1 :] if top.maker not in look.makers]
    for rect in [*others, *secret]:
        part = rect.common(place).moved(-place.x, -place.y)
        if part.width > 0 and part.height > 0:
            pixels[part.y : part.bottom, part.x : part.right] = 0
    return cv2.imencode(".jpg", np.asarray(pixels), [cv2.IMWRITE_JPEG_QUALITY, QUALITY])[1].tobytes()
