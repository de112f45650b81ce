"""reject_if: the program refuses, in words on its screen."""

from collections.abc import Iterator
from typing import ClassVar, Literal

from bilagsbot.model.errors import Rejected
from bilagsbot.steps.base import Scope, Step


class RejectIf(Step):
    """Where the target shows (and says `says`), the item is rejected and the program's own words are the reason.

    After submit, use it only for a page on which the program certainly stored nothing.
    """

    verb: ClassVar[str] = "reject_if"
    step: Literal["reject_if"] = "reject_if"
    shows: str
    says: str = ""

    @classmethod
    def long(cls, short: object) -> object:
        return {"shows": short} if isinstance(short, str) else short

    def targets(self) -> Iterator[str]:
        yield self.shows

    def run(self, scope: Scope) -> None:
        target = scope.target(self.shows)
        if not scope.driver.shows(target):
            return
        words = " ".join(scope.driver.read(target).split())
        if scope.render(self.says).casefold() in words.casefold():
            raise Rejected(words or f"{self.shows} is shown")
