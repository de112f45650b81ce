"""Record in a browser: one that is started for it, or one that the person has open already."""

import os
import sys
from collections.abc import Callable

from playwright.sync_api import Error, sync_playwright

from bilagsbot.drivers.web.browser import arguments, ensure_browser
from bilagsbot.drivers.web.recorder.recorder import Recorder
from bilagsbot.drivers.web.words import plain
from bilagsbot.model.errors import Unreachable


def record(recorder: Recorder, url: str, attach: str, redact: Callable[[str], str]) -> None:
    """Record until the person is done. `attach` is the address of a browser that was started with
    --remote-debugging-port; without one a window is opened. Raises Unreachable where there is no browser or no page."""
    if not attach and sys.platform == "linux" and not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        raise Unreachable("There is no screen to record on: log in to a desktop, or name a browser with --attach.")
    program = None if attach else str(ensure_browser(lambda _: None, headed=True).program)
    with sync_playwright() as playwright:
        try:
            if attach:
                # It is the person's: disconnecting leaves it as it is.
                browser = playwright.chromium.connect_over_cdp(attach)
                recorder.run(browser.contexts[0], url)
                return
            words = [
                *arguments(),
                "--lang=nb",
            ]  # else it offers to translate the page, and what stands on it is recorded
            browser = playwright.chromium.launch(executable_path=program, headless=False, args=words)
            recorder.run(browser.new_context(locale="nb-NO", no_viewport=True), url)
            browser.close()
        except Error as error:
            raise Unreachable(f"{attach or url}: {plain(redact(error.message))}") from None
