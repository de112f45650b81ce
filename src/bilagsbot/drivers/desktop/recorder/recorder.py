"""DesktopRecorder: a person works in a program's windows, and it is written into a notebook."""

from collections.abc import Callable
from typing import Literal

from bilagsbot.drivers.desktop.accessibility import Accessibility
from bilagsbot.drivers.desktop.own import OwnWindows
from bilagsbot.drivers.desktop.recorder.acts import Acts
from bilagsbot.drivers.desktop.recorder.focus import Focus
from bilagsbot.drivers.desktop.recorder.hearing import Heard, Hearing
from bilagsbot.drivers.desktop.recorder.hotkeys import Swallowed
from bilagsbot.drivers.desktop.recorder.looker import Looker
from bilagsbot.drivers.desktop.recorder.under import under
from bilagsbot.drivers.desktop.recorder.writer import Writer
from bilagsbot.drivers.desktop.screen import Screen
from bilagsbot.drivers.desktop.windows import Windows
from bilagsbot.drivers.desktop.x11.tops import Tops
from bilagsbot.drivers.notebook import Notebook

TURN = 0.03  # seconds between two looks at the program where nothing is heard


class DesktopRecorder:
    """Records what is done in the `owned` windows, on X11. `accessibility` is None for a program that is a picture
    only; `language` is what its screen is read in; `learn` is told each secret that is typed, `say` what was noted."""

    def __init__(
        self, notebook: Notebook, owned: OwnWindows, windows: Windows, accessibility: Accessibility | None,
        learn: Callable[[str], None], say: Callable[[str], None] = lambda text: None, language: str = "nor",
    ) -> None:  # fmt: skip
        self._access = accessibility
        self._screen, self._tops = Screen(), Tops()
        self._looker = Looker(owned, windows, accessibility, self._screen, self._tops)
        self._writer = Writer(notebook, learn, say, language)
        self._focus = Focus(self._looker, windows, accessibility, self._writer)
        self._acts = Acts(self._looker, accessibility, self._focus, self._writer)
        self._hearing = Hearing()
        self._paused, self._done = False, False
        self.attended = -1  # how much of what was pressed has been dealt with, and looked at after; -1 before it hears

    def run(self, over: Callable[[], bool]) -> None:
        """Record until the person says that it is done, or `over`, which is asked again and again. Raises Unreachable
        where the screen goes."""
        try:
            with Swallowed() as swallowed, self._hearing as hearing:
                if swallowed.taken:
                    self._writer.say(f"Another program has {', '.join(swallowed.taken)} too, and hears them as well.")
                while not self._done and not over():
                    self._turn(hearing)
                    swallowed.drain()
                self._focus.leave(shows=False)
        finally:
            self._writer.close()
            self._screen.close()
            self._tops.quit()

    @property
    def heard(self) -> int:
        """How much has been pressed, so far as it has been heard."""
        return self._hearing.count

    @property
    def rests(self) -> bool:
        """Whether all that was pressed has been dealt with, and the program shows what came of it, with a name."""
        return self.attended == self.heard and not self._looker.moving and not self._writer.busy

    def _turn(self, hearing: Hearing) -> None:
        for heard in hearing.take(TURN):
            self._hear(heard)
        count = hearing.count
        look = self._looker.look()
        late = hearing.take(0)
        for heard in late:  # first: what the look shows may come of it
            self._hear(heard)
        if not self._paused and not self._done:
            self._focus.notice(self._looker.look() if late else look)
            if self._focus.typing:
                self._focus.typing.sample()
        self._writer.collect()
        self._writer.notebook.save()
        self.attended = count

    def _hear(self, heard: Heard) -> None:
        if heard.what == "mark":
            self._mark(heard.key)
        elif not self._paused and not self._done:
            {"press": self._acts.press, "release": self._acts.release, "key": self._acts.key}[heard.what](heard)

    def _mark(self, mark: str) -> None:
        """A hotkey."""
        if self._paused and mark not in ("pause", "done"):
            return
        if mark != "secret":
            self._focus.leave(shows=True)
        match mark:
            case "pause":
                self._paused = not self._paused
                self._writer.say("paused" if self._paused else "going on")
            case "submit":
                self._acts.submits = not self._acts.submits
                self._writer.say("The next click posts." if self._acts.submits else "The next click does not post.")
            case "undo":
                self._writer.notebook.undo()
                self._writer.say("The last action is forgotten.")
            case "secret":
                self._secret()
            case "confirm" | "expect":
                self._point_out(mark)
            case _:
                self._plain(mark)

    def _plain(self, mark: str) -> None:
        look = self._looker.look()
        self._focus.notice(look)
        window = look.window(look.active) or next(iter(look.own), None)
        self._done = mark == "done"
        if window:
            self._writer.note("done" if self._done else "lookup", look, window)

    def _point_out(self, mark: Literal["confirm", "expect"]) -> None:
        """What is under the mouse, with what it says."""
        look = self._looker.look()
        thing = under(look, *look.pointer)
        if thing is None:
            self._writer.say("Nothing of the program is under the mouse.")
            return
        says = self._access.text(thing.node) if self._access and thing.node else ""
        calm = self._looker.calm(look, thing)
        self._writer.note(mark, look, thing.window, thing, calm, value=says or "")

    def _secret(self) -> None:
        """The field that has the keyboard, else the one under the mouse."""
        look, typing = self._looker.look(), self._focus.typing
        thing = typing.thing if typing else under(look, *look.pointer)
        if thing is None:
            self._writer.say("No field has the keyboard.")
            return
        self._writer.hide(thing)
        self._writer.say("What is typed into this field is written nowhere.")
