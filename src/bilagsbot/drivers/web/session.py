"""WebDriver: one browser window logged in to one program, with a Driver's verbs."""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, suppress
from pathlib import Path
from typing import Literal

from playwright.sync_api import Error, Locator

from bilagsbot.drivers.base import Answer, Drift, ScreenRow, ScreenTable
from bilagsbot.drivers.dialogs import Dialogs
from bilagsbot.drivers.web.clicking import click
from bilagsbot.drivers.web.dialogs import answer_dialog
from bilagsbot.drivers.web.downloads import download
from bilagsbot.drivers.web.fields import fill_all, type_over
from bilagsbot.drivers.web.finding import Finder, Found
from bilagsbot.drivers.web.launching import Chromium
from bilagsbot.drivers.web.loads import Loads
from bilagsbot.drivers.web.locate import Then
from bilagsbot.drivers.web.options import find_option
from bilagsbot.drivers.web.outlines import outline
from bilagsbot.drivers.web.pagescripts import LEAVE_ANY
from bilagsbot.drivers.web.pictures import Camera
from bilagsbot.drivers.web.popups import in_popup
from bilagsbot.drivers.web.screen import Screen
from bilagsbot.drivers.web.submitting import Submitter
from bilagsbot.drivers.web.suggestions import take_suggestion
from bilagsbot.drivers.web.tables import cell_of, cell_sight, read_table
from bilagsbot.drivers.web.words import plain
from bilagsbot.model.errors import StepFailed, Unreachable
from bilagsbot.model.target import Selectors, Target

OPEN = 30.0  # seconds that a program may take to answer at all


