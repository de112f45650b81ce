"""The submit: certain before it is sent, sent once, and not after its deadline."""

from contextlib import ExitStack
from dataclasses import replace

from bilagsbot.drivers.web.clicking import disarmed
from bilagsbot.drivers.web.finding import Finder, Found
from bilagsbot.drivers.web.loads import Loads
from bilagsbot.drivers.web.locate import Sight, look
from bilagsbot.drivers.web.once import sent_once
from bilagsbot.drivers.web.screen import Screen
from bilagsbot.model.errors import StepFailed
from bilagsbot.model.target import Target


class Submitter:
    """Aims at one element and clicks that element or nothing. `guard`: see drivers/web/once.py."""

    def __init__(self, screen: Screen, finder: Finder, loads: Loads, guard: bool) -> None:
        self._screen, self._finder, self._loads, self._guard = screen, finder, loads, guard
        self._aimed: Found | None = None
        self._guarding = ExitStack()

    def aim(self, target: Target) -> None:
        """Hold on to the element of the first anchor. Raises StepFailed unless it is certain and can be clicked."""
        self._aimed = None
        try:
            found = self._finder.find(target, "aim", first=True)
        except StepFailed as failed:
            raise StepFailed(f"nothing is posted: {failed}") from failed
        if found.sight.point is None:
            self._screen.attempt(target.name, lambda: found.element.click(trial=True, timeout=self._screen.ms))
        self._screen.dialogs.settle()
        self._aimed = found

    def submit(self, target: Target, deadline: float) -> None:
        """One click on what was aimed at; see Driver."""
        found, self._aimed, page = self._aimed, None, self._screen.page
        if found is None or found.ask.target != target:
            raise StepFailed(f"{target.name} was not aimed at, so nothing is posted")
        armed = self._arm(found, deadline)
        self._screen.dialogs.deadline = deadline
        # A file's content never passes through a route, so a form that uploads one has to go the browser's way.
        if self._guard and not armed.uploads:
            guard = sent_once(page.context, self._screen.ms, deadline)
            self._screen.attempt(target.name, lambda: self._guarding.enter_context(guard))
        try:
            with self._loads.reloading(target):
                self._click(found, armed)
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

    def _click(self, found: Found, armed: Sight) -> None:
        name, page = found.ask.target.name, self._screen.page
        if armed.point is None:
            self._screen.strike(name, lambda: found.element.click(timeout=self._screen.ms))
        else:
            x, y = armed.point
            self._screen.strike(name, lambda: page.mouse.click(x, y))

    def _arm(self, found: Found, deadline: float) -> Sight:
        """Have the page drop a click that misses the element or comes too late. Raises StepFailed where it is no longer
        the one aimed at."""
        armed = look(found.frame, replace(found.ask, then="submit", deadline=deadline))
        self._screen.alive(found.ask.target.name)
        if armed.wrong:
            raise StepFailed(f"nothing is posted: {found.ask.target.name} has changed: {found.ask.way} {armed.wrong}")
        return armed
