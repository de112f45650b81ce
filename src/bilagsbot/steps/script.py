"""script: a step written in Python; what the start, steps and lookup of a Python flow are made of."""

import contextlib
import sys
import traceback
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import ClassVar, Literal

from pydantic import Field

from bilagsbot.model.errors import BilagsbotError, StepFailed
from bilagsbot.steps.base import Scope, Step
from bilagsbot.steps.capture import Capture
from bilagsbot.steps.check import Check
from bilagsbot.steps.choose import Choose
from bilagsbot.steps.click import Click
from bilagsbot.steps.dialog import Dialog
from bilagsbot.steps.download import Download
from bilagsbot.steps.expect import Expect
from bilagsbot.steps.fill import Fill
from bilagsbot.steps.find_row import FindRow
from bilagsbot.steps.open import Open
from bilagsbot.steps.pause import Pause
from bilagsbot.steps.press import Press
from bilagsbot.steps.reject_if import RejectIf
from bilagsbot.steps.submit import Submit
from bilagsbot.steps.upload import Upload
from bilagsbot.steps.wait_for import WaitFor

MARKS = ("{{", "{%", "{#")  # what makes a text a template
OURS = (__file__, contextlib.__file__)


class Hand:
    """The verbs of a Python flow: each performs the step of its name, with the same checks as in YAML.

    Texts are templates here too, so a secret goes from `{{ login.password }}` to the screen without passing
    through the script.
    """

    def __init__(self, scope: Scope) -> None:
        self._scope = scope

    @property
    def values(self) -> Mapping[str, object]:
        """`item`, `client`, `target` …, as templates see them."""
        return self._scope.values

    @property
    def item(self) -> Mapping[str, object]:
        """The item's fields as typed values; `item['lines']` are its lines."""
        item = self._scope.values["item"]
        assert isinstance(item, Mapping)
        return item

    def do(self, step: Step) -> None:
        """Perform any step. Raises StepFailed, naming the line of the flow, where it fails."""
        if any(mark in step.model_dump_json() for mark in MARKS) and _holds_marks(self._scope.values.get("item")):
            # The flow may have put the item's own text here, and a workbook's cell must never run as a template.
            raise self._located(StepFailed("the item holds '{{', '{%' or '{#', which a Python flow cannot key"))
        step = step if step.at else step.model_copy(update={"at": self._at()})
        step.perform(self._scope)

    def open(self, url: str) -> None:
        """Open an address."""
        self.do(Open(url=url))

    def click(self, target: str, until: str = "") -> None:
        """Click a target that does not post; again, three times at the most, until the target `until` shows."""
        self.do(Click(on=target, until=until))

    def fill(self, fields: Mapping[str, str]) -> None:
        """Type into fields and read them back."""
        self.do(Fill(fields=fields))

    def choose(self, fields: Mapping[str, str]) -> None:
        """Pick options from lists."""
        self.do(Choose(fields=fields))

    def check(self, fields: Mapping[str, bool | str]) -> None:
        """Tick or clear boxes."""
        self.do(Check(fields=fields))

    def press(self, key: str, on: str = "") -> None:
        """Press a key."""
        self.do(Press(key=key, on=on))

    @contextlib.contextmanager
    def popup(self, opener: str, closes: bool = True) -> Iterator[None]:
        """Work, for the time of the block, in the window that a click opens."""
        self._scope.conduct.checkpoint()
        try:
            with self._scope.driver.popup(self._scope.target(opener), closes):
                yield
        except StepFailed as failed:
            raise self._located(failed) from failed.__cause__

    def upload(self, fields: Mapping[str, str]) -> None:
        """Put files, by their paths in the workspace, into file fields."""
        self.do(Upload(fields=fields))

    def download(self, target: str, receipt: str = "") -> None:
        """Keep the file that a click downloads; `receipt` is the receipt field that names it."""
        self.do(Download(on=target, receipt=receipt))

    def pause(self, message: str, until: str = "") -> None:
        """Have a person do something, unless `until` shows already."""
        self.do(Pause(message=message, until=until))

    def dialog(self, answer: Literal["accept", "dismiss"], says: str = "", text: str = "") -> None:
        """Answer the next dialog."""
        self.do(Dialog(answer=answer, says=says, text=text))

    def expect(self, fields: Mapping[str, str]) -> None:
        """Raise StepFailed unless each target shows its value."""
        self.do(Expect(fields=fields))

    def reject_if(self, shows: str, says: str = "") -> None:
        """Reject the item with the program's words where the target shows."""
        self.do(RejectIf(shows=shows, says=says))

    def wait_for(self, target: str, gone: bool = False) -> None:
        """Wait until a target shows, or is gone."""
        self.do(WaitFor(target=target, gone=gone))

    def capture(self, fields: Mapping[str, str], matching: str = "") -> None:
        """Read receipt fields from the screen."""
        self.do(Capture(fields=fields, matching=matching))

    def find_row(
        self, table: str, where: Mapping[str, str], receipt: Mapping[str, str] | None = None, one: str = "",
        click: str = "", next: str = "", amounts: tuple[str, ...] = (),
    ) -> None:  # fmt: skip
        """Find the one row that fits, take receipt fields from it, or click in it."""
        self.do(
            FindRow(table=table, where=where, receipt=receipt or {}, one=one, click=click, next=next, amounts=amounts)
        )

    def submit(self, target: str) -> None:
        """Post the item: the point of no return."""
        self.do(Submit(on=target))

    def shows(self, target: str) -> bool:
        """Whether the target is on the screen now."""
        return self._scope.driver.shows(self._scope.target(target))

    def read(self, target: str) -> str:
        """What the target shows."""
        return self._scope.driver.read(self._scope.target(target))

    @property
    def workspace(self) -> Path:
        """The workspace's folder."""
        return Path(str(self._scope.values["workspace"]))

    def _located(self, failed: StepFailed) -> StepFailed:
        failed.at = failed.at or self._at()
        return failed

    def _at(self) -> str:
        """file:line of the flow's code that asked."""
        frame = sys._getframe(1)
        while frame.f_code.co_filename in OURS and frame.f_back:
            frame = frame.f_back
        file, root = Path(frame.f_code.co_filename), str(self._scope.values.get("workspace", ""))
        shown = file.relative_to(root).as_posix() if root and file.is_relative_to(root) else file.name
        return f"{shown}:{frame.f_lineno}"


def _holds_marks(item: object) -> bool:
    if isinstance(item, str):
        return any(mark in item for mark in MARKS)
    inner = item.values() if isinstance(item, Mapping) else item if isinstance(item, tuple) else ()
    return any(map(_holds_marks, inner))


class Script(Step):
    """Call a function with a Hand. Only Python flows hold it; YAML cannot name it."""

    verb: ClassVar[str] = "script"
    step: Literal["script"] = "script"
    call: Callable[[Hand], None] = Field(exclude=True)

    def targets(self) -> Iterator[str]:
        yield from ()

    def run(self, scope: Scope) -> None:
        try:
            self.call(Hand(scope))
        except BilagsbotError:
            raise
        except Exception as error:
            last = traceback.extract_tb(error.__traceback__)[-1]
            place = f"{Path(last.filename).name}:{last.lineno}"
            raise StepFailed(f"{self.at} raised {type(error).__name__}: {error} ({place})") from error
