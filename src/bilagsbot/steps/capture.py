"""capture: read receipt fields from the screen."""

import re
from collections.abc import Iterator, Mapping
from typing import ClassVar, Literal

from pydantic import Field, field_validator

from bilagsbot.model.errors import StepFailed
from bilagsbot.steps.base import Scope, Step


class Capture(Step):
    """Read each receipt field from a target; `matching` is a regular expression whose group is the value."""

    verb: ClassVar[str] = "capture"
    step: Literal["capture"] = "capture"
    fields: Mapping[str, str] = Field(min_length=1, description="Receipt field: target.")
    matching: str = ""

    @field_validator("matching")
    @classmethod
    def _compiles(cls, matching: str) -> str:
        # Found out when the item is posted, it would be too late.
        try:
            re.compile(matching)
        except (re.error, RecursionError, OverflowError) as error:
            raise ValueError(f"{matching!r} is no regular expression: {error}") from error
        return matching

    @classmethod
    def long(cls, short: object) -> object:
        if isinstance(short, dict) and "fields" not in short:
            rest = {k: v for k, v in short.items() if k == "matching"}
            return {"fields": {k: v for k, v in short.items() if k != "matching"}, **rest}
        return short

    def targets(self) -> Iterator[str]:
        yield from self.fields.values()

    def run(self, scope: Scope) -> None:
        for name, on in self.fields.items():
            target = scope.target(on)
            scope.captured[name] = self._value(on, scope.driver.read(target))
            scope.journal(self.verb, on, scope.captured[name])

    def _value(self, on: str, shown: str) -> str:
        if self.matching:
            found = re.search(self.matching, shown)
            if not found:
                raise StepFailed(f"{on} shows {shown!r}, which does not match {self.matching!r}")
            shown = found.group(found.re.groups and 1)
        if not shown.strip():
            raise StepFailed(f"{on} is empty")
        return shown.strip()
