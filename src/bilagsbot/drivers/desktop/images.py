"""Images: every place on the screen that shows a crop.

No pyramid: a coarse picture misses small text now and then, and a second hit that is missed is a click on the wrong
one of two. Instead each place is asked whether single pixels, smoothed over 3 x 3, are as in the crop. A hit cannot
fail that, by the very measure that hits are held to, so none is missed; nearly all other places do fail it.
"""

import cv2
import numpy as np
from numpy.typing import NDArray

from bilagsbot.drivers.desktop.crops import LOCAL, Crop, differences
from bilagsbot.drivers.desktop.geometry import Rect
from bilagsbot.drivers.desktop.screen import Picture, Pixels, Screen

MEAN = 6.0
ROUNDED = 2
"""What smoothing may add to a difference, as it rounds to whole numbers twice."""
REACH = LOCAL + ROUNDED
"""How far from the crop's a single smoothed pixel of a hit may be."""
DENSE, SPARSE = 3, 48
Spot = tuple[int, int]
Places = NDArray[np.intp]


class Images:
    """Looks for crops; what it found holds for as long as the region looks the same to the pixel."""

    def __init__(self, screen: Screen) -> None:
        self._screen = screen
        self._frame: Frame | None = None

    def find(self, crop: Crop, region: Rect) -> list[Rect]:
        """All places in the region that show the crop, the best first; two are for the caller to refuse."""
        picture = self._screen.grab(region)
        if self._frame is None or not self._frame.picture.same(picture):
            self._frame = Frame(picture)
        return self._frame.find(crop)


class Frame:
    """One picture of a region, and what was found in it."""

    def __init__(self, picture: Picture) -> None:
        self.picture = picture
        self._found: dict[int, tuple[Crop, list[Rect]]] = {}
        self._smooth: dict[int, tuple[Pixels, NDArray[np.float32]]] = {}

    def find(self, crop: Crop) -> list[Rect]:
        """All places that show the crop."""
        known = self._found.get(id(crop))
        if known is None:
            known = self._found[id(crop)] = (crop, self._search(crop))
        return list(known[1])

    def _search(self, crop: Crop) -> list[Rect]:
        width, height = crop.size
        if width > self.picture.rect.width or height > self.picture.rect.height:
            return []
        hits: list[tuple[float, Rect]] = []
        for y, x in self._candidates(crop):
            rect = Rect(int(x) + self.picture.rect.x, int(y) + self.picture.rect.y, width, height)
            apart = alike(self.picture.part(rect), crop)
            if apart is not None:
                hits.append((apart, rect))
        return distinct([rect for _, rect in sorted(hits)])

    def _candidates(self, crop: Crop) -> Places:
        """The places, row and column, that cannot be ruled out by single spots of the crop."""
        colour = int(np.argmax(crop.pixels.reshape(-1, 3).std(axis=0)))
        seen, counts = self._smoothed(colour)
        wanted = smooth(crop.pixels, colour)
        spots = telling(wanted, counts)
        rows, columns = seen.shape[0] - wanted.shape[0] + 1, seen.shape[1] - wanted.shape[1] + 1
        left: Pixels | None = None
        for y, x in spots[:DENSE]:
            level = int(wanted[y, x])
            part = seen[y : y + rows, x : x + columns]
            near = cv2.inRange(part, np.array(level - REACH), np.array(level + REACH))
            left = np.asarray(near if left is None else cv2.bitwise_and(left, near), np.uint8)
        places = cv2.findNonZero(left) if left is not None else None
        if places is None:
            return np.empty((0, 2), np.intp)
        xs, ys = places.reshape(-1, 2).astype(np.intp).T
        for y, x in spots[DENSE:]:
            good = np.abs(seen[ys + y, xs + x].astype(np.int16) - int(wanted[y, x])) <= REACH
            ys, xs = ys[good], xs[good]
        return np.stack([ys, xs], axis=1)

    def _smoothed(self, colour: int) -> tuple[Pixels, NDArray[np.float32]]:
        """One colour of the picture, smoothed, and how often each level comes within reach of a hit."""
        if colour not in self._smooth:
            seen = smooth(self.picture.pixels, colour)
            counts = np.bincount(seen[::3, ::3].ravel(), minlength=256).astype(np.float32)
            self._smooth[colour] = seen, np.convolve(counts, np.ones(2 * REACH + 1, np.float32), "same")
        return self._smooth[colour]


def smooth(pixels: Pixels, colour: int) -> Pixels:
    """The mean of each 3 x 3 pixels that lie wholly in the picture, so two smaller each way."""
    blurred = cv2.blur(cv2.extractChannel(pixels, colour), (3, 3))
    return np.asarray(blurred[1:-1, 1:-1], np.uint8)


def telling(wanted: Pixels, counts: NDArray[np.float32]) -> list[Spot]:
    """Spots of a crop, those with levels rarest on the screen first, and apart from each other: neighbours tell
    the same."""
    rarest = np.argsort(counts[wanted], axis=None, kind="stable")
    free = np.ones(wanted.shape, bool)
    spots: list[Spot] = []
    for flat in rarest:
        y, x = divmod(int(flat), wanted.shape[1])
        if free[y, x]:
            spots.append((y, x))
            free[max(y - 2, 0) : y + 3, max(x - 2, 0) : x + 3] = False
        if len(spots) == DENSE + SPARSE:
            break
    return spots


def alike(pixels: Pixels, crop: Crop) -> float | None:
    """How much a place differs from the crop on average, or None where that is not the crop."""
    mean, most = differences(pixels, crop.pixels)
    return mean if mean <= MEAN and most <= LOCAL else None


def distinct(rects: list[Rect]) -> list[Rect]:
    """Without those that are one before them, a pixel or some aside."""
    kept: list[Rect] = []
    for rect in rects:
        if not any(abs(rect.x - one.x) * 2 < one.width and abs(rect.y - one.y) * 2 < one.height for one in kept):
            kept.append(rect)
    return kept
