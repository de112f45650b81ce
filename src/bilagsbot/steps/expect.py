"""expect: the screen must show this."""

from typing import ClassVar, Literal

from bilagsbot.steps.base import FieldsStep, Scope


class Expect(FieldsStep):
    """Compare what each target shows with a value, as its selector's `as` says; a difference stops the item."""

    verb: ClassVar[str] = "expect"
    step: Literal["expect"] = "expect"

    def run(self, scope: Scope) -> None:
        for name, template in self.fields.items():
            target = scope.target(name)
            scope.compare(target, scope.render(template))
