"""A browser that stays up from one session to the next: each gets a context of its own, with no cookie of another's."""

from collections.abc import Callable
from contextlib import suppress

from playwright.sync_api import Browser, BrowserContext, Error, Playwright, sync_playwright

from bilagsbot.drivers.web.browser import arguments, ensure_browser
from bilagsbot.drivers.web.words import plain
from bilagsbot.model.errors import Unreachable


class Chromium:
    """Started when the first session needs it, and again where it is gone. `redact` is for its error messages."""

    def __init__(self, headed: bool, redact: Callable[[str], str]) -> None:
        self._headed, self._redact = headed, redact
        self._playwright: Playwright | None = None
        self._browser: Browser | None = None

    def context(self) -> BrowserContext:
        """A new context. Raises Unreachable where no browser starts."""
        try:
            return self._running().new_context(locale="nb-NO", viewport={"width": 1280, "height": 900})
        except Error as error:
            self.close()
            raise Unreachable(f"The browser did not start: {plain(self._redact(error.message))}") from error
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        """Close it; one that is closed, or gone, is left alone."""
        try:
            if self._browser is not None:
                with suppress(Error):  # it is gone, which is what we want
                    self._browser.close()
        finally:
            self._browser = None
            if self._playwright is not None:
                self._playwright.stop()
            self._playwright = None

    def _running(self) -> Browser:
        if self._browser is not None and self._browser.is_connected():
            return self._browser
        self.close()
        program = str(ensure_browser(lambda _: None, self._headed).program)  # may ask a Playwright of its own first
        self._playwright = sync_playwright().start()
        # ^C is ours: the browser must outlive it, so that the item in hand can be finished.
        self._browser = self._playwright.chromium.launch(
            executable_path=program, headless=not self._headed, args=arguments(),
            handle_sigint=False, handle_sigterm=False, handle_sighup=False,
        )  # fmt: skip
        return self._browser
