"""Looker: keeps the last looks at a program, and asks only for what may have changed."""

import time
from dataclasses import replace
from itertools import pairwise

from bilagsbot.drivers.desktop.accessibility import Accessibility, Node, Tree
from bilagsbot.drivers.desktop.geometry import Rect
from bilagsbot.drivers.desktop.own import OwnWindows
from bilagsbot.drivers.desktop.recorder.looks import Look, latest
from bilagsbot.drivers.desktop.recorder.replay import Replay
from bilagsbot.drivers.desktop.recorder.under import Thing, under
from bilagsbot.drivers.desktop.screen import Picture, Screen
from bilagsbot.drivers.desktop.windows import Windows
from bilagsbot.drivers.desktop.x11.tops import Tops
from bilagsbot.model.errors import StepFailed

EARLIER = 0.015  # seconds: by so much a press may be heard late, and what was there before it is wanted
STALE = 0.5  # seconds after which places are asked for again where the picture keeps changing, as by a caret
FAR = 100  # pixels from the mouse at which it touches no button
KEPT, LOOKS = 1.0, 3  # seconds for which every look is kept, and how many older ones, each with the mouse elsewhere
TAKING = (
    "textbox", "spinbutton", "combobox", "checkbox", "password", "listbox", "button", "radio", "menuitem", "menu",
    "menuitemcheckbox", "menuitemradio", "option", "tab", "table", "tree", "treeitem", "cell", "terminal", "document",
)  # fmt: skip
TOLD = ("checkbox", "radio", "combobox")  # what a click changes is asked for before it


class Looker:
    """Not for several threads. `accessibility` is None for a program that is a picture only."""

    def __init__(
        self, owned: OwnWindows, windows: Windows, accessibility: Accessibility | None, screen: Screen, tops: Tops
    ) -> None:
        self._owned, self._windows, self._access = owned, windows, accessibility
        self._screen, self._tops = screen, tops
        self._looks: list[tuple[str, Look]] = []  # with what the mouse was on
        self._asked, self._stamp, self.moving = 0.0, object(), True

    @property
    def last(self) -> Look:
        """The newest there is."""
        return self._looks[-1][1] if self._looks else self.look()

    def before(self, at: float, by: float = EARLIER) -> Look:
        """As it was just before something was heard; `by` is how long before, in seconds."""
        return latest([look for _, look in self._looks], at - by) or self.look()

    def calm(self, look: Look, thing: Thing) -> Look:
        """As that thing looked, in the same place, without the mouse and the keyboard on it; else that look."""
        node = thing.node
        if node is None:
            near = thing.rect.grown(FAR)
            away = [
                one for _, one in self._looks if one.own == look.own and one.picture and not near.holds(*one.pointer)
            ]
            return away[-1] if away else look
        same = [
            one
            for hover, one in self._looks
            if hover != node.id and one.rects.get(node.id) == look.rects.get(node.id) and one.own == look.own
            and one.tree.nodes.get(node.id) == node and one.picture is not None
        ]  # fmt: skip
        return next((one for one in reversed(same) if one.focus is None or one.focus.id != node.id), look)

    def look(self) -> Look:
        """Look now. Raises Unreachable where the screen has gone."""
        begun = time.monotonic()
        before = self._looks[-1][1] if self._looks else None
        own, tops = tuple(self._owned.windows()), before.tops if before else ()
        if before is None or self._stamp != (stamp := self._windows.stamp()):
            self._stamp, tops = self._windows.stamp() if before is None else stamp, self._tops.all()
        tree = self._access.tree(self._owned.pids()) if self._access else Tree({})
        picture = self._grab(tuple(window.rect for window in own if not window.minimised))
        if before and before.picture and picture and before.picture.same(picture):
            picture = before.picture  # kept once
        now = Look(
            begun, tops, own, frozenset(self._tops.maker(window.id) for window in own), self._windows.active(), tree,
            before.rects if before else {}, before.texts if before else {}, before.focus if before else None,
            self._tops.pointer(), picture,
        )  # fmt: skip
        now = self._placed(now, before, begun)
        now = replace(now, focus=self._focus(now), ended=time.monotonic())
        self._keep(now)
        return now

    def _placed(self, now: Look, before: Look | None, begun: float) -> Look:
        """With the places of things, asked for again where they may have moved: at once, and when the picture rests."""
        still = bool(before and before.picture is now.picture)
        moved = before is None or before.tree is not now.tree or before.tops != now.tops
        rested = still and self.moving
        self.moving = not still and not moved
        if not (moved or rested or (not still and begun - self._asked > STALE)):
            return now
        access, self._asked = self._access, begun
        shown = [node for node in now.tree.nodes.values() if node.showing and not node.role.isdigit()]
        rects = {node.id: rect for node in shown if access and (rect := access.rect(node))}
        told = [node for node in shown if node.role in TOLD]
        texts = {node.id: text for node in told if access and (text := access.text(node)) is not None}
        return replace(now, rects=rects, texts=texts)

    def _focus(self, now: Look) -> Node | None:
        """What has the keyboard; the one that had it is asked first."""
        access, window = self._access, now.window(now.active)
        if access is None or window is None:
            return None
        # A window that the keyboard has left tells of its own field still that it has it.
        holder = Replay(now).hits.holder(now.tree, window)
        known = now.tree.nodes.get(now.focus.id) if now.focus else None
        if known and known.showing and holder and now.tree.within(known, holder.id) and access.focused(known):
            return known
        taking = [node for node in now.tree.nodes.values() if node.showing and node.role in TAKING]
        # A combo box says that it has the keyboard, and so does the field in it.
        inside = [node for node in taking if holder and now.tree.within(node, holder.id) and access.focused(node)]
        return next((node for node in inside if node.editable), next(iter(inside), None))

    def _grab(self, rects: tuple[Rect, ...]) -> Picture | None:
        if not rects:
            return None
        x, y = min(rect.x for rect in rects), min(rect.y for rect in rects)
        right, bottom = max(rect.right for rect in rects), max(rect.bottom for rect in rects)
        try:
            return self._screen.grab(Rect(x, y, right - x, bottom - y))
        except StepFailed:  # the windows are outside the screen
            return None

    def _keep(self, now: Look) -> None:
        """All of the last second, for what was pressed may wait for so long; and how it was before the mouse came."""
        found = under(now, *now.pointer)
        self._looks.append((found.node.id if found and found.node else "", now))
        recent = [one for one in self._looks if one[1].ended >= now.ended - KEPT]
        older = self._looks[: -len(recent)]
        older = [one for one, later in pairwise([*older, recent[0]]) if one[0] != later[0]]
        if len(recent) > 2 and recent[-2][1].ended - recent[-3][1].ended < EARLIER:
            del recent[-2]
        self._looks = [*older[-LOOKS:], *recent]
