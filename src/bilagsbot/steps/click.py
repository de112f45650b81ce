"""click: press a button, follow a link."""

from collections.abc import Iterator
from typing import ClassVar, Literal

from bilagsbot.steps.base import Scope, Step


class Click(Step):
    """Click a target that may be clicked again without harm; what posts is `submit`."""

    verb: ClassVar[str] = "click"
    step: Literal["click"] = "click"
    on: str

    @classmethod
    def long(cls, short: object) -> object:
        return {"on": short} if isinstance(short, str) else short

    def targets(self) -> Iterator[str]:
        yield self.on

    def run(self, scope: Scope) -> None:
        scope.driver.click(scope.target(self.on))
        scope.journal(self.verb, self.on, "")
