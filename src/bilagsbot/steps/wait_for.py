"""wait_for: until a target is there, or gone."""

from collections.abc import Iterator
from typing import ClassVar, Literal

from bilagsbot.steps.base import Scope, Step


class WaitFor(Step):
    """Wait until the target shows, or with `gone: true` until it no longer does."""

    verb: ClassVar[str] = "wait_for"
    step: Literal["wait_for"] = "wait_for"
    target: str
    gone: bool = False

    @classmethod
    def long(cls, short: object) -> object:
        return {"target": short} if isinstance(short, str) else short

    def targets(self) -> Iterator[str]:
        yield self.target

    def run(self, scope: Scope) -> None:
        scope.driver.wait(scope.target(self.target), "hidden" if self.gone else "visible")
