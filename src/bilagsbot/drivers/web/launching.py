"""A browser started and closed, with the one context in which a session lives."""

from collections.abc import Callable

from playwright.sync_api import BrowserContext, Error, Playwright, sync_playwright

from bilagsbot.drivers.web.browser import arguments, ensure_browser
from bilagsbot.drivers.web.words import plain
from bilagsbot.model.errors import Unreachable


class Chromium:
    """A running browser. Raises Unreachable where it does not start."""

    def __init__(self, headed: bool, redact: Callable[[str], str]) -> None:
        program = str(ensure_browser(lambda _: None).program)  # may ask a Playwright of its own, so before ours
        self._playwright: Playwright | None = sync_playwright().start()
        try:
            # ^C is ours: the browser must outlive it, so that the item in hand can be finished.
            self._browser = self._playwright.chromium.launch(
                executable_path=program, headless=not headed, args=arguments(),
                handle_sigint=False, handle_sigterm=False, handle_sighup=False,
            )  # fmt: skip
            self.context: BrowserContext = self._browser.new_context(
                locale="nb-NO", viewport={"width": 1280, "height": 900}
            )
        except Error as error:
            self._stop()
            raise Unreachable(f"The browser did not start: {plain(redact(error.message))}") from error
        except BaseException:
            self._stop()
            raise

    def close(self) -> None:
        """Close it; one that is closed, or gone, is left alone."""
        if self._playwright is None:
            return
        try:
            self._browser.close()
        except Error:
            pass  # it is gone, which is what we want
        finally:
            self._stop()

    def _stop(self) -> None:
        if self._playwright is not None:
            self._playwright.stop()
        self._playwright = None
