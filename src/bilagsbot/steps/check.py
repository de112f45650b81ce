"""check: set a box."""

from collections.abc import Iterator, Mapping
from typing import ClassVar, Literal

from pydantic import Field

from bilagsbot.model.errors import StepFailed
from bilagsbot.steps.base import Scope, Step

_YES, _NO = ("true", "yes", "on", "ja", "1", "x"), ("false", "no", "off", "nei", "0", "")


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
            on = _ticked(name, wanted if isinstance(wanted, bool) else scope.render(wanted))
            target = scope.target(name)
            scope.driver.tick(target, on)
            scope.confirm(target, str(on).lower())
            scope.journal(self.verb, name, str(on).lower())


def _ticked(name: str, wanted: bool | str) -> bool:
    """YAML gives `yes` and `ja` as text: what is no clear yes or no must not quietly clear the box."""
    word = str(wanted).strip().lower()
    if word not in (*_YES, *_NO):
        raise StepFailed(f"{name} is ticked with true or false, not {wanted!r}")
    return word in _YES
