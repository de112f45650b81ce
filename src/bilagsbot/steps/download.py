"""download: keep a file that the program gives."""

from collections.abc import Iterator
from typing import ClassVar, Literal

from bilagsbot.steps.base import Scope, Step

FOLDER = "downloads"


class Download(Step):
    """Click a target that downloads a file; it is kept in `downloads` of the run's folder; `receipt` may name it."""

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
        # In a folder of its own: no file that a program gives may take the place of the run's journal.
        file = scope.driver.download(scope.target(self.on), scope.folder / FOLDER)
        name = f"{FOLDER}/{file.name}"
        if self.receipt:
            scope.captured[self.receipt] = name
        scope.journal(self.verb, self.on, name)
