"""A person at a screen: a mouse and a keyboard of X11, and eyes that find what a word on the screen is."""

import contextlib
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from playwright.sync_api import Browser, Error, Frame, Locator, Page, TimeoutError, sync_playwright
from Xlib import XK, X
from Xlib.ext import xtest

from bilagsbot.drivers.desktop.virtual import VirtualDisplay
from bilagsbot.drivers.desktop.waiting import comes_true
from bilagsbot.drivers.desktop.x11.connection import close, connect
from bilagsbot.drivers.desktop.x11.keyboard import X11Keyboard
from bilagsbot.drivers.web.browser import arguments, ensure_browser

PATIENCE = 20.0  # seconds
LOOKS = 3.0  # seconds, until a person looks up at what was typed
# Where the page's upper left corner is on the screen: under the tabs and the address.
CORNER = "() => [window.screenX + (outerWidth - innerWidth) / 2, window.screenY + outerHeight - innerHeight]"


class Person:
    """Sees the browser through its debugging port, and does all by X11 events."""

    def __init__(self, browser: Browser, screen: VirtualDisplay, port: int) -> None:
        name = screen.environment["DISPLAY"]
        self.browser, self.address = browser, f"http://127.0.0.1:{port}"
        self._asked: list[str] = []
        self._answered: list[bool] = []
        # The person answers them, not Playwright.
        browser.contexts[0].on("dialog", lambda dialog: self._asked.append(dialog.message))
        side = browser.contexts[0].new_cdp_session(self.page)
        side.send("Page.enable")
        side.on("Page.javascriptDialogClosed", lambda told: self._answered.append(told["result"]))
        self._display, self._keyboard = connect(name), X11Keyboard(name)

    def leave(self) -> None:
        """Go away from the keyboard."""
        self._keyboard.quit()
        close(self._display)

    @property
    def page(self) -> Page:
        """The browser's first window."""
        return self.browser.contexts[0].pages[0]

    def window(self, number: int) -> Page:
        """A popup, when it is there."""
        pages = lambda: self.browser.contexts[0].pages  # noqa: E731
        self.until(lambda: len(pages()) > number, f"window {number}")
        pages()[number].wait_for_load_state()
        return pages()[number]

    def frame(self, name: str) -> Frame:
        """A frame of the first window, when it is there."""
        self.until(lambda: self.page.frame(name), f"frame {name}")
        frame = self.page.frame(name)
        assert frame
        return frame

    def until(self, happened: Callable[[], object], what: str) -> None:
        """Look until it has happened. Raises AssertionError after PATIENCE."""
        ends = time.monotonic() + PATIENCE

        def so() -> bool:
            try:
                return bool(happened())
            except Error:  # the page is just being replaced
                return False

        while not so():
            assert time.monotonic() < ends, f"{what} did not happen in {PATIENCE:g} seconds"
            self.page.wait_for_timeout(20)  # what the browser tells is heard only meanwhile

    def click(self, what: Locator, loads: Page | Frame | None = None) -> None:
        """Move the mouse there and press its button; then see the new page come where it `loads` one."""
        point = self._middle(what)
        self._seen_anew(loads, lambda: self._click(point))

    def _seen_anew(self, loads: Page | Frame | None, act: Callable[[], None]) -> None:
        """Act, and see the new page come."""
        if not loads:
            return act()
        loads.evaluate("() => { window.old = true; }")
        act()
        self.until(lambda: loads.evaluate("() => !window.old && document.readyState === 'complete'"), "the load")

    def type(self, text: str) -> None:
        """Type by the keyboard."""
        assert self._keyboard.type(text)
        self._display.sync()

    def fill(self, field: Locator, text: str, pause: float = 0) -> None:
        """Click into a field, take all that it holds, and type over it; with a `pause` in seconds in between."""
        self.click(field)
        self.until(lambda: field.evaluate("e => document.activeElement === e"), "the focus")
        typed = 0.0

        def stands() -> bool:
            nonlocal typed
            if field.input_value() != text and time.monotonic() - typed > LOOKS:
                self.press("Control_L", "a")  # as a person does who sees another word than was typed
                self.type(text[:4])
                self.page.wait_for_timeout(pause * 1000)
                self.type(text[4:])
                typed = time.monotonic()
            return field.input_value() == text

        self.until(stands, f"{text!r} in the field")

    def choose(self, field: Locator, label: str, loads: Frame | None = None) -> None:
        """Pick from a list by the keyboard: its first letters, as people do."""
        self.click(field)
        self.until(lambda: field.evaluate("e => document.activeElement === e"), "the focus")
        self.type(label)
        self._seen_anew(loads, lambda: self.press("Return"))

    def go(self, url: str) -> None:
        """Type an address where addresses are typed: the middle of the row between the tabs and the page.

        Once more where nothing came of it: on a busy machine the keyboard may still be in the page.
        """
        for _ in range(3):
            self._click((500, 62))
            self.press("Control_L", "a")
            self.type(url)
            self.press("Return")
            with contextlib.suppress(TimeoutError):
                self.page.wait_for_url(url, timeout=PATIENCE * 1000 / 2)
                return
        raise AssertionError(f"{url} is not reached")

    def press(self, *keys: str) -> None:
        """One key, or several together, by X11's names."""
        codes = [self._display.keysym_to_keycode(XK.string_to_keysym(key)) for key in keys]
        for kind, ordered in ((X.KeyPress, codes), (X.KeyRelease, codes[::-1])):
            for code in ordered:
                xtest.fake_input(self._display, kind, code)
        self._display.sync()

    def answer(self, key: str, typed: str = "") -> None:
        """Answer the dialog that comes up by a key, Return for yes and Escape for no; `typed` is put in first.

        Chromium takes no key in a dialog's first half second, so it is pressed until it has been taken.
        """
        self.until(lambda: self._asked, "a dialog")
        if typed:
            self.page.wait_for_timeout(700)
            self.type(typed)
        pressed = 0.0

        def answered() -> bool:
            nonlocal pressed
            if time.monotonic() - pressed > 0.3 and not self._answered:
                self.press(key)
                pressed = time.monotonic()
            return bool(self._answered)

        self.until(answered, "an answer")
        self._asked.clear()
        self._answered.clear()

    def bar(self, button: str, where: Page | Frame) -> None:
        """Press a button of the recorder's bar."""
        page = where if isinstance(where, Page) else where.page
        x, y = self._place(button, where)
        if isinstance(where, Frame) and where.parent_frame:
            box = where.frame_element().bounding_box()
            assert box
            x, y = x + box["x"], y + box["y"]
        self._click(self._on_screen(page, x, y))
        if button in ("submit", "confirm", "expect", "secret", "pick"):
            self.until(lambda: where.evaluate("() => window.__bilagsbot.state.mode") == button, f"the bar's {button}")

    def done(self, recorder: "subprocess.Popen[str]", where: Page | Frame) -> tuple[str, str]:
        """Press the bar's last button, and again where nothing came of it; gives what the recorder printed."""
        for _ in range(3):
            self.bar("done", where)
            with contextlib.suppress(subprocess.TimeoutExpired):
                return recorder.communicate(timeout=PATIENCE)
        raise AssertionError("the recorder does not end")

    def _place(self, button: str, where: Page | Frame) -> tuple[float, float]:
        """Where the bar has a button, in its frame's coordinates."""
        places: dict[str, tuple[float, float]] = {}

        def seen() -> bool:
            told = where.evaluate("() => window.__bilagsbot?.state.words ? window.__bilagsbot.bar() : []")
            now: dict[str, tuple[float, float]] = {name: (x, y) for name, x, y in told}
            steady = button in now and now.get(button) == places.get(button)
            places.clear()
            places.update(now)
            return steady

        self.until(seen, "the bar")
        return places[button]

    def _middle(self, what: Locator) -> tuple[int, int]:
        what.wait_for(timeout=PATIENCE * 1000)
        what.scroll_into_view_if_needed()
        box = what.bounding_box()
        assert box
        return self._on_screen(what.page, box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)

    def _on_screen(self, page: Page, x: float, y: float) -> tuple[int, int]:
        left, top = page.evaluate(CORNER)
        return round(left + x), round(top + y)

    def _click(self, point: tuple[int, int]) -> None:
        xtest.fake_input(self._display, X.MotionNotify, x=point[0], y=point[1])
        self._display.sync()
        for kind in (X.ButtonPress, X.ButtonRelease):
            xtest.fake_input(self._display, kind, 1)
            self._display.sync()


@contextlib.contextmanager
def at_a_screen() -> Iterator[Person]:
    """A screen of its own with a browser on it, and a person before it."""
    program = str(ensure_browser(lambda _: None, headed=True).program)
    folder = tempfile.TemporaryDirectory(ignore_cleanup_errors=True)
    with VirtualDisplay(1400, 1000) as screen, screen.driven(), folder as profile:
        command = [program, *arguments(), f"--user-data-dir={profile}", "--remote-debugging-port=0",
                   "--enable-automation",  # it offers to keep no password, in a bubble over the page
                   "--window-size=1300,950", "--window-position=0,0", "about:blank"]  # fmt: skip
        said = Path(profile) / "DevToolsActivePort"
        chromium = subprocess.Popen(command, env=screen.environment, stderr=subprocess.DEVNULL)
        try:
            assert comes_true(lambda: said.exists() and bool(said.read_text().strip()), PATIENCE)
            port = int(said.read_text().splitlines()[0])
            with sync_playwright() as playwright:
                browser = playwright.chromium.connect_over_cdp(f"http://127.0.0.1:{port}")
                person = Person(browser, screen, port)
                yield person
                person.leave()
        finally:
            chromium.kill()
            chromium.wait()