class WebDriver:
    """See Driver. `redact` takes secrets out of whatever Playwright says in an error. The browser outlives it."""

    def __init__(self, selectors: Selectors, browser: Chromium, redact: Callable[[str], str]) -> None:
        self._dialogs = Dialogs(selectors.alerts == "reject")
        self._screen = Screen(self._dialogs, selectors.timeout, redact)
        self._loads = Loads(self._screen)
        self._finder = Finder(self._screen)
        self._submitter = Submitter(self._screen, self._finder, self._loads, selectors.guard_resend)
        self._camera = Camera()
        self._context = context = browser.context()
        context.on("dialog", lambda dialog: answer_dialog(self._dialogs, dialog))
        self._screen.pages.append(context.new_page())
        self._loads.watch(self._screen.page)

    @property
    def timeout(self) -> float:
        """Seconds."""
        return self._screen.timeout

    @timeout.setter
    def timeout(self, seconds: float) -> None:
        self._screen.timeout = seconds

    @property
    def drift(self) -> list[Drift]:
        """What was found by a lower anchor; each once."""
        return self._finder.drift

    def begin(self) -> None:
        self._submitter.release()
        self._dialogs.forget()

    def open(self, url: str) -> None:
        self._submitter.release()
        self._screen.alive(self._screen.redact(url))
        said = self._open(url)
        while "is interrupted by another navigation" in said:  # the error page of a click that found no server
            said = self._open(url)
        if said:
            raise Unreachable(self._screen.redact(f"{url} {said}."))
        self._dialogs.settle()

    def _open(self, url: str) -> str:
        """Go there once; nothing, or why it did not work."""
        try:
            answer = self._screen.page.goto(url, wait_until="load", timeout=max(self.timeout, OPEN) * 1000)
        except Error as error:
            return f"does not answer: {plain(error.message)}"
        return f"answers HTTP {answer.status}" if answer is not None and answer.status >= 400 else ""

    def click(self, target: Target) -> None:
        found = self._find(target, "click")
        self._do(target, lambda: self._click(found))

    def fill(self, target: Target, text: str) -> str:
        found = self._find(target, "type")
        if target.reloads and found.sight.shown == text:
            return text  # what is not changed loads no page
        left: list[str | None] = []
        self._do(target, lambda: left.append(type_over(self._screen, found, text)))
        shown = text if not target.read_back else left[0]
        return self.read(target) if shown is None or target.reloads else shown

    def fill_all(self, fields: Sequence[tuple[Target, str]]) -> Sequence[str] | None:
        self._submitter.release()
        self._dialogs.settle()
        shown = fill_all(self._screen, self._finder, fields)
        self._dialogs.settle()
        return shown

    def choose(self, target: Target, option: str) -> str:
        self._submitter.release()
        choice = find_option(self._screen, self._finder, target, option)
        if choice is None:
            self._do(target, lambda: take_suggestion(self._screen, self._finder, target, option))
            return self.read(target)
        if not choice.chosen:  # choosing what is chosen would wait for a page load that never comes
            pick = lambda: choice.element.select_option(index=choice.index, timeout=self._screen.ms)  # noqa: E731
            self._do(target, lambda: self._screen.attempt(target.name, pick))
        return choice.label

    def tick(self, target: Target, on: bool) -> None:
        if self.read(target) != str(on).lower():
            self._strike(target, lambda element: element.set_checked(on, timeout=self._screen.ms))

    def press(self, key: str, target: Target | None) -> None:
        if target is not None:
            self._strike(target, lambda element: element.press(key, timeout=self._screen.ms))
            return
        self._submitter.release()
        self._screen.alive(f"the key {key}")
        self._screen.strike(f"the key {key}", lambda: self._screen.page.keyboard.press(key))
        self._dialogs.settle()

    def leave(self) -> None:
        self._screen.attempt("the field typed in last", lambda: self._screen.page.evaluate(LEAVE_ANY))
        self._dialogs.settle()

    def upload(self, target: Target, files: Sequence[Path]) -> str:
        self._submitter.release()
        found = self._finder.find(target, hidden=True)  # behind a button of the page's own, very often
        if found.sight.kind != "file":
            raise StepFailed(f"{target.name} is no file field")
        paths = [str(f) for f in files]
        put = lambda: found.element.set_input_files(paths, timeout=self._screen.ms)  # noqa: E731
        self._do(target, lambda: self._screen.attempt(target.name, put))
        return (
            ", ".join(f.name for f in files) if target.reloads else self._finder.find(target, hidden=True).sight.shown
        )

    def download(self, target: Target, folder: Path) -> Path:
        element = self._find(target).element
        file = download(self._screen, target.name, folder, lambda: element.click(timeout=self._screen.ms))
        self._dialogs.settle()
        return file

    def read(self, target: Target) -> str:
        return self._finder.find(target).sight.shown

    def read_all(self, targets: Sequence[Target]) -> Sequence[str | None]:
        shown = self._finder.shown(targets, leave=True)
        self._dialogs.settle()
        return shown

    def shows(self, target: Target) -> bool:
        return self._finder.shows(target)

    def wait(self, target: Target, state: Literal["visible", "hidden"]) -> None:
        if state == "visible":
            self._finder.find(target)
        else:
            self._screen.until(lambda: not self._finder.shows(target), f"{target.name} did not go away")

    def rows(self, table: Target) -> ScreenTable:
        return read_table(self._screen, table, self._finder.find(table).element)

    def click_row(self, table: Target, row: ScreenRow, column: str) -> None:
        found = self._find(table)
        sight = cell_sight(self._screen, table, found.element, row, column)
        patiently = lambda: cell_of(self._screen, table, found.element, row, column).click(timeout=self._screen.ms)  # noqa: E731
        self._do(table, lambda: click(self._screen, table.name, found.frame, sight, patiently))

    def aim(self, target: Target) -> None:
        self._submitter.aim(target)

    def submit(self, target: Target, deadline: float) -> None:
        self._submitter.submit(target, deadline)

    def answer(self, answer: Answer) -> None:
        self._dialogs.arm(answer)

    def popup(self, opener: Target, closes: bool) -> AbstractContextManager[None]:
        found = self._find(opener, "click")
        return in_popup(self._screen, self._loads, opener.name, closes, lambda: self._click(found))

    def outline(self, targets: Sequence[Target]) -> None:
        outline(self._screen.page, targets)

    def picture(self) -> bytes:
        return self._camera.picture(self._screen.page, self._screen.ms)

    def close(self) -> None:
        self._submitter.release()
        with suppress(Error):  # the browser is gone
            self._context.close()

    def _find(self, target: Target, then: Then = "") -> Found:
        """Find the target for an action: what the last one guarded has had its time."""
        self._submitter.release()
        return self._finder.find(target, then)

    def _click(self, found: Found) -> None:
        patiently = lambda: found.element.click(timeout=self._screen.ms)  # noqa: E731
        click(self._screen, found.ask.target.name, found.frame, found.sight, patiently)

    def _strike(self, target: Target, act: Callable[[Locator], object]) -> None:
        element = self._find(target).element
        self._do(target, lambda: self._screen.strike(target.name, lambda: act(element)))

    def _do(self, target: Target, act: Callable[[], object]) -> None:
        with self._loads.reloading(target):
            act()
        self._dialogs.settle()
