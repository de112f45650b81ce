"""pause: a person does something that we must not."""

from collections.abc import Iterator
from typing import ClassVar, Literal

from bilagsbot.steps.base import Scope, Step


class Pause(Step):
    """Ask a person for something (BankID, a code) and go on when `until` shows, or when the person says so."""

    verb: ClassVar[str] = "pause"
    step: Literal["pause"] = "pause"
    message: str
    until: str = ""

    @classmethod
    def long(cls, short: object) -> object:
        return {"message": short} if isinstance(short, str) else short

    def targets(self) -> Iterator[str]:
        if self.until:
            yield self.until

    def run(self, scope: Scope) -> None:
        def shows() -> bool:
            return bool(self.until) and scope.driver.shows(scope.target(self.until))

        if shows():
            return
        scope.conduct.pause(scope, scope.render(self.message), shows)
        if self.until:
            scope.driver.wait(scope.target(self.until), "visible")
