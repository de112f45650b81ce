"""ReplayDriver: a driver on recorded pages. It acts on nothing: it says whether the recording did the same here."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

from bilagsbot.drivers.base import Answer, Drift, ScreenRow, ScreenTable
from bilagsbot.drivers.dialogs import Dialogs
from bilagsbot.drivers.web.locate import Ask, Sight, element, look, place
from bilagsbot.drivers.web.options import fitting
from bilagsbot.drivers.web.recorded import HERE, RecordedPages
from bilagsbot.drivers.web.screen import Screen
from bilagsbot.drivers.web.tables import cell_of, read_table
from bilagsbot.model.compare import same
from bilagsbot.model.errors import StepFailed
from bilagsbot.model.recording import Action
from bilagsbot.model.target import Target

ANY = "\u2022\u2022\u2022"  # stands for a secret, which no recording holds
LOOKS = ("confirm", "expect", "lookup", "done", "unmapped", "dialog")  # what changes nothing on the screen
MOVES = ("open", "click", "press", "popup", "download")


class ReplayDriver:
    """See Driver. `actions` are what a person did, without the noise; each may be met once, fields in any order."""

    def __init__(self, pages: RecordedPages, actions: Sequence[Action], timeout: float) -> None:
        self.timeout, self.drift = timeout, list[Drift]()
        self.met: list[Action] = []
        self._passed: list[Action] = []  # what the flow left out
        self._pages, self._left = pages, list(actions)
        self._screen = Screen(Dialogs(False), timeout, lambda text: text)
        self._screen.pages.append(pages.window)
        self._last = next((action.page for action in reversed(actions) if action.page), "")

    @property
    def left(self) -> list[Action]:
        """What the recording did and the flow did not, so far."""
        return [*self._passed, *(action for action in self._left if action.action not in LOOKS)]

    @property
    def page(self) -> str:
        """The recorded page that is on the screen now: the one before what comes next."""
        return next((action.page for action in self._left if action.page), self._last)

    def begin(self) -> None:
        pass

    def open(self, url: str) -> None:
        self._left = [a for a in self._left if a.action != "open"] if not self.met else self._left
        if self.met:
            self._meet("open", lambda action: "" if action.url == url else f"the recording goes to {action.url}")

    def click(self, target: Target) -> None:
        self._act("click", target)

    def fill(self, target: Target, text: str) -> str:
        return self._act("fill", target, text)

    def fill_all(self, fields: Sequence[tuple[Target, str]]) -> Sequence[str] | None:
        return None

    def choose(self, target: Target, option: str) -> str:
        """What is chosen already no person chooses, and no driver either."""
        sight = self._sight(self.page, target, options=True)
        fit = fitting(sight.options, option) if sight.options else ()
        if sight.chosen in fit and not self._recorded("choose", target):
            return sight.shown
        return self._act("choose", target, option)

    def tick(self, target: Target, on: bool) -> None:
        if self._recorded("check", target) or self._sight(self.page, target).shown != str(on).lower():
            self._act("check", target, str(on).lower())

    def press(self, key: str, target: Target | None) -> None:
        if target is not None:
            self._act("press", target, key)
        else:
            self._meet("press", lambda action: "" if action.value == key else f"the recording presses {action.value}")

    def upload(self, target: Target, files: Sequence[Path]) -> str:
        return self._act("upload", target, ", ".join(file.name for file in files))

    def download(self, target: Target, folder: Path) -> Path:
        self._act("click", target)
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "recorded").write_bytes(b"")
        return folder / "recorded"

    def leave(self) -> None:
        pass

    def read(self, target: Target) -> str:
        sight = self._sight(self.page, target)
        if sight.wrong:
            raise StepFailed(f"{target.name} is not on the recorded page {self.page}: {sight.wrong}")
        self._left = [a for a in self._left if not (a.action in ("confirm", "expect") and self._is(a, target))]
        return sight.shown

    def read_all(self, targets: Sequence[Target]) -> Sequence[str | None]:
        sights = [self._sight(self.page, target) for target in targets]
        return [None if sight.wrong else sight.shown for sight in sights]

    def shows(self, target: Target) -> bool:
        return not self._sight(self.page, target).wrong

    def wait(self, target: Target, state: Literal["visible", "hidden"]) -> None:
        if self.shows(target) != (state == "visible"):
            raise StepFailed(f"{target.name} is {'not ' * (state == 'visible')}on the recorded page {self.page}")

    def rows(self, table: Target) -> ScreenTable:
        ask = self._found(self.page, table)
        read = read_table(self._screen, table, element(place(self._pages.window, table), ask))
        self._left = [a for a in self._left if not (a.action == "confirm" and a.page == self.page)]
        return read

    def click_row(self, table: Target, row: ScreenRow, column: str) -> None:
        page = self.page
        ask = self._found(page, table)
        cell = cell_of(self._screen, table, element(place(self._pages.window, table), ask), row, column)
        if not cell.evaluate(f"e => e.matches('{HERE}') || !!e.querySelector('{HERE}') || !!e.closest('{HERE}')"):
            raise StepFailed(f"{table.name}: the recording clicked elsewhere on {page}")
        self._meet("click", lambda action: "" if action.page == page else "the recording clicks on another page")

    def aim(self, target: Target) -> None:
        action = self._next("click")
        if action is None or not action.submits:
            raise StepFailed(f"{target.name}: the recording posts nothing here; {self._goes_on()}")
        sight = self._pages.sight(action.page, target, 0)
        if sight.wrong:
            raise StepFailed(f"{target.name} would not post on {action.page}: {target.find[0]} {sight.wrong}")

    def submit(self, target: Target, deadline: float) -> None:
        self._act("click", target)

    def answer(self, answer: Answer) -> None:
        pass

    @contextmanager
    def popup(self, opener: Target, closes: bool) -> Iterator[None]:
        self._act("click", opener)
        yield

    def outline(self, targets: Sequence[Target]) -> None:
        pass

    def picture(self) -> bytes:
        return b""

    def close(self) -> None:
        pass

    def _act(self, verb: str, target: Target, value: str = "") -> str:
        """Meet the recorded action of this kind on this target. Raises StepFailed where there is none."""
        said: list[str] = []
        for action in self._within_reach(verb):
            ask = self._asked(action.page, target)
            if not ask:
                said.append(self._sight(action.page, target).wrong)
            elif self._pages.sight(action.page, target, ask.anchor).wrong:
                said.append("it is on the page, and the recording did this to another element")
            else:
                self._compare(verb, target, value, action)
                self._pass(action)
                return action.value if verb == "choose" else action.shown or value
        wrong = self._sight(self.page, target).wrong
        missing = f"it is not on the recorded page {self.page}: {wrong}; " if wrong else "; ".join(dict.fromkeys(said))
        raise StepFailed(f"{verb} {target.name}: {missing}{'; ' * (not wrong)}{self._goes_on()}")

    def _recorded(self, verb: str, target: Target) -> bool:
        """Whether a person did this to it before the screen changed."""
        return any(self._is(action, target) for action in self._within_reach(verb))

    def _meet(self, verb: str, wrong: Callable[[Action], str]) -> None:
        action = self._next(verb)
        why = wrong(action) if action else "the recording does not do that here"
        if action is None or why:
            raise StepFailed(f"{verb}: {why}; {self._goes_on()}")
        self._pass(action)

    def _within_reach(self, verb: str) -> list[Action]:
        """The recorded actions of that kind until the screen changes; fields may be filled in another order."""
        found: list[Action] = []
        for action in self._left:
            if action.action == verb:
                found.append(action)
            if action.action in MOVES or action.loads:
                break
        return found

    def _next(self, verb: str) -> Action | None:
        return next(iter(self._within_reach(verb)), None)

    def _pass(self, action: Action) -> None:
        at = next(i for i, one in enumerate(self._left) if one is action)
        before = self._left[:at]
        if action.action in MOVES or action.loads:  # the screen is another now
            self._passed += [one for one in before if one.action not in LOOKS]
            before = []
        self._left = [*before, *self._left[at + 1 :]]
        self.met.append(action)

    def _compare(self, verb: str, target: Target, value: str, action: Action) -> None:
        if action.secret or value == ANY or verb == "click":
            return
        # As text: what the person typed is what the program is known to take.
        recorded = [one for one in (action.value, action.option) if one]
        starts = verb == "choose" and value.endswith("*") and any(one.startswith(value[:-1]) for one in recorded)
        if not starts and not any(same(one, value, "text") for one in recorded or [""]):
            raise StepFailed(f"{verb} {target.name}: {value!r}, where the recording has {action.value!r}")

    def _is(self, action: Action, target: Target) -> bool:
        ask = self._asked(action.page, target) if action.page else None
        return ask is not None and not self._pages.sight(action.page, target, ask.anchor).wrong

    def _asked(self, page: str, target: Target) -> Ask | None:
        """The question by which a driver would find the target on a page: its first anchor that fits."""
        self._pages.show(page)
        try:
            frame = place(self._pages.window, target)
        except StepFailed:
            return None
        asks = (Ask(target, i, hidden=target.is_.type == "file") for i in range(len(target.find)))
        ask = next((ask for ask in asks if not look(frame, ask).wrong), None)
        if ask and ask.anchor and not any(d.target == target.name for d in self.drift):
            self.drift.append(Drift(target.name, ask.anchor))
        return ask

    def _found(self, page: str, target: Target) -> Ask:
        ask = self._asked(page, target)
        if ask is None:
            raise StepFailed(f"{target.name} is not on the recorded page {page}: {self._sight(page, target).wrong}")
        return ask

    def _sight(self, page: str, target: Target, options: bool = False) -> Sight:
        """What the target shows on a page, by its first anchor that fits; or why none does."""
        self._pages.show(page)
        try:
            frame = place(self._pages.window, target)
        except StepFailed as none:
            return Sight(str(none))
        hidden = target.is_.type == "file"
        sights = [look(frame, Ask(target, i, options=options, hidden=hidden)) for i in range(len(target.find))]
        told = "; ".join(f"{way} {sight.wrong}" for way, sight in zip(target.find, sights, strict=True))
        return next((sight for sight in sights if not sight.wrong), Sight(told))

    def _goes_on(self) -> str:
        if not self.left:
            return "the recording ends here"
        action = self.left[0]
        on = action.element.said if action.element else ""
        at = f", {action.page}" if action.page else ""
        return f"the recording goes on with {action.action} {on} (action {action.n}{at})"
