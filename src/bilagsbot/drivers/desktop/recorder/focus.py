"""Focus: where the keyboard is, and what becomes of the field that it leaves."""

from collections.abc import Callable

from bilagsbot.drivers.desktop.accessibility import Accessibility, Node
from bilagsbot.drivers.desktop.recorder.hearing import Heard
from bilagsbot.drivers.desktop.recorder.looker import Looker
from bilagsbot.drivers.desktop.recorder.looks import Look
from bilagsbot.drivers.desktop.recorder.typing import Typing
from bilagsbot.drivers.desktop.recorder.under import Thing
from bilagsbot.drivers.desktop.recorder.writer import Writer
from bilagsbot.drivers.desktop.waiting import comes_true
from bilagsbot.drivers.desktop.windows import Window, Windows

MOVING = 0.15  # seconds until the keyboard is elsewhere after a Tab or a click; nothing tells that it stays
SETTLING = 0.5  # seconds that a program has to read what was pressed
WRITTEN = ("textbox", "spinbutton", "terminal")


def takes_text(node: Node) -> bool:
    """Whether what is typed there is its value."""
    return (node.role in WRITTEN and node.editable) or node.role == "password"


class Focus:
    """`typing` is the field that has the keyboard, if it is one."""

    def __init__(self, looker: Looker, windows: Windows, accessibility: Accessibility | None, writer: Writer) -> None:
        self._looker, self._windows, self._access, self._writer = looker, windows, accessibility, writer
        self.typing: Typing | None = None

    def leave(self, shows: bool) -> None:
        """The field that was typed into is left; `shows` where it stands there still, with what the program made of
        it."""
        typing, self.typing = self.typing, None
        if typing is None or not (typing.touched or typing.changed):
            return
        value, shown = typing.value(), typing.shown() if shows and not typing.hidden else None
        if shown is not None and not typing.sure:
            value = shown
        window = typing.thing.window
        if typing.chooses:
            if value != typing.start:
                self._writer.note("choose", typing.look, window, typing.thing, value=value)
            return
        if secret := self._writer.is_secret(typing.thing) or typing.hidden:
            self._writer.learn(value)
            self._writer.learn(shown or "")
        known = typing.thing if typing.node or typing.thing.rect != window.rect else None
        self._writer.note(
            "fill", typing.look, window, known, at=typing.began, secret=secret, value="" if secret else value,
            shown=None if secret or not shown or shown == value else shown,
        )  # fmt: skip

    def notice(self, look: Look) -> None:
        """What has come and gone by itself: the keyboard, and windows."""
        typing = self.typing
        if typing and typing.node and (look.focus is None or look.focus.id != typing.node.id):
            there = look.tree.nodes.get(typing.node.id)
            self.leave(shows=bool(there and there.showing and look.window(typing.thing.window.id)))
        elif typing and not typing.node and look.active != typing.thing.window.id:
            self.leave(shows=False)
        self._writer.windows(look)
        node, window = look.focus, look.window(look.active)
        if self.typing or node is None or window is None or node.id not in look.rects:
            return
        if takes_text(node) or node.role == "combobox":
            self.typing = Typing(look, Thing(window, node, look.rects[node.id]), self._access, self.settled)

    def elsewhere(self, window: Window) -> bool:
        """Whether another program has the keyboard now, which that window had a moment before and might have yet."""
        active, all_ = self._windows.active(), {one.id for one in self._windows.all()}
        return active in all_ and window.id in all_ and self._looker.look().window(active) is None

    def blind(self, look: Look, thing: Thing, heard: Heard) -> None:
        """A letter is typed, and the program does not tell into what."""
        self.typing = Typing(look, thing, None, self.settled)
        self.typing.began = heard.at
        self.typing.hear(heard)

    def refocus(self, moves: Callable[[Node | None], bool] = lambda _: True) -> None:
        """See where the keyboard is, once the program has read what was pressed, and the keyboard is where that
        `moves` it: GTK says that it has read a key before it does what the key is for."""
        self.settled()
        comes_true(lambda: moves(self._looker.look().focus), MOVING)
        self.notice(self._looker.last)

    def settled(self) -> bool:
        """Whether the program has read what was pressed before."""
        look = self._looker.last
        window: Window | None = look.window(look.active)
        return window is None or self._windows.answers(window, SETTLING)
