"""download: keep a file that the program gives."""

from collections.abc import Iterator
from typing import ClassVar, Literal

from bilagsbot.steps.base import Scope, Step


class Download(Step):
    """Click a target that downloads a file; it is kept in the run's folder; `receipt` may name it there."""

    verb: ClassVar[str] = "download"
    step: Literal["download"] = "download"
    on: str
    receipt: str = ""

    @classmethod
    def long(cls, short: object) -> object:
        return {"on": short} if isinstance(short, str) else short

    def targets(self) -> Iterator[str]:
        yield self.on

    def run(self, scope: Scope) -> None:
        file = scope.driver.download(scope.target(self.on), scope.folder)
        if self.receipt:
            scope.captured[self.receipt] = file.name
        scope.journal(self.verb, self.on, file.name)
