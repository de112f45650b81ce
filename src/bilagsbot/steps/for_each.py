"""for_each: the same steps for every line of the item."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, ClassVar, Literal

from pydantic import Field

from bilagsbot.steps.base import Scope, Step, perform

if TYPE_CHECKING:
    from bilagsbot.steps import AnyStep


class ForEach(Step):
    """Perform `steps` once a line; inside, `line` is the line and `n` its number, from 1."""

    verb: ClassVar[str] = "for_each"
    step: Literal["for_each"] = "for_each"
    over: Literal["line"]
    steps: "tuple[AnyStep, ...]" = Field(min_length=1)

    @classmethod
    def long(cls, short: object) -> object:
        return {"over": short} if isinstance(short, str) else short

    def within(self) -> Sequence[Step]:
        return self.steps

    def run(self, scope: Scope) -> None:
        for n, line in enumerate(_lines(scope), start=1):
            with scope.also({"line": line, "n": n}):
                perform(self.steps, scope)


def _lines(scope: Scope) -> Iterator[object]:
    lines = scope.templates.evaluate("item.lines", scope.values)
    assert isinstance(lines, tuple)
    yield from lines
