"""The windows of one session: which is in front, how long it is waited for, and what its errors mean."""

from collections.abc import Callable
from contextlib import suppress
from time import monotonic
from typing import Literal, TypeVar

from playwright.sync_api import Error, Page, TimeoutError

from bilagsbot.drivers.dialogs import Dialogs
from bilagsbot.drivers.web.words import late, plain
from bilagsbot.model.errors import StepFailed

SLICE = 50  # milliseconds that one event is waited for, before a dialog or a timeout is looked for
CLOSED = "its window has closed"
GONE = "the browser has gone"

T = TypeVar("T")
PageEvent = Literal["framenavigated", "popup", "close", "download"]


class Screen:
    """Windows, the one in front last, and the patience for them. `timeout` in seconds."""

    def __init__(self, dialogs: Dialogs, timeout: float, redact: Callable[[str], str]) -> None:
        self.dialogs = dialogs
        self.timeout = timeout
        self.redact = redact
        self.pages: list[Page] = []

    @property
    def page(self) -> Page:
        """The window in which steps act now."""
        return self.pages[-1]

    @property
    def ms(self) -> float:
        """The timeout as Playwright wants it."""
        return self.timeout * 1000

    @property
    def gone(self) -> bool:
        """Whether the browser itself is gone."""
        return self.pages[0].is_closed()

    def alive(self, name: str) -> None:
        """Raise StepFailed where the window in front, or the whole browser, is gone."""
        if self.page.is_closed():
            raise StepFailed(f"{name}: {self._loss()}")

    def attempt(self, name: str, act: Callable[[], T]) -> T:
        """What `act` gives. Raises StepFailed, or what a dialog meant, for Playwright's errors.

        It is raised outside the `except`: a Playwright error holds what was typed, and must not be its context.
        """
        try:
            return act()
        except TimeoutError as error:
            said = f"{name} did not react in {self.timeout:g} seconds: {late(error.message)}"
        except Error as error:
            said = f"{name}: {self._loss() if self.page.is_closed() else plain(self.redact(error.message))}"
        self.dialogs.settle()
        raise StepFailed(said)

    def strike(self, name: str, act: Callable[[], object]) -> None:
        """A click or key, as `attempt`; one that closes its own popup has done what it should."""

        def struck() -> None:
            page = self.page
            try:
                act()
            except Error:
                if not page.is_closed() or self.gone:
                    raise

        self.attempt(name, struck)

    def until(
        self,
        happened: Callable[[], bool],
        otherwise: str,
        event: PageEvent | None = "framenavigated",
        on: Page | None = None,
    ) -> None:
        """Wait until `happened`; `event` of the window `on` wakes it, and so does, a moment later, anything else.

        Without an event `happened` itself sleeps. Dialogs are looked for in between.

        Raises StepFailed after the timeout, and what a dialog meant as soon as one was not expected.
        """
        page = on or self.page
        ends = monotonic() + self.timeout
        while True:
            self.dialogs.settle()
            if happened():
                return
            if page.is_closed():
                raise StepFailed(f"{otherwise}: {self._loss()}")
            if monotonic() > ends:
                raise StepFailed(f"{otherwise} in {self.timeout:g} seconds")
            if event:
                with suppress(Error):  # its time is over, or the page closed: look again
                    page.wait_for_event(event, timeout=SLICE)

    def _loss(self) -> str:
        return GONE if self.gone else CLOSED
