"""Fields: typed into only when they have the keyboard, and read back from what the program tells or shows."""

from bilagsbot.drivers.desktop.desk import Desk
from bilagsbot.drivers.desktop.finding import Finder, Found
from bilagsbot.drivers.desktop.geometry import Rect
from bilagsbot.model.compare import same
from bilagsbot.model.errors import StepFailed
from bilagsbot.model.target import Target

TRIES = 3
TAKEN = 0.5  # seconds that a program has to take a click or a key
FRAME = 3  # pixels of a field that are its frame
MENUS = ("menu", "menuitem", "menuitemcheckbox", "menuitemradio")
OPTIONS = ("menuitem", "option", "cell", "treeitem")


class Fields:
    """Clicks, types, chooses and reads on one desk."""

    def __init__(self, desk: Desk, finder: Finder) -> None:
        self._desk, self._finder = desk, finder

    def click(self, target: Target) -> None:
        """One click in its middle."""
        found = self._finder.ready(target)
        self._enabled(found)
        self.strike(found)

    def strike(self, found: Found) -> None:
        """Click where it is, once it lies still and nothing covers it. Raises StepFailed where it is covered.

        The frame of a dialog that is just closing covers it too, and would swallow the click.
        """
        desk = self._desk
        for _ in range(TRIES):
            desk.check()
            desk.focus(found.window)
            x, y = found.rect.centre
            desk.point_at(found.window, x, y)
            if self._finder.again(found) == found and self._reaches(found):
                desk.pointer.click(x, y)
                return
            desk.until(lambda: self._reaches(found), TAKEN)  # noqa: B023 - done within the turn
            found = self._finder.find(found.target)
        raise StepFailed(f"{found.target.name} is covered, or does not lie still{self._who(found)}")

    def _reaches(self, found: Found) -> bool:
        """Whether a click in its middle reaches it. A menu that is open is a window that no manager frames."""
        at = self._desk.windows.at(*found.rect.centre)
        return at == found.window.id or (at == 0 and found.node is not None and found.node.role in MENUS)

    def fill(self, target: Target, text: str) -> str:
        """Type over what it holds, and leave it; what it shows then."""
        found = self._finder.find(target)
        if target.moves:
            return self._cell(found, text)
        self._enabled(found)
        found = self._take_keyboard(found)
        self._select(found)
        self._type(found, text)
        if not target.read_back:
            return text
        self._taken(found, text)
        self._desk.pointer.press(target.commit)
        if found.node is not None and self._desk.accessibility:
            access, node = self._desk.accessibility, found.node
            self._desk.until(lambda: not access.focused(node), TAKEN)
        return self._taken(found, text)

    def _cell(self, found: Found, text: str) -> str:
        """Type over the cell that the keyboard is in, and go on to the next; what it showed before. Raises StepFailed
        where the keyboard stays in the cell."""
        self._desk.focus(found.window)
        self._select(found)
        self._type(found, "")
        self._shows(found, "")  # else what stood there might pass for what is still being typed
        if text:
            self._type(found, text)
        shown = self._shows(found, text)
        if shown != text and shown.startswith(text):  # registers propose what was written once before
            self._desk.pointer.press("Delete")
            shown = self._shows(found, text)
        if same(shown, text, found.target.as_):  # else it stays, and the caller tells that it differs
            self._desk.pointer.press(found.target.commit)
            if not self._desk.until(lambda: self._moved(found, shown)):
                raise StepFailed(f"{found.target.name}: the keyboard stays there after {found.target.commit}")
        return shown

    def _shows(self, found: Found, text: str) -> str:
        """What the cell shows, once that is the very text: `125` is not `125.00` yet, though the amounts are equal."""
        self._desk.until(lambda: self.shown(found) == text, TAKEN)
        return self.shown(found)

    def _moved(self, found: Found, shown: str) -> bool:
        """Whether the keyboard is in another cell: elsewhere, or with another text in it, as programs draw it in its
        new place only with the next frame."""
        now = self._finder.now(found.target)
        return now is not None and (now.rect != found.rect or bool(shown and self.shown(now) != shown))

    def read(self, target: Target) -> str:
        """What it shows."""
        return self.shown(self._finder.find(target))

    def shown(self, found: Found) -> str:
        """What a field holds, as its program tells, else as its picture shows."""
        if found.node is not None and self._desk.accessibility and not found.target.verify:
            if (told := self._desk.accessibility.text(found.node)) is None:
                raise StepFailed(f"{found.target.name} has gone while it was read{self._desk.why_gone(found.window)}")
            return told
        if min(found.rect.width, found.rect.height) <= 2 * FRAME:
            raise StepFailed(f"{found.target.name} cannot be read: its selector does not say its 'size'")
        return self._desk.texts.read(found.rect.grown(-FRAME))

    def choose(self, target: Target, option: str) -> str:
        """Open the list, click the one option that fits, and give what it shows then."""
        found = self._finder.find(target)
        if _fits(now := self.shown(found), option):
            return now
        self.strike(found)
        rect = self._option(found, option)
        self._desk.pointer.click(*rect.centre)
        self._desk.until(lambda: _fits(self.shown(found), option), TAKEN)
        return self.shown(found)

    def tick(self, target: Target, on: bool) -> None:
        """Set a box on or off."""
        wanted = str(on).lower()
        found = self._finder.find(target)
        if self.shown(found) == wanted:
            return
        self._enabled(found)
        self.strike(found)
        if not self._desk.until(lambda: self.shown(found) == wanted):
            raise StepFailed(f"{target.name} did not become {wanted}")

    def _option(self, found: Found, option: str) -> Rect:
        access = self._desk.accessibility
        if access is None or found.node is None:
            raise StepFailed(f"{found.target.name} is seen only as a picture; click it, and then its option")
        seen: list[Rect] = []
        names: set[str] = set()

        def look() -> bool:
            seen.clear()
            tree = access.tree(self._desk.pids())
            for node in tree.nodes.values():
                if node.role in OPTIONS and node.showing and node.name and (rect := access.rect(node)):
                    names.add(node.name)
                    seen.extend([rect] if _fits(node.name, option) else [])
            return bool(seen)

        if not self._desk.until(look) or len(seen) > 1:
            self._desk.pointer.press("Escape")
            shown = ", ".join(sorted(names)[:20]) or "nothing"
            raise StepFailed(f"{found.target.name} has {len(seen) or 'no'} option {option!r}; it has {shown}")
        return seen[0]

    def _enabled(self, found: Found) -> None:
        if found.node is not None and not found.node.enabled:
            target = found.target

            def ready() -> bool:
                again = self._finder.now(target)
                return again is not None and (again.node is None or again.node.enabled)

            if not self._desk.until(ready):
                raise StepFailed(f"{target.name} did not react in {self._desk.timeout:g} seconds: it is disabled")

    def _take_keyboard(self, found: Found) -> Found:
        """Click into a field until it has the keyboard. Raises StepFailed where it does not take it."""
        access = self._desk.accessibility
        if found.node is None or access is None:
            self.strike(found)
            return found
        for _ in range(TRIES):
            node = found.node
            assert node is not None
            if not (access.focused(node) and self._desk.windows.has_keyboard(found.window)):
                self.strike(found)
            # Keys and clicks that it has not read yet would undo what is selected over its other ear.
            if not self._desk.windows.answers(found.window, self._desk.timeout):
                raise StepFailed(f"{found.target.name} does not take the keyboard{self._who(found)}")
            if self._desk.until(lambda node=node: access.focused(node), TAKEN):  # type: ignore[misc]
                return found
            found = self._finder.find(found.target)
        raise StepFailed(f"{found.target.name} does not take the keyboard{self._who(found)}")

    def _select(self, found: Found) -> None:
        access = self._desk.accessibility
        if found.node is not None and access and access.select_all(found.node):
            return
        self._desk.pointer.press("Control+A")

    def _type(self, found: Found, text: str) -> None:
        """Raises StepFailed where another window has got the keyboard meanwhile: the text would land there."""
        typed = self._desk.windows.has_keyboard(found.window)
        self._desk.failsafe.check()
        if typed and text:
            typed = self._desk.keyboard.type(text, found.window.id)
        elif typed:
            self._desk.pointer.press("Delete")
        if not typed:
            raise StepFailed(f"{found.target.name} has lost the keyboard{self._who(found)}")

    def _taken(self, found: Found, text: str) -> str:
        """What the field shows, given some time to show what was typed."""
        kind = found.target.as_
        self._desk.until(lambda: same(self.shown(found), text, kind), TAKEN)
        return self.shown(found)

    def _who(self, found: Found) -> str:
        active = self._desk.windows.active()
        title = next((one.title for one in self._desk.windows.all() if one.id == active), "")
        return f"; '{title}' has it" if title and active != found.window.id else self._desk.silent(found.window)


def _fits(name: str, option: str) -> bool:
    return name.startswith(option[:-1]) if option.endswith("*") else name == option
