"""The submit: certain before it is sent, sent once, and not after its deadline."""

from contextlib import ExitStack
from dataclasses import replace

from playwright.sync_api import ElementHandle

from bilagsbot.drivers.web.clicking import disarmed
from bilagsbot.drivers.web.finding import Finder, Found
from bilagsbot.drivers.web.loads import Loads
from bilagsbot.drivers.web.locate import Sight, sight
from bilagsbot.drivers.web.once import sent_once
from bilagsbot.drivers.web.pagescripts import LOOK_AGAIN
from bilagsbot.drivers.web.screen import Screen
from bilagsbot.model.errors import StepFailed
from bilagsbot.model.target import Target


class Submitter:
    """Aims at one element and clicks that element or nothing. `guard`: see drivers/web/once.py."""

    def __init__(self, screen: Screen, finder: Finder, loads: Loads, guard: bool) -> None:
        self._screen, self._finder, self._loads, self._guard = screen, finder, loads, guard
        self._aimed: tuple[Found, ElementHandle] | None = None
        self._guarding = ExitStack()

    def aim(self, target: Target) -> None:
        """Hold on to the element of the first anchor. Raises StepFailed unless it is certain and can be clicked."""
        self._aimed = None
        try:
            found = self._finder.find(target, first=True)
        except StepFailed as failed:
            raise StepFailed(f"nothing is posted: {failed}") from failed
        handles = self._screen.attempt(target.name, found.element.element_handles)
        if len(handles) != 1:
            raise StepFailed(f"nothing is posted: {target.name} has changed while it was aimed at")
        found = replace(found, ask=replace(found.ask, then="aim"))
        if self._look(found, handles[0]).point is None:
            self._screen.attempt(target.name, lambda: handles[0].click(trial=True, timeout=self._screen.ms))
        self._screen.dialogs.settle()
        self._aimed = found, handles[0]

    def submit(self, target: Target, deadline: float) -> None:
        """One click on what was aimed at; see Driver."""
        if self._aimed is None or self._aimed[0].ask.target != target:
            raise StepFailed(f"{target.name} was not aimed at, so nothing is posted")
        (found, handle), self._aimed, page = self._aimed, None, self._screen.page
        armed = self._look(replace(found, ask=replace(found.ask, then="click", deadline=deadline)), handle)
        self._screen.dialogs.deadline = deadline
        # A file's content never passes through a route, so a form that uploads one has to go the browser's way.
        if self._guard and not armed.uploads:
            self._guarding.enter_context(sent_once(page.context, self._screen.ms, deadline))
        try:
            with self._loads.reloading(target):
                self._click(target, handle, armed)
                gate = None if page.is_closed() else disarmed(found.frame)
                if gate is not None and gate["late"]:
                    raise StepFailed(f"the click on {target.name} came too late and was dropped")
                if gate is not None and gate["hit"] is False:
                    raise StepFailed(f"something else stood where {target.name} was, and the click was dropped")
        finally:
            self._screen.dialogs.deadline = float("inf")
            if target.reloads:
                self.release()
        self._screen.dialogs.settle()

    def release(self) -> None:
        """The next action begins: a page that posts by script, without a load, has had its time to send."""
        self._guarding.close()

    def _click(self, target: Target, handle: ElementHandle, armed: Sight) -> None:
        page = self._screen.page
        if armed.point is None:
            self._screen.strike(target.name, lambda: handle.click(timeout=self._screen.ms))
        else:
            x, y = armed.point
            self._screen.strike(target.name, lambda: page.mouse.click(x, y))

    def _look(self, found: Found, handle: ElementHandle) -> Sight:
        """What the element is now. Raises StepFailed where it is no longer what its fingerprint says."""
        ask = found.ask
        told = self._screen.attempt(ask.target.name, lambda: handle.evaluate(LOOK_AGAIN, ask.words()))
        now = sight(ask.target, told)
        if now.wrong:
            raise StepFailed(f"nothing is posted: {ask.target.name} has changed: {ask.way} {now.wrong}")
        return now
