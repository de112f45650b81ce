"""open: go to an address."""

from typing import ClassVar, Literal

from bilagsbot.steps.base import Scope, Step


class Open(Step):
    """Open an address in the session's window."""

    verb: ClassVar[str] = "open"
    step: Literal["open"] = "open"
    url: str

    @classmethod
    def long(cls, short: object) -> object:
        return {"url": short} if isinstance(short, str) else short

    def run(self, scope: Scope) -> None:
        scope.driver.open(scope.render(self.url))
