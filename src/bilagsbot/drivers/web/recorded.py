"""Recorded pages, shown again offline: nothing in them runs, and nothing is fetched."""

from dataclasses import replace
from pathlib import Path
from typing import Self

from playwright.sync_api import BrowserContext, Error, Frame, Route

from bilagsbot.drivers.web.launching import Chromium
from bilagsbot.drivers.web.locate import Ask, Sight, element, look, place
from bilagsbot.model.errors import StepFailed, Unreachable
from bilagsbot.model.target import Target

SITE = "http://recorded.invalid/"
HERE = "[data-bilagsbot=here]"


class RecordedPages:
    """A context manager: one recording's pages in a browser. Raises Unreachable where there is no browser."""

    def __init__(self, folder: Path) -> None:
        self._folder, self._browser = folder, Chromium(headed=False, redact=lambda text: text)
        self._shown = ""

    def __enter__(self) -> Self:
        self._context: BrowserContext = self._browser.context()
        self._context.route("**/*", self._serve)
        self.window = self._context.new_page()
        return self

    def __exit__(self, *_: object) -> None:
        self._browser.close()

    def show(self, page: str) -> None:
        """Show a page of the recording. Raises Unreachable where it is not there."""
        if page == self._shown:
            return
        try:
            self.window.goto(f"{SITE}{page}", wait_until="load")
        except Error as error:
            raise Unreachable(f"{self._folder.name}/{page} cannot be shown: {error.message.splitlines()[0]}") from None
        self._shown = page

    def hits(self, page: str, target: Target, holding: bool = False) -> list[int]:
        """By which of the target's anchors, from 0, that page's marked element is found and no other; `holding`: the
        one thing that holds it."""
        return [i for i in range(len(target.find)) if not self.sight(page, target, i, holding).wrong]

    def sight(self, page: str, target: Target, anchor: int, holding: bool = False) -> Sight:
        """What the marked element shows, found by one anchor; or why it is not found by it."""
        self.show(page)
        try:
            frame = place(self.window, target)
            ask = Ask(target, anchor, hidden=target.is_.type in ("file", "hidden"))
            seen = look(frame, ask)
            if seen.wrong:
                return seen
            return seen if self._is_marked(frame, ask, holding) else replace(seen, wrong="finds another element")
        except (StepFailed, Error) as failed:
            return Sight(f"cannot be looked for: {failed}".splitlines()[0])

    def _is_marked(self, frame: Frame, ask: Ask, holding: bool) -> bool:
        found = element(frame, ask)
        return found.locator(HERE).count() == 1 if holding else found.and_(frame.locator(HERE)).count() == 1

    def _serve(self, route: Route) -> None:
        file = self._folder / route.request.url.removeprefix(SITE)
        if route.request.url.startswith(SITE) and file.suffix == ".html" and file.is_file():
            route.fulfill(body=file.read_bytes(), content_type="text/html; charset=utf-8")
        else:
            route.abort()
