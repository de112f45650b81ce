"""WebDriver: one browser window logged in to one program, with a Driver's verbs."""

import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path
from typing import Literal

from playwright.sync_api import Error, Frame, Locator, Page, Response, TimeoutError, sync_playwright

from bilagsbot.drivers.base import Answer, Drift, ScreenRow
from bilagsbot.drivers.web.browser import arguments, ensure_browser
from bilagsbot.drivers.web.dialogs import Dialogs
from bilagsbot.drivers.web.locate import identify, locator, place
from bilagsbot.drivers.web.once import sent_once
from bilagsbot.drivers.web.pagescripts import CELL_INDEX, DOCUMENT, DROP_LATE_CLICKS, OPTIONS, READ, ROWS
from bilagsbot.model.errors import StepFailed, Unreachable
from bilagsbot.model.target import TOP, Selectors, Target

GRACE = 1.5  # seconds that the first anchor is given before a lower one may win
PUMP = 5  # milliseconds between two looks at what Playwright has heard


class WebDriver:
    """See Driver. `redact` takes secrets out of whatever Playwright says in an error."""

    def __init__(self, selectors: Selectors, headed: bool, redact: Callable[[str], str]) -> None:
        self.timeout = selectors.timeout
        self.drift: list[Drift] = []
        self._redact = redact
        self._guard_resend = selectors.guard_resend
        self._dialogs = Dialogs(selectors.alerts == "reject")
        self._loads: dict[Frame, int] = {}
        self._status: dict[Frame, int] = {}
        self._living: dict[str, int] = {}
        self._playwright = sync_playwright().start()
        try:
            self._pages = [self._launch(headed)]
        except Error as error:
            self._playwright.stop()
            raise Unreachable(f"The browser did not start: {self._words(error)}") from error
        except BaseException:
            self._playwright.stop()
            raise

    def _launch(self, headed: bool) -> Page:
        program = ensure_browser(lambda _: None).program
        # ^C is ours: the browser must outlive it, so that the item in hand can be finished.
        self._browser = self._playwright.chromium.launch(
            executable_path=program, headless=not headed, args=arguments(),
            handle_sigint=False, handle_sigterm=False, handle_sighup=False,
        )  # fmt: skip
        context = self._browser.new_context(locale="nb-NO", viewport={"width": 1280, "height": 900})
        context.on("dialog", self._dialogs.handle)
        page = context.new_page()
        page.on("framenavigated", self._loaded)
        page.on("response", self._responded)
        return page

    @property
    def page(self) -> Page:
        """The window in which steps act now."""
        return self._pages[-1]

    def _loaded(self, frame: Frame) -> None:
        self._loads[frame] = self._loads.get(frame, 0) + 1

    def _responded(self, response: Response) -> None:
        if response.request.is_navigation_request():
            self._status[response.frame] = response.status

    def begin(self) -> None:
        self._dialogs.forget()

    def open(self, url: str) -> None:
        try:
            answer = self.page.goto(url, wait_until="load", timeout=max(self.timeout, 30) * 1000)
        except Error as error:
            raise Unreachable(f"{url} does not answer: {self._words(error)}") from error
        if answer is not None and answer.status >= 400:
            raise Unreachable(f"{url} answers HTTP {answer.status}.")
        self._dialogs.settle()

    def click(self, target: Target) -> None:
        with self._acting(target) as element:
            element.click(timeout=self._ms)

    def fill(self, target: Target, text: str) -> None:
        with self._acting(target) as element:
            element.fill(text, timeout=self._ms)

    def choose(self, target: Target, option: str) -> str:
        element = self._find(target)
        with self._translated(target):
            options: list[list[str]] = element.evaluate(OPTIONS)
        wanted = " ".join(option.split())
        fit = [o for o in options if " ".join(o[0].split()) == wanted] or [o for o in options if o[1] == option]
        if wanted.endswith("*"):
            fit = [o for o in options if o[0].startswith(wanted[:-1])]
        if len(fit) != 1:
            shown = ", ".join(repr(o[0]) for o in options[:8])
            raise StepFailed(f"{target.name} has {len(fit) or 'no'} option {option!r}; it has {shown}")
        if self.read(target) == fit[0][0]:
            return fit[0][0]  # choosing what is chosen would wait for a page load that never comes
        with self._acting(target) as element:
            element.select_option(value=fit[0][1], timeout=self._ms)
        return fit[0][0]

    def tick(self, target: Target, on: bool) -> None:
        if self.read(target) == str(on).lower():
            return
        with self._acting(target) as element:
            element.set_checked(on, timeout=self._ms)

    def press(self, key: str, target: Target | None) -> None:
        if target is None:
            self.page.keyboard.press(key)
            self._dialogs.settle()
            return
        with self._acting(target) as element:
            element.press(key, timeout=self._ms)

    def upload(self, target: Target, files: Sequence[Path]) -> None:
        with self._acting(target) as element:
            element.set_input_files([str(f) for f in files], timeout=self._ms)

    def download(self, target: Target, folder: Path) -> Path:
        element = self._find(target)
        with self._translated(target), self.page.expect_download(timeout=self._ms) as coming:
            element.click(timeout=self._ms)
        name = re.sub(r"[^\w.\- ]", "_", coming.value.suggested_filename)
        folder.mkdir(parents=True, exist_ok=True)
        coming.value.save_as(folder / name)
        self._dialogs.settle()
        return folder / name

    def read(self, target: Target) -> str:
        element = self._find(target)
        with self._translated(target):
            return str(element.evaluate(DOCUMENT.get(target.find[0].document, READ)))

    def shows(self, target: Target) -> bool:
        self._dialogs.settle()
        return any(not identify(self._visible(target, i), target.is_) for i in range(len(target.find)))

    def wait(self, target: Target, state: Literal["visible", "hidden"]) -> None:
        if state == "visible":
            self._find(target)
            return
        with self._translated(target):
            self._visible(target, 0).first.wait_for(state="hidden", timeout=self._ms)

    def rows(self, table: Target) -> list[ScreenRow]:
        element = self._find(table)
        with self._translated(table):
            return [ScreenRow(row["index"], row["cells"]) for row in element.evaluate(ROWS, table.headers)]

    def click_row(self, table: Target, index: int, column: str) -> None:
        with self._acting(table) as element:
            cell = element.evaluate(CELL_INDEX, [index, column, table.headers])
            if cell < 0:
                raise StepFailed(f"{table.name} has no column {column!r}")
            found = element.locator("tr").nth(index).locator("td").nth(cell)
            link = found.locator("a, button, input")
            (link.first if link.count() else found).click(timeout=self._ms)

    def aim(self, target: Target) -> None:
        self._dialogs.settle()
        element = self._visible(target, 0)
        with self._translated(target):
            element.first.wait_for(state="visible", timeout=self._ms)
            if wrong := identify(element, target.is_):
                raise StepFailed(f"{target.name} is not certain, so nothing is posted: {target.find[0]} {wrong}")
            element.click(trial=True, timeout=self._ms)

    def submit(self, target: Target, deadline: float) -> None:
        element = self._visible(target, 0)
        with self._translated(target):
            uploads = element.evaluate(DROP_LATE_CLICKS, deadline * 1000)
        with self._sent_once(uploads), self._translated(target), self._reload(target):
            element.click(timeout=self._ms)
        self._dialogs.settle()

    def _sent_once(self, uploads: bool) -> AbstractContextManager[None]:
        # A file's content never passes through a route, so a form that uploads one has to go the browser's way.
        return nullcontext() if uploads or not self._guard_resend else sent_once(self.page.context, self._ms)

    def answer(self, answer: Answer) -> None:
        self._dialogs.arm(answer)

    @contextmanager
    def popup(self, opener: Target, closes: bool) -> Iterator[None]:
        element = self._find(opener)
        with self._translated(opener), self.page.expect_popup(timeout=self._ms) as coming:
            element.click(timeout=self._ms)
        window = coming.value
        self._pages.append(window)
        window.on("framenavigated", self._loaded)
        window.on("response", self._responded)
        try:
            yield
            if closes:
                self._until(window.is_closed, "the popup did not close")
        finally:
            self._pages.remove(window)
            if not window.is_closed():
                window.close()
        self._dialogs.settle()

    def picture(self) -> bytes:
        try:
            secret = [frame.locator("input[type=password]") for frame in self.page.frames]
            return self.page.screenshot(type="jpeg", quality=60, scale="css", mask=secret, timeout=self._ms)
        except Error:
            return b""  # a picture is worth having, never worth failing an item for

    def close(self) -> None:
        try:
            self._browser.close()
        except Error:
            pass  # it is gone, which is what we want
        finally:
            self._playwright.stop()

    @property
    def _ms(self) -> float:
        return self.timeout * 1000

    def _visible(self, target: Target, anchor: int) -> Locator:
        return locator(place(self.page, target), target.find[anchor]).filter(visible=True)

    def _find(self, target: Target) -> Locator:
        """The one element of the target's best anchor that fits; lower anchors only after a time of grace."""
        self._dialogs.settle()
        with self._translated(target):
            first = self._living.get(target.name, 0)
            found = self._visible(target, first)
            if not identify(found, target.is_):
                return found
            self._arrived(found, min(GRACE, self.timeout) if len(target.find) > 1 else self.timeout)
            said = []
            for i in range(len(target.find)):
                found = self._visible(target, i)
                if i:
                    self._arrived(found, 0 if i > 1 else max(self.timeout - GRACE, 0))
                wrong = identify(found, target.is_)
                if not wrong:
                    self._note(target, i)
                    return found
                said.append(f"{target.find[i]} {wrong}")
        self._dialogs.settle()
        raise StepFailed(f"{target.name} is not on the screen: {'; '.join(said)}")

    def _arrived(self, found: Locator, seconds: float) -> bool:
        if not seconds:
            return False
        try:
            found.first.wait_for(state="visible", timeout=seconds * 1000)
        except TimeoutError:
            return False
        return True

    def _note(self, target: Target, anchor: int) -> None:
        if self._living.get(target.name, 0) != anchor:
            self._living[target.name] = anchor
            self.drift.append(Drift(target.name, anchor))

    @contextmanager
    def _acting(self, target: Target) -> Iterator[Locator]:
        element = self._find(target)
        with self._translated(target), self._reload(target):
            yield element
        self._dialogs.settle()

    @contextmanager
    def _reload(self, target: Target) -> Iterator[None]:
        """Wait for the page that the action loads. Raises StepFailed where the program answers with an error."""
        if not target.reloads:
            yield
            return
        frame = self._frame(target)
        before = self._loads.get(frame, 0)
        yield
        self._until(
            lambda: self._loads.get(frame, 0) > before or self._dialogs.surprised or frame.is_detached(),
            f"no page came after {target.name}",
        )
        self._dialogs.settle()
        if frame.is_detached():
            return
        if frame.url.startswith("chrome-error:"):
            raise StepFailed(f"the program did not answer after {target.name}")
        frame.wait_for_load_state("load", timeout=self._ms)
        if self._status.get(frame, 200) >= 500:
            raise StepFailed(f"the program answered HTTP {self._status[frame]} after {target.name}")

    def _frame(self, target: Target) -> Frame:
        name = target.reloads if isinstance(target.reloads, str) else target.frame[-1]
        frame = self.page.main_frame if name == TOP else self.page.frame(name=name)
        if frame is None:
            raise StepFailed(f"{target.name} loads the frame {name!r}, which is not there")
        return frame

    def _until(self, happened: Callable[[], bool], otherwise: str) -> None:
        waited = 0.0
        while not happened():
            if waited > self._ms:
                raise StepFailed(f"{otherwise} in {self.timeout:g} seconds")
            self._pages[0].wait_for_timeout(PUMP)
            waited += PUMP

    @contextmanager
    def _translated(self, target: Target) -> Iterator[None]:
        try:
            yield
        except TimeoutError as error:
            self._dialogs.settle()
            raise StepFailed(f"{target.name} did not react in {self.timeout:g} seconds: {self._words(error)}") from None
        except Error as error:
            self._dialogs.settle()
            raise StepFailed(f"{target.name}: {self._words(error)}") from None

    def _words(self, error: Error) -> str:
        lines = [line.strip() for line in self._redact(error.message).splitlines() if line.strip()]
        return re.sub(r"^\w+\.\w+: ", "", lines[0]) if lines else "the browser gave no reason"
