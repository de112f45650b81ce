"""script: a step written in Python; what the start, steps and lookup of a Python flow are made of."""

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import ClassVar, Literal

from pydantic import Field

from bilagsbot.steps.base import Scope, Step
from bilagsbot.steps.capture import Capture
from bilagsbot.steps.check import Check
from bilagsbot.steps.choose import Choose
from bilagsbot.steps.click import Click
from bilagsbot.steps.dialog import Dialog
from bilagsbot.steps.expect import Expect
from bilagsbot.steps.fill import Fill
from bilagsbot.steps.find_row import FindRow
from bilagsbot.steps.open import Open
from bilagsbot.steps.press import Press
from bilagsbot.steps.reject_if import RejectIf
from bilagsbot.steps.submit import Submit
from bilagsbot.steps.wait_for import WaitFor


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
        """Perform any step."""
        step.perform(self._scope)

    def open(self, url: str) -> None:
        """Open an address."""
        self.do(Open(url=url))

    def click(self, target: str) -> None:
        """Click a target that does not post."""
        self.do(Click(on=target))

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
        self, table: str, where: Mapping[str, str], receipt: Mapping[str, str] | None = None, one: str = ""
    ) -> None:
        """Find the one row that fits, and take receipt fields from it."""
        self.do(FindRow(table=table, where=where, receipt=receipt or {}, one=one))

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


class Script(Step):
    """Call a function with a Hand. Only Python flows hold it; YAML cannot name it."""

    verb: ClassVar[str] = "script"
    step: Literal["script"] = "script"
    call: Callable[[Hand], None] = Field(exclude=True)

    def targets(self) -> Iterator[str]:
        yield from ()

    def run(self, scope: Scope) -> None:
        self.call(Hand(scope))
