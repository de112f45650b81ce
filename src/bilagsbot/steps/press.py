"""press: a key or a key combination."""

from collections.abc import Iterator
from typing import ClassVar, Literal

from bilagsbot.steps.base import Scope, Step


class Press(Step):
    """Press a key such as `Tab`, `F5` or `Control+S`, in a field or in the window. A key that posts is no `press`."""

    verb: ClassVar[str] = "press"
    step: Literal["press"] = "press"
    key: str
    on: str = ""

    @classmethod
    def long(cls, short: object) -> object:
        return {"key": short} if isinstance(short, str) else short

    def targets(self) -> Iterator[str]:
        if self.on:
            yield self.on

    def run(self, scope: Scope) -> None:
        scope.driver.press(self.key, scope.target(self.on) if self.on else None)
        scope.journal(self.verb, self.on, self.key)
