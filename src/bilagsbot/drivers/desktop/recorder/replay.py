"""Replay: a look with a driver's eyes, so that only such ways are written down as lead the driver there."""

from collections.abc import Collection, Sequence

from bilagsbot.drivers.desktop.accessibility import Accessibility
from bilagsbot.drivers.desktop.crops import Crop
from bilagsbot.drivers.desktop.geometry import Rect
from bilagsbot.drivers.desktop.hits import Hits
from bilagsbot.drivers.desktop.images import Frame
from bilagsbot.drivers.desktop.recorder.looks import Kept, Look
from bilagsbot.drivers.desktop.screen import Picture
from bilagsbot.drivers.desktop.texts import Texts
from bilagsbot.drivers.desktop.windows import Window
from bilagsbot.model.errors import StepFailed, Unreachable


class Replay:
    """See Seen. `language` is Tesseract's; without its data nothing is read. For one thread."""

    def __init__(self, look: Look, language: str = "") -> None:
        self._language = language
        self._read: Texts | None = None
        self._crops: dict[str, Crop] = {}
        self.show(look)

    def show(self, look: Look) -> None:
        """From now on it is this look."""
        self.look = look
        self.accessibility: Accessibility | None = Kept(look)
        self.hits = Hits(self, 1, 1)

    @property
    def texts(self) -> Texts:
        """OCR. Raises Unreachable where there is none."""
        if self._read is None:
            if not self._language:
                raise Unreachable("no language to read in was given")
            self._read = Texts(self, self._language)
        return self._read

    def own(self) -> Sequence[Window]:
        return self.look.own

    def pids(self) -> Collection[int]:
        return ()

    def keep(self, name: str, crop: Crop) -> None:
        """A picture that has just been cut."""
        self._crops[name] = crop

    def crop(self, name: str, dpi: int) -> Crop:
        return self._crops[name]

    def pictured(self, crop: Crop, window: Window) -> list[Rect]:
        return Frame(self.grab(window.rect)).find(crop)

    def grab(self, rect: Rect | None = None) -> Picture:
        picture = self.look.picture
        if picture is None:
            raise StepFailed("there is no picture of it")
        place = (rect or picture.rect).common(picture.rect)
        if place.width <= 0 or place.height <= 0:
            raise StepFailed("What is looked for lies outside the screen.")
        return Picture(picture.part(place), place)

    def close(self) -> None:
        """Let go of the OCR."""
        if self._read is not None:
            self._read.close()
