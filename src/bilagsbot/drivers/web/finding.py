"""From a target to its one element: the best anchor that fits, never two elements, never another than it should be."""

from collections.abc import Sequence
from dataclasses import dataclass
from time import monotonic

from playwright.sync_api import Error, Frame, Locator, TimeoutError

from bilagsbot.drivers.base import Drift
from bilagsbot.drivers.web.locate import Ask, Sight, Then, element, look, look_at_all, place
from bilagsbot.drivers.web.screen import SLICE, Screen
from bilagsbot.model.errors import StepFailed
from bilagsbot.model.target import Target

GRACE = 1.5  # seconds that the first anchor is given before a lower one may win
AGAIN = 20  # milliseconds between two looks at something that is there but is not right


@dataclass(frozen=True)
class Found:
    """An element, what it showed when it was found, and by which question in which frame."""

    element: Locator
    sight: Sight
    frame: Frame
    ask: Ask


class Finder:
    """Finds targets in the window in front, and remembers which anchor still lives."""

    def __init__(self, screen: Screen) -> None:
        self.drift: list[Drift] = []
        self._screen = screen
        self._living: dict[str, int] = {}

    def find(
        self, target: Target, then: Then = "", options: bool = False, hidden: bool = False, first: bool = False
    ) -> Found:
        """Wait for the target, and do `then` to it. `options`: a list's too; `hidden`: also unseen; `first`: by its
        first anchor alone."""
        began = monotonic()
        only = first or len(target.find) == 1
        best = 0 if first else self.living(target)
        while True:
            self._screen.dialogs.settle()
            self._screen.alive(target.name)
            waited = monotonic() - began
            patient = only or waited < min(GRACE, self._screen.timeout)
            said: dict[int, str] = {}
            frame, lost = self._place(target)
            for anchor in (best,) if patient else _ranked(best, len(target.find)):
                ask = Ask(target, anchor, then, options, hidden)
                sight = look(frame, ask) if frame else Sight(f"finds nothing: {lost}")
                if frame and not sight.wrong:
                    self._note(target, anchor)
                    return Found(element(frame, ask), sight, frame, ask)
                said[anchor] = f"{target.find[anchor]} {sight.wrong}"
            if waited >= self._screen.timeout:
                told = "; ".join(said[anchor] for anchor in sorted(said))
                raise StepFailed(f"{target.name} is not on the screen: {told}")
            self._doze(element(frame, Ask(target, best, hidden=hidden)) if frame else None, hidden,
                       "finds nothing" in said[best])  # fmt: skip

    def living(self, target: Target) -> int:
        """The anchor by which the target was found last."""
        return self._living.get(target.name, 0)

    def shows(self, target: Target) -> bool:
        """Whether the target is visible now, by any of its anchors."""
        return self.shown([target])[0] is not None

    def shown(self, targets: Sequence[Target], leave: bool = False) -> list[str | None]:
        """What each target shows now, by the best of its anchors that fits; None where it cannot be seen.

        `leave`: when the field that has the focus has been left, as with Tab.
        """
        self._screen.dialogs.settle()
        if targets:
            self._screen.alive(targets[0].name)
        frames = [self._place(target)[0] for target in targets]
        asks = [[Ask(t, anchor) for anchor in _ranked(self.living(t), len(t.find))] for t in targets]
        seen: list[str | None] = [None] * len(targets)
        for frame in dict.fromkeys(frames):
            here = [i for i, one in enumerate(frames) if frame and one is frame]
            answers = iter(look_at_all(frame, [ask for i in here for ask in asks[i]], leave) if frame and here else [])
            for i in here:
                looks = [(ask, next(answers)) for ask in asks[i]]
                sights = (answer or look(frame, ask) for ask, answer in looks if frame)
                seen[i] = next((sight.shown for sight in sights if not sight.wrong), None)
        return seen

    def _place(self, target: Target) -> tuple[Frame | None, str]:
        """The target's frame, or why there is none."""
        try:
            return place(self._screen.page, target), ""
        except StepFailed as none:
            return None, str(none)
        except Error:
            return None, "its page is just being replaced"

    def _doze(self, element: Locator | None, hidden: bool, absent: bool) -> None:
        """Sleep until the element comes up, for no longer than a dialog may stay unheard."""
        try:
            if element is None:
                self._screen.page.wait_for_timeout(AGAIN)
                return
            element.first.wait_for(state="attached" if hidden else "visible", timeout=2 * SLICE)
            if not absent:  # it is there, and wrong: the page may be about to change it
                self._screen.page.wait_for_timeout(AGAIN)
        except TimeoutError:
            pass
        except Error:
            if not self._screen.page.is_closed():
                self._screen.page.wait_for_timeout(AGAIN)

    def _note(self, target: Target, anchor: int) -> None:
        if self.living(target) != anchor:
            self._living[target.name] = anchor
            self.drift.append(Drift(target.name, anchor))


def _ranked(best: int, count: int) -> list[int]:
    return [best, *(i for i in range(count) if i != best)]
