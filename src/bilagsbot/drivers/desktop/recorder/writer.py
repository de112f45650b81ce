"""Writer: puts what was done into the notebook, with a picture of the window before it, and no secret."""

from collections.abc import Callable
from contextlib import suppress
from time import monotonic

from bilagsbot.drivers.desktop.geometry import Rect
from bilagsbot.drivers.desktop.recorder.looks import Look
from bilagsbot.drivers.desktop.recorder.namer import Namer
from bilagsbot.drivers.desktop.recorder.pictures import picture
from bilagsbot.drivers.desktop.recorder.under import Thing, element
from bilagsbot.drivers.desktop.windows import Window
from bilagsbot.drivers.notebook import Notebook
from bilagsbot.model.errors import writable
from bilagsbot.model.recording import Action, ActionKind

CROPS = "crops"  # where in a recording the pictures are that its ways name


class Writer:
    """`learn` is told each secret, so that it is taken out of all that is written; `say` what was noted."""

    def __init__(
        self, notebook: Notebook, learn: Callable[[str], None], say: Callable[[str], None], language: str
    ) -> None:
        self.notebook, self.learn, self.say = notebook, learn, say
        self._namer = Namer(notebook.folder / CROPS, language)
        self._began = monotonic()
        self._numbers: dict[int, int] = {}  # by the window's id
        self._open: set[int] = set()
        self._count = 0
        self._secret: set[tuple[int, str]] = set()  # fields that are marked, by window and thing
        self._hiding: set[int] = set()  # windows with a field in them that is marked secret: no picture is kept

    def note(
        self, kind: ActionKind, look: Look, window: Window, thing: Thing | None = None, calm: Look | None = None,
        *, value: str = "", shown: str | None = None, secret: bool = False, submits: bool = False, at: float = 0,
    ) -> Action:  # fmt: skip
        """Write an action down, with ways to its thing to come. `at` counts as time.monotonic() does."""
        jpeg = b"" if window.id in self._hiding else picture(look, window, _passwords(look))
        action = self.notebook.add(
            action=kind, at=round((at or monotonic()) - self._began, 2), window=self.number(window),
            title=window.title, element=element(look, thing) if thing else None, value=value, shown=shown,
            secret=secret, submits=submits, picture=self.notebook.picture(jpeg) if jpeg else "",
        )  # fmt: skip
        if thing:
            self._namer.ask(action, look, calm or look, thing, varies=kind == "confirm" or self._may_tell(thing))
        self.tell(action)
        return action

    def number(self, window: Window) -> int:
        """0 is the first window, and each that comes later has the next."""
        return self._numbers.get(window.id, 0)

    def windows(self, look: Look) -> None:
        """Write down which windows have come and gone."""
        now = {window.id for window in look.own}
        for id in sorted(self._open - now, key=lambda one: -self._numbers[one]):
            if self._numbers[id]:
                self.notebook.add(action="closed", at=self._now(), window=self._numbers[id])
        for window in look.own:
            if window.id not in self._open:
                self._numbers[window.id] = self._count  # another window had its id, perhaps
                self._count += 1
                self._hiding.discard(window.id)
                if number := self._numbers[window.id]:
                    self.notebook.add(action="popup", at=self._now(), window=number, title=window.title)
        self._open = now

    def collect(self, rest: bool = False) -> None:
        """Add what the namer has found; `rest` waits for all of it."""
        for named in self._namer.finish() if rest else self._namer.named():
            ways = named.ways
            if self._hidden(named.action.window) and not named.element.type:
                ways = tuple(way for way in ways if way.point)
            changes = {"element": named.element, "ways": ways}
            if named.says and named.action.action in ("confirm", "expect") and not named.action.value:
                changes["value"] = named.says
            self.notebook.amend(named.action, **changes)

    @property
    def busy(self) -> bool:
        """Whether ways are still being looked for."""
        return self._namer.busy

    def hide(self, thing: Thing) -> None:
        """A field is marked secret: what was written of it before, and the pictures that may show it, are dropped."""
        self._hiding.add(thing.window.id)
        self._secret.add((thing.window.id, thing.node.id if thing.node else ""))
        number = self.number(thing.window)
        box = (thing.rect.x - thing.window.rect.x, thing.rect.y - thing.window.rect.y)
        for action in self.notebook.actions:
            on = action.element
            if action.window == number and action.action == "fill" and on and on.box and on.box[:2] == box:
                self.learn(action.value)
                self.learn(action.shown or "")
                self.notebook.amend(action, value="", shown=None, secret=True)
        first = next((action.n for action in self.notebook.actions if action.window == number), None)
        if first is not None:
            self.notebook.blacken(first)

    def is_secret(self, thing: Thing) -> bool:
        """Whether that field is marked; of those of which the program tells nothing, the next in that window is."""
        mark = thing.window.id, thing.node.id if thing.node else ""
        marked = mark in self._secret
        if not mark[1]:
            self._secret.discard(mark)
        return marked

    def tell(self, action: Action) -> None:
        """Say what was noted."""
        on = action.element.said if action.element else ""
        value = "" if action.secret else action.value
        self.say(" ".join(filter(None, [f"{action.n}", action.action, on, value and f"«{value[:40]}»"])))

    def close(self) -> None:
        """Finish, and take away the crops that no way names any more."""
        self.collect(rest=True)
        named = {way.image for action in self.notebook.actions for way in action.ways}
        with writable("The recording"), suppress(FileNotFoundError):
            for file in (self.notebook.folder / CROPS).iterdir():
                if file.name not in named:
                    file.unlink()
        self.notebook.close()

    def _now(self) -> float:
        return round(monotonic() - self._began, 2)

    def _hidden(self, number: int) -> bool:
        return any(self._numbers.get(id) == number for id in self._hiding)

    def _may_tell(self, thing: Thing) -> bool:
        """Whether a cut at that place may show a secret."""
        return thing.node is None and thing.window.id in self._hiding


def _passwords(look: Look) -> list[Rect]:
    nodes = look.tree.nodes
    return [rect for id, rect in look.rects.items() if id in nodes and nodes[id].role == "password"]
