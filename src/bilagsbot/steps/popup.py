"""popup: work in a window that the program opens."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, ClassVar, Literal

from pydantic import Field

from bilagsbot.steps.base import Scope, Step, perform

if TYPE_CHECKING:
    from bilagsbot.steps import AnyStep


class Popup(Step):
    """Click a target, perform `steps` in the window that it opens, and go back when that has closed.

    With `closes: false` the window does not close by itself and is closed.
    """

    verb: ClassVar[str] = "popup"
    step: Literal["popup"] = "popup"
    opener: str
    closes: bool = True
    steps: "tuple[AnyStep, ...]" = Field(min_length=1)

    @classmethod
    def long(cls, short: object) -> object:
        return {"opener": short} if isinstance(short, str) else short

    def targets(self) -> Iterator[str]:
        yield self.opener

    def within(self) -> Sequence[Step]:
        return self.steps

    def run(self, scope: Scope) -> None:
        with scope.driver.popup(scope.target(self.opener), self.closes):
            perform(self.steps, scope)
