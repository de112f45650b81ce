"""The windows of a recorded browser: what loads in them, the dialogs that come up, and how they look."""

import base64
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import BrowserContext, CDPSession, Error, Page

from bilagsbot.model.recording import FramePath

TELL = "__bilagsbot_tell"
PICTURES = {"format": "jpeg", "quality": 60, "everyNthFrame": 1}


@dataclass
class Window:
    """One window: its page, its number, the last picture of it, and its frames as the browser names them."""

    page: Page
    number: int
    look: bytes = b""
    loaded: bool = False  # its first page: nobody went there by hand
    shown: list[int] = field(default_factory=list)  # pictures to be acknowledged, or no more come
    asked: set[str] = field(default_factory=set)  # frames that the page itself is about to load something in
    frames: dict[str, tuple[str, str]] = field(default_factory=dict)  # by id: the parent's id and the name
    contexts: dict[int, str] = field(default_factory=dict)  # the frame in which a script runs
    browser_side: CDPSession | None = None

    def path(self, frame: str) -> FramePath:
        """The names of the frames around and including this one."""
        parent, name = self.frames.get(frame, ("", ""))
        return (*self.path(parent), name) if parent else ()


@dataclass(frozen=True)
class Heed:
    """Who is told of what the browser does."""

    opened: Callable[[Window], None]
    told: Callable[[Window, FramePath, str], None]
    closed: Callable[[Window], None]
    loaded: Callable[[Window, FramePath], None]
    went: Callable[[Window, str], None]
    asked: Callable[[Window, str, str], None]
    answered: Callable[[Window, bool, str], None]
    downloaded: Callable[[Window, str], None]


class Windows:
    """Listens to every window of a context, in the order in which they come.

    What a page tells by `window.TELL(text)` is heard on the browser's side: Playwright's own bindings drop what comes
    from a page that is being replaced, and that is the very click which loads the next one.
    """

    def __init__(self, context: BrowserContext, heed: Heed) -> None:
        self.all: list[Window] = []
        self._context, self._heed = context, heed
        context.on("page", self.add)
        for page in context.pages:
            self.add(page)

    def of(self, page: Page) -> Window:
        """The window of a page."""
        return next((window for window in self.all if window.page is page), self.all[0])

    def add(self, page: Page) -> None:
        """Listen to one more window."""
        if any(window.page is page for window in self.all):
            return
        window = Window(page, len(self.all))
        self.all.append(window)
        page.on("close", lambda _: self._heed.closed(window))
        page.on("download", lambda download: self._heed.downloaded(window, download.suggested_filename))
        # With somebody listening Playwright leaves the answer to the person.
        page.on("dialog", lambda dialog: self._heed.asked(window, dialog.type, dialog.message))
        self._heed.opened(window)

    def attend(self) -> None:
        """Ask the browser's side for what Playwright does not tell; to be called again and again."""
        for window in [one for one in self.all if not one.page.is_closed()]:
            with suppress(Error):  # it closes just now
                if window.browser_side is None:
                    self._listen(window)
                while window.shown and window.browser_side:
                    window.browser_side.send("Page.screencastFrameAck", {"sessionId": window.shown.pop(0)})

    def _listen(self, window: Window) -> None:
        side = window.browser_side = self._context.new_cdp_session(window.page)
        side.on("Page.screencastFrame", lambda told: self._seen(window, told))
        side.on("Page.frameRequestedNavigation", lambda told: window.asked.add(told["frameId"]))
        side.on("Page.frameNavigated", lambda told: self._navigated(window, told["frame"]))
        side.on(
            "Page.javascriptDialogClosed",
            lambda told: self._heed.answered(window, told["result"], told.get("userInput") or ""),
        )
        side.on("Runtime.executionContextCreated", lambda told: self._runs(window, told["context"]))
        side.on("Runtime.bindingCalled", lambda told: self._told(window, told))
        side.send("Page.enable")
        side.send("Runtime.enable")
        side.send("Runtime.addBinding", {"name": TELL})
        self._know(window, side.send("Page.getFrameTree")["frameTree"])
        side.send("Page.startScreencast", PICTURES)

    def _know(self, window: Window, tree: dict[str, Any]) -> None:
        frame = tree["frame"]
        window.frames[frame["id"]] = (frame.get("parentId") or "", frame.get("name") or "")
        window.loaded = window.loaded or not frame["url"].startswith(("about:", "chrome:"))
        for child in tree.get("childFrames", []):
            self._know(window, child)

    def _runs(self, window: Window, context: dict[str, Any]) -> None:
        window.contexts[context["id"]] = context.get("auxData", {}).get("frameId", "")

    def _told(self, window: Window, told: dict[str, Any]) -> None:
        if told["name"] == TELL:
            self._heed.told(window, window.path(window.contexts.get(told["executionContextId"], "")), told["payload"])

    def _seen(self, window: Window, told: dict[str, Any]) -> None:
        window.look = base64.b64decode(told["data"])
        window.shown.append(told["sessionId"])

    def _navigated(self, window: Window, frame: dict[str, Any]) -> None:
        parent, by_page = frame.get("parentId") or "", frame["id"] in window.asked
        window.frames[frame["id"]] = (parent, frame.get("name") or "")
        window.asked.discard(frame["id"])
        if not parent and window.loaded and not by_page:
            self._heed.went(window, frame["url"])
        else:
            self._heed.loaded(window, window.path(frame["id"]))
        window.loaded = True
