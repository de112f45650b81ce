"""From a target to its one element: the best anchor that fits, never two elements, never another than it should be."""

from dataclasses import dataclass
from time import monotonic

from playwright.sync_api import Error, Locator, TimeoutError

from bilagsbot.drivers.base import Drift
from bilagsbot.drivers.web.locate import Sight, locator, look, place
from bilagsbot.drivers.web.screen import SLICE, Screen
from bilagsbot.model.errors import StepFailed
from bilagsbot.model.target import Target

GRACE = 1.5  # seconds that the first anchor is given before a lower one may win
AGAIN = 20  # milliseconds between two looks at something that is there but is not right


@dataclass(frozen=True)
class Found:
    """An element, and what it showed when it was found."""

    element: Locator
    sight: Sight


class Finder:
    """Finds targets in the window in front, and remembers which anchor still lives."""

    def __init__(self, screen: Screen) -> None:
        self.drift: list[Drift] = []
        self._screen = screen
        self._living: dict[str, int] = {}

    def find(self, target: Target, options: bool = False, hidden: bool = False, first: bool = False) -> Found:
        """Wait for the target. `options`: a list's too; `hidden`: also unseen; `first`: by its first anchor alone."""
        began = monotonic()
        only = first or len(target.find) == 1
        best = 0 if first else self._living.get(target.name, 0)
        while True:
            self._screen.dialogs.settle()
            self._screen.alive(target.name)
            waited = monotonic() - began
            patient = only or waited < min(GRACE, self._screen.timeout)
            said = {}
            for anchor in (best,) if patient else _ranked(best, len(target.find)):
                element = self._element(target, anchor, hidden)
                sight = look(element, target, target.find[anchor], options)
                if not sight.wrong:
                    self._note(target, anchor)
                    return Found(element, sight)
                said[anchor] = f"{target.find[anchor]} {sight.wrong}"
            if waited >= self._screen.timeout:
                told = "; ".join(said[anchor] for anchor in sorted(said))
                raise StepFailed(f"{target.name} is not on the screen: {told}")
            self._doze(self._element(target, best, hidden), hidden, "finds nothing" in said[best])

    def shows(self, target: Target) -> bool:
        """Whether the target is visible now, by any of its anchors."""
        self._screen.dialogs.settle()
        self._screen.alive(target.name)
        return any(not look(self._element(target, i), target, a).wrong for i, a in enumerate(target.find))

    def _element(self, target: Target, anchor: int, hidden: bool = False) -> Locator:
        way = target.find[anchor]
        found = locator(place(self._screen.page, target), way)
        return found if hidden or way.document else found.filter(visible=True)

    def _doze(self, element: Locator, hidden: bool, absent: bool) -> None:
        """Sleep until the element comes up, for no longer than a dialog may stay unheard."""
        try:
            element.first.wait_for(state="attached" if hidden else "visible", timeout=2 * SLICE)
            if not absent:  # it is there, and wrong: the page may be about to change it
                self._screen.page.wait_for_timeout(AGAIN)
        except TimeoutError:
            pass
        except Error:
            if not self._screen.page.is_closed():
                self._screen.page.wait_for_timeout(AGAIN)

    def _note(self, target: Target, anchor: int) -> None:
        if self._living.get(target.name, 0) != anchor:
            self._living[target.name] = anchor
            self.drift.append(Drift(target.name, anchor))


def _ranked(best: int, count: int) -> list[int]:
    return [best, *(i for i in range(count) if i != best)]
