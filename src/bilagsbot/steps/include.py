"""include: steps from another file."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar, Literal

from bilagsbot.steps.base import Scope, Step, perform

if TYPE_CHECKING:
    from bilagsbot.steps import AnyStep


class Include(Step):
    """Perform the steps of flows/FILE.yaml, a list of steps that several flows share."""

    verb: ClassVar[str] = "include"
    step: Literal["include"] = "include"
    file: str
    steps: "tuple[AnyStep, ...]" = ()

    @classmethod
    def long(cls, short: object) -> object:
        return {"file": short} if isinstance(short, str) else short

    def within(self) -> Sequence[Step]:
        return self.steps

    def run(self, scope: Scope) -> None:
        perform(self.steps, scope)
