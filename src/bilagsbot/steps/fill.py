"""fill: type values into fields, and read each back."""

from typing import ClassVar, Literal

from bilagsbot.model.compare import same
from bilagsbot.steps.base import FieldsStep, Scope


class Fill(FieldsStep):
    """Type a value into each field, in the order written, leave it as with Tab, and read it back from the screen.

    With `batch: true` in the selectors file all of them are set in one go.
    A field whose selector says `read_back: false` keeps the focus, for a list of suggestions to click in.
    """

    verb: ClassVar[str] = "fill"
    step: Literal["fill"] = "fill"

    def run(self, scope: Scope) -> None:
        if not (scope.selectors.batch and len(self.fields) > 1 and self._all(scope)):
            for name, template in self.fields.items():
                self._one(scope, name, template)

    def _all(self, scope: Scope) -> bool:
        """Set all fields in one go; False where not all show their value then."""
        if any(scope.secret(template) for template in self.fields.values()):
            return False
        fields = [(scope.target(name), scope.render(template)) for name, template in self.fields.items()]
        shown = scope.driver.fill_all(fields)
        if shown is None or not all(same(now, text, on.as_) for now, (on, text) in zip(shown, fields, strict=True)):
            return False
        for now, (target, text) in zip(shown, fields, strict=True):
            scope.confirm(target, text, now)
            scope.journal(self.verb, target.name, text)
        return True

    def _one(self, scope: Scope, name: str, template: str) -> None:
        target, text = scope.target(name), scope.render(template)
        shown = scope.driver.fill(target, text)
        if scope.secret(template):
            scope.journal(self.verb, name, "***")
            return
        scope.confirm(target, text, shown)
        scope.journal(self.verb, name, text)
