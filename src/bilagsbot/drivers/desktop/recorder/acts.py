"""Acts: what a press of the mouse or of a key means, told by what was there before it."""

from bilagsbot.drivers.desktop.accessibility import Accessibility, Node
from bilagsbot.drivers.desktop.recorder.editing import Stroke, edits
from bilagsbot.drivers.desktop.recorder.focus import MOVING, Focus, takes_text
from bilagsbot.drivers.desktop.recorder.hearing import Heard
from bilagsbot.drivers.desktop.recorder.looker import Looker
from bilagsbot.drivers.desktop.recorder.looks import Look
from bilagsbot.drivers.desktop.recorder.under import OPTIONS, Thing, under
from bilagsbot.drivers.desktop.recorder.writer import Writer
from bilagsbot.drivers.desktop.waiting import comes_true
from bilagsbot.drivers.desktop.windows import Window
from bilagsbot.model.recording import Action, ActionKind

TWICE = 0.4  # seconds between the clicks of a double click
TICKED = ("checkbox", "radio")
PUSHED = ("button", "menuitem", "menu", "tab", "menuitemcheckbox", "menuitemradio")
OTHER = {"right": "right click", "middle": "middle click"}  # no step does these


class Acts:
    """`submits` is whether the next click posts."""

    def __init__(self, looker: Looker, accessibility: Accessibility | None, focus: Focus, writer: Writer) -> None:
        self._looker, self._access, self._focus, self._writer = looker, accessibility, focus, writer
        self.submits = False
        self._ticked: tuple[Action, Node] | None = None
        self._pointed: Thing | None = None  # what was clicked last, where the program tells of nothing
        self._pressed: Heard | None = None
        self._chosen: tuple[Action, Node, str] | None = None  # with what the list showed before

    def press(self, heard: Heard) -> None:
        """A button of the mouse goes down."""
        look = self._looker.before(heard.at)
        if (thing := under(look, heard.x, heard.y)) is None:  # its window may have come just now
            look = self._looker.before(heard.at, by=0)
            thing = under(look, heard.x, heard.y)
        typing, twice = self._focus.typing, self._twice(heard)
        self._pressed, self._chosen = heard, None
        if thing is None:  # another program's
            return
        node = thing.node
        if typing and typing.node and node and node.id == typing.node.id:
            typing.clicked()
            return
        fills = node is not None and (takes_text(node) or node.role == "combobox")
        self._focus.leave(shows=fills)
        self._pointed = None if node else thing
        if heard.button in OTHER or (twice and not fills):
            self._note("unmapped", look, thing, heard, OTHER.get(heard.button, "double click"))
        elif node is not None and fills:
            self._focus.refocus(lambda now: now is not None and now.id == node.id)
        elif node is not None:
            self._strike(look, thing, node, heard)
        else:
            self._note("click", look, thing, heard)

    def release(self, _: Heard) -> None:
        """It goes up: a box is as it was clicked now, and a list as it was chosen."""
        if self._ticked and self._access:
            action, node = self._ticked
            self._ticked = None
            if self._focus.settled() and (now := self._access.text(node)) in ("true", "false"):
                self._writer.notebook.amend(action, value=now)
        typing, chosen = self._focus.typing, self._chosen
        if chosen:
            self._shows(*chosen)
        if typing and typing.chooses:
            typing.begin() if chosen else typing.sample()

    def _shows(self, action: Action, node: Node, before: str) -> None:
        """The list tells what was chosen; its entries may still have been moving when one was pressed."""
        access = self._access
        assert access is not None
        comes_true(lambda: access.text(node) != before, MOVING)
        if (now := access.text(node)) and now != before:
            self._writer.notebook.amend(action, value=now)

    def key(self, heard: Heard) -> None:
        """A key goes down."""
        look = self._looker.before(heard.at)
        window, typing = look.window(look.active), self._focus.typing
        if window is None or self._focus.elsewhere(window):  # another program's
            return
        if typing and edits(Stroke(heard.key, heard.letter)):
            typing.hear(heard)
        elif heard.key in ("Tab", "Shift+Tab"):
            blind = typing.node is None if typing else look.focus is None
            self._focus.leave(shows=True)
            if blind:
                self._pointed = None
                self._note_key(look, window, heard)
            was = typing.node if typing else look.focus
            self._focus.refocus(lambda now: was is None or (now is not None and now.id != was.id))
        elif look.focus is None and heard.letter:
            thing = self._pointed if self._pointed and self._pointed.window.id == window.id else None
            self._focus.blind(look, thing or Thing(window, None, window.rect), heard)
        elif heard.key and not (look.focus and self._on(look, window, look.focus, heard)):
            self._focus.leave(shows=False)
            self._note_key(look, window, heard, typing.thing if typing and typing.node else None)
            self._focus.refocus()

    def _on(self, look: Look, window: Window, node: Node, heard: Heard) -> bool:
        """A key on what has the keyboard and is no field; whether it does no more than a click there would."""
        thing = Thing(window, node, look.rects.get(node.id, window.rect))
        pushes = heard.key in ("Enter", "Space")
        if _list_of(look, thing) and heard.key != "Escape" and not pushes:
            return True
        if not (pushes and (node.role in PUSHED or _list_of(look, thing))) and not (
            heard.key == "Space" and node.role in TICKED
        ):
            return False
        self._focus.leave(shows=False)
        self._strike(look, thing, node, heard)
        self.release(heard)
        self._focus.refocus()
        return True

    def _strike(self, look: Look, thing: Thing, node: Node, heard: Heard) -> None:
        if (box := _list_of(look, thing)) and box.node:
            action = self._note("choose", look, box, heard, node.name)
            self._chosen = action, box.node, look.texts.get(box.node.id, "")
        elif node.role in TICKED:
            will = node.role == "radio" or look.texts.get(node.id) != "true"
            self._ticked = self._note("check", look, thing, heard, str(will).lower()), node
        else:
            self._note("click", look, thing, heard)

    def _note(self, kind: ActionKind, look: Look, thing: Thing, heard: Heard, value: str = "") -> Action:
        submits = self.submits and kind == "click"
        self.submits = self.submits and not submits
        calm = self._looker.calm(look, thing)
        return self._writer.note(kind, look, thing.window, thing, calm, value=value, submits=submits, at=heard.at)

    def _note_key(self, look: Look, window: Window, heard: Heard, field: Thing | None = None) -> None:
        node, submits = look.focus, self.submits and heard.key == "Enter"
        self.submits = self.submits and not submits
        thing = field or (Thing(window, node, look.rects[node.id]) if node and node.id in look.rects else None)
        self._writer.note("press", look, window, thing, value=heard.key, submits=submits, at=heard.at)

    def _twice(self, heard: Heard) -> bool:
        before = self._pressed
        near = before and abs(before.x - heard.x) + abs(before.y - heard.y) < 5
        return bool(before and near and before.button == heard.button and heard.at - before.at < TWICE)


def _list_of(look: Look, thing: Thing) -> Thing | None:
    """The list that an option belongs to."""
    node = thing.node
    if node is None or node.role not in OPTIONS:
        return None
    box = next((one for one in look.above(node) if one.role == "combobox"), None)
    return Thing(thing.window, box, look.rects[box.id]) if box and box.id in look.rects else None
