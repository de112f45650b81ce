"""click: press a button, follow a link."""

from collections.abc import Iterator
from typing import ClassVar, Literal

from pydantic import Field

from bilagsbot.model.errors import StepFailed
from bilagsbot.model.target import Target
from bilagsbot.steps.base import Scope, Step

TIMES = 3


class Click(Step):
    """Click a target that may be clicked again without harm; what posts is `submit`.

    With `until` it is clicked again, three times at the most, until that target shows: desktop programs lose a click
    while they are busy.
    """

    verb: ClassVar[str] = "click"
    step: Literal["click"] = "click"
    on: str
    until: str = Field("", description="The target that shows when the click has done its work.")

    @classmethod
    def long(cls, short: object) -> object:
        return {"on": short} if isinstance(short, str) else short

    def targets(self) -> Iterator[str]:
        yield self.on
        if self.until:
            yield self.until

    def run(self, scope: Scope) -> None:
        scope.driver.click(scope.target(self.on))
        scope.journal(self.verb, self.on, "")
        if self.until:
            self._insist(scope, scope.target(self.until))

    def _insist(self, scope: Scope, wanted: Target) -> None:
        whole, scope.driver.timeout = scope.driver.timeout, scope.driver.timeout / TIMES
        for _ in range(TIMES - 1):
            try:
                return scope.driver.wait(wanted, "visible")
            except StepFailed:
                scope.driver.click(scope.target(self.on))
                scope.journal(self.verb, self.on, "again")
        scope.driver.timeout = whole
        scope.driver.wait(wanted, "visible")
