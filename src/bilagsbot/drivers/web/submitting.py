"""The submit: certain before it is sent, sent once, and not after its deadline."""

from contextlib import ExitStack

from playwright.sync_api import ElementHandle, Error, Page

from bilagsbot.drivers.web.finding import Finder
from bilagsbot.drivers.web.loads import Loads
from bilagsbot.drivers.web.locate import asks, sight
from bilagsbot.drivers.web.once import sent_once
from bilagsbot.drivers.web.pagescripts import ARM, DISARM, LOOK_AT
from bilagsbot.drivers.web.screen import Screen
from bilagsbot.model.errors import StepFailed
from bilagsbot.model.target import Target


class Submitter:
    """Aims at one element and clicks that element or nothing. `guard`: see drivers/web/once.py."""

    def __init__(self, screen: Screen, finder: Finder, loads: Loads, guard: bool) -> None:
        self._screen, self._finder, self._loads, self._guard = screen, finder, loads, guard
        self._aimed: tuple[Target, ElementHandle] | None = None
        self._guarding = ExitStack()

    def aim(self, target: Target) -> None:
        """Hold on to the element of the first anchor. Raises StepFailed unless it is certain and can be clicked."""
        self._aimed = None
        try:
            found = self._finder.find(target, first=True)
        except StepFailed as failed:
            raise StepFailed(f"nothing is posted: {failed}") from failed
        handle = self._screen.attempt(target.name, lambda: found.element.element_handle(timeout=self._screen.ms))
        self._check(target, handle)
        self._screen.attempt(target.name, lambda: handle.click(trial=True, timeout=self._screen.ms))
        self._screen.dialogs.settle()
        self._aimed = target, handle

    def submit(self, target: Target, deadline: float) -> None:
        """One click on what was aimed at; see Driver."""
        if self._aimed is None or self._aimed[0] != target:
            raise StepFailed(f"{target.name} was not aimed at, so nothing is posted")
        handle, self._aimed, page = self._aimed[1], None, self._screen.page
        self._check(target, handle)
        uploads = self._screen.attempt(target.name, lambda: handle.evaluate(ARM, deadline * 1000))
        self._screen.dialogs.deadline = deadline
        # A file's content never passes through a route, so a form that uploads one has to go the browser's way.
        if self._guard and not uploads:
            self._guarding.enter_context(sent_once(page.context, self._screen.ms, deadline))
        try:
            with self._loads.reloading(target):
                self._screen.strike(target.name, lambda: handle.click(timeout=self._screen.ms))
                if _dropped(handle, page):
                    raise StepFailed(f"the click on {target.name} came too late and was dropped")
        finally:
            self._screen.dialogs.deadline = float("inf")
            if target.reloads:
                self.release()
        self._screen.dialogs.settle()

    def release(self) -> None:
        """The next action begins: a page that posts by script, without a load, has had its time to send."""
        self._guarding.close()

    def _check(self, target: Target, handle: ElementHandle) -> None:
        """Raise StepFailed where the element is no longer what its fingerprint says, or is off the page."""
        asked = asks(target, target.find[0])
        now = self._screen.attempt(target.name, lambda: handle.evaluate(LOOK_AT, asked))
        if wrong := sight(target, now).wrong:
            raise StepFailed(f"nothing is posted: {target.name} has changed: {target.find[0]} {wrong}")


def _dropped(handle: ElementHandle, page: Page) -> bool:
    try:
        return not page.is_closed() and bool(handle.evaluate(DISARM))
    except Error:
        return False  # the next page is there already, so the click went through
