"""Typing: what a person does to the one field that has the keyboard, from when it gets it until it loses it."""

import time
from collections.abc import Callable

from bilagsbot.drivers.desktop.accessibility import Accessibility, Node
from bilagsbot.drivers.desktop.recorder.editing import Line, Stroke, edited, told
from bilagsbot.drivers.desktop.recorder.hearing import Heard
from bilagsbot.drivers.desktop.recorder.looks import Look
from bilagsbot.drivers.desktop.recorder.under import Thing


class Typing:
    """Its text is asked for while it is typed into; the keys heard since tell the rest, if it goes before it is asked.

    `thing` has no node where the program tells of none: then there are the keys alone. `settled` waits until the
    program has read what was pressed before.
    """

    def __init__(self, look: Look, thing: Thing, accessibility: Accessibility | None, settled: Callable[[], bool]):
        self.look, self.thing, self._access, self._settled = look, thing, accessibility, settled
        self.touched, self.began = False, time.monotonic()
        self._strokes: list[Stroke] = []  # since the text was asked for
        self._heard = 0
        self._base = Line("")
        self._asked: tuple[int, Line] | None = None  # how much had been heard, and what it held then
        self.begin()

    @property
    def node(self) -> Node | None:
        """The field, as its program tells of it."""
        return self.thing.node

    @property
    def chooses(self) -> bool:
        """Whether it is a list, rather than a text."""
        return self.node is not None and self.node.role == "combobox"

    @property
    def hidden(self) -> bool:
        """Whether the program shows dots: the keys alone say what is typed."""
        return self.node is not None and self.node.role == "password"

    def begin(self) -> None:
        """What it holds now is where it begins; what was pressed before is in that."""
        self._settled()
        self.began, self.touched = time.monotonic(), False
        self._strokes, self._asked, self._base = [], None, self._line() or Line("")
        self.start = self._base.text

    def hear(self, heard: Heard) -> None:
        """A key that is for the text."""
        self.touched = True
        if heard.at >= self.began:
            self._heard += 1
            self._strokes.append(Stroke(heard.key, heard.letter))

    def clicked(self) -> None:
        """The mouse was used in it: on an arrow beside a number, or to put the caret elsewhere."""
        self._asked, self._strokes = None, [*self._strokes, Stroke("", letter=True)]
        self._heard += 1

    def sample(self) -> None:
        """Ask for its text, if it may have changed. What the keys do not tell counts when it is told twice: the
        program may not have done yet what a key is for."""
        if not self._strokes or self.hidden or not self._settled():
            return
        heard, line = self._heard, self._line()
        if line is not None and self._asked == (heard, line):
            self._base, self._strokes, self._asked = line, [], None
        elif line is not None:
            self._asked = heard, line

    def value(self) -> str:
        """What has been typed, by what is known already. It asks for nothing: the field may be another by now."""
        return edited(self._base, self._strokes).text

    @property
    def sure(self) -> bool:
        """Whether the keys that are not in a sample alone say what the text is."""
        return told(self._strokes)

    @property
    def changed(self) -> bool:
        """Whether it holds another text than when it got the keyboard."""
        return self.value() != self.start

    def shown(self) -> str | None:
        """What it shows now; None where it has gone."""
        self._settled()
        return self._access.text(self.node) if self._access and self.node else None

    def _line(self) -> Line | None:
        if self.node is None or self._access is None or self.hidden:
            return None
        text = self._access.text(self.node)
        if text is None or self.chooses:
            return None if text is None else Line(text)
        start, end = self._access.selection(self.node) or (len(text), len(text))
        return Line(text, start, end)
