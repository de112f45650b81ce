"""Driver: the verbs that a step may ask of a program's screen, whatever moves that screen."""

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, Protocol

from bilagsbot.model.target import Target


@dataclass(frozen=True)
class Answer:
    """How the next dialog is answered, and what it must say for that answer to hold."""

    accept: bool = True
    text: str = ""
    says: str = ""


@dataclass(frozen=True)
class ScreenRow:
    """One row of a table on the screen: its position among the rows shown, and its cells by column header."""

    index: int
    cells: Mapping[str, str]


@dataclass(frozen=True)
class ScreenTable:
    """A table on the screen. `others` are the cells of rows that do not have one cell a column: totals, notes."""

    columns: tuple[str, ...]
    rows: tuple[ScreenRow, ...]
    others: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True)
class Drift:
    """A target that was found by another than its first anchor."""

    target: str
    anchor: int


class Driver(Protocol):
    """One session in one program. Every verb waits for its target; foreign errors come out as StepFailed.

    Raises: StepFailed where the screen is not as expected, Rejected where the program refuses in an alert,
    Unreachable where the program does not answer at all.
    """

    timeout: float

    @property
    def drift(self) -> list[Drift]:
        """The targets that were found by another than their first anchor; each once."""
        ...

    def begin(self) -> None:
        """A new item begins: what was armed for the last one no longer holds."""
        ...

    def open(self, url: str) -> None: ...
    def click(self, target: Target) -> None: ...
    def fill(self, target: Target, text: str) -> str:
        """Type over what the field holds; give what it shows then. The field is left, as with Tab, so that what the
        program does on a change is done; one that is not read back keeps the focus, for a list of suggestions."""
        ...

    def fill_all(self, fields: Sequence[tuple[Target, str]]) -> Sequence[str] | None:
        """Set several fields in one go and leave them; give what each shows when all are set. None where that cannot
        be done, or not surely: they are filled one by one then. Waits for nothing."""
        ...

    def choose(self, target: Target, option: str) -> str:
        """Pick the option with that label or value, or that begins so where `option` ends in `*`; give its label.

        Of a field that suggests what begins as is typed, the entry that says just that; give what the field shows then.
        """
        ...

    def tick(self, target: Target, on: bool) -> None: ...
    def press(self, key: str, target: Target | None) -> None: ...
    def upload(self, target: Target, files: Sequence[Path]) -> str:
        """Put files into a file field, hidden or not; give the names that it shows then."""
        ...

    def download(self, target: Target, folder: Path) -> Path:
        """Click the target and keep what it downloads, under a name that is safe and new in `folder`."""
        ...

    def leave(self) -> None:
        """Take the focus out of the field that has it, so that what the program does on a change is done now."""
        ...

    def read(self, target: Target) -> str:
        """What the target shows now: a field's value, a list's chosen label, `true`/`false` of a box, else its text."""
        ...

    def read_all(self, targets: Sequence[Target]) -> Sequence[str | None]:
        """What each target shows now that the field in focus is left; None where it is not visible. Does not wait."""
        ...

    def shows(self, target: Target) -> bool:
        """Whether the target is visible now; does not wait."""
        ...

    def wait(self, target: Target, state: Literal["visible", "hidden"]) -> None: ...

    def rows(self, table: Target) -> ScreenTable:
        """The table as it is now. Raises StepFailed where nothing names its columns."""
        ...

    def click_row(self, table: Target, row: ScreenRow, column: str) -> None:
        """Click the row's cell in that column, or the link in it, if the row still is what it was when read."""
        ...

    def aim(self, target: Target) -> None:
        """Make sure that a submit would hit: the first anchor alone, fingerprint, visible, enabled, not covered."""
        ...

    def submit(self, target: Target, deadline: float) -> None:
        """One trusted click on the very element that `aim` found, or StepFailed. What would be sent after `deadline`
        (Unix time, seconds) is dropped by the screen itself: a process may be frozen between a check and its click."""
        ...

    def answer(self, answer: Answer) -> None:
        """Arm the answer to the next dialog; one that no step armed is dismissed and fails the step it interrupts."""
        ...

    def popup(self, opener: Target, closes: bool) -> AbstractContextManager[None]:
        """Click `opener` and work in the window it opens; at the end wait until it `closes` by itself, or close it."""
        ...

    def outline(self, targets: Sequence[Target]) -> None:
        """Outline what is there of these for a person who watches, and nothing else any more; waits for nothing."""
        ...

    def picture(self) -> bytes:
        """The screen as a JPEG, at CSS scale, with secret fields masked."""
        ...

    def close(self) -> None: ...
