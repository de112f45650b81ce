"""check: set a box."""

from collections.abc import Iterator, Mapping
from typing import ClassVar, Literal

from pydantic import Field

from bilagsbot.steps.base import Scope, Step


class Check(Step):
    """Tick or clear each check box or radio button: `check: {report.closed: true}`."""

    verb: ClassVar[str] = "check"
    step: Literal["check"] = "check"
    fields: Mapping[str, bool | str] = Field(min_length=1)

    @classmethod
    def long(cls, short: object) -> object:
        if isinstance(short, str):
            return {"fields": {short: True}}
        if isinstance(short, dict) and "fields" not in short:
            return {"fields": short}
        return short

    def targets(self) -> Iterator[str]:
        yield from self.fields

    def run(self, scope: Scope) -> None:
        for name, wanted in self.fields.items():
            on = wanted if isinstance(wanted, bool) else scope.render(wanted).strip().lower() == "true"
            target = scope.target(name)
            scope.driver.tick(target, on)
            scope.confirm(target, str(on).lower())
            scope.journal(self.verb, name, str(on).lower())
