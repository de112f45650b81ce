"""Page loads: an action that loads a page is done when the new page is there."""

import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from playwright.sync_api import Error, Frame, Page, Response, TimeoutError

from bilagsbot.drivers.web.screen import SLICE, Screen
from bilagsbot.model.errors import StepFailed
from bilagsbot.model.target import TOP, Target

# Asked only of a load that no server answered: a jump within a page is heard as a load too.
IS_NEW = "clicked => performance.timeOrigin >= clicked"
SERVER_ERROR = 500


class Loads:
    """Hears what each frame of the session's windows loads."""

    def __init__(self, screen: Screen) -> None:
        self._screen = screen
        self._count: dict[Frame, int] = {}
        self._status: dict[Frame, int] = {}

    def watch(self, page: Page) -> None:
        """Listen to one more window."""
        page.on("framenavigated", self._navigated)
        page.on("framedetached", self._detached)
        page.on("response", self._responded)

    def _navigated(self, frame: Frame) -> None:
        self._count[frame] = self._count.get(frame, 0) + 1

    def _detached(self, frame: Frame) -> None:
        self._count.pop(frame, None)
        self._status.pop(frame, None)

    def _responded(self, response: Response) -> None:
        if response.request.is_navigation_request():
            with suppress(Error):  # the first page of a window has no frame yet, and nobody waits for that one
                self._status[response.frame] = response.status

    @contextmanager
    def reloading(self, target: Target) -> Iterator[None]:
        """Wait for the page that the action loads. Raises StepFailed where the program answers with an error."""
        if not target.reloads:
            yield
            return
        page, name = self._screen.page, target.name
        frame = self._frame(page, target)
        before, clicked = self._count.get(frame, 0), time.time()
        self._status.pop(frame, None)

        def loaded() -> bool:
            if page.is_closed():  # a popup may load nothing and close; a browser that is gone has loaded nothing
                return not self._screen.gone
            if frame.is_detached():
                return True
            if self._count.get(frame, 0) <= before:
                return False
            return frame in self._status or _is_new(frame, clicked)

        yield
        self._screen.until(loaded, f"no page came after {name}")
        if not page.is_closed():
            self._arrive(page.main_frame if frame.is_detached() else frame, name)

    def _arrive(self, frame: Frame, name: str) -> None:
        if frame.url.startswith("chrome-error:"):
            raise StepFailed(f"the program did not answer after {name}")
        complete = lambda: frame.is_detached() or _is_loaded(frame)  # noqa: E731
        self._screen.until(complete, f"the page after {name} was not complete", event=None)
        if (status := self._status.get(frame, 0)) >= SERVER_ERROR:
            raise StepFailed(f"the program answered HTTP {status} after {name}")

    def _frame(self, page: Page, target: Target) -> Frame:
        path = [name for name in target.frame if name != TOP]
        if isinstance(target.reloads, str):
            near = _walk(page.main_frame, [*path[:-1], target.reloads])
            frame = page.main_frame if target.reloads == TOP else near or page.frame(name=target.reloads)
        else:
            frame = _walk(page.main_frame, path)
        if frame is None:
            name = target.reloads if isinstance(target.reloads, str) else path[-1]
            raise StepFailed(f"{target.name} loads the frame {name!r}, which is not there")
        return frame


def _walk(frame: Frame, path: list[str]) -> Frame | None:
    for name in path:
        inner = next((child for child in frame.child_frames if child.name == name), None)
        if inner is None:
            return None
        frame = inner
    return frame


def _is_new(frame: Frame, clicked: float) -> bool:
    if frame.url.startswith("chrome-error:"):
        return True
    try:
        return bool(frame.evaluate(IS_NEW, clicked * 1000))
    except Error:
        return False  # one more page comes just now


def _is_loaded(frame: Frame) -> bool:
    try:
        frame.wait_for_load_state("load", timeout=SLICE)
    except TimeoutError:
        return False
    except Error:
        return frame.is_detached()
    return True
