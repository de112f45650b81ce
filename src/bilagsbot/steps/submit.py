"""submit: the point of no return."""

from collections.abc import Iterator
from typing import ClassVar, Literal

from bilagsbot.steps.base import Scope, Step


class Submit(Step):
    """Post the item: everything keyed is read back, the intent is made durable, then one click is sent.

    The target is found by its first anchor or not at all.
    """

    verb: ClassVar[str] = "submit"
    step: Literal["submit"] = "submit"
    on: str

    @classmethod
    def long(cls, short: object) -> object:
        return {"on": short} if isinstance(short, str) else short

    def targets(self) -> Iterator[str]:
        yield self.on

    def run(self, scope: Scope) -> None:
        scope.conduct.submit(scope, scope.target(self.on))
        scope.journal(self.verb, self.on, "")
