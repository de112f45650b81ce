"""Recorder: turns what the page and the browser tell into a recording's actions."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from importlib.resources import files
from time import monotonic
from typing import Any

from playwright.sync_api import BrowserContext, Error, TimeoutError
from pydantic import TypeAdapter, ValidationError

from bilagsbot.drivers.notebook import Notebook
from bilagsbot.drivers.web.recorder.events import Amended, Heard, Pressed, Secret, Told
from bilagsbot.drivers.web.recorder.windows import Heed, Window, Windows
from bilagsbot.model.recording import Action, FramePath

SCRIPTS = ("listener.js", "snapshot.js", "facts.js", "bar.js")  # the first makes what the others add to
BUTTONS = ["pause", "submit", "confirm", "expect", "secret", "lookup", "undo", "done"]
TURN = 40  # milliseconds in which the browser is listened to before what it told is written down
_TOLD: TypeAdapter[Told] = TypeAdapter(Told)


class Recorder:
    """Records one browser context until the person is done or has closed it.

    `learn` is told each secret that is typed; `words` are the bar's, `row` the workbook's row as it shows it. `picks`:
    it is all about one element that the person points at, and done then.
    """

    def __init__(
        self, notebook: Notebook, learn: Callable[[str], None], words: Mapping[str, str],
        row: Sequence[tuple[str, str]] = (), say: Callable[[str], None] = lambda text: None,
        picks: bool = False,
    ) -> None:  # fmt: skip
        self._notebook, self._learn, self._say = notebook, learn, say
        self._words, self._row = dict(words), [list(cell) for cell in row]
        self.picked: Action | None = None
        self._buttons = ["pick"] if picks else BUTTONS
        self._mode, self._paused, self._done, self._began = "", False, False, 0.0
        self._ids: dict[str, Action] = {}  # by the page's own word for it
        self._told_state: dict[str, Any] = {}

    def run(self, context: BrowserContext, url: str) -> None:
        """Record. `url` is opened first; without one the windows stay as they are. Raises Error of Playwright's where
        the browser is gone before anything was heard."""
        self._began = monotonic()
        heed = Heed(
            self._opened, self._hear, self._closed, self._loaded, self._went, self._asked, self._answered,
            self._downloaded,
        )  # fmt: skip
        script = "\n".join(files(__package__).joinpath(name).read_text("utf-8") for name in SCRIPTS)
        context.add_init_script(script)
        self._windows = Windows(context, heed)
        page = context.pages[0] if context.pages else context.new_page()
        self._windows.attend()
        if url:
            self._notebook.add(action="open", url=url)
            self._windows.of(page).loaded = False
            page.goto(url)
        else:
            self._begin_where_they_are(script)
        while not self._done and any(not window.page.is_closed() for window in self._windows.all):
            self._turn(context)
        self._notebook.close()

    def _begin_where_they_are(self, script: str) -> None:
        self._notebook.add(action="open", url=self._windows.all[0].page.url)
        for window in self._windows.all:
            for frame in window.page.frames:
                with suppress(Error):  # of a page that takes no script, such as the browser's own
                    frame.evaluate(script)

    def _turn(self, context: BrowserContext) -> None:
        with suppress(TimeoutError):
            context.wait_for_event("close", timeout=TURN)
        self._windows.attend()
        state = self._state()
        if state != self._told_state:
            self._told_state = state
            for window in self._windows.all:
                for frame in () if window.page.is_closed() else window.page.frames:
                    with suppress(Error):  # it is being replaced, and asks by itself
                        frame.evaluate("state => window.__bilagsbot && window.__bilagsbot.set(state)", state)
        self._notebook.save()

    def _hear(self, window: Window, frame: FramePath, text: str) -> None:
        try:
            message = _TOLD.validate_json(text)
        except ValidationError:  # nothing is dropped in silence; what it said may hold a secret
            self._notebook.add(action="unmapped", window=window.number, frame=frame, value="something was done here")
            self._say("Something was done that could not be noted: do it in another way, or write it by hand.")
            return
        if isinstance(message, Heard):
            self._note(window, frame, message)
        elif isinstance(message, Amended):
            if message.amend in self._ids:
                self._notebook.amend(self._ids[message.amend], shown=message.shown)
        elif isinstance(message, Secret):
            self._hide(message)
        else:
            self._press(window, message)

    def _note(self, window: Window, frame: FramePath, heard: Heard) -> None:
        told = heard.model_dump(
            include={"action", "url", "title", "element", "value", "option", "secret", "submits", "view"}
        )
        look = b"" if heard.secret else window.look
        self._ids[heard.id] = noted = self._notebook.add(
            **told, at=round(monotonic() - self._began, 2), window=window.number, frame=frame,
            page=self._notebook.page(heard.documents), picture=self._notebook.picture(look) if look else "",
        )  # fmt: skip
        if self._mode == "pick":
            self.picked, self._done = noted, True
        if heard.action in ("confirm", "expect") or heard.submits:
            self._mode = ""
        self._say(f"{len(self._notebook.actions)}  {self._last()}")

    def _hide(self, secret: Secret) -> None:
        if secret.secret:
            self._learn(secret.secret)
        if not secret.marked:
            return
        self._mode = ""
        same = [a for a in self._notebook.actions if a.element and secret.element and _alike(a.element, secret.element)]
        for action in same:
            self._learn(action.value)
            self._notebook.amend(action, value="", shown=None, secret=True)
        self._notebook.blacken(same[0].n if same else len(self._notebook.actions) + 1)

    def _press(self, window: Window, pressed: Pressed) -> None:
        match pressed.bar:
            case "state":
                self._told_state = {}
            case "pause":
                self._paused, self._mode = not self._paused, ""
            case "undo":
                self._notebook.undo()
            case "lookup":
                self._notebook.add(action="lookup", window=window.number)
            case "done":
                self._done = True
                page = self._notebook.page(pressed.documents)
                look = self._notebook.picture(window.look) if window.look else ""
                self._notebook.add(action="done", window=window.number, url=pressed.url, title=pressed.title,
                                   page=page, picture=look)  # fmt: skip
            case mode:
                self._mode = "" if self._mode == mode else mode

    def _state(self) -> dict[str, Any]:
        return {
            "mode": self._mode, "paused": self._paused, "count": len(self._notebook.actions), "last": self._last(),
            "words": self._words, "row": self._row, "buttons": self._buttons,
        }  # fmt: skip

    def _last(self) -> str:
        if not self._notebook.actions:
            return ""
        action = self._notebook.actions[-1]
        on = action.element.said if action.element else ""
        return " ".join(filter(None, [action.action, on, action.value and f"«{action.value[:40]}»"]))

    def _opened(self, window: Window) -> None:
        if window.number and not self._paused:
            self._notebook.add(action="popup", window=window.number)

    def _closed(self, window: Window) -> None:
        if window.number and not self._paused:
            self._notebook.add(action="closed", window=window.number)

    def _loaded(self, window: Window, frame: FramePath) -> None:
        """A load belongs to the last thing that the person did; by then a dialog or a window may have come between."""
        made = ("open", "click", "fill", "choose", "check", "press", "upload")
        last = next((one for one in reversed(self._notebook.actions) if one.action in made), None)
        if last and last.window == window.number and frame not in last.loads:
            self._notebook.amend(last, loads=(*last.loads, frame))

    def _went(self, window: Window, url: str) -> None:
        if not self._paused:
            self._notebook.add(action="open", window=window.number, url=url)

    def _asked(self, window: Window, kind: str, message: str) -> None:
        if not self._paused:
            self._notebook.add(action="dialog", window=window.number, dialog=kind, value=message)

    def _answered(self, window: Window, accept: bool, text: str) -> None:
        last = next((one for one in reversed(self._notebook.actions) if one.action == "dialog"), None)
        if last and last.accept is None:
            self._notebook.amend(last, accept=accept, option=text if accept else "")

    def _downloaded(self, window: Window, name: str) -> None:
        if not self._paused:
            self._notebook.add(action="download", window=window.number, value=name)


def _alike(one: Any, other: Any) -> bool:
    return bool((one.name, one.id, one.css) == (other.name, other.id, other.css))
