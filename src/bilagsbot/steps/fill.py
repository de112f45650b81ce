"""fill: type values into fields, and read each back."""

from typing import ClassVar, Literal

from bilagsbot.steps.base import FieldsStep, Scope

SECRET = "login."  # noqa: S105 - the name by which templates reach a secret


class Fill(FieldsStep):
    """Type a value into each field, in the order written, and read it back from the screen."""

    verb: ClassVar[str] = "fill"
    step: Literal["fill"] = "fill"

    def run(self, scope: Scope) -> None:
        for name, template in self.fields.items():
            target, text = scope.target(name), scope.render(template)
            scope.driver.fill(target, text)
            if SECRET in template:  # neither read back nor written down
                scope.journal(self.verb, name, "***")
                continue
            scope.confirm(target, text)
            scope.journal(self.verb, name, text)
