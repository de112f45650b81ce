"""Ways: how a driver would find a thing again, best first; each has been tried on the look it was found in."""

import re
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import cv2

from bilagsbot.drivers.desktop.accessibility import Node
from bilagsbot.drivers.desktop.crops import Crop, no_good
from bilagsbot.drivers.desktop.geometry import Rect
from bilagsbot.drivers.desktop.hits import FIELDS
from bilagsbot.drivers.desktop.recorder.looks import Look
from bilagsbot.drivers.desktop.recorder.replay import Replay
from bilagsbot.drivers.desktop.recorder.under import Thing, labels_left_of
from bilagsbot.drivers.desktop.screen import Pixels
from bilagsbot.drivers.desktop.texts import Line
from bilagsbot.model.errors import StepFailed, Unreachable, writable
from bilagsbot.model.target import Anchor

FRAME = 4  # pixels at a button's edge that look different with the keyboard on it
INK = 3  # pixels around a text that are cut with it
LARGEST = (400, 120)  # pixels of a crop; what is larger shows more than one thing
AROUND = (48, 20)  # pixels of what is cut where nothing tells how large a thing is
FILLED = tuple(role for role in FIELDS if role != "checkbox")


class Ways:
    """Finds them, and keeps what it cuts from the screen in `folder`. For one thread."""

    def __init__(self, folder: Path, replay: Replay) -> None:
        self._folder, self._replay = folder, replay
        self._cut: dict[str, bytes] = {}

    def of(self, look: Look, calm: Look, thing: Thing, varies: bool) -> tuple[Anchor, ...]:
        """`calm` is how it looked without the mouse on it. What `varies` is not found by what it says."""
        self._replay.show(look)
        ways = list(self._told(look, thing, varies)) if thing.node else []
        if not varies:
            ways += self._read(look, thing)
        self._replay.show(calm)
        if not varies:
            ways += self._pictured(calm, thing)
        return (*ways, self._point(thing))

    def lines(self, look: Look, thing: Thing) -> tuple[Line | None, Line | None]:
        """The line of text at that pixel, and the nearest left of it in its row: for where the program tells of
        nothing."""
        self._replay.show(look)
        try:
            lines = self._replay.texts.lines(thing.window.rect)
        except (Unreachable, StepFailed):
            return None, None
        x, y, *_ = thing.rect
        left = [one for one in lines if one.rect.right <= x and one.rect.grown(FRAME).holds(one.rect.x, y)]
        on = next((one for one in lines if one.rect.grown(FRAME).holds(x, y)), None)
        return on, max(left, key=lambda one: one.rect.right, default=None)

    def _told(self, look: Look, thing: Thing, varies: bool) -> Iterator[Anchor]:
        node = thing.node
        assert node is not None
        labels = {one.name: None for one in reversed(_near_last(look, thing, self._replay))}
        by_label = [Anchor(label=name) for name in labels] if node.role in FIELDS else []
        named = [] if varies or node.role == "combobox" or not node.name else [
            Anchor(role=node.role, named=node.name), Anchor(text=node.name)
        ]  # fmt: skip
        tried = [*by_label[:1], *named] if node.role in FILLED else [*named, *by_label[:1]]
        for anchor in tried or [Anchor(role=node.role)]:
            hits = self._replay.hits.of(anchor, thing.window)
            if len(hits) == 1 and hits[0][1] is not None and hits[0][1].id == node.id:
                yield anchor

    def _read(self, look: Look, thing: Thing) -> Iterator[Anchor]:
        """By what stands on it, or on the label left of it."""
        node = thing.node
        try:
            if thing.label:
                places = self._replay.texts.find(thing.label, thing.window.rect)
                if len(places) == 1:
                    yield from self._sure(_beside(Anchor(ocr=thing.label), places[0], thing.rect), thing)
            elif node is None or node.role not in FILLED:
                text = node.name if node and node.name else self._replay.texts.read(thing.rect)
                yield from self._sure(Anchor(ocr=text), thing) if text.strip() else ()
            elif label := _label(look, thing, self._replay):
                places = self._replay.texts.find(label.name, thing.window.rect)
                if len(places) == 1:
                    yield from self._sure(_beside(Anchor(ocr=label.name), places[0], thing.rect), thing)
        except (Unreachable, StepFailed):  # this machine cannot read, or nothing is seen of it
            return

    def _pictured(self, look: Look, thing: Thing) -> Iterator[Anchor]:
        node = thing.node
        try:
            if node is None or node.role not in FILLED:
                place = thing.rect.grown(-FRAME if node else INK)
                name = self._crop(look, place, _name(node, node.name if node else ""))
                yield from self._sure(Anchor(image=name), thing) if name else ()
            elif label := _label(look, thing, self._replay):
                place = look.rects[label.id]
                if name := self._crop(look, place, _name(label, label.name)):
                    yield from self._sure(_beside(Anchor(image=name), place, thing.rect), thing)
        except StepFailed:
            return

    def _point(self, thing: Thing) -> Anchor:
        corner, rect = thing.window.rect, thing.rect
        return Anchor(point=(rect.x - corner.x, rect.y - corner.y), size=(rect.width, rect.height))

    def _sure(self, anchor: Anchor, thing: Thing) -> Iterator[Anchor]:
        """That way, if it leads to that thing alone."""
        hits = self._replay.hits.of(anchor, thing.window)
        if len(hits) == 1 and thing.rect.holds(*hits[0][0].centre):
            yield anchor

    def _crop(self, look: Look, place: Rect, name: str) -> str:
        """Cut a picture; the name of its file, or nothing where it is no good to look for."""
        if place.width > LARGEST[0] or place.height > LARGEST[1] or not look.picture:
            return ""
        if not place.within(look.picture.rect):
            return ""
        pixels: Pixels = look.picture.part(place).copy()
        if no_good(pixels):
            return ""
        png = cv2.imencode(".png", pixels)[1].tobytes()
        names = (f"{name}{'' if i == 1 else f'-{i}'}.png" for i in count(1))
        file = next(one for one in names if self._cut.get(one, png) == png)
        if file not in self._cut:
            with writable("The recording"):
                self._folder.mkdir(exist_ok=True)
                (self._folder / file).write_bytes(png)
            self._cut[file] = png
        self._replay.keep(file, Crop(file, pixels))
        return file


def boxed(thing: Thing, on: Line | None, left: Line | None) -> Thing:
    """A thing of which the program tells nothing: as large as the text that stands there; else a small button, or a
    field, with what stands left of it for a label."""
    x, y, (width, height) = thing.rect.x, thing.rect.y, AROUND
    rect = on.rect if on else Rect(x - width // 2, y - height // 2, width, height).common(thing.window.rect)
    return Thing(thing.window, None, rect, "" if on or not left else left.text)


def _label(look: Look, thing: Thing, replay: Replay) -> Node | None:
    labels = _near_last(look, thing, replay)
    return labels[-1] if labels else None


def _near_last(look: Look, thing: Thing, replay: Replay) -> list[Node]:
    return sorted(labels_left_of(look, thing, replay.hits), key=lambda node: look.rects[node.id].right)


def _beside(anchor: Anchor, found: Rect, thing: Rect) -> Anchor:
    gap = min(max(thing.x - found.right, 0), 2000)
    return anchor.model_copy(update={"beside": "right", "gap": gap, "size": (thing.width, thing.height)})


def _name(node: Node | None, says: str) -> str:
    words = re.sub(r"[^\w]+", "-", says.casefold()).strip("-")[:40]
    return "-".join(filter(None, [node.role if node and not node.role.isdigit() else "thing", words]))
